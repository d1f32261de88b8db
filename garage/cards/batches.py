"""Several cards in one print: on record before it starts, prepared part by part, resumed after a crash."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.cards.actions import make_card, sheet_of, unstyled
from garage.cards.faces import Subject, subject_of_job, subject_of_radio
from garage.cards.life import CardWish, current_card
from garage.cards.models import PrintJob, PrintPart
from garage.cards.papers import card_paper
from garage.cards.printers import find_printer, layout_named
from garage.cards.records import carries_code, check_numbers, keep
from garage.cards.rules import Plea, check_may_print, check_may_print_outside, check_rights
from garage.cards.snapshot import freeze, thaw
from garage.db import vault_of
from garage.domain.card import RadioPass
from garage.domain.catalogue import Catalogue
from garage.domain.paper_kind import PaperKind
from garage.domain.secrecy import PasswordFirst, refuse_code_in_note
from garage.domain.text import N_, Refused, Text
from garage.intake.models import Job
from garage.radios.actions import known_codes
from garage.radios.models import HeadUnit
from garage.staff.journal import By, write
from garage.staff.models import JournalEntry, Reason, Site

MOST_CARDS = 100  # in one PDF: made well within the time that the press gives a paper
A_PART = 10  # cards prepared at one go: the progress bar moves several times a second
BEGUN = "print_several"


@dataclass(frozen=True, slots=True)
class PrintSeveral:
    """Print these jobs' cards and these radios' cards, in this order, on one kind of sheet."""

    jobs: tuple[int, ...]  # numbers, as people know them
    radios: tuple[int, ...]  # row numbers
    paper: str
    reason: str = ""
    printer_id: int | None = None


def begin(session: Session, wanted: PrintSeveral, by: By, *, is_fresh: bool) -> PrintJob:
    """Put the print on record before anything is prepared. Refused for none, or too many at once.

    PasswordFirst where a reason is typed for a radio whose code asks for a fresh password.
    """
    layout = card_paper(wanted.paper).layout
    if layout is None:
        raise Refused(N_("Several cards are printed on sheets, labels or cards. Choose such a paper."))
    chosen = [*_jobs(session, wanted.jobs, by.site_id), *_radios(session, wanted.radios)]
    parts = list({unit.id: PrintPart(head_unit=unit, job=job) for unit, job in reversed(chosen)}.values())
    if not 1 <= len(parts) <= MOST_CARDS:
        raise Refused(N_("Tick one to %(n)d radios."), n=MOST_CARDS)
    if wanted.reason:
        _refuse_codes(session, parts, Plea(wanted.reason, is_fresh))
    row = PrintJob(
        site_id=by.site_id,
        kind=PaperKind.CARD_SHEET,
        layout_id=layout.id,
        printer=find_printer(session, by.site_id, wanted.printer_id, layout.id),
        person_id=by.person_id,
        at=by.at,
    )
    session.add(row)
    for part in reversed(parts):
        session.add(part)
        part.print_job = row
        session.flush()  # they stay in the order in which they were chosen
    write(session, by, BEGUN, row, wanted.reason)
    return row


def _refuse_codes(session: Session, parts: Sequence[PrintPart], plea: Plea) -> None:
    """The reason goes on record now. It is compared with codes only of radios whose code this person may see."""
    refuse_code_in_note(plea.reason)
    for part in parts:
        try:
            check_rights(session, part.head_unit, part.job, plea)
        except PasswordFirst:
            raise
        except Refused:
            continue  # left out when it is prepared
        refuse_code_in_note(plea.reason, known_codes(session, part.head_unit))


def _jobs(session: Session, numbers: Sequence[int], site_id: int) -> list[tuple[HeadUnit, Job | None]]:
    found = session.scalars(select(Job).where(Job.site_id == site_id, Job.number.in_(numbers)))
    jobs = {job.number: job for job in found}
    return [(jobs[one].head_unit, jobs[one]) for one in numbers if one in jobs and jobs[one].head_unit]  # type: ignore[misc]


def _radios(session: Session, rows: Sequence[int]) -> list[tuple[HeadUnit, Job | None]]:
    units = {unit.id: unit for unit in session.scalars(select(HeadUnit).where(HeadUnit.id.in_(rows)))}
    return [(units[one], None) for one in rows if one in units]


def go_on(session: Session, row: PrintJob, catalogue: Catalogue, by: By, *, is_fresh: bool) -> None:
    """Prepare the next few cards; after the last one the paper is on record. Safe to press twice.

    A card that may not be printed is left out with the reason, the rest goes on.
    """
    session.get(PrintJob, row.id, with_for_update=True, populate_existing=True)  # two tabs: one at a time
    if row.ready_at is not None:
        return
    row.cancelled_at = None
    plea = Plea(reason_of(session, row), is_fresh)
    waiting = waiting_parts(row)
    for part in waiting[:A_PART]:
        try:
            with session.begin_nested():
                _prepare(session, part, catalogue, plea, by)
        except Refused as no:
            part.left_out = _written(no.text)
        session.flush()
    if len(waiting) <= A_PART:
        _finish(session, row, by)


def _prepare(session: Session, part: PrintPart, catalogue: Catalogue, plea: Plea, by: By) -> None:
    subject, code = _subject(session, part, by), part.head_unit.code_on_file
    if code is not None and part.job is not None:
        check_may_print(session, part.job, code, catalogue, plea, by)
    elif code is not None:
        check_may_print_outside(session, part.head_unit, plea, by)
    known = current_card(session, part.head_unit)
    if known and known.radio_code_id == (code.id if code else None) and not plea.reason.strip():
        raise Refused(
            N_("It has a card already: %(number)s. Write a reason to print another."), number=known.number
        )
    paper = card_paper(part.print_job.layout_id or "")
    card, face = make_card(session, subject, code, catalogue, paper, CardWish(), plea, by)
    check_numbers(face)  # here it is one card that is left out, at the end it would be all of them
    part.card = card
    says = freeze(unstyled(face))
    if carries_code(face):
        part.says_sealed = vault_of(session).seal(says)
    else:
        part.says = says


def _subject(session: Session, part: PrintPart, by: By) -> Subject:
    if part.job is not None:
        return subject_of_job(part.job)
    return subject_of_radio(session, session.get_one(Site, by.site_id), part.head_unit)


def _finish(session: Session, row: PrintJob, by: By) -> None:
    """Every card has its place and the paper is on record; without any card there is no paper."""
    row.ready_at = by.at
    cards = [(part.card, _face(session, part)) for part in row.parts if part.card is not None]
    if cards:
        layout = layout_named(row.layout_id or "")
        keep(session, row, sheet_of(session, row, layout, cards, (), by))
        write(session, by, "print", row)


def _face(session: Session, part: PrintPart) -> RadioPass:
    says = vault_of(session).open(part.says_sealed) if part.says_sealed is not None else part.says
    face = thaw(says or "")
    if not isinstance(face, RadioPass):
        raise TypeError("a part of a print holds a card")
    return face


def finish_early(session: Session, row: PrintJob, by: By) -> None:
    """Print what is prepared so far; the others are not printed."""
    session.get(PrintJob, row.id, with_for_update=True, populate_existing=True)
    if row.ready_at is None:
        _finish(session, row, by)


def cancel(session: Session, row: PrintJob, by: By) -> None:
    """Stop preparing. What is prepared stays on record; it can go on later."""
    session.get(PrintJob, row.id, with_for_update=True, populate_existing=True)
    if row.ready_at is None and row.cancelled_at is None:
        row.cancelled_at = by.at
        write(session, by, "stop_several", row)


def waiting_parts(row: PrintJob) -> list[PrintPart]:
    """The cards that are still to be prepared."""
    return [
        part for part in row.parts if part.card_id is None and part.card is None and part.left_out is None
    ]


def reason_of(session: Session, row: PrintJob) -> str:
    """The sentence that was written when this print was begun."""
    begun = select(Reason.text).join(JournalEntry, JournalEntry.reason_id == Reason.id)
    of_row = begun.where(
        JournalEntry.kind == PrintJob.__tablename__,
        JournalEntry.row_number == row.id,
        JournalEntry.verb == BEGUN,
    )
    return session.scalars(of_row).first() or ""


def why_left_out(part: PrintPart) -> Text | None:
    """The reason why a card was not printed, to be said in the reader's language."""
    if part.left_out is None:
        return None
    kept = json.loads(part.left_out)
    return Text(kept["message"], kept["values"])


def _written(text: Text) -> str:
    values = {name: value if isinstance(value, int) else str(value) for name, value in text.values.items()}
    return json.dumps({"message": text.message, "values": values}, ensure_ascii=False)
