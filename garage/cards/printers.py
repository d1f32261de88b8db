"""The printers of a site: each with one kind of paper and the four numbers that make good its faults."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from garage.cards.layouts import sheet_layouts
from garage.cards.models import Printer, PrintJob
from garage.db import check_version
from garage.domain.card import CalibrationPage
from garage.domain.sheet_layout import PrinterProfile, SheetLayout
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write


@dataclass(frozen=True, slots=True)
class AddPrinter:
    """A printer, and what lies in it."""

    name: str
    layout_id: str


@dataclass(frozen=True, slots=True)
class MeasurePrinter:
    """What a ruler said about the calibration page, as four numbers; edited from `version`."""

    version: int
    profile: PrinterProfile


def layout_named(layout_id: str) -> SheetLayout:
    """The layout with this id. Refused when it is not in seeds/sheets.toml (any more)."""
    layout = sheet_layouts().get(layout_id)
    if layout is None:
        raise Refused(N_("This paper is not known here any more. Choose another."))
    return layout


def printers(session: Session, site_id: int, layout_id: str | None = None) -> Sequence[Printer]:
    """The printers of a site by name; with `layout_id` those that hold this paper."""
    found = select(Printer).where(Printer.site_id == site_id)
    if layout_id is not None:
        found = found.where(Printer.layout_id == layout_id)
    return session.scalars(found.order_by(Printer.name, Printer.id)).all()


def find_printer(session: Session, site_id: int, printer_id: int | None, layout_id: str) -> Printer | None:
    """The chosen printer, where it is this site's and holds this paper; else None: printed as drawn."""
    return next((one for one in printers(session, site_id, layout_id) if one.id == printer_id), None)


def last_used_printer(session: Session, site_id: int, layout_id: str) -> Printer | None:
    """The printer that this paper was last printed on at this site."""
    used = (
        select(Printer)
        .join(PrintJob, PrintJob.printer_id == Printer.id)
        .where(Printer.site_id == site_id, Printer.layout_id == layout_id)
        .order_by(PrintJob.id.desc())
    )
    return session.scalars(used.limit(1)).first()


def profile_of(printer: Printer | None) -> PrinterProfile:
    """The four numbers of a printer; no printer: everything as drawn."""
    if printer is None:
        return PrinterProfile()
    return PrinterProfile(
        right_mm=printer.right_mm,
        down_mm=printer.down_mm,
        scale_x=printer.scale_x,
        scale_y=printer.scale_y,
    )


def add_printer(session: Session, wanted: AddPrinter, by: By) -> Printer:
    """Write down a printer and its paper. Refused for a second one of the same name with the same paper."""
    row = Printer(site_id=by.site_id, name=wanted.name, layout_id=layout_named(wanted.layout_id).id)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        raise Refused(N_("This printer with this paper is in the list already.")) from None
    write(session, by, "add_printer", row)
    return row


def measure_printer(session: Session, printer: Printer, wanted: MeasurePrinter, by: By) -> None:
    """Keep the four numbers of a printer, with who measured and when. Raises SavedMeanwhile."""
    check_version(printer, wanted.version)
    profile = wanted.profile
    printer.right_mm, printer.down_mm = profile.right_mm, profile.down_mm
    printer.scale_x, printer.scale_y = profile.scale_x, profile.scale_y
    printer.measured_at, printer.measured_by_id = by.at, by.person_id
    write(session, by, "measure_printer", printer)


def calibration_page(printer: Printer, language: str, *, sample: bool) -> CalibrationPage:
    """The page to measure: drawn with the numbers that are kept now, so a second one shows what is left."""
    return CalibrationPage(
        layout_id=printer.layout_id,
        profile=profile_of(printer),
        printer=printer.name,
        sample=sample,
        language=language,
    )
