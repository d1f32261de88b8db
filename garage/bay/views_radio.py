"""What the garage remembers of one radio: its cars, codes (masked), tries and photos; a manager's stop."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.blueprint import bp
from garage.bay.commands import ShowCode
from garage.bay.forms import StopForm
from garage.bay.history import code_history
from garage.bay.models import Try
from garage.bay.queries import open_job_of, radio_view
from garage.bay.stops import Stoppable, lift_stop, not_locked, stop
from garage.bay.trying import Shown, show_code_outside
from garage.domain.text import Refused
from garage.intake.forms import ReasonForm
from garage.intake.models import Fitting, Vehicle
from garage.intake.queries import fitted_in
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.signed_in import by, is_fresh, me, to_prove
from garage.web.current import read, transaction


@bp.get("/radios/<int:unit_id>")
def radio(unit_id: int) -> ResponseReturnValue:
    """Everything on file about a radio; its codes are masked."""
    return radio_page(read(), find_radio(read(), unit_id))


@bp.post("/radios/<int:unit_id>/codes/<int:code_id>/show")
def show_of_radio(unit_id: int, code_id: int) -> ResponseReturnValue:
    """Show a code outside a job: with a reason, and the password typed a moment ago."""
    form = ReasonForm()
    if not form.validate():
        return radio_page(read(), find_radio(read(), unit_id), asking=form, status=422)
    if not is_fresh():
        return to_prove(url_for("bay.radio", unit_id=unit_id))
    command = ShowCode(reason=form.reason.data, fresh=True)
    try:
        with transaction() as session:
            unit = find_radio(session, unit_id)
            shown = show_code_outside(session, unit, _code(unit, code_id), command, by())
    except Refused as no:
        form.refuse(no)
        return radio_page(read(), find_radio(read(), unit_id), asking=form, status=409)
    return radio_page(read(), find_radio(read(), unit_id), shown=shown)


@bp.post("/radios/<int:unit_id>/stop")
def stop_radio(unit_id: int) -> ResponseReturnValue:
    """A manager puts a stop on the radio, or takes it off again."""
    return _stop(unit_id, HeadUnit)


@bp.post("/radios/<int:unit_id>/car/stop")
def stop_car(unit_id: int) -> ResponseReturnValue:
    """A manager puts a stop on the car that the radio sits in, or takes it off again."""
    return _stop(unit_id, Vehicle)


@bp.post("/radios/<int:unit_id>/not-locked")
def unlock_radio(unit_id: int) -> ResponseReturnValue:
    """A manager takes "locked for good" off the radio again."""
    form = StopForm()
    if not form.validate():
        return radio_page(read(), find_radio(read(), unit_id), unlocking=form, status=422)
    try:
        with transaction() as session:
            not_locked(session, find_radio(session, unit_id), form.reason.data, form.version.data, by())
    except Refused as no:
        form.refuse(no)
        unit = find_radio(read(), unit_id)
        form.version.data = unit.version
        return radio_page(read(), unit, unlocking=form, status=409)
    return redirect(url_for("bay.radio", unit_id=unit_id), 303)


def _stop(unit_id: int, kind: type[Stoppable]) -> ResponseReturnValue:
    form = StopForm()
    named = {"stopping_car" if kind is Vehicle else "stopping_radio": form}
    if not form.validate():
        return radio_page(read(), find_radio(read(), unit_id), status=422, **named)
    act = lift_stop if "lift" in request.form else stop
    try:
        with transaction() as session:
            unit = find_radio(session, unit_id)
            thing = fitted_in(session, unit) if kind is Vehicle else unit
            act(session, thing or abort(404), form.reason.data, form.version.data, by())
    except Refused as no:
        form.refuse(no)
        unit = find_radio(read(), unit_id)
        now_there = fitted_in(read(), unit) if kind is Vehicle else unit
        form.version.data = now_there.version if now_there else 0  # the page shows it as it stands now
        return radio_page(read(), unit, status=409, **named)
    return redirect(url_for("bay.radio", unit_id=unit_id), 303)


def radio_page(
    session: Session,
    unit: HeadUnit,
    *,
    asking: ReasonForm | None = None,
    shown: Shown | None = None,
    stopping_radio: StopForm | None = None,
    stopping_car: StopForm | None = None,
    unlocking: StopForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page, with whatever was typed and what is wrong with it."""
    car = fitted_in(session, unit)
    tries = select(Try).join(Try.radio_code).where(RadioCode.head_unit_id == unit.id).order_by(Try.id.desc())
    fittings = select(Fitting).where(Fitting.head_unit_id == unit.id).order_by(Fitting.id.desc())
    here = open_job_of(session, unit, me().site_id)
    page = render_template(
        "bay/radio.html",
        unit=unit,
        car=car,
        job=here,
        is_elsewhere=here is not None and here.site_id != me().site_id,
        view=radio_view(session, unit, is_fresh(), ""),
        tries=session.scalars(tries).all(),
        history=code_history(session, unit),
        fittings=session.scalars(fittings).all(),
        asking=asking or ReasonForm(formdata=None),
        shown=shown,
        stopping_radio=stopping_radio or StopForm(formdata=None, version=unit.version),
        unlocking=unlocking or StopForm(formdata=None, version=unit.version),
        stopping_car=stopping_car or StopForm(formdata=None, version=car.version if car else 0),
    )
    return page, status


def find_radio(session: Session, unit_id: int) -> HeadUnit:
    """The radio; else 404. Radios belong to the whole company."""
    return session.get(HeadUnit, unit_id) or abort(404)


def _code(unit: HeadUnit, code_id: int) -> RadioCode:
    return next((code for code in unit.codes if code.id == code_id), None) or abort(404)
