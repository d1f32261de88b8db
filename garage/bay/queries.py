"""Looking up what was entered into a radio, and what the facts say before a code is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.db import vault_of
from garage.domain.advice import entry_steps
from garage.domain.catalogue import Catalogue, Confidence
from garage.domain.code_shape import CodeShape, code_shape
from garage.domain.display import DisplayAnswer, read_display
from garage.domain.job import AfterPower, Answer, Battery, YesNo
from garage.domain.lock_out import TryLimit, try_limit
from garage.domain.secrecy import CodeView
from garage.domain.steps import Step
from garage.domain.text import Refused, Text
from garage.domain.trying import LastTry, MayTry, Outcome, TryRecord, WhyAgain, next_try
from garage.intake.models import Job
from garage.intake.queries import fitted_in, radio_in_car
from garage.radios.models import HeadUnit, RadioCode


@dataclass(frozen=True, slots=True)
class ToEnter:
    """One code of a radio and whether it may be entered now: `may`, or `no` with the reason.

    `reasons` are the answers to "what changed?" that allow it; empty where none is asked for.
    """

    code: RadioCode
    may: MayTry | None
    no: Text | None
    reasons: tuple[WhyAgain, ...] = ()


def tries_of(session: Session, job: Job) -> Sequence[Try]:
    """Every code entered in this job or into its radio, the newest first.

    A corrected serial number is another radio on file but the same one in the car: both count.
    """
    entered = select(Try).join(Try.radio_code)
    here = [Try.job_id == job.id]
    if job.head_unit_id is not None:
        here.append(RadioCode.head_unit_id == job.head_unit_id)
    return session.scalars(entered.where(or_(*here)).order_by(Try.id.desc())).all()


def newest_try(session: Session, job: Job) -> int:
    """The row number of the newest of these tries, by which a form tells which ones a person knew of; 0 for none."""
    return next((one.id for one in tries_of(session, job)), 0)


def try_record(session: Session, job: Job, catalogue: Catalogue, code: RadioCode | None = None) -> TryRecord:
    """What is known before `code` (or any code) is entered into the job's radio."""
    tries = tries_of(session, job)
    since = next((place for place, one in enumerate(tries) if one.outcome is Outcome.WORKED), len(tries))
    wrong = tries[:since]
    worked_here = since < len(tries) and tries[since].job_id == job.id
    unit = job.head_unit
    shown = shown_now(job, catalogue)
    told = job.earlier_tries_count
    if job.earlier_tries in {None, YesNo.UNKNOWN}:  # nobody knows better yet: what was said before counts
        told = max(told, said_before(session, job))
    return TryRecord(
        wrong_here=len(wrong),
        earlier=YesNo.NO if worked_here else job.earlier_tries,  # the right code clears the radio's own count
        earlier_count=told,
        shown_left=shown.tries_left if shown else None,
        shown_used=shown.tries_used if shown else None,
        limit=limit_of(job, catalogue).permanent_after,
        waits_until=unit.waits_until if unit else None,
        locked_for_good=unit is not None and unit.locked_for_good_at is not None,
        changed_code=code is None or _differs(session, code, wrong),
    )


def said_before(session: Session, job: Job) -> int:
    """The most tries that earlier jobs were told of for this radio, since a code last worked in it; or 0."""
    if job.head_unit_id is None:
        return 0
    worked = (
        select(func.max(Try.job_id))
        .join(Try.radio_code)
        .where(RadioCode.head_unit_id == job.head_unit_id, Try.outcome == Outcome.WORKED)
    )
    said = select(func.max(Job.earlier_tries_count)).where(
        Job.head_unit_id == job.head_unit_id,
        Job.id < job.id,
        Job.id > (session.scalar(worked) or 0),
    )
    return session.scalar(said) or 0


def _differs(session: Session, code: RadioCode, wrong: Sequence[Try]) -> bool:
    """Whether a code is another one than those that were wrong, also under a number since corrected."""
    if any(one.radio_code_id == code.id for one in wrong):
        return False
    vault = vault_of(session)
    if vault.locked or not wrong:
        return True
    entered = vault.open(code.sealed)
    return all(vault.open(one.radio_code.sealed) != entered for one in wrong)


