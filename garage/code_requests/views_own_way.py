"""Ways on which no place is asked: a message noted on an open job, and what the customer was asked back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.code_requests.blueprint import bp
from garage.code_requests.forms import StepForm
from garage.code_requests.models import CodeRequest
from garage.code_requests.own_ways import ask_back, message_in
from garage.code_requests.views_request import take
from garage.code_requests.views_show import missing_facts
from garage.domain.asking import facts_named
from garage.domain.message import read_message
from garage.domain.text import N_, Refused
from garage.intake.forms_message import MessageForm, NoteMessageForm
from garage.intake.models import Job
from garage.intake.views_message import message_page
from garage.staff.forms_once import answer_once
from garage.staff.journal import By
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, transaction


@bp.post("/message/note")
def note_message() -> ResponseReturnValue:
    """The customer of a car that is here wrote: note it where its code is asked for."""
    form = NoteMessageForm()
    message = MessageForm(formdata=None, text=form.text.data)
    if not form.validate():
        return message_page(message, form, 422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _note(session, form))
    except Refused as no:
        form.refuse(no, "job")
        return message_page(message, form, 409)
    return redirect(location, 303)


def _note(session: Session, form: NoteMessageForm) -> str:
    here = select(Job).where(
        Job.site_id == me().site_id, Job.number == form.job.data, Job.closed_at.is_(None)
    )
    job = session.scalar(here)
    if job is None:
        raise Refused(N_("No open job has this number."))
    asked = read_message(form.text.data or "", catalogue()).ask_for if form.asked.data else ()
    request = message_in(session, job, facts_named(asked), by())
    if request.site_id != me().site_id:
        return url_for("board.job", number=job.number)
    return url_for("code_requests.request_page", request_id=request.id)


@bp.post("/requests/<int:request_id>/asked-back")
def asked_back(request_id: int) -> ResponseReturnValue:
    """A person has asked the customer for everything that is missing now."""
    return take(request_id, StepForm(), "step", ask_for_missing, "request")


def ask_for_missing(session: Session, request: CodeRequest, by: By) -> None:
    """Put on record that the customer was asked for what is not on record yet."""
    ask_back(session, request, facts_named(missing_facts(request.job).ask_for), by)
