"""A second person at the same screen says yes as well, with their own PIN or password."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from garage.db import Database
from garage.staff.models import Person
from garage.staff.passwords import is_right
from garage.staff.pins import LONGEST, pin_is_right, who_may_use_a_pin


def who_else(session: Session, me: Person) -> Sequence[Person]:
    """Everybody else at this site who could confirm something, by name."""
    others = select(Person).where(
        Person.site_id == me.site_id, Person.id != me.id, Person.active, Person.password_hash.is_not(None)
    )
    return session.scalars(others.order_by(func.lower(Person.name), Person.id)).all()


def is_that_person(database: Database, me: Person, person_id: int, typed: str, at: datetime) -> bool:
    """Whether `typed` is the password of that other person here, or their PIN.

    A PIN will do for somebody who signed in with the password today, at any browser. Never somebody's own.
    Slow on purpose: call it outside of every session.
    """
    with database.reading() as session:
        person = next((one for one in who_else(session, me) if one.id == person_id), None)
        if person is None:
            return is_right(typed, None)
        stored = person.password_hash
        row = next((row for row in who_may_use_a_pin(session, at) if row.person_id == person_id), None)
    if row is not None and len(typed) <= LONGEST:  # passwords are longer
        return pin_is_right(database, row, typed, at)
    return is_right(typed, stored)
