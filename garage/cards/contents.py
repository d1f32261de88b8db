"""What each paper says about a job, its radio and its car: from the files to plain frozen values."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.domain.card import Letterhead
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import missing
from garage.domain.job import Battery
from garage.domain.paper import Answer, BlankJobSheet, JobSheet, WindscreenTag
from garage.domain.text import N_, Refused, Text
from garage.intake.models import Job, Vehicle
from garage.intake.queries import situation_of
from garage.staff.journal import By
from garage.staff.models import House, Person, Site


def letterhead(site: Site) -> Letterhead:
    """Who we are. Refused before the garage has written its name and phone."""
    if not site.has_letterhead:
        raise Refused(N_("Write the letterhead first: every paper carries the garage's name and phone."))
    return Letterhead(
        name=site.name,
        address=site.address,
        phone=site.phone,
        email=site.email,
        opening_hours=site.opening_hours,
    )


def is_sample(session: Session) -> bool:
    """Whether everything is invented and every paper must say SAMPLE."""
    return bool(session.scalar(select(House.sample)))


def vehicle_line(vehicle: Vehicle) -> str:
    """The car as a letter names it: make, model, year."""
    return f"{vehicle.name} {vehicle.year or ''}".strip()


def answer_of(job: Job, catalogue: Catalogue) -> Answer:
    """The big words for the person at the car."""
    if job.battery is Battery.OFF or (job.battery is Battery.BACK and not job.cleared):
        return Answer.ALREADY_OFF
    if job.cleared:
        return Answer.MAY_COME_OFF
    situation = situation_of(job, catalogue)
    number_missing = not (situation.vin and situation.serial_number)
    return Answer.READ_NUMBER_FIRST if number_missing else Answer.NOT_YET


def job_sheet(session: Session, job: Job, catalogue: Catalogue, by: By, job_url: str = "") -> JobSheet:
    """The sheet that goes with the car. `job_url` becomes a QR code for the phone."""
    answer, unit, vehicle = answer_of(job, catalogue), job.head_unit, job.vehicle
    open_points = () if job.cleared else missing(situation_of(job, catalogue))
    return JobSheet(
        garage=job.site.name,
        job_number=str(job.number),
        answer=answer,
        answered_at=_answered_at(job, by.at),
        initials=_initials(session, job, by),
        because=_because(job),
        missing=tuple(Text(name) for name in open_points),
        own_number=job.own_number,
        registration=vehicle.registration_shown,
        vehicle=vehicle_line(vehicle),
        vin=vehicle.vin or "",
        customer=job.customer.name,
        customer_phone=job.customer.phone,
        radio_make=unit.make if unit else "",
        radio_model=unit.model if unit else "",
        serial_number=unit.serial_number if unit else "",
        work=(Text(job.work.label),),
        job_url=job_url,
        sample=is_sample(session),
        language=job.site.language,
    )


def windscreen_tag(session: Session, job: Job, catalogue: Catalogue, by: By) -> WindscreenTag:
    """The tag behind the windscreen: the answer in big words; no customer, no VIN, no code."""
    return WindscreenTag(
        garage=job.site.name,
        job_number=str(job.number),
        answer=answer_of(job, catalogue),
        answered_at=_answered_at(job, by.at),
        initials=_initials(session, job, by),
        registration=job.vehicle.registration_shown,
        vehicle=job.vehicle.name,
        sample=is_sample(session),
        language=job.site.language,
    )


def blank_job_sheet(session: Session, site: Site) -> BlankJobSheet:
    """An empty job sheet for the day the PC is dead."""
    return BlankJobSheet(
        garage=site.name, phone=site.phone, sample=is_sample(session), language=site.language
    )


def _answered_at(job: Job, printed_at: datetime) -> datetime:
    """When the answer was given, by the garage's own clock."""
    moment = (job.battery_off_at if job.battery is Battery.OFF else job.cleared_at) or printed_at
    return moment.astimezone(ZoneInfo(job.site.time_zone))


def _initials(session: Session, job: Job, by: By) -> str:
    if job.cleared_by is not None:
        return job.cleared_by.initials
    person = session.get(Person, by.person_id) if by.person_id is not None else None
    return person.initials if person else ""


def _because(job: Job) -> tuple[Text, ...]:
    if job.ground is None:
        return ()
    sentence = (Text(job.ground_sentence),) if job.ground_sentence else ()
    return (Text(job.ground.label), *sentence)
