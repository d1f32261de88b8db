"""Customers, and what is on file twice: the same person asked about, two entries made one by a manager."""

from typing import TypeVar

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from garage.db import SavedMeanwhile
from garage.domain.text import Refused
from garage.intake.blueprint import bp
from garage.intake.doubles import double_customers, double_vehicles, like_customers
from garage.intake.forms import MergeForm
from garage.intake.merging import merge_customers, merge_vehicles, what_moves
from garage.intake.models import Customer, Job, Vehicle
from garage.staff.signed_in import by
from garage.web.current import catalogue, read, transaction

Row = TypeVar("Row", Customer, Vehicle)


@bp.get("/customers/<int:customer_id>")
def customer(customer_id: int) -> ResponseReturnValue:
    """A customer's jobs and cars, and who may be the same person."""
    found = _row(Customer, customer_id)
    jobs = read().scalars(select(Job).where(Job.customer_id == found.id).order_by(Job.id.desc())).all()
    return render_template(
        "intake/customer.html",
        customer=found,
        jobs=jobs,
        cars=list(dict.fromkeys(job.vehicle for job in jobs)),
        doubles=like_customers(read(), found.name, found.phone, but=found.id),
    )


@bp.get("/doubles")
def doubles() -> ResponseReturnValue:
    """What is probably on file twice."""
    session = read()
    return render_template(
        "intake/doubles.html", customers=double_customers(session), vehicles=double_vehicles(session)
    )


@bp.get("/customers/<int:kept>/merge/<int:gone>")
def ask_merge_customers(kept: int, gone: int) -> ResponseReturnValue:
    """What would move if these two are one person."""
    return _preview(_row(Customer, kept), _row(Customer, gone))


@bp.post("/customers/<int:kept>/merge/<int:gone>")
def do_merge_customers(kept: int, gone: int) -> ResponseReturnValue:
    """They are one person."""
    form = MergeForm()
    if not form.validate():
        return _preview(_row(Customer, kept), _row(Customer, gone), form, 422)
    try:
        with transaction() as session:
            two = session.get(Customer, kept) or abort(404), session.get(Customer, gone) or abort(404)
            merge_customers(session, *two, form.versions, form.reason.data, by())
    except Refused as no:
        return _refused(_row(Customer, kept), _row(Customer, gone), form, no)
    return redirect(url_for("intake.customer", customer_id=kept), 303)


@bp.get("/cars/<int:kept>/merge/<int:gone>")
def ask_merge_cars(kept: int, gone: int) -> ResponseReturnValue:
    """What would move if these two are one car."""
    return _preview(_row(Vehicle, kept), _row(Vehicle, gone))


@bp.post("/cars/<int:kept>/merge/<int:gone>")
def do_merge_cars(kept: int, gone: int) -> ResponseReturnValue:
    """They are one car."""
    form = MergeForm()
    if not form.validate():
        return _preview(_row(Vehicle, kept), _row(Vehicle, gone), form, 422)
    try:
        with transaction() as session:
            two = session.get(Vehicle, kept) or abort(404), session.get(Vehicle, gone) or abort(404)
            merge_vehicles(session, *two, form.versions, form.reason.data, catalogue(), by())
    except Refused as no:
        return _refused(_row(Vehicle, kept), _row(Vehicle, gone), form, no)
    return redirect(url_for("intake.new_car", car=kept), 303)


def _row(kind: type[Row], number: int) -> Row:
    return read().get(kind, number) or abort(404)


def _preview(
    kept: Customer | Vehicle, gone: Customer | Vehicle, form: MergeForm | None = None, status: int = 200
) -> ResponseReturnValue:
    if kept.id == gone.id:
        abort(404)
    cars = isinstance(kept, Vehicle)
    page = render_template(
        "intake/merge.html",
        form=form or MergeForm(formdata=None, version=kept.version, gone_version=gone.version),
        kept=kept,
        gone=gone,
        moves=what_moves(read(), gone),
        swap=url_for(f"intake.ask_merge_{'cars' if cars else 'customers'}", kept=gone.id, gone=kept.id),
        cars=cars,
    )
    return page, status


def _refused(
    kept: Customer | Vehicle, gone: Customer | Vehicle, form: MergeForm, no: Refused
) -> ResponseReturnValue:
    form.refuse(no)
    if isinstance(no, SavedMeanwhile):
        form.version.data, form.gone_version.data = kept.version, gone.version
    return _preview(kept, gone, form, 409)
