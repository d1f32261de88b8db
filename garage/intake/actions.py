"""Taking in a car: one save makes customer, vehicle, job and, for the easy answers, the yes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from garage.db import check_version
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground, Plea
from garage.domain.job import Answer, Gone, ReadHow, SameRadio, WhichCar, WhyNotNeeded
from garage.domain.plate import folded, plate_key, plate_shown
from garage.domain.same_person import perhaps_same
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.asking import Asking
from garage.intake.clearing import give_yes, take_yes_back_if_groundless
from garage.intake.commands import CorrectCar, HeldAgainst, TakeIn
from garage.intake.doubles import customer_of, like_customers
from garage.intake.known import propose_no_code
from garage.intake.models import Customer, Job, Vehicle
from garage.intake.queries import (
    customer_like,
    open_job,
    vehicle_by_plate,
    vehicle_by_vin,
)
from garage.intake.radio import fit_radio, write_vin
from garage.radios.models import HeadUnit, Origin
from garage.staff.journal import By, write
from garage.staff.models import Site


class WhichCarIsIt(Refused):
    """The plate is on file with another VIN: the desk is asked before anything is saved."""

    def __init__(self, registration: str) -> None:
        super().__init__(
            N_("%(registration)s is on file with another VIN. Which is right?"), registration=registration
        )


class SamePerson(Refused):
    """Somebody like this customer is on file: the desk is asked whether it is the same person."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody like this is on file. The same person?"))


def take_in(session: Session, command: TakeIn, catalogue: Catalogue, by: By, asking: Asking) -> Job:
    """Open a job. Answers 1 to 3 clear the car in the same save; 4 and 5 leave it at "stop".

    A code from the customer's card goes on file together with the way it came (`asking`).

    Refused when the car has an open job already, when plate and VIN contradict each other without
    an answer to which is right, when the customer may be on file under another spelling (SamePerson), or
    when an answer lacks what it stands on.
    """
    for written in (command.answer_reason, command.customer_name, command.own_number):
        refuse_code_in_note(written)
    session.get(Site, by.site_id, with_for_update=True)  # two desks at once: the second waits here
    vehicle = _vehicle_without_job(session, command, catalogue)
    session.add(vehicle)
    job = Job(
        site_id=by.site_id,
        number=_next_number(session, by.site_id),
        own_number=command.own_number,
        vehicle=vehicle,
        customer=_customer(session, vehicle, command),
        work=command.work,
        happened_at=command.happened_at or by.at,
        opened_at=by.at,
        opened_by_id=by.person_id,
        answer=command.answer,
        same_radio=command.same_radio,
    )
    session.add(job)
    write(session, by, "take_in", job)
    _follow_answer(session, job, command, catalogue, by, asking)
    return job


def _follow_answer(
    session: Session, job: Job, command: TakeIn, catalogue: Catalogue, by: By, asking: Asking
) -> None:
    match command.answer:
        case Answer.NOT_NEEDED:
            job.answer_reason = _reason(session, job, command, catalogue)
            give_yes(session, job, catalogue, by, Plea(Ground.NOT_NEEDED, job.answer_reason))
        case Answer.ON_FILE:
            unit = _radio_on_file(job.vehicle)
            if command.same_radio is SameRadio.YES:
                job.head_unit = unit
                job.number_read_how = ReadHow.ON_FILE
                give_yes(session, job, catalogue, by)
        case Answer.LOCKED if command.gone is Gone.POWER:
            give_yes(session, job, catalogue, by, Plea(Ground.POWER_LOST, Gone.POWER.label))
        case Answer.CARD:
            fit_radio(session, job, command.serial_number, by)
            if job.in_another_vehicle:
                raise Refused(
                    N_(
                        "This serial number is on file in another vehicle: ask a manager. Take the car in with “Don't know”."
                    )
                )
            job.number_read_how = ReadHow.PAPERS
            job.number_read_at = by.at
            asking.keep_code(session, job, command.radio_code, Origin.CARD, by)
            give_yes(session, job, catalogue, by)


def _radio_on_file(vehicle: Vehicle) -> HeadUnit:
    """The car's radio, with a code on file that may be used. Refused without, and under a manager's stop."""
    unit = vehicle.head_unit
    if unit is None or unit.code_on_file is None:
        raise Refused(N_("No code is on file for this car. Choose another answer."))
    if unit.stopped_at or vehicle.stopped_at:
        raise Refused(N_("A manager has put a stop on this radio or car. Its code is not shown or printed."))
    return unit


