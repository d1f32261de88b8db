"""What is probably on file twice: customers under two spellings, cars with two entries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from garage.domain.plate import folded
from garage.domain.same_person import beginnings, name_key, perhaps_same, phone_key
from garage.intake.commands import HeldAgainst
from garage.intake.models import Customer, Vehicle
from garage.intake.queries import customer_like, last_job

Row = TypeVar("Row", Customer, Vehicle)
FEW = 6  # more is no question any more
NEWEST = 5000  # rows of a kind that the list of doubles looks through


def like_customers(session: Session, name: str, phone: str, but: int = 0, after: int = 0) -> list[Customer]:
    """Customers on file who may be this person, the newest first.

    Not the one with the row number `but`, and only those written down after the row `after`.
    """
    alike = [Customer.search.startswith(start, autoescape=True) for start in beginnings(name)]
    if digits := phone_key(phone):
        alike.append(Customer.search.contains(digits, autoescape=True))
    if not alike:
        return []
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.phone)
        .where(or_(*alike), Customer.id != but, Customer.id > after)
        .order_by(Customer.id.desc())
    )
    found = [row.id for row in rows if perhaps_same(name, phone, row.name, row.phone)][:FEW]
    return [session.get_one(Customer, number) for number in found]


def held_against(session: Session, vehicle: Vehicle | None, name: str, phone: str) -> HeldAgainst | None:
    """Whether a new customer is like somebody on file; None where it is clear who it is."""
    if customer_of(session, vehicle, name, phone) is not None:
        return None
    newest = session.scalar(select(func.max(Customer.id))) or 0
    return HeldAgainst(newest, bool(like_customers(session, name, phone)))


def in_doubt(session: Session, vehicle: Vehicle | None, name: str, phone: str) -> list[Customer]:
    """Who on file may be the customer that is being written down anew; empty where it is clear who it is."""
    if customer_of(session, vehicle, name, phone) is not None:
        return []
    return like_customers(session, name, phone)


def customer_of(session: Session, vehicle: Vehicle | None, name: str, phone: str) -> Customer | None:
    """The customer on file with this name and phone, or the car's last one by name alone."""
    customer = customer_like(session, name, phone)
    before = last_job(session, vehicle) if vehicle is not None and vehicle.id else None
    if customer is None and before and folded(before.customer.name) == folded(name):
        customer = before.customer
    return customer


def like_vehicles(session: Session, vehicle: Vehicle) -> list[Vehicle]:
    """Other entries with the plate of this car."""
    if not vehicle.registration:
        return []
    same = select(Vehicle).where(Vehicle.registration == vehicle.registration, Vehicle.id != vehicle.id)
    return list(session.scalars(same.order_by(Vehicle.id)))


def one_car(one: Vehicle, other: Vehicle) -> bool:
    """Whether two entries are probably one car: the same plate, or VINs that differ in one character."""
    if one.registration and one.registration == other.registration:
        return True
    vins = one.vin or "", other.vin or ""
    return len(vins[0]) == len(vins[1]) > 0 and sum(a != b for a, b in zip(*vins, strict=True)) <= 1


@dataclass(frozen=True, slots=True)
class Double(Generic[Row]):
    """Two entries that are probably one."""

    older: Row
    newer: Row


def double_customers(session: Session) -> list[Double[Customer]]:
    """Likely doubles among the newest customers."""
    rows = session.scalars(select(Customer).order_by(Customer.id.desc()).limit(NEWEST)).all()
    by_phone = sorted(rows, key=lambda one: (phone_key(one.phone), one.id))
    by_name = sorted(rows, key=lambda one: (name_key(one.name), one.id))
    return list(_side_by_side([by_phone, by_name], _one_person))


def double_vehicles(session: Session) -> list[Double[Vehicle]]:
    """Likely doubles among the newest cars."""
    rows = session.scalars(select(Vehicle).order_by(Vehicle.id.desc()).limit(NEWEST)).all()
    by_plate = sorted(rows, key=lambda car: (car.registration, car.id))
    by_vin = sorted(rows, key=lambda car: car.vin or "")
    by_end = sorted(rows, key=lambda car: (car.vin or "")[::-1])
    return list(_side_by_side([by_plate, by_vin, by_end], one_car))


def _one_person(one: Customer, other: Customer) -> bool:
    return perhaps_same(one.name, one.phone, other.name, other.phone)


def _side_by_side(orders: list[list[Row]], alike: Callable[[Row, Row], bool]) -> Iterator[Double[Row]]:
    """Rows that stand side by side in one of the orders and are alike, each pair once."""
    seen = set()
    for order in orders:
        for one, other in pairwise(order):
            older, newer = sorted((one, other), key=lambda row: row.id)
            if (older.id, newer.id) not in seen and alike(one, other):
                seen.add((older.id, newer.id))
                yield Double(older, newer)
