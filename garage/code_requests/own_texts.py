"""The garage's own texts: written instead of the shipped ones, and given back."""

from sqlalchemy.orm import Session

from garage.code_requests.letter_words import own_text
from garage.code_requests.models_packet import RequestText
from garage.db import SavedMeanwhile, check_version
from garage.domain.packet import TextKind
from garage.domain.request_text import check_lines, check_places
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write

SAMPLE = {
    "reference": "142-7",
    "numbers": "VIN: WVWZZZ1KZ9W123456\nRadio: Volkswagen RCD 310\nSerial number: VWZ1Z2L6683621",
    "vehicle": "Volkswagen Golf",
    "vin": "WVWZZZ1KZ9W123456",
    "registration": "HH GN 4711",
    "radio": "Volkswagen RCD 310",
    "serial number": "VWZ1Z2L6683621",
    "part number": "1K0 035 186 AA",
    "built with": "–",
    "enclosed": "label.jpg",
    "due day": "24.11.2026",
    "asked day": "19.11.2026",
    "wrong day": "20.11.2026",
    "display": "SAFE",
    "customer number": "K-2214",
    "dealer": "Autohaus Elbe",
}
"""Invented values that a text is shown with while it is written."""


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
