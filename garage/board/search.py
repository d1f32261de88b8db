"""Search: cars, radios and customers by any part of what people know of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from garage.cards.models import Card
from garage.domain.plate import folded, plate_key
from garage.domain.radio_pass import read_card_number
from garage.domain.same_person import is_phone, phone_key
from garage.domain.text import Refused
from garage.intake.models import Customer, Fitting, Job, Vehicle
from garage.radios.models import HeadUnit

FEW = 40  # that people can still look through
SHORTEST = 2  # letters or digits


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found, the newest first: jobs of the site; cars and radios of the company without one here."""

    jobs: Sequence[Job] = ()
    cars: Sequence[Vehicle] = ()
    units: Sequence[HeadUnit] = ()


def search(session: Session, site_id: int, text: str, *, customers: bool = True) -> Matches:
    """Everything that has `text` in its plate, VIN, serial or part number, job or card number, name or phone.

    Accents, dashes, spaces and case do not matter. Fewer than two letters or digits find nothing, except a
    job by its whole number. Without `customers` names and phones are not looked at.
    """
    key, name = plate_key(text), folded(text)
    found = set(_numbered(session, site_id, key))
    if len(name) < SHORTEST:
        return Matches(jobs=_jobs(session, found))
    cars = _newest(session, Vehicle.id, _has(Vehicle.registration, key), _has(Vehicle.vin, key))
    units = _newest(session, HeadUnit.id, _has(HeadUnit.serial_number, key), _has(_part_number(), key))
    people = _newest(session, Customer.id, *_names_and_phones(text)) if customers else []
    cars += session.scalars(select(Fitting.vehicle_id).where(Fitting.head_unit_id.in_(units)))
    lookups = (
        Job.vehicle_id.in_(cars),
        Job.head_unit_id.in_(units),
        Job.customer_id.in_(people),
        and_(Job.own_key > "", _has(Job.own_key, name)),  # "> ''": read from the index alone
        Job.id.in_(_by_card(session, key)),
    )
    found |= {job for lookup in lookups for job in _jobs_here(session, site_id, lookup)}
    return _with_those_not_here(session, _jobs(session, found), cars, units)


def _numbered(session: Session, site_id: int, key: str) -> Sequence[int]:
    """The job with this whole number."""
    if not key.isdecimal() or len(key) > 9:
        return ()
    return session.scalars(select(Job.id).where(Job.site_id == site_id, Job.number == int(key))).all()


def _jobs(session: Session, found: set[int]) -> Sequence[Job]:
    few = sorted(found, reverse=True)[:FEW]
    return session.scalars(select(Job).where(Job.id.in_(few)).order_by(Job.id.desc())).all()


def _with_those_not_here(session: Session, jobs: Sequence[Job], cars: list[int], units: list[int]) -> Matches:
    """Cars and radios that were found but have no job among those found."""
    shown = {job.vehicle_id for job in jobs}
    others = session.scalars(
        select(Vehicle).where(Vehicle.id.in_(set(cars) - shown)).order_by(Vehicle.id.desc())
    )
    fitted = select(Fitting.head_unit_id).where(Fitting.head_unit_id.in_(units))
    seen = {job.head_unit_id for job in jobs} | set(session.scalars(fitted))
    loose = session.scalars(select(HeadUnit).where(HeadUnit.id.in_(set(units) - seen)))
    return Matches(jobs, others.all()[: max(FEW - len(jobs), 0)], loose.all())


def _newest(session: Session, row: InstrumentedAttribute[int], *conditions: ColumnElement[bool]) -> list[int]:
    """Row numbers of the newest few. Two numbers of one row are looked at in one go through the table."""
    return list(session.scalars(select(row).where(or_(*conditions)).order_by(row.desc()).limit(FEW)))


def _part_number() -> ColumnElement[str]:
    """Part numbers are kept as they stand on the label, with what is written between their groups."""
    bare = func.upper(HeadUnit.part_number)
    for sign in " -./":
        bare = func.replace(bare, sign, "")
    return bare


def _has(column: ColumnElement[str] | InstrumentedAttribute[Any], part: str) -> ColumnElement[bool]:
    return column.contains(part, autoescape=True)


def _names_and_phones(text: str) -> list[ColumnElement[bool]]:
    """What customers are found by: a whole phone number also where another country code or 0 stands in front."""
    parts = [folded(text), phone_key(text)] if is_phone(text) else [folded(text)]
    return [_has(Customer.search, part) for part in parts]


def _jobs_here(session: Session, site_id: int, lookup: ColumnElement[bool]) -> Sequence[int]:
    """The newest few of one look-up by its own index.

    "+ 0" keeps SQLite from going by site or by row number instead: that is nearly the whole table.
    """
    found = select(Job.id).where(Job.site_id + 0 == site_id, lookup)
    return session.scalars(found.order_by((Job.id + 0).desc()).limit(FEW)).all()


def _by_card(session: Session, key: str) -> list[int]:
    """Jobs in which a card with this in its number was printed."""
    numbered = select(Card.id).where(_has(Card.number, _card_number(key))).limit(FEW)
    printed = select(Card.job_id).where(
        Card.id.in_(list(session.scalars(numbered))), Card.job_id.is_not(None)
    )
    return [number for number in session.scalars(printed) if number is not None]


def _card_number(key: str) -> str:
    """A whole card number in its one spelling (a typed O is a 0), else the part of one that was typed."""
    try:
        return read_card_number(key)
    except Refused:
        return key.removeprefix("RP") or key
