"""A radio is locked for good: nobody tries any more, and the customer says what they want instead."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.models import LockedChoice
from garage.domain.text import N_, Refused
from garage.domain.trying import Instead
from garage.intake.clearing import check_open
from garage.intake.models import Job
from garage.staff.journal import By, write


def choice_of(session: Session, job: Job) -> LockedChoice | None:
    """What the customer of this job said, if somebody asked."""
    return session.scalar(select(LockedChoice).where(LockedChoice.job_id == job.id))


def choices(session: Session, jobs: Iterable[Job]) -> dict[int, Instead]:
    """The same for many jobs, by their row numbers."""
    said = select(LockedChoice).where(LockedChoice.job_id.in_([job.id for job in jobs]))
    return {row.job_id: row.choice for row in session.scalars(said)}


def note_choice(session: Session, job: Job, choice: Instead, by: By) -> None:
    """Keep what the customer wants; who asked is whoever writes it down. A new answer replaces the old.

    Refused for a radio that is not locked for good, and in a closed job.
    """
    check_open(job)
    if job.head_unit is None or job.head_unit.locked_for_good_at is None:
        raise Refused(N_("This radio is not locked for good."))
    row = choice_of(session, job)
    if row is None:
        row = LockedChoice(job=job)
        session.add(row)
    row.choice, row.asked_at, row.person_id = choice, by.at, by.person_id
    write(session, by, "note_choice", job)
