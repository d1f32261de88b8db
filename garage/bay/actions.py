"""Before and after the battery: what people do at the car, one tap each."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.code_requests.models import CodeRequest
from garage.code_requests.own_ways import end_own_ways
from garage.code_requests.queries import OPEN
from garage.domain.asking import PLACES
from garage.domain.clearance import Ground
from garage.domain.job import AfterPower, Battery, Step, next_battery
from garage.domain.text import N_, Refused
from garage.facts.actions import note_experience
from garage.intake.clearing import check_open
from garage.intake.models import Job
from garage.intake.queries import open_job
from garage.staff.journal import By, write


def take_off(session: Session, job: Job, by: By) -> None:
    """The battery is off. Refused without the recorded yes."""
    check_open(job)
    job.battery = next_battery(job.battery, Step.TAKE_OFF, cleared=job.cleared)
    job.battery_off_at = by.at
    job.plays_at = None  # a radio that plays now may ask when power is back
    write(session, by, "battery_off", job)


def already_off(session: Session, job: Job, by: By) -> None:
    """The battery is off already: said without blame, and never turned into a yes afterwards."""
    check_open(job)
    job.battery = next_battery(job.battery, Step.ALREADY_OFF, cleared=job.cleared)
    job.battery_off_at = by.at
    job.plays_at = None
    job.taken_off_without_yes = not job.cleared
    write(session, by, "battery_off_already", job)


def connect(session: Session, job: Job, by: By) -> None:
    """The battery is back."""
    check_open(job)
    _power_back(job, Step.CONNECT, by)
    write(session, by, "battery_back", job)


def plays(session: Session, job: Job, by: By) -> None:
    """The radio plays: one tap says that power is back as well, and closes a car that asked for nothing."""
    check_open(job)
    _power_back(job, Step.PLAYS, by)
    if job.after_power is None:  # one that asked may play now: it asked all the same
        say_after_power(session, job, AfterPower.PLAYED, by)
    job.plays_at = by.at
    write(session, by, "plays", job)
    if job.after_power is AfterPower.PLAYED and not is_asked_for(session, job):
        close(session, job, by)


def asks(session: Session, job: Job, by: By) -> None:
    """The radio asks for its code. A job that "plays" closed today opens again."""
    if job.closed_at is not None and not on_the_same_day(job, job.closed_at, by.at):
        raise Refused(N_("This job is closed. Take the car in again."))
    again = open_job(session, job.vehicle)
    if again is not None and again is not job:
        raise Refused(N_("This car is here again: say it in job %(number)d."), number=again.number)
    _power_back(job, Step.ASKS, by)
    say_after_power(session, job, AfterPower.ASKED, by)
    job.plays_at, job.closed_at = None, None
    write(session, by, "asks", job)


def hand_over(session: Session, job: Job, by: By) -> None:
    """The customer has the car back, and what the radio needed is done: the job is closed.

    Refused while the radio does not play (unless it is locked for good) or its code is still asked for.
    """
    check_open(job)
    gone_for_good = job.head_unit is not None and job.head_unit.locked_for_good_at is not None
    if job.plays_at is None and not gone_for_good:
        raise Refused(
            N_(
                "The radio does not play yet. If the car leaves all the same, say so: the board keeps it until the code is there."
            )
        )
    close(session, job, by)


def note_papers_seen(session: Session, job: Job, by: By) -> None:
    """Somebody saw the car's papers: who and when is kept."""
    check_open(job)
    job.papers_seen_at, job.papers_seen_by_id = by.at, by.person_id
    write(session, by, "papers_seen", job)


def did_not_ask(session: Session, job: Job, by: By) -> None:
    """ "Asks for a code" was tapped by mistake: the radio plays and asked for nothing.

    Refused where it did not ask, and once a code was entered: then it did.
    """
    check_open(job)
    entered = select(Try.id).where(Try.job_id == job.id).limit(1)
    if job.after_power is not AfterPower.ASKED or session.scalar(entered) is not None:
        raise Refused(N_("A code was entered, or nobody said that it asks. There is nothing to take back."))
    say_after_power(session, job, AfterPower.PLAYED, by)
    job.plays_at = by.at
    write(session, by, "did_not_ask", job)
    if not is_asked_for(session, job):
        close(session, job, by)


def say_after_power(session: Session, job: Job, said: AfterPower, by: By) -> None:
    """What the radio did after power was back becomes this garage's experience.

    Once per job, and only where power was really gone: who corrects a wrong tap corrects the same row.
    """
    first, before = job.after_power is None, job.after_power
    job.after_power = said
    if first and job.ground is not Ground.SUPPLY_KEPT:
        vehicle = job.vehicle
        job.experience = note_experience(
            session, vehicle.make, vehicle.model, vehicle.year, said is AfterPower.ASKED, by
        )
    elif job.experience is not None and said is not before:
        job.experience.asked = said is AfterPower.ASKED
        write(session, by, "note_experience", job.experience)


def power_is_back(job: Job, by: By) -> None:
    """A code cannot be entered without power: whoever enters one says that power is back."""
    if job.battery is Battery.OFF:
        _power_back(job, Step.CONNECT, by)


def is_asked_for(session: Session, job: Job) -> bool:
    """Whether a place still has to answer a request for this job's code."""
    asked = select(CodeRequest.id).where(
        CodeRequest.job_id == job.id, CodeRequest.status.in_(OPEN), CodeRequest.channel.in_(PLACES)
    )
    return session.scalar(asked.limit(1)) is not None


def on_the_same_day(job: Job, first: datetime, second: datetime) -> bool:
    """Whether two moments are on one day by the clock of the job's workshop."""
    zone = ZoneInfo(job.site.time_zone)
    return first.astimezone(zone).date() == second.astimezone(zone).date()


def _power_back(job: Job, step: Step, by: By) -> None:
    before = job.battery
    job.battery = next_battery(before, step, cleared=job.cleared)
    if before is not Battery.BACK:
        job.battery_off_at = job.battery_off_at or by.at
        job.power_back_at = by.at


def close(session: Session, job: Job, by: By) -> None:
    """Nothing is left to do. Refused while somebody still has to answer a request for its code."""
    if is_asked_for(session, job):
        raise Refused(
            N_("Its code is still being asked for. Say there first that it is not needed any more.")
        )
    end_own_ways(session, job, by)
    job.closed_at = by.at
    write(session, by, "close", job)
