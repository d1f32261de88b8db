"""From a print on record to the PDF that a browser shows, and that nobody keeps."""

from threading import BoundedSemaphore

from flask import Response, abort, current_app, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.cards.blueprint import bp
from garage.cards.contents import blank_job_sheet
from garage.cards.models import PrintJob
from garage.cards.press import Press, PressFailed
from garage.cards.queries import print_job
from garage.cards.records import file_name, paper_of
from garage.cards.rules import may_fetch
from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, close_reading, read
from garage.web.errors import page
from garage.web.headers import DOWNLOAD_POLICY

WAITING_AT_PRESS = BoundedSemaphore(4)  # so papers that take long never keep every page of the desk waiting
LONGEST_WAIT = 1.0  # seconds


def to_press(session: Session, row: PrintJob) -> str:
    """Begin a fresh print's PDF, while its record is still being written and the browser finds its way to it.

    Returns where that is: a sheet of cards leads to its question first, everything else straight to its PDF.
    """
    if row.kind is PaperKind.CARD_SHEET:
        return url_for("cards.sheet_printed", number=row.id)
    press: Press = current_app.extensions["garage.press"]
    press.begin(paper_of(session, row))
    return url_for("cards.pdf", number=row.id)


def find_print(session: Session, number: int) -> PrintJob:
    """The print with this number at the signed-in person's site; else 404."""
    return print_job(session, me().site_id, number) or abort(404)


@bp.get("/prints/<int:number>.pdf")
def pdf(number: int) -> ResponseReturnValue:
    """The PDF of a print, made again from what was put on record."""
    row = find_print(read(), number)
    if not row.is_prepared:
        abort(404)
    may_fetch(read(), row, catalogue(), by())
    return pdf_of(paper_of(read(), row), file_name(row))


@bp.get("/paper/blank")
def blank_paper() -> ResponseReturnValue:
    """An empty job sheet for the day the PC is dead; nothing about anybody stands on it."""
    return pdf_of(blank_job_sheet(read(), me().site), "blank-job-sheet.pdf")


def pdf_of(paper: Paper, name: str) -> ResponseReturnValue:
    """The paper as an answer that nobody keeps; a plain 503 while the press is busy or fails."""
    press: Press = current_app.extensions["garage.press"]
    close_reading()  # a paper that takes long must not hold the database open
    if not WAITING_AT_PRESS.acquire(timeout=LONGEST_WAIT):
        return no_paper()
    try:
        made = press.print(paper)
    except PressFailed:
        return no_paper()
    finally:
        WAITING_AT_PRESS.release()
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f"inline; filename={name}"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response


def no_paper() -> ResponseReturnValue:
    """The press made nothing this time."""
    return page(
        503,
        _("The paper was not made"),
        _("The print is on record, nothing was lost. Load this page again in a moment."),
    )
