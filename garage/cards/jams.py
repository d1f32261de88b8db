"""When the paper jammed: the good cards stay good, the spoiled ones are printed once more with their numbers."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from garage.cards.actions import PrintPaper, sheet_of
from garage.cards.models import Card, PrintJob
from garage.cards.printers import layout_named
from garage.cards.records import keep, paper_of
from garage.cards.rules import Plea, check_card
from garage.cards.sheets import places_of, say_came_out
from garage.domain.catalogue import Catalogue
from garage.domain.open_sheet import CameOut
from garage.domain.paper import CardSheet, RadioPass
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write

JAMMED = "the sheet did not come out right"  # stands for a typed reason; the journal says it by its verb


def say_how_it_came_out(
    session: Session,
    row: PrintJob,
    came_out: CameOut,
    ticked: Collection[int],
    catalogue: Catalogue,
    command: PrintPaper,
    by: By,
) -> PrintJob | None:
    """Say how a sheet came out; the new print of the spoiled cards on a fresh sheet, or None.

    The cards keep their numbers and say what they said. No reason is typed, but who may see a code is asked
    again for each card, with a fresh password where its job is closed. Refused says what stands against it.
    """
    sorted_out = say_came_out(session, row, came_out, ticked, by)
    spoiled = [place.card for place in places_of(session, row) if place.card_id in sorted_out.spoiled]
    if not spoiled:
        return None
    again = PrintJob(
        site_id=row.site_id,
        kind=row.kind,
        card=row.card,
        job=row.job,
        printer=row.printer,
        person_id=by.person_id,
        at=by.at,
    )
    session.add(again)
    session.flush()
    faces = _faces(session, row)
    cards: list[tuple[Card, RadioPass]] = []
    for card in spoiled:
        if card is not None:
            check_card(session, card, catalogue, Plea(JAMMED, command.is_fresh), by)
            card.printed_at = by.at
            cards.append((card, faces[card.number]))
    layout = layout_named(_sheet(session, row).layout_id)
    keep(session, again, sheet_of(session, again, layout, cards, (), by))
    write(session, by, "print_spoiled", again)
    return again


def _faces(session: Session, row: PrintJob) -> dict[str, RadioPass]:
    return {says.card_number: says for _, says in _sheet(session, row).cards}


def _sheet(session: Session, row: PrintJob) -> CardSheet:
    paper = paper_of(session, row)
    if not isinstance(paper, CardSheet):
        raise Refused(N_("This paper is no sheet of cards."))
    return paper
