"""A car that was here before: what the five answers of a new visit need to know of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from garage.domain.advice import no_code_needed_hint
from garage.domain.catalogue import Catalogue
from garage.domain.fact_kinds import PowerLossFact
from garage.domain.job import SameRadio
from garage.domain.scope import RadioInCar
from garage.domain.text import Text
from garage.facts.actions import Asked, experience
from garage.facts.make_words import asks
from garage.intake.doubles import like_vehicles
from garage.intake.models import Customer, Fitting, Job, Vehicle
from garage.intake.queries import jobs_of, radio_in_car, vehicle_by_vin, vehicles_by_plate
from garage.radios.models import HeadUnit, RadioCode


@dataclass(frozen=True, slots=True)
class KnownCar:
    """A car on file, its last visit, and what is known of its radio.

    `no_code_needed`, `usual`: whether such radios ask for a code, this garage's own experience first; only
    where none is on file;
    `before`: the radio that sat in the car earlier, with the day of the change.
    """

    vehicle: Vehicle
    customer: Customer | None
    last_job: Job | None
    open_job: Job | None
    head_unit: HeadUnit | None
    code_on_file: RadioCode | None
    before: Fitting | None
    no_code_needed: Text | None
    usual: tuple[Text, ...]
    double: Vehicle | None  # another entry that is probably the same car

    @property
    def stopped(self) -> bool:
        """Whether a manager has put a stop on the car or its radio."""
        return bool(self.vehicle.stopped_at or (self.head_unit and self.head_unit.stopped_at))

    @property
    def offers_file(self) -> bool:
        """Whether "code is on file" is one of the answers: never for a stopped radio or car."""
        return self.code_on_file is not None and not self.stopped

    @property
    def another_radio_said(self) -> bool:
        """Whether the last visit found another radio than the one on file, and nobody read its number."""
        job = self.last_job
        return job is not None and job.same_radio is SameRadio.NO and job.head_unit is None


def known_car(session: Session, catalogue: Catalogue, registration: str, vin: str) -> KnownCar | None:
    """What is on file for this VIN or registration; the VIN counts more."""
    with_plate = vehicles_by_plate(session, registration)
    by_plate = with_plate[0] if with_plate else None
    is_it = by_plate is not None and by_plate.vin == vin  # both name one car: asked once
    vehicle = by_plate if is_it else vehicle_by_vin(session, vin) or by_plate
    if vehicle is None or (vin and vehicle.vin and vehicle.vin != vin):
        return None
    jobs = jobs_of(session, vehicle)
    job = jobs[0] if jobs else None
    head_unit = vehicle.head_unit
    code = head_unit.code_on_file if head_unit else None
    seen = None if code else experience(session, vehicle.make, vehicle.model, vehicle.year)
    left = [fitting for fitting in vehicle.fittings if fitting.until_at is not None]
    return KnownCar(
        vehicle=vehicle,
        customer=job.customer if job else None,
        last_job=job,
        open_job=next((one for one in jobs if one.is_open), None),
        head_unit=head_unit,
        code_on_file=code,
        before=left[-1] if left else None,
        no_code_needed=_no_code_needed(catalogue, vehicle, seen) if seen else None,
        usual=_usual(catalogue, vehicle, seen) if seen else (),
        double=_double(session, vehicle, with_plate),
    )


def _double(session: Session, vehicle: Vehicle, with_plate: Sequence[Vehicle]) -> Vehicle | None:
    if vehicle in with_plate:
        return next((one for one in with_plate if one is not vehicle), None)
    if with_plate and not (with_plate[0].vin and vehicle.vin):
        return with_plate[0]
    return next(iter(like_vehicles(session, vehicle)), None)


def propose_no_code(session: Session, catalogue: Catalogue, vehicle: Vehicle) -> Text | None:
    """Why no code is needed, in words: this garage's own experience first, then the facts; else None."""
    seen = experience(session, vehicle.make, vehicle.model, vehicle.year)
    return _no_code_needed(catalogue, vehicle, seen)


def _no_code_needed(catalogue: Catalogue, vehicle: Vehicle, seen: Asked) -> Text | None:
    if not vehicle.make or not vehicle.model or seen.asked:
        return None
    return (seen.text() if seen.none_asked else None) or no_code_needed_hint(
        catalogue, RadioInCar(vehicle.make, vehicle.model, vehicle.year)
    )


def _usual(catalogue: Catalogue, vehicle: Vehicle, seen: Asked) -> tuple[Text, ...]:
    """Whether the radios of such cars ask for a code after a power loss; empty where nobody knows."""
    facts = catalogue.usable(PowerLossFact, radio_in_car(vehicle, vehicle.head_unit, catalogue))
    return (*((seen.text(),) if seen.cars else ()), *(asks(facts[0]) if facts else ()))
