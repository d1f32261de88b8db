"""Working a code out from a radio's number: inside a job, papers seen, one number at a time, on record."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.code_requests.own_ways import keep_code
from garage.domain.catalogue import Catalogue
from garage.domain.fact_kinds import WayFact
from garage.domain.precode import ford_m_code, renault_code
from garage.domain.secrecy import check_may_see
from garage.domain.serial_number import identify, normalise
from garage.domain.text import N_, Refused
from garage.domain.vocabulary import Way
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.radios.models import Origin, RadioCode, on_record
from garage.staff.journal import By, write
from garage.staff.models import JournalEntry, Person

VERIFIED: dict[str, Callable[[str], str]] = {"RENAULT_PRECODE": renault_code, "FORD_MV": ford_m_code}
"""The two verified calculations by the shape of number they take; the facts say for which makes."""
OFTEN = 3  # more than these in a day are shown to the owner
VERB = "calculate"


@dataclass(frozen=True, slots=True)
class Calculation:
    """A calculation that the facts allow for a car: how, and the fact that says so."""

    work_out: Callable[[str], str]
    fact: WayFact


@dataclass(frozen=True, slots=True)
class Often:
    """Somebody who had many codes worked out in one day."""

    day: date
    person: Person
    times: int


def calculation_for(job: Job, catalogue: Catalogue) -> Calculation | None:
    """The calculation for the make of the job's car, or None: no other is known to be reliable."""
    make = catalogue.make_name(job.vehicle.make)
    if make is None:
        return None
    for fact in catalogue.of_make(WayFact, make):
        if fact.way is Way.CALCULATOR and fact.usable:
            for family in fact.scope.families:
                if family in VERIFIED:
                    return Calculation(VERIFIED[family], fact)
    return None


def check_may_calculate(session: Session, job: Job, catalogue: Catalogue) -> Calculation:
    """The calculation, when nothing stands against it; else Refused with what is missing."""
    found = calculation_for(job, catalogue)
    if found is None:
        raise Refused(N_("No calculation is known to be reliable for this radio. Ask the dealer."))
    if not job.is_open:
        raise Refused(N_("This job is closed. A code is worked out only while the car is here."))
    unit = on_record(job.head_unit)
    if unit.locked_for_good_at is not None:
        raise Refused(N_("This radio is locked for good. No code will open it."))
    if job.papers_seen_at is None or job.papers_seen_by_id is None:
        raise Refused(N_("See the car's papers first; who saw them goes on record."))
    check_may_see(code_view(session, job, person_is_fresh=False))
    return found


def calculate(session: Session, job: Job, typed: str, catalogue: Catalogue, by: By) -> RadioCode:
    """Work the code out and keep it, sealed, as a code to try. The number itself goes on no record.

    Refused by `check_may_calculate`, for another number than this radio's, and by the calculation.
    """
    found = check_may_calculate(session, job, catalogue)
    code = found.work_out(typed)
    if not _is_this_radio(job, found, normalise(typed), catalogue):
        raise Refused(N_("This is not the number on record for this radio. Correct the number first."))
    row = keep_code(session, job, code, Origin.CALCULATOR, by)
    write(session, by, VERB, row)
    return row


def _is_this_radio(job: Job, found: Calculation, typed: str, catalogue: Catalogue) -> bool:
    """Where the number on record has a shape that is worked out, no other number will do."""
    unit = on_record(job.head_unit)
    known = unit.serial_number
    shapes = identify(known, catalogue, unit.make or job.vehicle.make).families
    if not set(shapes) & set(found.fact.scope.families):
        return True  # the record holds another number of this radio
    try:
        return found.work_out(known) == found.work_out(typed)
    except Refused:
        return known.endswith(typed)  # the record holds the whole label


def worked_out_often(session: Session, site_id: int, since: datetime, zone: tzinfo) -> Sequence[Often]:
    """Who had more than three codes worked out on one day at this site, the newest day first."""
    entries = session.scalars(
        select(JournalEntry).where(
            JournalEntry.site_id == site_id, JournalEntry.verb == VERB, JournalEntry.at >= since
        )
    )
    counted = Counter(
        (entry.at.astimezone(zone).date(), entry.person) for entry in entries if entry.person is not None
    )
    many = [Often(day, person, times) for (day, person), times in counted.items() if times > OFTEN]
    return sorted(many, key=lambda often: (often.day, often.times), reverse=True)
