"""The printers of a site: their paper, the calibration page, and what the ruler said."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.cards import printers
from garage.cards.blueprint import bp
from garage.cards.contents import is_sample
from garage.cards.forms_printers import NumbersForm, PrinterForm, RulerForm
from garage.cards.layouts import sheet_layouts
from garage.cards.models import Printer
from garage.cards.printers import MeasurePrinter, profile_of
from garage.cards.views_pdf import pdf_of
from garage.db import SavedMeanwhile
from garage.domain.measuring import profile_from
from garage.domain.text import N_, Refused
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.web.current import read, transaction


@bp.get("/printers")
def printers_here() -> ResponseReturnValue:
    """The printers that this site has measured, and the form for another."""
    return printers_page(PrinterForm(formdata=None))


def printers_page(form: PrinterForm, status: int = 200) -> ResponseReturnValue:
    """The list."""
    known = printers.printers(read(), me().site_id)
    page = render_template("prints/printers.html", printers=known, layouts=sheet_layouts(), form=form)
    return page, status


@bp.post("/printers")
def add_printer() -> ResponseReturnValue:
    """Write down a printer; its page says how to measure it."""
    form = PrinterForm()
    if not form.validate():
        return printers_page(form, 422)

    def add(session: Session) -> str:
        return url_for("cards.printer", number=printers.add_printer(session, form.to_command(), by()).id)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: add(session))
    except Refused as no:
        form.refuse(no, "name")
        return printers_page(form, 409)
    return redirect(location, 303)


@bp.get("/printers/<int:number>")
def printer(number: int) -> ResponseReturnValue:
    """One printer: print the page, measure, type what the ruler says."""
    return printer_page(find_printer(read(), number))


def find_printer(session: Session, number: int) -> Printer:
    """The printer with this number at the signed-in person's site; else 404."""
    known = printers.printers(session, me().site_id)
    return next((one for one in known if one.id == number), None) or abort(404)


def printer_page(
    found: Printer, status: int = 200, ruler: RulerForm | None = None, numbers: NumbersForm | None = None
) -> ResponseReturnValue:
    """The page, with whatever was typed."""
    page = render_template(
        "prints/printer.html",
        printer=found,
        layout=sheet_layouts().get(found.layout_id),
        ruler=ruler or RulerForm(formdata=None, version=found.version),
        numbers=numbers or NumbersForm(formdata=None, obj=found),
    )
    return page, status


@bp.post("/printers/<int:number>/measured")
def measured(number: int) -> ResponseReturnValue:
    """What the ruler said becomes the printer's four numbers."""
    form = RulerForm()
    if not form.validate():
        return printer_page(find_printer(read(), number), 422, ruler=form)

    def command(session: Session) -> MeasurePrinter:
        found = find_printer(session, number)
        corner = printers.layout_named(found.layout_id).box(0)
        return MeasurePrinter(form.version.data, profile_from(form.measured, profile_of(found), corner))

    return _keep(number, form, command)


@bp.post("/printers/<int:number>/numbers")
def numbers(number: int) -> ResponseReturnValue:
    """The four numbers as they were typed."""
    form = NumbersForm()
    if not form.validate():
        return printer_page(find_printer(read(), number), 422, numbers=form)
    return _keep(number, form, lambda session: form.to_command())


def _keep(
    number: int, form: RulerForm | NumbersForm, command: Callable[[Session], MeasurePrinter]
) -> ResponseReturnValue:
    try:
        with transaction() as session:
            found = find_printer(session, number)
            printers.measure_printer(session, found, command(session), by())
    except Refused as no:
        form.refuse(no)
        found = find_printer(read(), number)
        if isinstance(form, RulerForm):
            return printer_page(found, 409, ruler=_anew(found) if isinstance(no, SavedMeanwhile) else form)
        if isinstance(no, SavedMeanwhile):
            form.version.data = found.version
        return printer_page(found, 409, numbers=form)
    flash(_("The numbers are kept. Print the page once more to see whether they are right."), "done")
    return redirect(url_for("cards.printer", number=number), 303)


def _anew(found: Printer) -> RulerForm:
    """An empty form: what was measured belongs to a page drawn with earlier numbers, and would count twice."""
    form = RulerForm(formdata=None, version=found.version)
    form.refuse(Refused(N_("Saved meanwhile by someone else. Print the page again and measure it anew.")))
    return form


@bp.get("/printers/<int:number>/calibration.pdf")
def calibration(number: int) -> ResponseReturnValue:
    """The calibration page, drawn with the numbers that are kept now."""
    paper = printers.calibration_page(
        find_printer(read(), number), me().site.language, sample=is_sample(read())
    )
    return pdf_of(paper, "calibration.pdf")
