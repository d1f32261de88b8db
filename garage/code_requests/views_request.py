"""One request: its page, and its steps as buttons."""

from collections.abc import Callable

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.code_requests import actions, sending
from garage.code_requests.blueprint import bp
from garage.code_requests.forms import StepForm
from garage.code_requests.views_show import find_request, show
from garage.domain.text import Refused
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by
from garage.web.current import transaction
from garage.web.forms import CreatingForm


@bp.get("/requests/<int:request_id>")
def request_page(request_id: int) -> ResponseReturnValue:
    """Where the request stands."""
    return show(request_id)


def take(
    request_id: int, form: CreatingForm, name: str, act: Callable[..., object], after: str
) -> ResponseReturnValue:
    """Take one step once: `act(session, request, by)`. Then on to the job, or back to the request."""

    def go(session: Session) -> str:
        request = find_request(session, request_id)
        act(session, request, by())
        if after == "job":
            return url_for("board.job", number=request.job.number)
        return url_for("code_requests.request_page", request_id=request_id)

    if not form.validate():
        return show(request_id, 422, **{name: form})
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: go(session))
    except Refused as no:
        form.refuse(no)
        return show(request_id, 409, **{name: form})
    return redirect(location, 303)


@bp.post("/requests/<int:request_id>/sent")
def sent(request_id: int) -> ResponseReturnValue:
    """It is on its way."""
    return take(request_id, StepForm(), "step", sending.send, "job")


@bp.post("/requests/<int:request_id>/not-needed")
def not_needed(request_id: int) -> ResponseReturnValue:
    """The code is not needed any more."""
    return take(request_id, StepForm(), "step", actions.withdraw, "job")


@bp.post("/requests/<int:request_id>/again")
def again(request_id: int) -> ResponseReturnValue:
    """Ask the same place once more."""
    return take(request_id, StepForm(), "step", actions.ask_again, "request")


@bp.post("/requests/<int:request_id>/same-number")
def same_number(request_id: int) -> ResponseReturnValue:
    """The number was read again, and it is the one on record."""
    return take(request_id, StepForm(), "step", actions.confirm_number, "request")


@bp.post("/requests/<int:request_id>/new-number")
def new_number(request_id: int) -> ResponseReturnValue:
    """Ask for the corrected number from now on."""
    return take(request_id, StepForm(), "step", actions.follow_number, "request")
