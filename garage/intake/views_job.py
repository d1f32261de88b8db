"""The desk's pages about a job: its numbers, the yes, corrections."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.db import SavedMeanwhile
from garage.domain.serial_number import identify
from garage.domain.text import Refused
from garage.intake.actions import correct_car
from garage.intake.blueprint import bp
from garage.intake.clearing import give_yes_for, take_yes_back
from garage.intake.forms import CarForm, RadioForm, ReasonForm, YesForm
from garage.intake.from_photo import fill_from_photo, offers
from garage.intake.radio import WhereFrom, move_radio_here, record_radio
from garage.intake.views_message import fill_from_message, message_is_done
from garage.intake.views_show import car_form, find_job, numbers_page, radio_form, yes_page
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, read, transaction
from garage.web.say import say


@bp.get("/jobs/<int:number>/radio")
def radio(number: int) -> ResponseReturnValue:
    """The numbers of car and radio."""
    job = find_job(read(), number)
    form = radio_form(job)
    fill_from_message(form, job)
    found = offers(job, request.args.getlist("yes"))
    fill_from_photo(form, found)
    return numbers_page(job, form, found=found)


@bp.post("/jobs/<int:number>/radio")
def save_radio(number: int) -> ResponseReturnValue:
    """Put the numbers on record."""
    form = RadioForm()
    if not form.validate():
        return numbers_page(find_job(read(), number), form, 422)
    try:
        with transaction() as session:
            job = find_job(session, number)
            record_radio(session, job, form.to_command(), catalogue(), by())
            marked, unit = job.in_another_vehicle, job.head_unit
    except Refused as no:
        form.refuse(no, "elsewhere" if isinstance(no, WhereFrom) else "")
        job = find_job(read(), number)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(radio_form(job, fresh=True))
        return numbers_page(job, form, 409)
    message_is_done(number)
    if marked:
        flash(_("Ask a manager: this serial number is on file in another vehicle."), "warning")
    if unit is not None:
        read_as = identify(unit.serial_number, catalogue(), form.make.data, unit.part_number)
        for doubt in read_as.warnings:
            flash(say(doubt), "warning")
    return redirect(url_for("board.job", number=number), 303)


@bp.get("/jobs/<int:number>/yes")
def yes(number: int) -> ResponseReturnValue:
    """Battery may come off: what is missing, and the honest exits."""
    job = find_job(read(), number)
    return yes_page(job, YesForm(formdata=None, version=job.version, heard_by=me().name))


@bp.post("/jobs/<int:number>/yes")
def save_yes(number: int) -> ResponseReturnValue:
    """Take an exit."""
    form = YesForm()
    if not form.validate():
        return yes_page(find_job(read(), number), form, 422)
    role = me().role
    try:
        with transaction() as session:
            job = find_job(session, number)
            give_yes_for(session, job, form.to_plea(), form.version.data, catalogue(), by(), role)
    except SavedMeanwhile:
        job = find_job(read(), number)
        form.version.data = job.version  # the page shows it as it stands now
        form.refusal = _("Somebody has changed this job meanwhile. Look at it once more, then save again.")
        return yes_page(job, form, 409)
    except Refused as no:
        form.refuse(no)
        return yes_page(find_job(read(), number), form, 409)
    return redirect(url_for("board.job", number=number), 303)


@bp.get("/jobs/<int:number>/yes/back")
def ask_yes_back(number: int) -> ResponseReturnValue:
    """Ask for the reason."""
    return reason_page(number, ReasonForm(), back=True)


@bp.post("/jobs/<int:number>/yes/back")
def yes_back(number: int) -> ResponseReturnValue:
    """The yes was a mistake: take it back with a reason."""
    form = ReasonForm()
    if not form.validate():
        return reason_page(number, form, 422, back=True)
    try:
        with transaction() as session:
            take_yes_back(session, find_job(session, number), form.reason.data, by())
    except Refused as no:
        form.refuse(no, "reason")
        return reason_page(number, form, 409, back=True)
    return redirect(url_for("board.job", number=number), 303)


@bp.get("/jobs/<int:number>/moved")
def ask_moved(number: int) -> ResponseReturnValue:
    """A manager looks at a serial number that is on file in another vehicle."""
    return reason_page(number, ReasonForm(), back=False)


@bp.post("/jobs/<int:number>/moved")
def moved(number: int) -> ResponseReturnValue:
    """The radio was moved into this car, says a manager."""
    form = ReasonForm()
    if not form.validate():
        return reason_page(number, form, 422, back=False)
    try:
        with transaction() as session:
            job = find_job(session, number)
            move_radio_here(session, job, form.reason.data, catalogue(), by())
    except Refused as no:
        form.refuse(no, "reason")
        return reason_page(number, form, 409, back=False)
    return redirect(url_for("board.job", number=number), 303)


def reason_page(number: int, form: ReasonForm, status: int = 200, *, back: bool) -> ResponseReturnValue:
    """One sentence, please: for taking the yes `back`, or for a radio that was moved into this car."""
    job = find_job(read(), number)
    return render_template("intake/reason.html", form=form, job=job, back=back), status


@bp.get("/jobs/<int:number>/car")
def car(number: int) -> ResponseReturnValue:
    """Customer and car, to correct."""
    job = find_job(read(), number)
    return render_template("intake/car.html", form=car_form(job), job=job)


@bp.post("/jobs/<int:number>/car")
def save_car(number: int) -> ResponseReturnValue:
    """Save the correction."""
    form = CarForm()
    if not form.validate():
        return render_template("intake/car.html", form=form, job=find_job(read(), number)), 422
    try:
        with transaction() as session:
            correct_car(session, find_job(session, number), form.to_command(), catalogue(), by())
    except Refused as no:
        form.refuse(no)
        job = find_job(read(), number)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(car_form(job, fresh=True))
        return render_template("intake/car.html", form=form, job=job), 409
    return redirect(url_for("board.job", number=number), 303)
