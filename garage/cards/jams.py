"""When the paper jammed: the good cards stay good, the spoiled ones are printed once more with their numbers."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from garage.cards.actions import PrintPaper, print_again, sheet_again
from garage.cards.models import Card, PrintJob
from garage.cards.queries import printed_places
from garage.cards.rules import (
    LANGUAGE_OFF,
    Plea,
    cards_printed,
    check_card_again,
    check_languages,
    in_a_language_off,
    note_printed,
)
from garage.cards.sheets import say_came_out
from garage.domain.catalogue import Catalogue
from garage.domain.open_sheet import CameOut
from garage.domain.secrecy import PasswordFirst
from garage.domain.text import Refused, Text
from garage.staff.journal import By, write


@dataclass(frozen=True, slots=True)
class AfterJam:
    """What follows from an answer: how many cards are spoiled, their new print, and which are not on it."""

    spoiled: int = 0
    with_code: int = 0  # so many of them
    again: PrintJob | None = None
    left_out: tuple[tuple[str, Text], ...] = ()  # numbers of cards, each with the reason


def say_how_it_came_out(
    session: Session,
    row: PrintJob,
    came_out: CameOut,
    ticked: Collection[int],
    catalogue: Catalogue,
    command: PrintPaper,
    by: By,
) -> AfterJam:
    """Say how a sheet came out; the spoiled cards are printed on a fresh sheet, as far as they still may be.

    The cards keep their numbers and say what they said. No reason is typed, but who may see a code is asked
    again for each card. One that may not be printed any more is left out with the reason: the answer counts
    all the same. Refused for an answer that does not count; PasswordFirst where a job of the cards is closed.
    """
    sorted_out = say_came_out(session, row, came_out, ticked, by)
    places = printed_places(session, row)
    spoiled = [place.card for place in places if place.card and place.card_id in sorted_out.spoiled]
    plea = Plea(is_fresh=command.is_fresh, reason_asked=False)
    off = in_a_language_off(session, row)
    why_not = {
        card.id: Text(LANGUAGE_OFF) if card.number in off else _why_not(session, card, catalogue, plea, by)
        for card in spoiled
    }
    left_out = tuple((card.number, why) for card in spoiled if (why := why_not[card.id]) is not None)
    printable = [card for card in spoiled if why_not[card.id] is None]
    with_code = sum(card.radio_code_id is not None for card in spoiled)
    return AfterJam(len(spoiled), with_code, _print_spoiled(session, row, printable, by), left_out)


def _why_not(session: Session, card: Card, catalogue: Catalogue, plea: Plea, by: By) -> Text | None:
    try:
        check_card_again(session, card, catalogue, plea, by)
    except PasswordFirst:
        raise  # the person types it and answers again
    except Refused as no:
        return no.text
    return None


def _print_spoiled(session: Session, row: PrintJob, cards: Collection[Card], by: By) -> PrintJob | None:
    if not cards:
        return None
    for card in cards:
        card.printed_at = by.at
    again = sheet_again(session, row, cards, by)
    write(session, by, "print_spoiled", again)
    return again


def print_sheet_again(
    session: Session, row: PrintJob, catalogue: Catalogue, command: PrintPaper, by: By
) -> PrintJob:
    """Print a sheet once more: the same places while nobody has said how it came out, places of its own after that.

    Returns the print to open. The rules of `print_again` hold: who may see the codes, and a reason later on.
    """
    session.refresh(row, with_for_update=True)  # it may be answered at another desk in this moment
    if row.came_out is not None:
        return print_again(session, row, catalogue, command, by)
    check_languages(session, row)
    for card in cards_printed(session, row):
        check_card_again(session, card, catalogue, command.plea, by)
        note_printed(card, command.plea, by)
    write(session, by, "print_again", row, command.reason if row.says_sealed is not None else "")
    return row
