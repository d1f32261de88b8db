"""Which radio sits in the car: its number on record, fitted, moved, or known in another vehicle."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from garage.db import check_version
from garage.domain.catalogue import Catalogue
from garage.domain.job import Elsewhere
from garage.domain.secrecy import refuse_known_code
from garage.domain.serial_number import SHORTEST
from garage.domain.text import N_, Refused
from garage.domain.vin import read_vin
from garage.facts.vin_make import make_of_vin
from garage.intake.clearing import (
    check_open,
    give_yes_if_recorded,
    refuse_code_of,
    take_yes_back_if_groundless,
)
from garage.intake.commands import RecordRadio
from garage.intake.models import Fitting, Job, Vehicle
from garage.intake.queries import fitted_in, vehicle_by_vin
from garage.radios.actions import attach_photos, known_codes
from garage.radios.models import HeadUnit
from garage.staff.journal import By, write


class WhereFrom(Refused):
    """The serial number is on file in another vehicle: people are asked before it is put on record."""

    def __init__(self, other: Vehicle) -> None:
        super().__init__(
            N_(
                "This serial number is on file in another car (%(car)s). Read it again; if it is right, answer this."
            ),
            car=other.called,
        )


def record_radio(session: Session, job: Job, command: RecordRadio, catalogue: Catalogue, by: By) -> None:
    """Put VIN and serial number on record; with both, the battery may come off.

    A serial number on file in another vehicle is kept and marked, with what is said about it (WhereFrom
    is Refused as long as nothing is): a manager has to look.
    """
    check_open(job)
    check_version(job, command.version)
    _check_vin_is_its_own(session, job.vehicle, command.vin)
    if job.head_unit is not None:
        refuse_known_code(command.display_text, known_codes(session, job.head_unit))
    vehicle = job.vehicle
    vehicle.make = command.make or vehicle.make
    write_vin(vehicle, command.vin, command.chassis_reason, catalogue)
    vehicle.model = command.model or vehicle.model
    vehicle.year = command.year or vehicle.year
    job.built_with_this_radio = command.built_with_this_radio
    job.display_text = command.display_text
    # a VIN alone changes the car: who looks at the old one is told all the same
    flag_modified(job, "display_text")
    if command.serial_number:
        unit = fit_radio(session, job, command.serial_number, by, make=command.radio_make)
        _say_where_from(session, job, unit, command.elsewhere)
        if not job.in_another_vehicle:  # another car's radio is not written to
            unit.model = command.radio_model or unit.model
            unit.part_number = command.part_number or unit.part_number
        job.number_read_at, job.number_read_how = by.at, command.read_how
    write(session, by, "record_numbers", job)
    take_yes_back_if_groundless(session, job, catalogue, by)
    give_yes_if_recorded(session, job, catalogue, by)


def _check_vin_is_its_own(session: Session, vehicle: Vehicle, vin: str) -> None:
    other = vehicle_by_vin(session, vin)
    if other is not None and other is not vehicle:
        raise Refused(
            N_(
                "This VIN is on file for another car (%(plate)s). Read it again, or take the car in under its VIN."
            ),
            plate=other.registration_shown or other.name,
        )


def _say_where_from(session: Session, job: Job, unit: HeadUnit, said: Elsewhere | None) -> None:
    if not job.in_another_vehicle:
        job.elsewhere_said = None
        return
    job.elsewhere_said = said or job.elsewhere_said
    other = fitted_in(session, unit)
    if job.elsewhere_said is None and other is not None:
        raise WhereFrom(other)


def write_vin(vehicle: Vehicle, vin: str, chassis_reason: str, catalogue: Catalogue) -> None:
    """Write a VIN (or an older car's chassis number with its reason); it names the make where none is known."""
    if not vin:
        return
    vehicle.vin, vehicle.chassis_reason = vin, chassis_reason
    if not vehicle.make and not chassis_reason:
        vehicle.make = make_of_vin(read_vin(vin), catalogue) or ""


def fit_radio(session: Session, job: Job, serial_number: str, by: By, *, make: str = "") -> HeadUnit:
    """Say which radio sits in the job's car. Where it is on file in another vehicle, only mark that."""
    if len(serial_number) < SHORTEST:
        raise Refused(N_("A serial number has at least four letters or digits."))
    unit = _radio(session, job, serial_number, make, by)
    if job.head_unit is not unit:
        job.head_unit, job.elsewhere_said = unit, None  # what was said was said of another radio
    elsewhere = fitted_in(session, unit)
    job.in_another_vehicle = elsewhere is not None and elsewhere is not job.vehicle
    if not job.in_another_vehicle and elsewhere is None:
        _fit(session, job, unit, by)
    attach_photos(unit, job.label_photo, job.front_photo)
    return unit


def move_radio_here(session: Session, job: Job, reason: str, catalogue: Catalogue, by: By) -> None:
    """A manager says: the radio was moved into this car. The old fitting ends."""
    check_open(job)
    unit = job.head_unit
    if unit is None or not job.in_another_vehicle:
        raise Refused(N_("This radio is not on file in another vehicle."))
    refuse_code_of(session, job, reason)
    job.in_another_vehicle = False
    _fit(session, job, unit, by)
    write(session, by, "move_radio", unit, reason)
    _doubt_other_jobs(session, job, unit, catalogue, by)
    give_yes_if_recorded(session, job, catalogue, by)


def _doubt_other_jobs(session: Session, job: Job, unit: HeadUnit, catalogue: Catalogue, by: By) -> None:
    """The radio sits in this job's car: another car that is here with its number stops until somebody has looked."""
    others = select(Job).where(Job.head_unit_id == unit.id, Job.id != job.id, Job.closed_at.is_(None))
    for other in session.scalars(others):
        other.in_another_vehicle = True
        take_yes_back_if_groundless(session, other, catalogue, by)


def _radio(session: Session, job: Job, serial_number: str, make: str, by: By) -> HeadUnit:
    """The radio meant: of this make exactly, else the one in this car, else one whose make nobody wrote."""
    alike = list(session.scalars(select(HeadUnit).where(HeadUnit.serial_number == serial_number)))
    exactly = [unit for unit in alike if make and unit.make == make]
    here = [unit for unit in alike if fitted_in(session, unit) is job.vehicle]
    anybody = [unit for unit in alike if not make or not unit.make]
    found = exactly or here or anybody
    if not found:
        unit = HeadUnit(serial_number=serial_number, make=make)
        session.add(unit)
        write(session, by, "add_radio", unit)
        return unit
    unit = found[0]
    if unit in here or not unit.make:
        unit.make = make or unit.make
    return unit


def _fit(session: Session, job: Job, unit: HeadUnit, by: By) -> None:
    """End what sat in the car and where the radio sat, then begin the new fitting."""
    ending = select(Fitting).where(
        Fitting.until_at.is_(None),
        (Fitting.vehicle_id == job.vehicle_id) | (Fitting.head_unit_id == unit.id),
    )
    session.flush()  # the radio and the car need their numbers
    for fitting in session.scalars(ending):
        fitting.until_at = by.at
    session.flush()  # one radio sits in one car: the old fitting ends first
    session.add(Fitting(vehicle=job.vehicle, head_unit=unit, from_at=by.at))
    session.flush()  # the car's radio is read back through its fittings