def to_enter(session: Session, job: Job, catalogue: Catalogue, now: datetime) -> tuple[ToEnter, ...]:
    """The codes of the job's radio, those that may be tried first, each with what the rules say."""
    unit = job.head_unit
    if unit is None:
        return ()
    said = [_judged(code, try_record(session, job, catalogue, code), now) for code in unit.codes]
    return tuple(sorted(said, key=lambda one: (one.may is None and not one.reasons, -one.code.id)))


def _judged(code: RadioCode, record: TryRecord, now: datetime) -> ToEnter:
    try:
        return ToEnter(code, next_try(record, None, now), None)
    except Refused as no:
        refusal = no.text
    reasons = tuple(why for why in WhyAgain if _would_do(record, why, now))
    return ToEnter(code, None, refusal, reasons)


def _would_do(record: TryRecord, why: WhyAgain, now: datetime) -> bool:
    # A code is either another one or the same one typed wrongly: only what can be true is offered.
    if (why is WhyAgain.MISTYPED) is record.changed_code:
        return False
    try:
        next_try(record, why, now)
    except Refused:
        return False
    return True


def shown_now(job: Job, catalogue: Catalogue) -> DisplayAnswer | None:
    """What the display of the job's radio means, as far as that is sure enough to go by."""
    if not job.display_text:
        return None
    asked = radio_in_car(job.vehicle, job.head_unit, catalogue)
    best = read_display(job.display_text, catalogue, asked.make, asked)[0]
    return best if best.confidence in {Confidence.HIGH, Confidence.MEDIUM} else None


def radio_view(session: Session, unit: HeadUnit, fresh: bool, reason: str) -> CodeView:
    """What stands for and against seeing a radio's code without a job."""
    fitted = fitted_in(session, unit)
    doubted = select(Job.id).where(
        Job.head_unit_id == unit.id, Job.in_another_vehicle, Job.closed_at.is_(None)
    )
    return CodeView(
        stopped=unit.stopped_at is not None or (fitted is not None and fitted.stopped_at is not None),
        another_vehicle=session.scalar(doubted.limit(1)) is not None,
        new_customer=False,
        papers_seen=False,
        in_open_job=False,
        fresh=fresh,
        reason=reason,
    )


def open_job_of(session: Session, unit: HeadUnit, site_id: int) -> Job | None:
    """The open job that has this radio or its car, the one at this site in front."""
    its_car = [Job.head_unit_id == unit.id]
    fitted = fitted_in(session, unit)
    if fitted is not None:
        its_car.append(Job.vehicle_id == fitted.id)
    found = select(Job).where(or_(*its_car), Job.closed_at.is_(None))
    return session.scalars(found.order_by(Job.site_id != site_id, Job.id.desc())).first()


def is_asking(job: Job) -> bool:
    """Whether the radio wants its code now, as far as we know: then showing a code means entering it."""
    if job.plays_at is not None:
        return False
    return job.after_power is AfterPower.ASKED or job.battery is not Battery.ON or job.answer is Answer.LOCKED


def may_enter(
    session: Session,
    job: Job,
    catalogue: Catalogue,
    code: RadioCode,
    why: WhyAgain | None,
    now: datetime,
    *,
    looked_again: bool = False,
) -> MayTry | None:
    """What the rules of trying say before a code goes to the radio, on a screen or on paper.

    None where the radio wants no code: then seeing one is not entering one. Refused says why not now;
    LastTry unless somebody `looked_again` at number and code before what may be the last try.
    """
    unit = job.head_unit
    shut = unit is not None and (
        unit.locked_for_good_at is not None or (unit.waits_until is not None and now < unit.waits_until)
    )
    if is_asking(job) or (shut and job.plays_at is None):
        may = next_try(try_record(session, job, catalogue, code), why, now)
        if may.may_be_last and not looked_again:
            raise LastTry
        return may
    return None


def limit_of(job: Job, catalogue: Catalogue) -> TryLimit:
    """What the facts say about wrong codes in the job's radio."""
    return try_limit(catalogue, radio_in_car(job.vehicle, job.head_unit, catalogue))


def shape_of(job: Job, catalogue: Catalogue) -> CodeShape:
    """How codes of the job's radio look."""
    return code_shape(catalogue, radio_in_car(job.vehicle, job.head_unit, catalogue))


def steps_to_enter(job: Job, catalogue: Catalogue) -> tuple[Step, ...]:
    """How a code is entered into the job's radio; empty where we do not know it well enough."""
    return entry_steps(catalogue, radio_in_car(job.vehicle, job.head_unit, catalogue))
