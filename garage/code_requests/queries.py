"""Reading requests: the open one of a radio, the day they are given, what those who give codes want."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest, Dealer
from garage.domain.advice import gives_codes_only_to_owner, what_the_dealer_needs
from garage.domain.asking import ANSWER_DAYS, Status
from garage.domain.catalogue import Catalogue
from garage.domain.packet import DealerKind, Insisted
from garage.domain.text import N_, Text
from garage.domain.vocabulary import Need
from garage.intake.models import Job
from garage.intake.queries import radio_in_car
from garage.radios.models import HeadUnit, PhotoKind
from garage.staff.models import Site

OPEN = [status for status in Status if status.is_open]
PAPERS = {Need.REGISTRATION.label, Need.OWNERSHIP.label, Insisted.PAPERS.label}
TYPED_IN = "intake.radio"
GOT_AT = {**dict.fromkeys(PAPERS, "bay.bay"), Need.PHOTO.label: "bay.photos"}
SERIAL_NUMBER = Text(N_("the radio's serial number"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that whoever gives the code wants; `here`: on record, None: not ours to have.

    `page`: where what is missing is got; a photo is taken, papers are looked at, numbers are typed in.
    """

    what: Text
    here: bool | None
    page: str = TYPED_IN


def code_request(session: Session, site_id: int, request_id: int) -> CodeRequest | None:
    """One request of this site."""
    return session.scalar(
        select(CodeRequest).where(CodeRequest.id == request_id, CodeRequest.site_id == site_id)
    )


def open_request(session: Session, head_unit: HeadUnit) -> CodeRequest | None:
    """The request that is open for this radio, at whichever site."""
    return session.scalar(
        select(CodeRequest).where(CodeRequest.head_unit_id == head_unit.id, CodeRequest.status.in_(OPEN))
    )


def open_without_radio(session: Session, job: Job) -> CodeRequest | None:
    """The request that is open in this job while nobody knows its radio's number."""
    found = select(CodeRequest).where(
        CodeRequest.job_id == job.id, CodeRequest.head_unit_id.is_(None), CodeRequest.status.in_(OPEN)
    )
    return session.scalar(found)


def open_of_job(session: Session, job: Job) -> CodeRequest | None:
    """The request to which belongs what is heard about this job's code: its radio's, else its own."""
    mine = [CodeRequest.job_id == job.id]
    if job.head_unit is not None:
        mine.append(CodeRequest.head_unit_id == job.head_unit.id)
    found = select(CodeRequest).where(or_(*mine), CodeRequest.status.in_(OPEN))
    return session.scalars(found.order_by(CodeRequest.head_unit_id.is_(None), CodeRequest.id)).first()


def requests_of(session: Session, head_unit: HeadUnit) -> Sequence[CodeRequest]:
    """Every time somebody was asked for this radio's code, the newest first."""
    asked = select(CodeRequest).where(CodeRequest.head_unit_id == head_unit.id)
    return session.scalars(asked.order_by(CodeRequest.id.desc())).all()


def today_at(site: Site, at: datetime) -> date:
    """The date on the wall of a site at a moment."""
    return at.astimezone(ZoneInfo(site.time_zone)).date()


def answer_by(request: CodeRequest, today: date) -> date | None:
    """The day that they are given; one that passed while the request lay here is moved on."""
    if request.status is not Status.DRAFT or request.due_on is None or request.due_on >= today:
        return request.due_on
    return usual_answer_by(request.job.site, today)


def usual_answer_by(site: Site, today: date) -> date:
    """The day by which an answer is usually wanted, counted in our own working days."""
    return site.week.next_working_day(today, ANSWER_DAYS)


def missing_to_ask(job: Job) -> tuple[Text, ...]:
    """What must be on record before anybody is asked; empty when asking may begin."""
    return () if job.head_unit is not None else (SERIAL_NUMBER,)


def wanted(job: Job, catalogue: Catalogue, dealer: Dealer | None) -> tuple[Wanted, ...]:
    """What this place insists on; where nobody has written that down, what the make's dealers want by the facts."""
    here, asked = _on_record(job), radio_in_car(job.vehicle, job.head_unit, catalogue)
    ticked = dealer.insists if dealer else ()
    needs = (
        tuple(Text(tick.label) for tick in ticked) or what_the_dealer_needs(catalogue, asked)
        if dealer is None or dealer.kind is not DealerKind.ONLINE
        else tuple(Text(tick.label) for tick in ticked if tick is not Insisted.PAPERS)
    )
    lines = dealer.insists_on.splitlines() if dealer else []
    own = (Text("%(line)s", {"line": line.strip()}) for line in lines if line.strip())  # never translated
    return (
        *(Wanted(need, here.get(need.message), GOT_AT.get(need.message, TYPED_IN)) for need in needs),
        *(Wanted(line, None) for line in own),
    )


def only_to_owner(job: Job, catalogue: Catalogue, dealer: Dealer | None) -> bool:
    """Whether only the owner of the car gets the code: this dealer says so, or the facts do."""
    asked = radio_in_car(job.vehicle, job.head_unit, catalogue)
    says_so = dealer is not None and dealer.kind is DealerKind.CUSTOMER
    return says_so or gives_codes_only_to_owner(catalogue, asked)


def _on_record(job: Job) -> dict[str, bool]:
    papers, unit = job.papers_seen_at is not None, job.head_unit
    return {
        Need.SERIAL_NUMBER.label: unit is not None,
        Need.PART_NUMBER.label: unit is not None and bool(unit.part_number),
        Need.VIN.label: bool(job.vehicle.vin),
        Need.PHOTO.label: any(photo.kind is PhotoKind.LABEL for photo in unit.photos) if unit else False,
        **dict.fromkeys(PAPERS, papers),
    }
