"""What the desk's pages show: forms filled from the files, advice from the facts."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from garage.domain.advice import PLUG_LEFT_IN, where_is_the_number
from garage.domain.clearance import exits, missing
from garage.intake.forms import CarForm, RadioForm, YesForm
from garage.intake.from_photo import Offer
from garage.intake.models import Job
from garage.intake.queries import radio_in_car, situation_of
from garage.radios.models import HeadUnit
from garage.staff.signed_in import me
from garage.web.current import catalogue

# Built once: building it takes longer than asking it, and every page of a job asks it.
ONE_JOB = (
    select(Job)
    .where(Job.site_id == bindparam("site"), Job.number == bindparam("number"))
    .options(joinedload(Job.site), joinedload(Job.head_unit).joinedload(HeadUnit.codes))
)


def find_job(session: Session, number: int) -> Job:
    """The job with this number at the signed-in person's site; else 404."""
    asked = {"site": me().site_id, "number": number}
    return session.scalars(ONE_JOB, asked).unique().one_or_none() or abort(404)


def radio_form(job: Job, *, fresh: bool = False) -> RadioForm:
    """The numbers on file; `fresh`: as they stand now, whatever was just sent."""
    unit, vehicle = job.head_unit, job.vehicle
    values = {
        "version": job.version,
        "vin": vehicle.vin,
        "chassis_reason": vehicle.chassis_reason,
        "make": vehicle.make,
        "model": vehicle.model,
        "year": vehicle.year,
        "serial_number": unit.serial_number if unit else "",
        "serial_again": unit.serial_number if unit else "",
        "radio_make": unit.make if unit else "",
        "radio_model": unit.model if unit else "",
        "part_number": unit.part_number if unit else "",
        "read_how": job.number_read_how,
        "built_with_this_radio": job.built_with_this_radio,
        "display_text": job.display_text,
    }
    return RadioForm(formdata=None, data=values) if fresh else RadioForm(data=values)


def car_form(job: Job, *, fresh: bool = False) -> CarForm:
    """Customer and car on file; `fresh`: as they stand now, whatever was just sent."""
    values = {
        "version": job.version,
        "customer_name": job.customer.name,
        "phone": job.customer.phone,
        "email": job.customer.email,
        "registration": job.vehicle.registration_shown,
        "make": job.vehicle.make,
        "model": job.vehicle.model,
        "year": job.vehicle.year,
        "work": job.work,
        "own_number": job.own_number,
    }
    return CarForm(formdata=None, data=values) if fresh else CarForm(data=values)


def numbers_page(
    job: Job, form: RadioForm, status: int = 200, *, found: tuple[Offer, ...] = ()
) -> ResponseReturnValue:
    """The page for VIN and serial number, with where to find them."""
    asked = radio_in_car(job.vehicle, job.head_unit, catalogue())
    page = render_template(
        "intake/radio.html",
        job=job,
        form=form,
        offers=found,
        where=where_is_the_number(catalogue(), asked),
        plug=PLUG_LEFT_IN,
        makes=sorted(make.name for make in catalogue().makes),
    )
    return page, status


def yes_page(job: Job, form: YesForm, status: int = 200) -> ResponseReturnValue:
    """The page with what is missing and the exits that are open."""
    situation = situation_of(job, catalogue(), me().role)
    page = render_template(
        "intake/yes.html",
        job=job,
        form=form,
        missing=missing(situation),
        open_exits=[ground.value for ground in exits(situation)],
    )
    return page, status
