"""Reading for the board: today's lanes, and one job with everything around it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from garage.bay.locked import choices
from garage.bay.models import Try
from garage.board.standing import JobStanding, Lane, standing
from garage.cards.models import Card, PrintJob
from garage.code_requests.chasing import for_people
from garage.code_requests.models import CodeRequest
from garage.intake.models import Job
from garage.staff.models import JournalEntry, Site

Row = TypeVar("Row", CodeRequest, Try, PrintJob, Card)

FEW = 40  # cars done today that people can still look through


def open_jobs(session: Session, site_id: int, today: date, now: datetime) -> dict[Lane, list[JobStanding]]:
    """The board: every open job of the site in its lane, longest waiting first."""
    jobs = session.scalars(
        select(Job)
        .where(Job.site_id == site_id, Job.closed_at.is_(None))
        .options(selectinload(Job.head_unit))
        .order_by(Job.id)
    ).all()
    requests = newest_requests(session, jobs)
    carded = with_card(session, jobs)
    instead = choices(session, jobs)
    chase = for_people(session, requests.values(), session.get_one(Site, site_id), now)
    lanes: dict[Lane, list[JobStanding]] = {lane: [] for lane in Lane}
    for job in jobs:
        request = requests.get(job.id)
        due = chase.get(request.id) if request else None
        row = standing(
            job, request, today, now, carded=job.id in carded, chase=due, instead=instead.get(job.id)
        )
        lanes[row.lane].append(row)
    for rows in lanes.values():
        rows.sort(key=lambda row: (row.since, row.job.id))
    return lanes


def newest_requests(session: Session, jobs: Iterable[Job]) -> dict[int, CodeRequest]:
    """For each job its open request, else its newest, by the job's row number."""
    found = session.scalars(
        select(CodeRequest)
        .where(CodeRequest.job_id.in_([job.id for job in jobs]))
        .options(selectinload(CodeRequest.dealer), selectinload(CodeRequest.mail))
        .order_by(CodeRequest.id)
    )
    return {request.job_id: request for request in sorted(found, key=_open_last)}


def _open_last(request: CodeRequest) -> tuple[bool, int]:
    return request.status.is_open, request.id


def with_card(session: Session, jobs: Iterable[Job]) -> set[int]:
    """The row numbers of those jobs in which a card was printed."""
    printed = select(Card.job_id).where(Card.job_id.in_([job.id for job in jobs]))
    return {number for number in session.scalars(printed) if number is not None}


def closed_since(session: Session, site_id: int, since: datetime) -> list[Job]:
    """Jobs of the site that were closed since a moment, newest first."""
    return list(
        session.scalars(
            select(Job)
            .where(Job.site_id == site_id, Job.closed_at >= since)
            .order_by(Job.closed_at.desc())
            .limit(FEW)
        )
    )


@dataclass(frozen=True, slots=True)
class Around:
    """Everything that belongs to one job."""

    standing: JobStanding
    requests: list[CodeRequest]
    tries: list[Try]
    prints: list[PrintJob]
    cards: list[Card]
    entries: Sequence[JournalEntry]


def around(session: Session, job: Job, today: date, now: datetime) -> Around:
    """Collect a job's requests, tries, prints and history."""
    requests = sorted(_of_job(session, CodeRequest, job), key=_open_last)
    prints = list(_of_job(session, PrintJob, job))
    cards, tries = list(_of_job(session, Card, job)), list(_of_job(session, Try, job))
    newest = requests[-1] if requests else None
    chase = for_people(session, requests[-1:], job.site, now)
    due = chase.get(newest.id) if newest else None
    return Around(
        standing=standing(
            job,
            newest,
            today,
            now,
            carded=bool(cards),
            chase=due,
            instead=choices(session, [job]).get(job.id),
        ),
        requests=requests,
        tries=tries,
        prints=prints,
        cards=cards,
        entries=_history(session, job, requests, prints, tries),
    )


def _of_job(session: Session, kind: type[Row], job: Job) -> Sequence[Row]:
    return session.scalars(select(kind).where(kind.job_id == job.id).order_by(kind.id)).all()


def _history(
    session: Session, job: Job, requests: list[CodeRequest], prints: list[PrintJob], tries: list[Try]
) -> Sequence[JournalEntry]:
    """Who did what on this job: also its requests, prints and tries, and its radio while the job was open."""

    def about(kind: str, rows: Iterable[int]) -> ColumnElement[bool]:
        return and_(JournalEntry.kind == kind, JournalEntry.row_number.in_(list(rows)))

    unit = job.head_unit
    meanwhile = JournalEntry.at.between(job.opened_at, job.closed_at or datetime.max.replace(tzinfo=UTC))
    told = [
        about("job", [job.id]),
        about("code_request", [request.id for request in requests]),
        about("print_job", [row.id for row in prints]),
        about("try", [tried.id for tried in tries]),
    ]
    if unit is not None:
        told.append(and_(meanwhile, about("head_unit", [unit.id])))
        told.append(and_(meanwhile, about("radio_code", [code.id for code in unit.codes])))
    return session.scalars(
        select(JournalEntry)
        .where(JournalEntry.site_id == job.site_id, or_(*told))
        .options(selectinload(JournalEntry.person), selectinload(JournalEntry.reason))
        .order_by(JournalEntry.id)
    ).all()
