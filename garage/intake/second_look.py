"""A second look at numbers while they are typed: what they are, and what does not go together."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.domain.catalogue import Catalogue
from garage.domain.serial_number import Reading, identify
from garage.domain.text import N_, Refused, Text, each_once
from garage.domain.vin import LENGTH, Vin, read_vin
from garage.facts.vin_make import make_of_vin, makes_disagree
from garage.intake.models import Job, Vehicle
from garage.intake.queries import fitted_in, vehicle_by_vin
from garage.radios.models import HeadUnit


@dataclass(frozen=True, slots=True)
class Numbers:
    """What stands in the fields, as typed. `typing`: the field somebody is in the middle of, else empty."""

    vin: str = ""
    old_car: bool = False  # it has a chassis number instead of a VIN, and a reason
    make: str = ""
    serial_number: str = ""
    part_number: str = ""
    radio_make: str = ""
    typing: str = ""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is recognised, what reads alike, and what does not go together; nothing is ever corrected."""

    known: tuple[Text, ...] = ()
    alike: tuple[Text, ...] = ()
    doubts: tuple[Text, ...] = ()
    double: Vehicle | None = None  # the car that has the typed VIN already


def second_look(
    session: Session, catalogue: Catalogue, numbers: Numbers, vehicle: Vehicle | None = None
) -> SecondLook:
    """Look at what was typed for `vehicle` (None: for the car with the typed VIN, if it is on file).

    A number that is not finished yet is not doubted.
    """
    vin, vin_doubts = _vin(numbers)
    car_make = make_of_vin(vin, catalogue) if vin else None
    here = vehicle or (vehicle_by_vin(session, vin.text) if vin else None)
    known: list[Text] = []
    alike: tuple[Text, ...] = ()
    doubts = [*vin_doubts, *_makes(catalogue, numbers, car_make)]
    if vin and car_make:
        known.append(Text(N_("VIN: %(make)s"), {"make": car_make}))
    double = vehicle_by_vin(session, vin.text) if vehicle and vin else None
    if double is not None and double is not vehicle:
        doubts.append(Text(N_("This VIN is on file for another car: %(car)s."), {"car": double.called}))
    reading = identify(numbers.serial_number, catalogue, numbers.make or car_make, numbers.part_number)
    if numbers.serial_number and (reading.complete or numbers.typing != "serial_number"):
        known += _family(catalogue, reading)
        alike = _alike(reading)
        doubts += reading.warnings
        doubts += _number_elsewhere(session, reading.serial_number, here)
    return SecondLook(tuple(known), alike, each_once(doubts), double if double is not vehicle else None)


def _vin(numbers: Numbers) -> tuple[Vin | None, tuple[Text, ...]]:
    if not numbers.vin or numbers.old_car:
        return None, ()
    try:
        vin = read_vin(numbers.vin)
    except Refused as no:
        unfinished = numbers.typing == "vin" and len(numbers.vin) < LENGTH
        return None, () if unfinished else (no.text,)
    return vin, vin.warnings


def _makes(catalogue: Catalogue, numbers: Numbers, car_make: str | None) -> list[Text]:
    doubts = []
    if numbers.typing != "make" and makes_disagree(catalogue, car_make, numbers.make):
        message = N_("The VIN says %(car)s, the make written here is %(make)s.")
        doubts.append(Text(message, {"car": car_make, "make": numbers.make}))
    if numbers.typing != "radio_make" and makes_disagree(catalogue, car_make, numbers.radio_make):
        message = N_("The VIN says %(car)s, the radio is a %(radio)s. Is this radio from another car?")
        doubts.append(Text(message, {"car": car_make, "radio": numbers.radio_make}))
    return doubts


def _family(catalogue: Catalogue, reading: Reading) -> list[Text]:
    family = catalogue.family(reading.families[0]) if reading.complete else None
    return [Text(N_("Radio number: %(shape)s"), {"shape": Text(family.name)})] if family else []


def _alike(reading: Reading) -> tuple[Text, ...]:
    """Other readings of a number that fits: the warnings of a number that does not fit name them already."""
    if not reading.complete or not reading.other_readings:
        return ()
    others = ", ".join(reading.other_readings)
    message = N_("Look-alike characters: %(others)s would fit as well. Look at the label.")
    return (Text(message, {"others": others}),)


def _number_elsewhere(session: Session, serial_number: str, here: Vehicle | None) -> list[Text]:
    doubts = []
    for unit in session.scalars(select(HeadUnit).where(HeadUnit.serial_number == serial_number)):
        there = fitted_in(session, unit)
        if there is not None and there is not here:
            message = N_("This serial number is on file in another car: %(car)s. Swapped, or misread?")
            doubts.append(Text(message, {"car": there.called}))
        for job in session.scalars(select(Job).where(Job.head_unit_id == unit.id, Job.closed_at.is_(None))):
            if job.vehicle is not here and job.vehicle is not there:
                message = N_("Job %(number)d is open with this very number.")
                doubts.append(Text(message, {"number": job.number}))
    return doubts
