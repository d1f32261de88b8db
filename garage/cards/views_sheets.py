"""The open sheets of a site, and the question after each: did it come out right?"""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from garage.cards.actions import PrintPaper
from garage.cards.blueprint import bp
from garage.cards.forms import AgainForm, CameOutForm
from garage.cards.jams import AfterJam, print_sheet_again, say_how_it_came_out
from garage.cards.layouts import sheet_layouts
from garage.cards.models import PrintJob
from garage.cards.printers import layout_named
from garage.cards.queries import printed_places, was_begun
from garage.cards.rules import asks_why, may_fetch
from garage.cards.sheets import (
    is_kept_open,
    mark_used,
    open_sheets,
    start_fresh_sheet,
    used_places,
    waiting_question,
)
from garage.cards.views_again import press_again
from garage.cards.views_pdf import find_print, to_press
from garage.domain.open_sheet import CameOut
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Refused
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, is_fresh, me
from garage.web.current import catalogue, now, read, transaction
from garage.web.say import say


@bp.app_template_global("sheet_to_answer")
def sheet_to_answer() -> PrintJob | None:
    """The sheet that the person printed last and has said nothing about."""
    return waiting_question(read(), me().site_id, me().id)


@bp.get("/prints/<int:number>/sheet")
def sheet_printed(number: int) -> ResponseReturnValue:
    """A sheet that was put on record: open it, print it, say how it came out."""
    return sheet_page(find_sheet(number))


def find_sheet(number: int) -> PrintJob:
    """The print of cards on a sheet with this number; 404 for another one, and while it is being prepared."""
    row = find_print(read(), number)
    return row if row.kind is PaperKind.CARD_SHEET and row.is_prepared else abort(404)


def sheet_page(
    row: PrintJob, status: int = 200, form: CameOutForm | None = None, again: AgainForm | None = None
) -> ResponseReturnValue:
    """The page with the cards that stand on the sheet; `form` or `again` came back with a sentence."""
    places, form = printed_places(read(), row), form or CameOutForm(formdata=None)
    layout = layout_named(places[0].sheet.layout_id) if places else None
    if len(places) == 1:  # one card came out, or it did not
        form.came_out.choices = [one for one in form.came_out.choices if one.value != CameOut.SOME.value]
    page = render_template(
        "prints/sheet.html",
        row=row,
        places=places,
        layout=layout,
        begun=was_begun(read(), places),
        carry_codes=row.says_sealed is not None,
        form=form,
        again=again or AgainForm(formdata=None),
        opens=_opens(row),
        asks_why=any(place.card and asks_why(place.card, now()) for place in places),
    )
    return page, status


def _opens(row: PrintJob) -> bool:
    """Whether this person may open the PDF now, without pressing "print" once more."""
    try:
        may_fetch(read(), row, catalogue(), by())
    except Refused:
        return False
    return True


@bp.post("/prints/<int:number>/sheet/again")
def sheet_again(number: int) -> ResponseReturnValue:
    """Put the same sheet on record once more, so that its PDF opens again."""
    find_sheet(number)
    return press_again(
        number,
        find_print,
        lambda status, form: sheet_page(find_sheet(number), status, again=form),
        print_sheet_again,
    )


@bp.post("/prints/<int:number>/sheet")
def came_out(number: int) -> ResponseReturnValue:
    """All, some or none: the spoiled cards go to a fresh sheet with the same numbers."""
    form, fresh = CameOutForm(), is_fresh()
    find_sheet(number)
    if not form.validate():
        return sheet_page(find_sheet(number), 422, form)
    said: list[AfterJam] = []

    def answer(session: Session) -> str:
        row = find_print(session, number)
        command = PrintPaper(row.kind, "", fresh)
        ticked = form.good.data or []
        said.append(say_how_it_came_out(session, row, form.came_out.data, ticked, catalogue(), command, by()))
        return _after(session, row, said[0].again)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: answer(session))
    except Refused as no:
        form.refuse(no)
        return sheet_page(find_sheet(number), 409, form)
    for after in said:  # a double click is told once
        say_what_follows(after)
    return redirect(location, 303)


def say_what_follows(after: AfterJam) -> None:
    """What to do with the spoiled cards, and which are not printed again, the cards of each reason together."""
    if not after.spoiled:
        flash(_("Good. The sheet is noted as right."), "done")
        return
    flash(shred(after), "warning")
    numbers: dict[str, list[str]] = {}
    for number, why in after.left_out:
        numbers.setdefault(say(why), []).append(number)
    for sentence, cards in numbers.items():
        flash(_("Not printed again: %(cards)s. %(why)s", cards=", ".join(cards), why=sentence), "warning")


def _after(session: Session, row: PrintJob, again: PrintJob | None) -> str:
    if again is not None:
        return to_press(session, again)
    return url_for("cards.prints", number=row.job.number) if row.job else url_for("cards.hub")


def shred(after: AfterJam) -> str:
    """What to do with the spoiled cards."""
    if not after.with_code:
        return str(ngettext("%(num)d spoiled card.", "%(num)d spoiled cards.", after.spoiled))
    return str(
        ngettext(
            "Shred the spoiled card: it carries a code.",
            "Shred the spoiled ones: they carry codes (%(num)d).",
            after.with_code,
        )
    )


@bp.get("/sheets")
def sheets() -> ResponseReturnValue:
    """The sheets that lie beside the printers, with their used places."""
    return sheets_page()


def sheets_page(refusal: Refused | None = None, status: int = 200) -> ResponseReturnValue:
    """Every open sheet, and every bought paper that could be opened."""
    layouts = {one.id: one for one in sheet_layouts().values() if is_kept_open(one)}
    opened = [
        (layouts[sheet.layout_id], sheet, used_places(read(), sheet))
        for sheet in open_sheets(read(), me().site_id)
        if sheet.layout_id in layouts
    ]
    others = [one for one in layouts.values() if one.id not in {layout.id for layout, _, _ in opened}]
    page = render_template(
        "prints/sheets.html", opened=opened, others=others, refusal=refusal.text if refusal else None
    )
    return page, status


@bp.post("/sheets/<layout_id>/fresh")
def fresh_sheet(layout_id: str) -> ResponseReturnValue:
    """Put the open sheet away; the next card goes to the first place of a fresh one."""
    try:
        with transaction() as session:
            start_fresh_sheet(session, layout_named(layout_id).id, by())
    except Refused:
        abort(404)
    return redirect(url_for("cards.sheets"), 303)


@bp.post("/sheets/<layout_id>/used")
def used(layout_id: str) -> ResponseReturnValue:
    """These places are used already."""
    places = [int(place) for place in request.form.getlist("place") if place.isdecimal() and len(place) <= 3]
    try:
        with transaction() as session:
            mark_used(session, layout_named(layout_id).id, places, by())
    except Refused as no:
        return sheets_page(no, 409)
    return redirect(url_for("cards.sheets"), 303)
