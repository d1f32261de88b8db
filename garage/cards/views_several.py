"""Several cards at once: tick them, watch them being prepared, print one PDF."""

from datetime import date

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.cards import batches
from garage.cards.blueprint import bp
from garage.cards.forms import AgainForm
from garage.cards.forms_several import SeveralForm
from garage.cards.layouts import sheet_layouts
from garage.cards.life import current_cards
from garage.cards.models import PrintJob
from garage.cards.queries import jobs_of_day, parts_of, radios_without_card, several_prints
from garage.cards.views_again import press_again
from garage.cards.views_paper import remembered_printer
from garage.cards.views_pdf import find_print
from garage.domain.text import Refused
from garage.intake.forms_new_car import YEARS
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, is_fresh, me
from garage.web.current import catalogue, read, transaction
from garage.web.local_time import local_now


@bp.get("/cards/several")
def several() -> ResponseReturnValue:
    """The jobs of a day, or with ?codes=1 the radios whose codes are on file and that have no card yet."""
    return several_page(SeveralForm(formdata=None))


def several_page(form: SeveralForm, status: int = 200) -> ResponseReturnValue:
    """The page to tick radios; those that have their card already are not ticked. Below, what was begun before."""
    day, codes = _day(), "codes" in request.args
    jobs = [] if codes else jobs_of_day(read(), me().site, day)
    page = render_template(
        "prints/several.html",
        form=form,
        day=day,
        codes=codes,
        jobs=jobs,
        radios=radios_without_card(read(), batches.MOST_CARDS) if codes else [],
        cards=current_cards(read(), [job.head_unit for job in jobs if job.head_unit]),
        fresh=is_fresh(),
        most=batches.MOST_CARDS,
        begun=several_prints(read(), me().site_id),
        waiting_parts=batches.waiting_parts,
        layouts=sheet_layouts(),
    )
    return page, status


def _day() -> date:
    today = local_now().date()
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today
    return day if day.year in YEARS else today


@bp.post("/cards/several")
def begin_several() -> ResponseReturnValue:
    """Put the print on record, then prepare it on its own page."""
    form = SeveralForm()
    if not form.validate():
        return several_page(form, 422)
    printer_id, fresh = remembered_printer(form.paper.data), is_fresh()

    def begin(session: Session) -> str:
        row = batches.begin(session, form.to_command(printer_id), by(), is_fresh=fresh)
        return url_for("cards.several_cards", number=row.id)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: begin(session))
    except Refused as no:
        form.refuse(no)
        return several_page(form, 409)
    return redirect(location, 303)


@bp.get("/cards/several/<int:number>")
def several_cards(number: int) -> ResponseReturnValue:
    """How far a print of several cards is, what was left out and why."""
    return progress_page(find_several(read(), number))


def find_several(session: Session, number: int) -> PrintJob:
    """The print of several cards with this number; else 404."""
    row = find_print(session, number)
    return row if row.parts else abort(404)


def progress_page(row: PrintJob, status: int = 200, again: AgainForm | None = None) -> ResponseReturnValue:
    """The page; `again` came back with a sentence."""
    page = render_template(
        "prints/several_cards.html",
        row=row,
        parts=parts_of(read(), row),
        waiting=len(batches.waiting_parts(row)),
        ready=sum(part.card_id is not None for part in row.parts),
        why=batches.why_left_out,
        layout=sheet_layouts().get(row.layout_id or ""),
        again=again or AgainForm(formdata=None),
    )
    return page, status


@bp.post("/cards/several/<int:number>/next")
def next_cards(number: int) -> ResponseReturnValue:
    """Prepare the next few; the page asks again until all are done."""
    fresh = is_fresh()
    with transaction() as session:
        batches.go_on(session, find_several(session, number), catalogue(), by(), is_fresh=fresh)
    return redirect(url_for("cards.several_cards", number=number), 303)


@bp.post("/cards/several/<int:number>/stop")
def stop_several(number: int) -> ResponseReturnValue:
    """Stop preparing; it can go on later."""
    with transaction() as session:
        batches.cancel(session, find_several(session, number), by())
    return redirect(url_for("cards.several_cards", number=number), 303)


@bp.post("/cards/several/<int:number>/finish")
def finish_several(number: int) -> ResponseReturnValue:
    """Print what is prepared, without the rest."""
    with transaction() as session:
        batches.finish_early(session, find_several(session, number), by())
    return redirect(url_for("cards.several_cards", number=number), 303)


@bp.post("/cards/several/<int:number>/again")
def several_again(number: int) -> ResponseReturnValue:
    """Print the same cards once more, at places of their own: on record again, with the reason."""
    return press_again(
        number,
        find_several,
        lambda status, form: progress_page(find_several(read(), number), status, form),
    )
