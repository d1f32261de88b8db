"""What a card says about a radio: from the files to plain frozen values."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.cards.contents import is_sample, letterhead
from garage.cards.models import Card
from garage.code_requests.queries import today_at
from garage.db import vault_of
from garage.domain.advice import entry_steps
from garage.domain.card import CardStyle, HandOver, RadioPass, Receipt
from garage.domain.catalogue import Catalogue
from garage.domain.lock_out import TryLimit, try_limit, waiting_steps
from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.domain.radio_pass import make_radio_pass
from garage.domain.text import N_, Refused, Text
from garage.domain.trying import Outcome
from garage.intake.models import Job, Vehicle
from garage.intake.queries import fitted_in, radio_in_car
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.models import Site

_SAID_ON_PAPER = {"connect_charger", "leave_on", "wait_minutes", "wait_seconds"}

# Built once: building it takes longer than asking it, and every card asks it.
WORKED_AT = (
    select(Try.at)
    .join(Job, Try.job_id == Job.id)
    .where(
        Try.radio_code_id == bindparam("code"),
        Try.outcome == Outcome.WORKED,
        Job.vehicle_id == bindparam("vehicle"),
    )
    .order_by(Try.id.desc())
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Which radio a card is about, in which car as far as known, printed by which site, in which job if any."""

    site: Site
    unit: HeadUnit
    vehicle: Vehicle | None
    job: Job | None = None


def subject_of_job(job: Job) -> Subject:
    """The radio of a job. Refused before its serial number was read."""
    if job.head_unit is None:
        raise Refused(N_("A card needs the radio's serial number. Read it first."))
    return Subject(job.site, job.head_unit, job.vehicle, job)


def subject_of_radio(session: Session, site: Site, unit: HeadUnit) -> Subject:
    """A radio without a job, in the car where it sits as far as we know."""
    return Subject(site, unit, fitted_in(session, unit))


def radio_pass(
    session: Session,
    subject: Subject,
    catalogue: Catalogue,
    card: Card,
    code: RadioCode | None,
    style: CardStyle | None = None,
) -> RadioPass:
    """What `card` says; without a code it is a radio number card.

    Entry steps, waiting and "leave the radio on" come from facts that are sure enough. Raises CodesLocked.
    """
    unit, asked = subject.unit, radio_in_car(subject.vehicle, subject.unit, catalogue)
    us = letterhead(subject.site)
    limit = try_limit(catalogue, asked)
    return make_radio_pass(
        garage=us.name,
        phone=us.phone,
        radio_make=unit.make,
        radio_model=unit.model,
        serial_number=unit.serial_number,
        vin=(subject.vehicle.vin if subject.vehicle else "") or "",
        card_number=card.number,
        code=vault_of(session).open(code.sealed) if code is not None else None,
        worked_on=worked_in_this_car_on(session, subject, code),
        leave_radio_on=limit.must_stay_on is True,
        entry_steps=tuple(step.text() for step in entry_steps(catalogue, asked)),
        waiting=_waiting(limit),
        own_words=card.own_words,
        design=card.design,
        style=style,
        sample=is_sample(session),
        language=card.language,
    )


def worked_in_this_car_on(session: Session, subject: Subject, code: RadioCode | None) -> date | None:
    """The day on which the radio last played with this code in this very car; None if it never did."""
    if code is None or subject.vehicle is None:
        return None
    at = session.scalars(WORKED_AT, {"code": code.id, "vehicle": subject.vehicle.id}).first()
    return today_at(subject.site, at) if at is not None else None


def around(kind: PaperKind, subject: Subject, card: RadioPass, day: date) -> Paper:
    """The paper of this kind around a card: hand-over sheet or receipt; else the card alone."""
    match kind:
        case PaperKind.HAND_OVER:
            return HandOver(card=card, letterhead=letterhead(subject.site), printed_on=day, receipt=True)
        case PaperKind.RECEIPT:
            seen = subject.job is not None and subject.job.papers_seen_at is not None
            return Receipt(card=card, letterhead=letterhead(subject.site), printed_on=day, papers_seen=seen)
        case _:
            return card


def _waiting(limit: TryLimit) -> tuple[Text, ...]:
    """The wait in the few lines that paper has; nothing unless the facts know how long it is."""
    said = [step for step in waiting_steps(limit) if step.name in _SAID_ON_PAPER]
    if not any(step.name.startswith("wait_") for step in said):
        return ()
    return tuple(step.text() for step in said if step.name != "leave_on" or limit.must_stay_on)
