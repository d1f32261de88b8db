"""New car: one page, what is known of the car beside it, one save."""

from dataclasses import replace

from flask import current_app, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from garage.domain.text import Refused
from garage.domain.vin import read_vin
from garage.intake.actions import SamePerson, WhichCarIsIt, take_in
from garage.intake.asking import Asking
from garage.intake.blueprint import bp
from garage.intake.commands import HeldAgainst, TakeIn
from garage.intake.doubles import held_against, in_doubt
from garage.intake.forms_new_car import LONGEST_NAME, NewCarForm
from garage.intake.known import KnownCar, known_car
from garage.intake.models import Customer, Job, Vehicle
from garage.intake.queries import vehicle_by_plate, vehicle_by_vin
from garage.intake.views_message import (
    asked_in_message,
    begin_with_message,
    bring_serial,
    follow_message,
    write_car_of_message,
)
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, read, transaction
from garage.web.forms import row_number


def known(form: NewCarForm) -> KnownCar | None:
    """The car on file for what stands in the form now."""
    try:
        vin = read_vin(form.vin.data).text if form.vin.data else ""
    except Refused:
        vin = ""
    return known_car(read(), catalogue(), form.registration.data or "", vin)


def new_car_page(form: NewCarForm, status: int = 200, found: KnownCar | None = None) -> ResponseReturnValue:
    """The one page, with what is on file beside it; `found` where it was looked up already."""
    known_now = found or known(form)
    if form.same_customer.errors or form.same_customer.data is not None:
        fill_same_customer(form, known_now.vehicle if known_now else None)
    return render_template("intake/new.html", form=form, known=known_now), status


def fill_same_customer(form: NewCarForm, vehicle: Vehicle | None) -> None:
    """Offer the customers on file who may be the one that was typed; none where it is clear who it is."""
    name, contact = form.customer_name.data or "", form.contact.data or ""
    if not me().role.finds_customers or max(len(name), len(contact)) > LONGEST_NAME:
        return
    people = in_doubt(read(), vehicle, name, "" if "@" in contact else contact)
    if people:
        choices = [SelectChoice(one.id, seen_last(read(), one)) for one in people]
        form.same_customer.choices = [*choices, SelectChoice(0, gettext("Somebody else"))]


def seen_last(session: Session, customer: Customer) -> str:
    """A customer as the desk tells people apart: name, end of the phone, the car that came last."""
    job = session.scalars(select(Job).where(Job.customer_id == customer.id).order_by(Job.id.desc())).first()
    told = [
        customer.name,
        f"…{customer.phone[-3:]}" if customer.phone else "",
        job.vehicle.called if job else "",
    ]
    return ", ".join(part for part in told if part)


@bp.post("/new/same-person")
def same_person() -> ResponseReturnValue:
    """Whether the customer may be on file under another spelling, as a piece of the page."""
    form = NewCarForm()
    found = known(form)
    fill_same_customer(form, found.vehicle if found else None)
    return render_template("intake/_same_person.html", form=form)


@bp.get("/new")
def new_car() -> ResponseReturnValue:
    """A fresh page, filled with a known car (`?car=` its row) or with what the first box was given."""
    form = NewCarForm()
    for name, text in browser.pop("new_car", {}).items():
        form[name].data = text
    if form.serial_number.data:
        bring_serial(form.serial_number.data)
    begin_with_message(form)
    fill_car(form, request.args.get("car", type=row_number))
    return new_car_page(form, found=fill_known(form))


def fill_car(form: NewCarForm, vehicle_id: int | None) -> None:
    """Fill plate and VIN of a car that was found."""
    vehicle = read().get(Vehicle, vehicle_id) if vehicle_id else None
    if vehicle is not None:
        form.registration.data, form.vin.data = vehicle.registration_shown, vehicle.vin


def fill_known(form: NewCarForm) -> KnownCar | None:
    """Fill what is still empty from the car on file, and hand over what is known of it."""
    found = known(form)
    if found is None:
        return None
    form.registration.data = found.vehicle.registration_shown or form.registration.data
    form.vin.data = form.vin.data or found.vehicle.vin
    if found.customer:
        form.customer_name.data = form.customer_name.data or found.customer.name
        form.contact.data = form.contact.data or found.customer.phone or found.customer.email
    else:
        form.customer_name.data = form.customer_name.data or found.vehicle.known_owner
    return found


@bp.post("/new/known")
def look_up() -> ResponseReturnValue:
    """What is on file for a registration or VIN, as a piece of the page."""
    return render_template("intake/_known.html", known=known(NewCarForm()))


@bp.post("/new")
def save_new_car() -> ResponseReturnValue:
    """Take the car in, or show the page again with a sentence where something is wrong."""
    form = NewCarForm()
    if "look" in request.form:
        return new_car_page(form, found=fill_known(form))
    if not form.validate():
        return new_car_page(form, 422)
    command = form.to_command()
    if not me().role.finds_customers:
        command = replace(command, customer_id=0)  # nobody is offered to them: a manager merges doubles
    command = replace(command, held=compared(command))
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: open_it(session, form, command))
    except WhichCarIsIt as question:
        form.refuse(question, "which_car")
        return new_car_page(form, 409)
    except SamePerson as question:
        form.refuse(question, "same_customer")
        return new_car_page(form, 409)
    except Refused as no:
        form.refuse(no)
        return new_car_page(form, 409)
    follow_message(form, location)
    return redirect(location, 303)


def compared(wanted: TakeIn) -> HeldAgainst | None:
    """The customer's name held against everybody on file, while nobody waits to write."""
    session = read()
    if wanted.customer_id is not None:
        return None
    vehicle = vehicle_by_vin(session, wanted.vin) or vehicle_by_plate(session, wanted.registration)
    return held_against(session, vehicle, wanted.customer_name, wanted.phone)


def open_it(session: Session, form: NewCarForm, command: TakeIn) -> str:
    """Open the job, and say where its page is."""
    asking: Asking = current_app.extensions["garage.asking"]
    job = take_in(session, command, catalogue(), by(), asking)
    asked = asked_in_message(form)
    if asked is not None:
        write_car_of_message(job)
        asking.message_in(session, job, asked, by())
    return url_for("board.job", number=job.number)
