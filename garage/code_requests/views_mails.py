"""The managers' page about mails: where they go, whether somebody sends them, and what waits."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.code_requests.blueprint import bp
from garage.code_requests.forms import StepForm
from garage.code_requests.mail_state import unfinished, worker_is_silent
from garage.code_requests.mailing import send_again
from garage.domain.text import Refused
from garage.outbox.mail_server import mail_server
from garage.outbox.models import OutboxMail
from garage.staff.queries import house
from garage.staff.signed_in import by, me
from garage.web.current import database, now, read, settings, transaction


@bp.get("/mails")
def mails() -> ResponseReturnValue:
    """What waits, and why."""
    return mails_page()


def mails_page(form: StepForm | None = None, status: int = 200) -> ResponseReturnValue:
    """The page; `form` is a button that was pressed and came back with a sentence."""
    seen_at = house(read()).worker_seen_at
    page = render_template(
        "code_requests/mails.html",
        server=mail_server(settings().config),
        seen_at=seen_at,
        silent=worker_is_silent(seen_at, now()),
        locked=database().vault.locked,
        unfinished=unfinished(read(), me().site_id, now()),
        form=form,
    )
    return page, status


@bp.post("/mails/<int:number>/now")
def try_mail_now(number: int) -> ResponseReturnValue:
    """Another attempt, now."""
    form = StepForm()
    try:
        with transaction() as session:
            row = session.get(OutboxMail, number)
            if row is None or row.site_id != me().site_id:
                abort(404)
            send_again(session, row, by())
    except Refused as no:
        form.refuse(no)
        return mails_page(form, 409)
    flash(_("It is tried again within a minute."), "done")
    return redirect(url_for("code_requests.mails"), 303)
