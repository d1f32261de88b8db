"""The technician's page and its buttons, large enough for a phone and dirty hands."""

from collections.abc import Callable

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.bay import actions
from garage.bay.blueprint import bp
from garage.bay.queries import limit_of, shown_now, tries_of
from garage.bay.views_codes import earlier_form
from garage.domain.advice import PLUG_LEFT_IN, after_power, before_battery, where_is_the_number
from garage.domain.lock_out import waiting_steps
from garage.intake.models import Job
from garage.intake.queries import radio_in_car
from garage.intake.views_show import find_job
from garage.staff.journal import By
from garage.staff.signed_in import by
from garage.web.current import catalogue, read, transaction

Step = Callable[[Session, Job, By], None]


@bp.get("/jobs/<int:number>/bay")
def bay(number: int) -> ResponseReturnValue:
    """What the paper says, the next one or two buttons, and what to mind."""
    job = find_job(read(), number)
    asked = radio_in_car(job.vehicle, job.head_unit, catalogue())
    return render_template(
        "bay/bay.html",
        job=job,
        plug=PLUG_LEFT_IN,
        before=before_battery(catalogue(), asked),
        after=after_power(catalogue(), asked),
        where=where_is_the_number(catalogue(), asked),
        waiting=waiting_steps(limit_of(job, catalogue())),
        earlier=earlier_form(job),
        display=shown_now(job, catalogue()),
        entered=tries_of(read(), job),
    )


@bp.post("/jobs/<int:number>/battery-off")
def take_off(number: int) -> ResponseReturnValue:
    """The battery is off."""
    return take(number, actions.take_off)


@bp.post("/jobs/<int:number>/already-off")
def already_off(number: int) -> ResponseReturnValue:
    """The battery is off already: say so without blame, then read what to do now."""
    with transaction() as session:
        actions.already_off(session, find_job(session, number), by())
    return redirect(url_for("bay.was_off", number=number), 303)


@bp.get("/jobs/<int:number>/already-off")
def was_off(number: int) -> ResponseReturnValue:
    """Read the number now, enter nothing, tell the desk."""
    job = find_job(read(), number)
    where = where_is_the_number(catalogue(), radio_in_car(job.vehicle, job.head_unit, catalogue()))
    return render_template("bay/was_off.html", job=job, plug=PLUG_LEFT_IN, where=where)


@bp.post("/jobs/<int:number>/battery-back")
def connect(number: int) -> ResponseReturnValue:
    """The battery is back."""
    return take(number, actions.connect)


@bp.post("/jobs/<int:number>/plays")
def plays(number: int) -> ResponseReturnValue:
    """The radio plays."""
    return take(number, actions.plays)


@bp.post("/jobs/<int:number>/asks")
def asks(number: int) -> ResponseReturnValue:
    """The radio asks for its code."""
    return take(number, actions.asks)


@bp.post("/jobs/<int:number>/did-not-ask")
def did_not_ask(number: int) -> ResponseReturnValue:
    """ "Asks for a code" was a wrong tap."""
    return take(number, actions.did_not_ask)


@bp.post("/jobs/<int:number>/handed-over")
def hand_over(number: int) -> ResponseReturnValue:
    """The customer has the car back."""
    return take(number, actions.hand_over)


@bp.post("/jobs/<int:number>/papers-seen")
def papers_seen(number: int) -> ResponseReturnValue:
    """Somebody saw the car's papers."""
    return take(number, actions.note_papers_seen)


def take(number: int, step: Step) -> ResponseReturnValue:
    """Take one step at the car, then back to the page it was pressed on."""
    with transaction() as session:
        step(session, find_job(session, number), by())
    return redirect(page_they_came_from(number), 303)


def page_they_came_from(number: int) -> str:
    """The technician's page, the codes or the call sheet where a button there was pressed, else the job's page."""
    page = {"bay": "bay.bay", "codes": "bay.codes", "call": "bay.call"}.get(
        request.form.get("back", ""), "board.job"
    )
    return url_for(page, number=number)
