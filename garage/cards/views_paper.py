"""Printing as pages: press "print", and see what was printed before."""

from flask import abort, redirect, render_template, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.bay.queries import may_enter
from garage.cards.actions import PrintPaper, print_for_job, print_request
from garage.cards.actions import print_card as print_card_for
from garage.cards.blueprint import bp as bp
from garage.cards.forms import (
    AgainForm,
    CardForm,
    PrintForm,
    job_form,
    language_choices,
    printer_choices,
    request_form,
)
from garage.cards.layouts import sheet_layouts
from garage.cards.life import current_card
from garage.cards.look import languages_on, look_of
from garage.cards.papers import HAND_OVER, CardPaper, card_paper
from garage.cards.printers import last_used_printer, printers
from garage.cards.queries import prints_of
from garage.cards.sheets import open_sheets, used_places
from garage.cards.views_pdf import to_press
from garage.code_requests.views_show import find_request
from garage.domain.sheet_layout import SheetLayout
from garage.domain.text import Refused
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.intake.views_show import find_job
from garage.staff.forms_once import answer_once
from garage.staff.links import works_here_only
from garage.staff.signed_in import by, is_fresh, me
from garage.web.current import catalogue, now, read, settings, transaction

PRINTERS = "printers"  # in the browser: the printer chosen last, by paper


@bp.get("/jobs/<int:number>/prints")
def prints(number: int) -> ResponseReturnValue:
    """What was printed for a job, when and by whom; and what can be printed now."""
    return prints_page(find_job(read(), number))


def prints_page(
    job: Job,
    status: int = 200,
    form: PrintForm | AgainForm | None = None,
    again: int | None = None,
    card: CardForm | None = None,
) -> ResponseReturnValue:
    """The page; `form` or `card` came back with a sentence, `again` is the print it was about."""
    code = job.head_unit.code_on_file if job.head_unit is not None else None
    rendered = render_template(
        "prints/prints.html",
        job=job,
        code=code,
        view=code_view(read(), job, is_fresh()),
        printed=prints_of(read(), job),
        form=form or card,
        again=again,
        card=card or fresh_card_form(job),
        chosen=card is not None,
        sheets=sheets_to_choose(),
    )
    return rendered, status


@bp.app_template_global("usual_paper")
def usual_paper() -> CardPaper:
    """The paper that this site prints its cards on; the A4 sheet where that one is not known any more."""
    chosen = look_of(read(), me().site_id).paper
    try:
        return card_paper(chosen)
    except Refused:
        return card_paper(HAND_OVER)


def fresh_card_form(job: Job) -> CardForm:
    """The form with what this site usually prints, and what the radio's card of this job says so far."""
    made = current_card(read(), job.head_unit) if job.head_unit else None
    so_far = made if made and made.job_id == job.id else None
    form = CardForm(
        formdata=None,
        data={
            "paper": usual_paper().value,
            "language": so_far.language if so_far else me().site.language,
            "own_words": so_far.own_words if so_far else "",
        },
    )
    offer(form)
    return form


def offer(form: CardForm) -> None:
    """What may be chosen at this site, looked up where the form needs it."""
    form.language.choices = lambda: language_choices(languages_on(read(), me().site))
    form.printer.choices = lambda: printer_choices(printers(read(), me().site_id))


@bp.post("/jobs/<int:number>/card")
def print_card(number: int) -> ResponseReturnValue:
    """Put a card on record, and lead to its PDF or to the sheet it stands on."""
    form, fresh = CardForm(), is_fresh()
    offer(form)
    if not form.validate():
        return prints_page(find_job(read(), number), 422, card=form)
    chosen = form.printer.data
    printer_id = int(chosen) if chosen else remembered_printer(form.paper.data)

    def press(session: Session) -> str:
        command = form.to_command(printer_id, is_fresh=fresh)
        row = print_card_for(session, find_job(session, number), catalogue(), command, by())
        return to_press(session, row)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: press(session))
    except Refused as no:
        form.refuse(no)
        return prints_page(find_job(read(), number), 409, card=form)
    if chosen:
        browser[PRINTERS] = browser.get(PRINTERS, {}) | {form.paper.data: printer_id}
    return redirect(location, 303)


def sheets_to_choose() -> list[tuple[SheetLayout, frozenset[int]]]:
    """The open sheets of this site, each with its used places."""
    layouts = sheet_layouts()
    return [
        (layouts[sheet.layout_id], used_places(read(), sheet))
        for sheet in open_sheets(read(), me().site_id)
        if sheet.layout_id in layouts
    ]


def remembered_printer(layout_id: str) -> int | None:
    """The printer that this browser chose last for this paper, else the one that the site used last."""
    if layout_id not in sheet_layouts():
        return None  # only sheets are measured
    known = [one.id for one in printers(read(), me().site_id, layout_id)]
    chosen = browser.get(PRINTERS, {}).get(layout_id)
    if chosen in known:
        return int(chosen)
    last = last_used_printer(read(), me().site_id, layout_id)
    return last.id if last else next(iter(known), None)


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
        row = print_for_job(session, find_job(session, number), catalogue(), command, by())
        return to_press(session, row)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: press(session))
    except Refused as no:
        form.refuse(no)
        return prints_page(find_job(read(), number), 409, form)
    return redirect(location, 303)


def phone_url(number: int) -> str:
    """The job's address for the QR code; empty where a phone could not reach it."""
    return "" if works_here_only() else settings().public_url + url_for("board.job", number=number)


@bp.post("/requests/<int:request_id>/print")
def print_for_request(request_id: int) -> ResponseReturnValue:
    """Put the letter, or the page for the owner, on record and lead to its PDF."""
    form = request_form()
    if not form.validate():
        abort(404)

    def press(session: Session) -> str:
        request = find_request(session, request_id)
        return to_press(session, print_request(session, request, catalogue(), form.kind.data, by()))

    with transaction() as session:
        location = answer_once(session, form, lambda: press(session))
    return redirect(location, 303)
