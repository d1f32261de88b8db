"""Reading prints: what was printed for a job, when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from garage.cards.models import Card, PrintJob, PrintPart, SheetPlace
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.models import JournalEntry, Site

# Built once: building it takes longer than asking it, and every PDF asks it.
ONE_PRINT = (
    select(PrintJob)
    .where(PrintJob.id == bindparam("number"), PrintJob.site_id == bindparam("site"))
    .options(
        joinedload(PrintJob.card).options(
            joinedload(Card.job).lazyload(Job.customer),
            joinedload(Card.radio_code),
            joinedload(Card.head_unit).lazyload(HeadUnit.codes),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Printed:
    """One paper, and every time somebody pressed "print" for it, the first time first."""

    row: PrintJob
    presses: tuple[JournalEntry, ...]


def print_job(session: Session, site_id: int, number: int) -> PrintJob | None:
    """One print of this site, with its card and what decides who may read it."""
    return session.scalar(ONE_PRINT, {"number": number, "site": site_id})


def prints_of(session: Session, job: Job) -> Sequence[Printed]:
    """The papers of a job, and the sheets of several cards that hold one of its cards, the newest first."""
    holds_card = select(SheetPlace.print_job_id).join(Card).where(Card.job_id == job.id)
    rows = session.scalars(
        select(PrintJob)
        .where(or_(PrintJob.job_id == job.id, PrintJob.id.in_(holds_card)))
        .options(selectinload(PrintJob.card))
        .order_by(PrintJob.id.desc())
    ).all()
    entries = session.scalars(
        select(JournalEntry)
        .where(
            JournalEntry.kind == PrintJob.__tablename__,
            JournalEntry.row_number.in_([row.id for row in rows]),
        )
        .options(selectinload(JournalEntry.person), selectinload(JournalEntry.reason))
        .order_by(JournalEntry.id)
    ).all()
    return [Printed(row, tuple(entry for entry in entries if entry.row_number == row.id)) for row in rows]


def presses_of_card(session: Session, card: Card) -> Sequence[JournalEntry]:
    """Every time somebody pressed "print" for a card, on whatever paper, and what else became of it."""
    on_sheet = select(SheetPlace.print_job_id).where(SheetPlace.card_id == card.id)
    in_parts = select(PrintPart.print_job_id).where(PrintPart.card_id == card.id)
    prints = select(PrintJob.id).where(
        or_(PrintJob.card_id == card.id, PrintJob.id.in_(on_sheet), PrintJob.id.in_(in_parts))
    )
    about = or_(
        and_(JournalEntry.kind == PrintJob.__tablename__, JournalEntry.row_number.in_(prints)),
        and_(JournalEntry.kind == Card.__tablename__, JournalEntry.row_number == card.id),
    )
    return session.scalars(
        select(JournalEntry)
        .where(JournalEntry.site_id == card.site_id, about)
        .options(selectinload(JournalEntry.person), selectinload(JournalEntry.reason))
        .order_by(JournalEntry.id)
    ).all()


def printed_places(session: Session, row: PrintJob) -> Sequence[SheetPlace]:
    """Where the cards of a print stand, in the order of its sheets, with the cards."""
    return session.scalars(
        select(SheetPlace)
        .where(SheetPlace.print_job_id == row.id)
        .options(selectinload(SheetPlace.card).selectinload(Card.job), selectinload(SheetPlace.sheet))
        .order_by(SheetPlace.sheet_id, SheetPlace.position)
    ).all()


def was_begun(session: Session, places: Sequence[SheetPlace]) -> bool:
    """Whether the sheet that these places begin on had used places before: then that very sheet goes in."""
    if not places:
        return False
    first = min(place.id for place in places)
    earlier = select(SheetPlace.id).where(SheetPlace.sheet_id == places[0].sheet_id, SheetPlace.id < first)
    return session.scalar(earlier.limit(1)) is not None


def several_prints(session: Session, site_id: int, most: int = 5) -> Sequence[PrintJob]:
    """The newest prints of several cards at a site; those that are not prepared to the end stand in front.

    One that was stopped before its first card is over.
    """
    alive = or_(PrintJob.cancelled_at.is_(None), PrintJob.parts.any(PrintPart.card_id.is_not(None)))
    found = select(PrintJob).where(PrintJob.site_id == site_id, PrintJob.layout_id.is_not(None), alive)
    parts = selectinload(PrintJob.parts).load_only(PrintPart.card_id, PrintPart.left_out)
    return session.scalars(
        found.options(parts, joinedload(PrintJob.person))
        .order_by(PrintJob.ready_at.is_not(None), PrintJob.id.desc())
        .limit(most)
    ).all()


def parts_of(session: Session, row: PrintJob) -> Sequence[PrintPart]:
    """The cards of one print of several, in their order, with what its page says of each."""
    beside = (
        joinedload(PrintPart.head_unit).lazyload(HeadUnit.codes),
        joinedload(PrintPart.job).lazyload(Job.customer),
        joinedload(PrintPart.card),
    )
    found = select(PrintPart).where(PrintPart.print_job_id == row.id)
    return session.scalars(found.options(*beside).order_by(PrintPart.id)).all()


def jobs_of_day(session: Session, site: Site, day: date) -> list[Job]:
    """The jobs of a site that were open at some time of a day and have their radio's number, oldest first."""
    zone = ZoneInfo(site.time_zone)
    begins = datetime.combine(day, time(), zone)
    found = select(Job).where(
        Job.site_id == site.id,
        Job.head_unit_id.is_not(None),
        Job.happened_at < begins + timedelta(days=1),
        or_(Job.closed_at.is_(None), Job.closed_at >= begins),
    )
    return list(session.scalars(found.options(selectinload(Job.head_unit)).order_by(Job.id)))


def radios_without_card(session: Session, most: int) -> list[HeadUnit]:
    """The newest radios with a code on file, no current card and no open job, as after bringing a code book in."""
    has_card = select(Card.head_unit_id).where(Card.not_current_at.is_(None))
    has_code = select(RadioCode.head_unit_id).where(RadioCode.standing != Standing.DID_NOT_WORK)
    is_here = select(Job.head_unit_id).where(Job.closed_at.is_(None), Job.head_unit_id.is_not(None))
    found = select(HeadUnit).where(
        HeadUnit.id.not_in(has_card), HeadUnit.id.in_(has_code), HeadUnit.id.not_in(is_here)
    )
    return list(session.scalars(found.order_by(HeadUnit.id.desc()).limit(most)))
