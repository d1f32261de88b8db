"""Two entries that are one person or one car become one: everything that pointed to the one points to the other."""

from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Column, func, select, update
from sqlalchemy.orm import Session

from garage.db import Base, check_version
from garage.domain.catalogue import Catalogue
from garage.domain.text import N_, Refused
from garage.intake.actions import write_customer
from garage.intake.clearing import give_yes_if_recorded
from garage.intake.models import Customer, Fitting, Job, Vehicle
from garage.intake.queries import fitted_in, open_job
from garage.staff.journal import By, write

Row = TypeVar("Row", Customer, Vehicle)


@dataclass(frozen=True, slots=True)
class Moves:
    """What goes over to the entry that stays: jobs by number, and how many other rows."""

    jobs: list[int]
    others: int


def what_moves(session: Session, gone: Customer | Vehicle) -> Moves:
    """What points to the entry that goes."""
    link = Job.customer_id if isinstance(gone, Customer) else Job.vehicle_id
    jobs = list(session.scalars(select(Job.number).where(link == gone.id).order_by(Job.id)))
    rows = sum(
        session.execute(select(func.count()).where(column == gone.id)).scalar_one()
        for column in _links(gone)
        if column.table.name != Job.__tablename__
    )
    return Moves(jobs, rows)


def merge_customers(
    session: Session, kept: Customer, gone: Customer, versions: tuple[int, int], reason: str, by: By
) -> None:
    """One person had two entries: jobs go over, and what the kept one lacks. Refused without a reason."""
    _check(kept, gone, versions, reason)
    write_customer(kept, kept.name, kept.phone or gone.phone, kept.email or gone.email)
    _hand_over(session, kept, gone, reason, by)


def merge_vehicles(
    session: Session,
    kept: Vehicle,
    gone: Vehicle,
    versions: tuple[int, int],
    reason: str,
    catalogue: Catalogue,
    by: By,
) -> None:
    """One car had two entries: jobs and radios go over, and what the kept one lacks; a stop stays a stop.

    Refused without a reason, and while both have an open job.
    """
    _check(kept, gone, versions, reason)
    if open_job(session, kept) and open_job(session, gone):
        raise Refused(N_("Both have an open job. Close one of them first."))
    vin, chassis_reason = gone.vin, gone.chassis_reason
    lacking = ("registration", "registration_shown", "make", "model", "year", "known_owner")
    for name in (*lacking, "stopped_at", "stop_reason"):
        setattr(kept, name, getattr(kept, name) or getattr(gone, name))
    _keep_newest_radio(session, kept, gone, by)
    _hand_over(session, kept, gone, reason, by)
    if not kept.vin:
        kept.vin, kept.chassis_reason = vin, chassis_reason
    session.flush()
    _no_other_car_any_more(session, kept, catalogue, by)


def _check(kept: Row, gone: Row, versions: tuple[int, int], reason: str) -> None:
    if kept is gone:
        raise Refused(N_("This is one entry already."))
    check_version(kept, versions[0])
    check_version(gone, versions[1])
    if not reason.strip():
        raise Refused(N_("Write one sentence that says why."))


def _hand_over(session: Session, kept: Row, gone: Row, reason: str, by: By) -> None:
    write(session, by, "merge", kept, reason)
    write(session, by, "merge_away", gone)
    for column in _links(gone):
        session.execute(
            update(column.table).where(column == gone.id).values({column.name: kept.id}),
            execution_options={"synchronize_session": False},
        )
    session.expire_all()  # every row that was loaded may point elsewhere now
    session.delete(gone)
    session.flush()


def _links(row: Base) -> list[Column[int]]:
    """The columns of all tables that point to rows of this kind: none is forgotten, whoever adds one."""
    table = type(row).__table__
    return [
        key.parent
        for other in Base.metadata.sorted_tables
        for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
        if key.column.table is table
    ]


def _keep_newest_radio(session: Session, kept: Vehicle, gone: Vehicle, by: By) -> None:
    """One radio sits in a car: of two that are there now, the one that came first has left."""
    here = select(Fitting).where(Fitting.vehicle_id.in_([kept.id, gone.id]), Fitting.until_at.is_(None))
    for fitting in session.scalars(here.order_by(Fitting.from_at, Fitting.id)).all()[:-1]:
        fitting.until_at = by.at


def _no_other_car_any_more(session: Session, kept: Vehicle, catalogue: Catalogue, by: By) -> None:
    """A radio that was "in another vehicle" was in this one all the time."""
    marked = select(Job).where(Job.vehicle_id == kept.id, Job.in_another_vehicle, Job.closed_at.is_(None))
    for job in session.scalars(marked):
        if job.head_unit is not None and fitted_in(session, job.head_unit) is kept:
            job.in_another_vehicle, job.elsewhere_said = False, None
            give_yes_if_recorded(session, job, catalogue, by)
