"""Who may print and read a paper with a code on it: what holds for showing a code holds for printing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, joinedload

from garage.bay.queries import may_enter, radio_view
from garage.bay.trying import job_here
from garage.cards.look import languages_on
from garage.cards.models import Card, PrintJob, PrintPart, SheetPlace
from garage.cards.records import paper_of
from garage.db import vault_of
from garage.domain.card_life import needs_reason
from garage.domain.catalogue import Catalogue
from garage.domain.paper import cards_on
from garage.domain.paper_kind import PaperKind
from garage.domain.secrecy import check_may_see, refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.radios.actions import known_codes
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Site

FETCH_WITHIN = timedelta(minutes=10)  # a paper with a code is read by who printed it, soon
PRESSED = ("print", "print_again", "print_spoiled")  # what the journal calls a press of "print"
LANGUAGE_OFF = N_("Cards in this language were switched off meanwhile. Print a new card in another language.")

# Built once: building it takes longer than asking it, and every PDF with a code asks it.
PRESSED_BY = (
    select(JournalEntry.id)
    .where(
        JournalEntry.kind == PrintJob.__tablename__,
        JournalEntry.row_number == bindparam("print"),
        JournalEntry.verb.in_(PRESSED),
        JournalEntry.person_id == bindparam("person"),
        JournalEntry.at > bindparam("since"),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Plea:
    """What a person brings to print a code: a typed reason, and a password typed a moment ago."""

    reason: str = ""
    is_fresh: bool = False
    reason_asked: bool = True  # False: the paper jammed, or was printed just now

    @property
    def why(self) -> str:
        """The reason, or a word that stands for one where none is asked."""
        return self.reason if self.reason_asked else "on record"


def check_rights(session: Session, unit: HeadUnit, job: Job | None, plea: Plea) -> None:
    """Return when this person may see the codes of a radio now, in this job or (None) without one."""
    fresh, why = plea.is_fresh, plea.why
    view = radio_view(session, unit, fresh, why) if job is None else code_view(session, job, fresh, why)
    check_may_see(view)


def check_may_print(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, plea: Plea, by: By
) -> None:
    """Return when a card may carry this code now, for the radio of this job.

    Who may see it is asked first, so that a reason is compared with codes only for people who may.
    """
    check_rights(session, code.head_unit, job, plea)
    may_enter(session, job, catalogue, code, None, by.at)
    if plea.reason:
        refuse_code_in_note(plea.reason, known_codes(session, code.head_unit))


def check_may_print_outside(session: Session, unit: HeadUnit, plea: Plea, by: By) -> None:
    """The same for a radio without a job: always with a fresh password, and a reason where one is asked.

    Refused while a job has this radio or its car: there the rules of trying hold.
    """
    here = job_here(session, unit, by)
    if here is not None:
        raise Refused(N_("Its car is here: job %(number)d. Print the card there."), number=here.number)
    check_rights(session, unit, None, plea)
    if plea.reason:
        refuse_code_in_note(plea.reason, known_codes(session, unit))


def asks_why(card: Card, at: datetime) -> bool:
    """Whether a card with a code was printed so long ago that somebody must say why it is printed again."""
    return card.radio_code_id is not None and needs_reason(card.printed_at, at)


def note_printed(card: Card, plea: Plea, by: By) -> None:
    """A card goes to a printer. Refused when it did some time ago, and no sentence says why it does again."""
    if asks_why(card, by.at) and not plea.reason.strip():
        raise Refused(N_("This card was printed before. Write in one sentence why it is printed again."))
    card.printed_at = by.at


def check_card(session: Session, card: Card, catalogue: Catalogue, plea: Plea, by: By) -> None:
    """A card on record still belongs to its job's radio, and its code may be seen and printed now."""
    job, code = card.job, card.radio_code
    if job is not None and card.head_unit_id != job.head_unit_id:
        raise Refused(N_("This card belongs to another radio than the one in this job. Print a new one."))
    if code is None:
        return
    if code.standing is Standing.DID_NOT_WORK:
        raise Refused(N_("The code on this card did not work. Shred the card and print a new one."))
    if job is None:
        check_may_print_outside(session, card.head_unit, plea, by)
    else:
        check_may_print(session, job, code, catalogue, plea, by)


def check_card_again(session: Session, card: Card, catalogue: Catalogue, plea: Plea, by: By) -> None:
    """The same, for a card that was printed before: it is still our current one, so no older card goes out."""
    check_card(session, card, catalogue, plea, by)
    if not card.is_current:
        raise Refused(N_("This is no longer our current card. Print a new one."))


def in_a_language_off(session: Session, row: PrintJob) -> frozenset[str]:
    """The numbers of the cards on a print whose language was switched off since."""
    on = languages_on(session, session.get_one(Site, row.site_id))
    return frozenset(says.card_number for says in cards_on(paper_of(session, row)) if says.language not in on)


def check_languages(session: Session, row: PrintJob) -> None:
    """Refused when a card on a print is in a language that was switched off since."""
    if in_a_language_off(session, row):
        raise Refused(LANGUAGE_OFF)


def check_print(session: Session, row: PrintJob, catalogue: Catalogue, plea: Plea, by: By) -> None:
    """Every code on a print may be seen and printed now, on its cards or on an entry sheet without one."""
    cards = cards_printed(session, row)
    for card in cards:
        check_card(session, card, catalogue, plea, by)
    if not cards and row.says_sealed is not None:
        _check_entry_sheet(session, row, catalogue, plea, by)


def _check_entry_sheet(session: Session, row: PrintJob, catalogue: Catalogue, plea: Plea, by: By) -> None:
    job = row.job
    unit = job.head_unit if job is not None else None
    code = unit.code_on_file if unit is not None else None
    (says,) = cards_on(paper_of(session, row))
    if job is None or unit is None or code is None or vault_of(session).open(code.sealed) != says.code:
        raise Refused(N_("The code on this sheet is no longer the one on file. Print a new one."))
    check_may_print(session, job, code, catalogue, plea, by)


def cards_printed(session: Session, row: PrintJob) -> Sequence[Card]:
    """Every card that stands on a print, in the order in which they were made."""
    if row.kind is not PaperKind.CARD_SHEET:
        return [row.card] if row.card is not None else []
    on_sheet = select(SheetPlace.card_id).where(SheetPlace.print_job_id == row.id)
    in_parts = select(PrintPart.card_id).where(PrintPart.print_job_id == row.id)
    found = select(Card).where(or_(Card.id == row.card_id, Card.id.in_(on_sheet), Card.id.in_(in_parts)))
    beside = (joinedload(Card.job), joinedload(Card.radio_code), joinedload(Card.head_unit))
    return session.scalars(found.options(*beside).order_by(Card.id)).all()


def may_fetch(session: Session, row: PrintJob, catalogue: Catalogue, by: By) -> None:
    """Return when the PDF of a print may be read; Refused says what to do instead.

    A paper with a code is read by the person who pressed "print", within ten minutes: so every look at
    a code is on record. Papers without a code may be read by everybody here.
    """
    if row.says_sealed is None:
        return
    asked = {"print": row.id, "person": by.person_id, "since": by.at - FETCH_WITHIN}
    if session.scalar(PRESSED_BY, asked) is None:
        raise Refused(N_("Press “print again”: a paper with a code opens only for who printed it just now."))
    check_print(session, row, catalogue, Plea(is_fresh=True, reason_asked=False), by)
