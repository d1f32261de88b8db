"""The garage's own texts: written instead of the shipped ones, and given back."""

from datetime import date

from sqlalchemy.orm import Session

from garage.code_requests.letter_words import (
    ITEM_PLACES,
    PAPERS_SEEN,
    numbers_as_lines,
    own_text,
    said_day,
    words_in,
)
from garage.code_requests.models_packet import RequestText
from garage.db import SavedMeanwhile, check_version
from garage.domain.packet import Item, TextKind
from garage.domain.request_text import Place, check_lines, check_places
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write
from garage.staff.models import Site

SAMPLE = {
    "reference": "142-7",
    "vehicle": "Volkswagen Golf",
    "vin": "WVWZZZ1KZ9W123456",
    "registration": "HH GN 4711",
    "radio": "Volkswagen RCD 310",
    "serial number": "VWZ1Z2L6683621",
    "part number": "1K0 035 186 AA",
    "built with": "–",
    "enclosed": "label.jpg",
    "display": "SAFE",
    "customer number": "K-2214",
    "dealer": "Autohaus Elbe",
}
"""Invented values that a text is shown with while it is written."""
SAMPLE_NUMBERS = (Item.SERIAL_NUMBER, Item.RADIO, Item.PART_NUMBER, Item.VIN, Item.VEHICLE, Item.REGISTRATION)
SAMPLE_DAYS = {Place.DUE_DAY: 24, Place.ASKED_DAY: 19, Place.WRONG_DAY: 20}


def sample_values(site: Site, language: str) -> dict[Place, str]:
    """What the places of a text are filled with while it is written, in its language."""
    say, values = words_in(language).gettext, {place: SAMPLE.get(place.value, "") for place in Place}
    numbers = ((say(item.label), values[ITEM_PLACES[item]]) for item in SAMPLE_NUMBERS)
    values |= {place: said_day(date(2026, 11, day), language) for place, day in SAMPLE_DAYS.items()}
    values |= {Place.GARAGE: site.name, Place.PHONE: site.phone, Place.EMAIL: site.email}
    return values | {
        Place.NUMBERS: numbers_as_lines(tuple(numbers)),
        Place.PAPERS_SEEN: say(PAPERS_SEEN),
    }


def write_text(
    session: Session, kind: TextKind, language: str, subject: str, body: str, version: int, by: By
) -> RequestText:
    """Write a text in place of the shipped one; `version` 0 where the shipped one stood before.

    Refused for braces around anything that is not on the list, and for a code; SavedMeanwhile where
    somebody else was quicker.
    """
    check_lines(body)
    for text in (subject, body):
        check_places(text)
        refuse_code_in_note(text)
    row = own_text(session, kind, language)
    if row is None:
        if version:
            raise SavedMeanwhile
        row = RequestText(kind=kind, language=language, subject=subject, body=body)
        session.add(row)
    else:
        check_version(row, version)
        row.subject, row.body = subject, body
    write(session, by, "write_text", row)
    return row


def give_back(session: Session, kind: TextKind, language: str, by: By) -> None:
    """The shipped text holds again."""
    row = own_text(session, kind, language)
    if row is None:
        raise Refused(N_("The shipped text holds already."))
    write(session, by, "write_text", row)
    session.delete(row)
