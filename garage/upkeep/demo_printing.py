"""What people print in the invented garage, by the same actions that a real press of a button takes."""

from collections.abc import Callable

from sqlalchemy import select

from garage.cards.actions import PrintCard, PrintPaper, print_card, print_for_job, print_request
from garage.cards.batches import PrintSeveral, begin
from garage.cards.jams import say_how_it_came_out
from garage.cards.life import CardWish, HandOverCard, hand_card_over
from garage.cards.models import Card, PrintJob
from garage.cards.printers import AddPrinter, MeasurePrinter, add_printer, last_used_printer, measure_printer
from garage.cards.printers import printers as printers_here
from garage.cards.records import paper_of
from garage.cards.rules import may_fetch
from garage.cards.sheets import mark_used
from garage.domain.open_sheet import CameOut
from garage.domain.paper_kind import PaperKind
from garage.domain.sheet_layout import PrinterProfile
from garage.upkeep.demo_scene import Scene
from garage.upkeep.demo_story import one_of


def print_paper(scene: Scene, kind: str) -> None:
    """Print a paper about the job."""
    command = PrintPaper(PaperKind(kind))
    _keep(scene, print_for_job(scene.session, scene.job, scene.catalogue, command, scene.by))


def print_letter(scene: Scene, kind: str) -> None:
    """Print the letter to the dealer, or the page that the owner takes there."""
    _keep(scene, print_request(scene.session, scene.request, scene.catalogue, PaperKind(kind), scene.by))


def print_on(scene: Scene, paper: str, own_words: str = "", came_out: str = "") -> None:
    """Print the job's card, and say how it came out where that is a bought sheet."""
    known = printers_here(scene.session, scene.by.site_id, paper)
    printer = last_used_printer(scene.session, scene.by.site_id, paper) or next(iter(known), None)
    command = PrintCard(paper, wish=CardWish(own_words=own_words), printer_id=printer.id if printer else None)
    row = print_card(scene.session, scene.job, scene.catalogue, command, scene.by)
    _keep(scene, row)
    if came_out:
        again = PrintPaper(row.kind, is_fresh=True)
        say_how_it_came_out(
            scene.session, row, one_of(CameOut, came_out), (), scene.catalogue, again, scene.by
        )


def print_several(scene: Scene, paper: str) -> None:
    """Begin a print of several cards; it is not prepared yet."""
    wanted = PrintSeveral(jobs=(scene.job.number,), radios=(), paper=paper)
    begin(scene.session, wanted, scene.by, is_fresh=True)


def take_card(scene: Scene) -> None:
    """The customer takes the job's newest card along."""
    made = select(Card).where(Card.job_id == scene.job.id).order_by(Card.id.desc())
    card = scene.session.scalars(made).first()
    if card is not None:
        hand_card_over(scene.session, card, HandOverCard(scene.job.customer.name, papers_seen=True), scene.by)


def measure(scene: Scene, name: str, paper: str, right_mm: float, down_mm: float) -> None:
    """Write down a printer and what the ruler said."""
    printer = add_printer(scene.session, AddPrinter(name, paper), scene.by)
    profile = PrinterProfile(right_mm=right_mm, down_mm=down_mm, scale_y=1.001)
    measure_printer(scene.session, printer, MeasurePrinter(printer.version, profile), scene.by)


def _keep(scene: Scene, row: PrintJob) -> None:
    scene.session.flush()
    may_fetch(scene.session, row, scene.catalogue, scene.by)
    scene.papers.append(paper_of(scene.session, row))


PRINTING: dict[str, Callable[..., object]] = {
    "print_for_job": print_paper,
    "print_for_request": print_letter,
    "print_on": print_on,
    "print_several": print_several,
    "take_card": take_card,
    "measure_printer": measure,
    "mark_used": lambda scene, paper, places: mark_used(scene.session, paper, places, scene.by),
}
