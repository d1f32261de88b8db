"""Looking up cars and customers, and what is on record before the battery comes off."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.domain.advice import number_readable_only_afterwards
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Situation
from garage.domain.job import Answer
from garage.domain.people import Role
from garage.domain.plate import folded, plate_key
from garage.domain.scope import RadioInCar
from garage.domain.serial_number import whole_families
from garage.intake.models import Customer, Fitting, Job, Vehicle
from garage.radios.models import HeadUnit


def vehicle_by_vin(session: Session, vin: str) -> Vehicle | None:
    """The car with this VIN."""
    return session.scalar(select(Vehicle).where(Vehicle.vin == vin)) if vin else None


def vehicles_by_plate(session: Session, registration: str) -> Sequence[Vehicle]:
    """Every car on file with this registration, the one seen last first."""
    key = plate_key(registration)
    if not key:
        return []
    same = select(Vehicle).where(Vehicle.registration == key)
    return session.scalars(same.order_by(Vehicle.id.desc())).all()


def vehicle_by_plate(session: Session, registration: str) -> Vehicle | None:
    """The car that carries this registration now, as far as we know."""
    return next(iter(vehicles_by_plate(session, registration)), None)


def jobs_of(session: Session, vehicle: Vehicle) -> Sequence[Job]:
    """Every visit of a car, the newest first."""
    return session.scalars(select(Job).where(Job.vehicle_id == vehicle.id).order_by(Job.id.desc())).all()


def last_job(session: Session, vehicle: Vehicle) -> Job | None:
    """The newest job of a car."""
    return session.scalar(select(Job).where(Job.vehicle_id == vehicle.id).order_by(Job.id.desc()))


def open_job(session: Session, vehicle: Vehicle) -> Job | None:
    """The car's job that is still open."""
    return session.scalar(select(Job).where(Job.vehicle_id == vehicle.id, Job.closed_at.is_(None)))


def customer_like(session: Session, name: str, phone: str) -> Customer | None:
    """The customer with this name and phone, however they are spelled."""
    return session.scalar(select(Customer).where(Customer.search == folded(name) + folded(phone)))


def fitted_in(session: Session, head_unit: HeadUnit) -> Vehicle | None:
    """The car in which this radio sits, as far as we know."""
    return session.scalar(
        select(Vehicle)
        .join(Fitting, Fitting.vehicle_id == Vehicle.id)
        .where(Fitting.head_unit_id == head_unit.id, Fitting.until_at.is_(None))
    )


def radio_in_car(vehicle: Vehicle | None, unit: HeadUnit | None, catalogue: Catalogue) -> RadioInCar:
    """Which car and which radio the facts are asked about, with what the serial number's shape tells.

    A number that fits no shape, or fits another kind of number, tells nothing: rules never spread.
    """
    make = (vehicle.make if vehicle else "") or (unit.make if unit else "")
    return RadioInCar(
        make=make,
        model=vehicle.model if vehicle else "",
        year=vehicle.year if vehicle else None,
        radio=unit.name if unit else "",
        families=whole_families(unit.serial_number, catalogue, make or None) if unit else (),
    )


def situation_of(job: Job, catalogue: Catalogue, role: Role | None = None) -> Situation:
    """What is on record about a job, for the decision whether the battery may come off."""
    unit, vehicle = job.head_unit, job.vehicle
    return Situation(
        battery=job.battery,
        work=job.work,
        vin=bool(vehicle.vin),
        serial_number=unit is not None,
        code_on_file=unit is not None and unit.code_on_file is not None,
        same_radio=job.same_radio,
        card_code=job.answer is Answer.CARD and unit is not None and unit.code_on_file is not None,
        another_vehicle=job.in_another_vehicle,
        only_afterwards=number_readable_only_afterwards(
            catalogue, RadioInCar(vehicle.make, vehicle.model, vehicle.year)
        ),
        role=role,
    )
