"""Printing as pages: press "print", read the paper, see what was printed before."""

from threading import BoundedSemaphore
from urllib.parse import urlsplit

from flask import Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.bay.queries import may_enter
from garage.cards.actions import PrintPaper, print_for_job, print_request
from garage.cards.actions import print_again as print_it_again
from garage.cards.blueprint import bp as bp
from garage.cards.contents import blank_job_sheet
from garage.cards.forms import AgainForm, PrintForm, card_form, job_form, request_form
from garage.cards.models import PrintJob
from garage.cards.press import Press, PressFailed
from garage.cards.queries import print_job, prints_of
from garage.cards.records import file_name, paper_of
from garage.cards.rules import may_fetch
from garage.code_requests.views_request import find_request
from garage.domain.paper import Paper
from garage.domain.text import Refused
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.intake.views_show import find_job
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, is_fresh, me
from garage.web.current import catalogue, close_reading, now, read, settings, transaction
from garage.web.errors import page
from garage.web.headers import DOWNLOAD_POLICY

WAITING_AT_PRESS = BoundedSemaphore(4)  # so papers that take long never keep every page of the desk waiting
LONGEST_WAIT = 1.0  # seconds


@bp.get("/jobs/<int:number>/prints")
def prints(number: int) -> ResponseReturnValue:
    """What was printed for a job, when and by whom; and what can be printed now."""
    return prints_page(find_job(read(), number))


def prints_page(
    job: Job, status: int = 200, form: PrintForm | AgainForm | None = None, again: int | None = None
) -> ResponseReturnValue:
    """The page; `form` is the one that came back with a sentence, `again` the print it was about."""
    code = job.head_unit.code_on_file if job.head_unit is not None else None
    rendered = render_template(
        "prints/prints.html",
        job=job,
        code=code,
        view=code_view(read(), job, is_fresh()),
        printed=prints_of(read(), job),
        form=form,
        again=again,
        cards=form if isinstance(form, PrintForm) else card_form(),
    )
    return rendered, status


@bp.app_template_global("enter_first")
def enter_first(job: Job) -> bool:
    """Whether the radio wants the code on file, and the rules of trying let nobody have it now."""
    code = job.head_unit.code_on_file if job.head_unit is not None else None
    if code is None:
        return False
    try:
        may_enter(read(), job, catalogue(), code, None, now())
    except Refused:
        return True
    return False


@bp.post("/jobs/<int:number>/print")
def print_paper(number: int) -> ResponseReturnValue:
    """Put a paper about a job on record and lead to its PDF."""
    form = job_form()
    if not form.validate():
        return prints_page(find_job(read(), number), 422, form)
    fresh, job_url = is_fresh(), phone_url(number)

    def press(session: Session) -> str:
        command = PrintPaper(form.kind.data, form.reason.data or "", fresh, job_url)
        return pdf_url(print_for_job(session, find_job(session, number), catalogue(), command, by()))

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: press(session))
    except Refused as no:
        form.refuse(no)
        return prints_page(find_job(read(), number), 409, form)
    return redirect(location, 303)


def phone_url(number: int) -> str:
    """The job's address for the QR code; empty where a phone could not reach it."""
    if urlsplit(settings().public_url).hostname in {"127.0.0.1", "localhost"}:
        return ""
    return settings().public_url + url_for("board.job", number=number)


def pdf_url(row: PrintJob) -> str:
    """Where the PDF of a print is read."""
    return url_for("cards.pdf", number=row.id)


@bp.post("/requests/<int:request_id>/print")
def print_for_request(request_id: int) -> ResponseReturnValue:
    """Put the letter, or the page for the owner, on record and lead to its PDF."""
    form = request_form()
    if not form.validate():
        abort(404)

    def press(session: Session) -> str:
        request = find_request(session, request_id)
        return pdf_url(print_request(session, request, catalogue(), form.kind.data, by()))

    with transaction() as session:
        location = answer_once(session, form, lambda: press(session))
    return redirect(location, 303)


@bp.post("/prints/<int:number>/again")
def print_again(number: int) -> ResponseReturnValue:
    """Print the same paper once more: on record again, the same PDF."""
    form, fresh = AgainForm(), is_fresh()
    if not form.validate():
        return prints_page(job_of(find_print(read(), number)), 422, form, number)

    def press(session: Session) -> str:
        row = find_print(session, number)
        print_it_again(session, row, catalogue(), PrintPaper(row.kind, form.reason.data or "", fresh), by())
        return pdf_url(row)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: press(session))
    except Refused as no:
        form.refuse(no)
        return prints_page(job_of(find_print(read(), number)), 409, form, number)
    return redirect(location, 303)


def find_print(session: Session, number: int) -> PrintJob:
    """The print with this number at the signed-in person's site; else 404."""
    return print_job(session, me().site_id, number) or abort(404)


def job_of(row: PrintJob) -> Job:
    """The job that a paper was printed for; 404 for one that belongs to none."""
    return row.job or abort(404)


@bp.get("/prints/<int:number>.pdf")
def pdf(number: int) -> ResponseReturnValue:
    """The PDF of a print, made again from what was put on record."""
    row = find_print(read(), number)
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
