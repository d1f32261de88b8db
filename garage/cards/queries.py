"""Reading prints: what was printed for a job, when and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from garage.cards.models import PrintJob
from garage.intake.models import Job
from garage.staff.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Printed:
    """One paper, and every time somebody pressed "print" for it, the first time first."""

    row: PrintJob
    presses: tuple[JournalEntry, ...]


def print_job(session: Session, site_id: int, number: int) -> PrintJob | None:
    """One print of this site."""
    return session.scalar(select(PrintJob).where(PrintJob.id == number, PrintJob.site_id == site_id))


def prints_of(session: Session, job: Job) -> Sequence[Printed]:
    """The papers of a job, the newest first."""
    rows = session.scalars(
        select(PrintJob)
        .where(PrintJob.job_id == job.id)
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