def _reason(session: Session, job: Job, command: TakeIn, catalogue: Catalogue) -> str:
    if command.why_not_needed is WhyNotNeeded.PROPOSED:
        proposed = propose_no_code(session, catalogue, job.vehicle)
        if proposed is None:
            raise Refused(N_("Nothing is known any more that says so. Choose another reason."))
        return str(proposed)
    if command.why_not_needed in {None, WhyNotNeeded.OTHER}:
        return command.answer_reason
    return command.why_not_needed.label


def _vehicle_without_job(session: Session, command: TakeIn, catalogue: Catalogue) -> Vehicle:
    vehicle = _vehicle(session, command, catalogue)
    opened = open_job(session, vehicle) if vehicle.id else None
    if opened is not None:
        raise Refused(N_("This car's job %(number)d is still open: go on there."), number=opened.number)
    return vehicle


def _vehicle(session: Session, command: TakeIn, catalogue: Catalogue) -> Vehicle:
    """The car meant by VIN and plate: one on file, or a new one (not added yet)."""
    by_vin = vehicle_by_vin(session, command.vin)
    by_plate = vehicle_by_plate(session, command.registration)
    if by_plate is not None and command.vin and by_plate.vin not in {None, command.vin}:
        if command.which_car is WhichCar.VIN_WRONG:
            return by_plate
        if command.which_car is None:
            raise WhichCarIsIt(by_plate.registration_shown)
        by_plate.registration = by_plate.registration_shown = ""
        by_plate = None
    vehicle = by_vin or by_plate or Vehicle()
    write_vin(vehicle, command.vin, command.chassis_reason, catalogue)
    if command.registration:
        vehicle.registration = plate_key(command.registration)
        vehicle.registration_shown = plate_shown(command.registration)
    return vehicle


def _customer(session: Session, vehicle: Vehicle, command: TakeIn) -> Customer:
    """The customer that was chosen, the one on file with this name and phone, or a new one."""
    customer = _chosen(session, command) or customer_of(
        session, vehicle, command.customer_name, command.phone
    )
    if customer is None:
        if command.customer_id != 0 and _is_like_somebody(session, command):
            raise SamePerson
        customer = Customer(name=command.customer_name, phone="", email="", search="")
        session.add(customer)
    write_customer(customer, customer.name, command.phone or customer.phone, command.email or customer.email)
    return customer


def _is_like_somebody(session: Session, command: TakeIn) -> bool:
    """Whether a new customer is like one on file; whom the name was held against already is not asked again."""
    held = command.held or HeldAgainst(newest=0, like=False)
    return held.like or bool(like_customers(session, command.customer_name, command.phone, after=held.newest))


def _chosen(session: Session, command: TakeIn) -> Customer | None:
    """The customer on file who was said to be the one that is typed.

    None where the answer was about a name that was typed before, or somebody merged the entry away meanwhile.
    """
    offered = session.get(Customer, command.customer_id) if command.customer_id else None
    if offered is None:
        return None
    same = perhaps_same(command.customer_name, command.phone, offered.name, offered.phone)
    return offered if same else None


def write_customer(customer: Customer, name: str, phone: str, email: str) -> None:
    """Set a customer's name and ways to reach them, and how they are found."""
    customer.name, customer.phone, customer.email = name, phone, email
    customer.search = folded(name) + folded(phone)


def _next_number(session: Session, site_id: int) -> int:
    return (session.scalar(select(func.max(Job.number)).where(Job.site_id == site_id)) or 0) + 1


def correct_car(session: Session, job: Job, command: CorrectCar, catalogue: Catalogue, by: By) -> None:
    """Correct what was written about customer and car. The VIN is corrected with the radio's numbers."""
    check_version(job, command.version)
    for written in (command.customer_name, command.own_number):
        refuse_code_in_note(written)
    job.customer = _corrected_customer(session, job, command)
    vehicle = job.vehicle
    vehicle.registration = plate_key(command.registration)
    vehicle.registration_shown = plate_shown(command.registration)
    vehicle.make, vehicle.model, vehicle.year = command.make, command.model, command.year
    job.work, job.own_number = command.work, command.own_number
    # who looks at the old customer or car is told, also where the job itself is the same
    flag_modified(job, "work")
    write(session, by, "correct", job)
    take_yes_back_if_groundless(session, job, catalogue, by)


def _corrected_customer(session: Session, job: Job, command: CorrectCar) -> Customer:
    """Whom the correction means: another name on a row that other jobs use is another customer."""
    customer = job.customer
    others = select(func.count(Job.id)).where(Job.customer_id == customer.id, Job.id != job.id)
    if folded(customer.name) != folded(command.customer_name) and session.scalar(others):
        customer = customer_like(session, command.customer_name, command.phone) or Customer(
            name="", search=""
        )
        session.add(customer)
    write_customer(customer, command.customer_name, command.phone, command.email)
    return customer
