"""The packet: the mail, the call script, the portal page, copies of papers and the money."""

from typing import Any

from flask import Response, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.code_requests import actions, sending
from garage.code_requests.blueprint import bp
from garage.code_requests.forms import StepForm
from garage.code_requests.forms_answer import MarkForm
from garage.code_requests.forms_packet import CopyForm, MoneyForm
from garage.code_requests.models import CodeRequest
from garage.code_requests.views_request import take
from garage.code_requests.views_show import find_request, money_form, show, what_every_page_shows, written
from garage.db import SavedMeanwhile
from garage.domain.asking import Status
from garage.domain.text import Refused
from garage.outbox.mail import eml
from garage.radios.views import darkroom
from garage.staff.journal import By
from garage.staff.signed_in import by
from garage.web.current import close_reading, now, read, transaction


@bp.url_value_preprocessor
def let_copies_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """This one page takes more than a form: said before anything of the upload is read."""
    if endpoint == "code_requests.keep_copy":
        request.max_content_length = current_app.config["MAX_PHOTO_LENGTH"]


@bp.post("/requests/<int:request_id>/mail")
def send_mail(request_id: int) -> ResponseReturnValue:
    """Put the mail that was looked at into the outbox."""
    form = MarkForm()

    def queue(session: Session, asked: CodeRequest, who: By) -> None:
        sending.queue_mail(session, asked, form.seen.data, who)

    return take(request_id, form, "step", queue, "job")


@bp.get("/requests/<int:request_id>/mail.eml")
def mail_file(request_id: int) -> ResponseReturnValue:
    """The mail as a file, to be sent by hand with the desk's own mail program."""
    asked = find_request(read(), request_id)
    mail, _unsafe = written(asked)
    if mail is None or (asked.status is Status.DRAFT and sending.missing(read(), asked)):
        abort(404)
    message_id = f"<request-{asked.id}-{sending.mark_of(mail)[:16]}@garage.invalid>"
    made = eml(mail, mail.reply_to, message_id, now(), draft=True)
    response = Response(made, mimetype="message/rfc822")
    response.headers["Content-Disposition"] = f"attachment; filename=request-{asked.reference}.eml"
    return response


@bp.get("/requests/<int:request_id>/call")
def call(request_id: int) -> ResponseReturnValue:
    """The call script: what to say, and where the answer is noted at once."""
    return dealers_page("code_requests/call.html", request_id)


@bp.get("/requests/<int:request_id>/portal")
def portal(request_id: int) -> ResponseReturnValue:
    """Everything to copy into the fields of their portal."""
    return dealers_page("code_requests/portal.html", request_id)


def dealers_page(template: str, request_id: int) -> ResponseReturnValue:
    """A page about the place that is asked; 404 where the customer asks."""
    asked = find_request(read(), request_id)
    if asked.dealer is None:
        abort(404)
    return render_template(template, **what_every_page_shows(asked))


@bp.post("/requests/<int:request_id>/papers")
def keep_copy(request_id: int) -> ResponseReturnValue:
    """Attach a copy of the papers: made anew in a process of its own before the database is touched."""
    form = CopyForm()
    find_request(read(), request_id)
    if not form.validate():
        return show(request_id, 422, copy=form)
    close_reading()  # the database is not kept waiting for a slow photo
    try:
        jpeg = darkroom().develop(form.photo.data.read())
    except Refused as no:
        form.refuse(no)
        return show(request_id, 422, copy=form)

    def attach(session: Session, asked: CodeRequest, who: By) -> None:
        sending.keep_copy(session, asked, jpeg, form.heard_by.data, who)

    return take(request_id, form, "copy", attach, "request")


@bp.post("/requests/<int:request_id>/papers/delete")
def delete_copies(request_id: int) -> ResponseReturnValue:
    """Take the copies away again."""
    return take(request_id, StepForm(), "step", sending.delete_copies, "request")


@bp.post("/requests/<int:request_id>/money")
def money(request_id: int) -> ResponseReturnValue:
    """Write down the fee, who pays it and who heard the customer's yes."""
    form = MoneyForm()
    if not form.validate():
        return show(request_id, 422, money=form)
    try:
        with transaction() as session:
            actions.record_money(session, find_request(session, request_id), form.to_command(), by())
    except Refused as no:
        form.refuse(no)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(money_form(find_request(read(), request_id)))
        return show(request_id, 409, money=form)
    return redirect(url_for("code_requests.request_page", request_id=request_id) + "#money", 303)
