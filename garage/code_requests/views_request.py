"""One request: where it stands, and its steps as buttons."""

from collections.abc import Callable
from typing import Any

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.code_requests import actions
from garage.code_requests.blueprint import bp
from garage.code_requests.forms import CodeForm, RefusalForm, StepForm
from garage.code_requests.letter_words import mail_link
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import (
    code_request,
    facts_about,
    only_to_owner,
    requests_of,
    today_at,
    wanted,
)
from garage.domain.asking import is_overdue, sent_words
from garage.domain.code_shape import code_shape, doubts
from garage.domain.text import Refused, Text
from garage.staff.forms_once import answer_once
from garage.staff.journal import By
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, now, read, transaction
from garage.web.forms import CreatingForm


@bp.get("/requests/<int:request_id>")
def request_page(request_id: int) -> ResponseReturnValue:
    """Where the request stands."""
    return show(request_id)


def find_request(session: Session, request_id: int) -> CodeRequest:
    """The request with this number at the signed-in person's site; else 404."""
    return code_request(session, me().site_id, request_id) or abort(404)


def show(request_id: int, status: int = 200, **forms: Any) -> ResponseReturnValue:
    """The page; `forms` are those that were sent and came back with a sentence."""
    request = find_request(read(), request_id)
    today = today_at(request.job.site, now())
    page = render_template(
        "code_requests/request.html",
        request=request,
        job=request.job,
        today=today,
        overdue=is_overdue(request.status, request.due_on, today),
        sent_words=sent_words(request.channel),
        wanted=wanted(request.job, catalogue(), request.dealer),
        owner_only=only_to_owner(request.job, catalogue(), request.dealer),
        before=[other for other in requests_of(read(), request.head_unit) if other is not request],
        mail=mail_link(request),
        code_form=forms.get("code") or CodeForm(formdata=None),
        refusal_form=forms.get("refusal") or RefusalForm(formdata=None),
        step=forms.get("step"),
    )
    return page, status


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
    return take(request_id, StepForm(), "step", actions.send, "job")


@bp.post("/requests/<int:request_id>/code")
def code_came(request_id: int) -> ResponseReturnValue:
    """The code came. One that does not fit what the facts say is asked about before it is saved."""
    form = CodeForm()
    if form.validate() and not form.fits_anyway.data:
        odd = odd_about(find_request(read(), request_id), form.code.data)
        if odd:
            form.odd = odd
            return show(request_id, 422, code=form)

    def answer(session: Session, request: CodeRequest, who: By) -> None:
        actions.record_answer(session, request, form.code.data, who)

    return take(request_id, form, "code", answer, "job")


def odd_about(request: CodeRequest, code: str) -> tuple[Text, ...]:
    """What does not fit about the code, as questions."""
    asked = facts_about(request.job, catalogue())
    shape = code_shape(catalogue(), asked.make, asked.families, asked.model, asked.year, radio=asked.radio)
    return doubts(code, shape)


@bp.post("/requests/<int:request_id>/refused")
def refused(request_id: int) -> ResponseReturnValue:
    """They give no code."""
    form = RefusalForm()

    def refuse(session: Session, request: CodeRequest, who: By) -> None:
        actions.record_refusal(session, request, form.refusal_reason.data, who)

    return take(request_id, form, "refusal", refuse, "request")


@bp.post("/requests/<int:request_id>/not-needed")
def not_needed(request_id: int) -> ResponseReturnValue:
    """The code is not needed any more."""
    return take(request_id, StepForm(), "step", actions.withdraw, "job")


@bp.post("/requests/<int:request_id>/again")
def again(request_id: int) -> ResponseReturnValue:
    """Ask the same place once more."""
    return take(request_id, StepForm(), "step", actions.ask_again, "request")
