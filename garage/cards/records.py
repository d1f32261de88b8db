"""A print on record: what the paper says, sealed where it carries a code, and the logo it was printed with."""

from dataclasses import replace

from sqlalchemy.orm import Session

from garage.cards.look import look_of
from garage.cards.models import Logo, PrintJob
from garage.cards.printable import NotPrintable, printable
from garage.cards.snapshot import freeze, thaw
from garage.db import vault_of
from garage.domain.card import CardSheet, EntrySheet, HandOver, RadioPass, Receipt
from garage.domain.paper import Paper, cards_on
from garage.domain.text import N_, Refused, Text

_NUMBERS = {
    "code": N_("radio code"),
    "serial_number": N_("serial number"),
    "vin": N_("VIN"),
    "vin_tail": N_("VIN"),
    "part_number": N_("part number"),
    "card_number": N_("card number"),
    "job_number": N_("job number"),
}
_OTHER = N_("another number")


def keep(session: Session, row: PrintJob, paper: Paper) -> None:
    """Put what `paper` says on the record `row`. Refused when a number would not be whole on paper.

    The logo is kept once and pointed to: it would make every record a hundred times as large.
    """
    check_numbers(paper)
    without_logo = _with_logo(paper, None)
    if without_logo != paper:
        row.logo = look_of(session, row.site_id).logo
    says = freeze(without_logo)
    if carries_code(paper):
        row.says_sealed = vault_of(session).seal(says)
    else:
        row.says = says


def check_numbers(paper: Paper) -> None:
    """Refused, with the number's name, when one would not be whole on `paper`."""
    try:
        printable(paper)
    except NotPrintable as no:
        raise Refused(
            N_("One number is too long for this paper, or holds signs that cannot be printed: %(name)s."),
            name=Text(_NUMBERS.get(no.args[0], _OTHER)),
        ) from None


def paper_of(session: Session, row: PrintJob) -> Paper:
    """What the paper of a print says. Raises CodesLocked for one with a code while the key is missing."""
    says = vault_of(session).open(row.says_sealed) if row.says_sealed is not None else row.says
    return _with_logo(thaw(says or ""), row.logo)


def carries_code(paper: Paper) -> bool:
    """Whether a radio's code stands on the paper."""
    return any(card.code is not None for card in cards_on(paper))


def file_name(row: PrintJob) -> str:
    """The name of a print's PDF: its kind and a number, nothing about customer, car or radio."""
    number = row.card.number if row.card is not None else str(row.id)
    return f"{row.kind.value}-{number}.pdf"


def _with_logo(paper: Paper, logo: Logo | None) -> Paper:
    png = logo.png if logo else None
    match paper:
        case RadioPass():
            return replace(paper, style=replace(paper.style, logo=png))
        case HandOver() | Receipt() | EntrySheet():
            return replace(paper, card=replace(paper.card, style=replace(paper.card.style, logo=png)))
        case CardSheet():
            return replace(paper, style=replace(paper.style, logo=png))
        case _:
            return paper
