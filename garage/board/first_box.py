"""The first box: which job, which cars or which radio somebody means."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.board.search import Matches, search
from garage.cards.models import Card
from garage.domain.first_box import Meant
from garage.domain.plate import folded
from garage.intake.models import Job, Vehicle
from garage.intake.queries import fitted_in, last_job, open_job, vehicle_by_plate, vehicle_by_vin
from garage.radios.models import HeadUnit


@dataclass(frozen=True, slots=True)
class Hit:
    """A car that may be meant, and its open job or its newest one. `as_found`: what led here is what that job says too."""

    vehicle: Vehicle
    job: Job | None
    as_found: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What the box leads to: one job, else cars, else a radio that sits in no car we know, else several."""

    job: Job | None = None
    hits: tuple[Hit, ...] = ()
    unit: HeadUnit | None = None
    loose: tuple[HeadUnit, ...] = ()


def find_meant(session: Session, site_id: int, meant: Meant, *, customers: bool = True) -> Found:
    """Look for whole numbers first, then for anything that has the text in it.

    Without `customers` nobody is found by name or phone.
    """
    job = _job(session, site_id, meant.job_number)
    if job is not None or meant.certain:
        return Found(job=job)
    cars, units = _cars(session, meant), _units(session, meant)
    its_car = {unit: fitted_in(session, unit) or _last_car(session, unit) for unit in units}
    loose = tuple(unit for unit, car in its_car.items() if car is None)
    cars += [car for car in its_car.values() if car is not None]
    if cars:
        hits = tuple(Hit(car, _job_to_show(session, car)) for car in dict.fromkeys(cars))
        return Found(hits=hits, loose=loose)
    if loose:
        return Found(unit=loose[0]) if len(loose) == 1 else Found(loose=loose)
    text = meant.vin or meant.text
    return _from_search(session, search(session, site_id, text, customers=customers), meant)


def _job(session: Session, site_id: int, number: int | None) -> Job | None:
    if number is None:
        return None
    return session.scalar(select(Job).where(Job.site_id == site_id, Job.number == number))


def _job_to_show(session: Session, vehicle: Vehicle) -> Job | None:
    return open_job(session, vehicle) or last_job(session, vehicle)


def _cars(session: Session, meant: Meant) -> list[Vehicle]:
    found = vehicle_by_vin(session, meant.vin) or vehicle_by_plate(session, meant.plate)
    return [found] if found else []


def _units(session: Session, meant: Meant) -> list[HeadUnit]:
    """Radios with exactly this serial number, or on this card."""
    found = list(session.scalars(select(HeadUnit).where(HeadUnit.serial_number == meant.serial_number)))
    if meant.card_number:
        on_card = select(HeadUnit).join(Card, Card.head_unit_id == HeadUnit.id)
        found += session.scalars(on_card.where(Card.number == meant.card_number))
    return found


def _last_car(session: Session, unit: HeadUnit) -> Vehicle | None:
    """The car in which a radio was seen last, where it sits in none now."""
    job = session.scalars(select(Job).where(Job.head_unit_id == unit.id).order_by(Job.id.desc())).first()
    return job.vehicle if job else None


def _from_search(session: Session, found: Matches, meant: Meant) -> Found:
    newest: dict[int, Job] = {}
    for job in found.jobs:
        if job.own_number and folded(job.own_number) == folded(meant.text):
            return Found(job=job)
        newest.setdefault(job.vehicle_id, job)
    hits = []
    for job in newest.values():
        last = _job_to_show(session, job.vehicle) or job
        hits.append(Hit(job.vehicle, last, as_found=last.customer_id == job.customer_id))
    hits += [Hit(car, last_job(session, car)) for car in found.cars]
    if not hits and len(found.units) == 1:
        return Found(unit=found.units[0])
    return Found(hits=tuple(hits), loose=tuple(found.units))
