"""Chasing on the request's page: what was done, what comes next, and waiting with it for a reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.code_requests.blueprint import bp
from garage.code_requests.chasing import (
    due_step,
    for_people,
    go_on,
    goes_by_mail,
    note_chased,
    steps_of,
    wait_with_it,
    waiting_for,
)
from garage.code_requests.forms import StepForm
from garage.code_requests.forms_chasing import ChasedForm, WaitForm
from garage.code_requests.mailing import take_back
from garage.code_requests.models import ChaseStep, CodeRequest
from garage.code_requests.queries import today_at
from garage.code_requests.views_request import take
from garage.code_requests.views_show import find_request
from garage.domain.chasing import Chase, Due
from garage.domain.text import N_, Refused
from garage.staff.forms_once import answer_once
from garage.staff.journal import By
from garage.staff.signed_in import by
from garage.web.current import now, read, transaction

DONE_WORDS = {
    Chase.FIRST: N_("I have reminded them"),
    Chase.SECOND: N_("I have reminded them again"),
    Chase.PHONE: N_("I have called them"),
}


@dataclass(frozen=True, slots=True)
class Chasing:
    """The steps of one request since it was sent, and the next one.

    `by_mail`: the program takes it; `is_now`: a person takes it now, as the board says;
    `waits`: somebody has put it off.
    """

    steps: Sequence[ChaseStep]
    due: Due | None
    by_mail: bool
    is_now: bool
    waits: bool

    @property
    def done_words(self) -> str | None:
        """What a person says when the next step is done; None where a button would not do it."""
        return DONE_WORDS.get(self.due.step) if self.due else None


@bp.app_context_processor
def chasing_for_templates() -> dict[str, Callable[[CodeRequest], Chasing]]:
    """The request's page asks for its chasing itself."""
    return {"chasing_of": chasing_of}


def chasing_of(request: CodeRequest) -> Chasing:
    """How far the chasing of a request is."""
    steps = steps_of(read(), [request])[request.id]
    site = request.job.site
    due = due_step(request, steps, site)
    return Chasing(
        steps,
        due,
        by_mail=due is not None and goes_by_mail(request, due),
        is_now=bool(for_people(read(), [request], site, now())),
        waits=waiting_for(steps, now()) is not None,
    )


@bp.post("/requests/<int:request_id>/chased")
def chased(request_id: int) -> ResponseReturnValue:
    """A person has taken the next step."""
    form = ChasedForm()

    def note(session: Session, request: CodeRequest, who: By) -> None:
        note_chased(session, request, form.chase_step.data, who)

    return take(request_id, form, "step", note, "request")


@bp.post("/requests/<int:request_id>/take-mail-back")
def take_mail_back(request_id: int) -> ResponseReturnValue:
    """The mail that waits is not to be sent."""

    def back(session: Session, request: CodeRequest, who: By) -> None:
        if request.mail is None:
            raise Refused(N_("No mail waits here."))
        take_back(session, request.mail, who)

    return take(request_id, StepForm(), "step", back, "request")


@bp.get("/requests/<int:request_id>/wait")
def wait(request_id: int) -> ResponseReturnValue:
    """Until when, and why."""
    return wait_page(request_id, WaitForm(formdata=None))


def wait_page(request_id: int, form: WaitForm, status: int = 200) -> ResponseReturnValue:
    """The page."""
    request = find_request(read(), request_id)
    page = render_template("code_requests/wait.html", request=request, job=request.job, form=form)
    return page, status


@bp.post("/requests/<int:request_id>/wait")
def save_wait(request_id: int) -> ResponseReturnValue:
    """Nobody is chased until then."""
    form = WaitForm()
    site = find_request(read(), request_id).job.site
    form.today = today_at(site, now())
    if not form.validate():
        return wait_page(request_id, form, 422)

    def put_off(session: Session) -> str:
        until: datetime = site.week.opening(form.until_on.data)
        wait_with_it(session, find_request(session, request_id), until, form.reason.data, by())
        return url_for("code_requests.request_page", request_id=request_id)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: put_off(session))
    except Refused as no:
        form.refuse(no)
        return wait_page(request_id, form, 409)
    return redirect(location, 303)


@bp.post("/requests/<int:request_id>/wait/over")
def wait_no_longer(request_id: int) -> ResponseReturnValue:
    """The reason to wait is gone."""
    return take(request_id, StepForm(), "step", go_on, "request")
