"""Desk PINs: which are refused, at which browser they will do, and how often somebody may guess."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage.db import Database
from garage.domain.people import Role
from garage.domain.text import Refused
from garage.staff import sign_ins
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Person, SignIn
from garage.staff.passwords import hash_password
from garage.staff.pins import MOST_WRONG, check_pin, pin_is_right, set_pin, take_pin_away, who_may_use_a_pin
from garage.staff.second_person import is_that_person, who_else
from tests.making import AT, PASSWORD

PIN = "7394"
DAY = timedelta(hours=12)
HERE = "this browser"


@pytest.fixture
def ben(hire: Callable[..., Person], database: Database) -> Person:
    """A technician with a PIN, who typed the password at this browser."""
    person = hire("ben", Role.TECHNICIAN)
    with database.transaction() as session:
        set_pin(session, hash_password(PIN), By(person.site_id, person.id, AT))
        sign_ins.start(session, session.get_one(Person, person.id), AT, HERE, AT + DAY)
    return person


def row_of(database: Database, at: object = AT) -> SignIn | None:
    with database.reading() as session:
        return next(iter(who_may_use_a_pin(session, at, HERE)), None)  # type: ignore[arg-type]


@pytest.mark.parametrize("pin", ["7394", "83516", "402973"])
def test_a_pin_has_four_to_six_digits(pin: str) -> None:
    check_pin(pin)


@pytest.mark.parametrize("pin", ["", "739", "7394028", "73 94", "73a4", "٧٣٩٤"])
def test_what_is_no_pin_is_refused(pin: str) -> None:
    with pytest.raises(Refused, match="4 to 6 digits"):
        check_pin(pin)


@pytest.mark.parametrize(
    "pin",
    [
        "0000",
        "1111",
        "1234",
        "4321",
        "7890",
        "123456",
        "1212",
        "7779",
        "1987",
        "2024",
        "2580",
        "147258",
        "483483",
    ],
)
def test_a_pin_that_is_guessed_first_is_refused(pin: str) -> None:
    with pytest.raises(Refused, match="guessed first"):
        check_pin(pin)


def test_a_pin_does_where_the_password_was_typed_and_only_that_day(database: Database, ben: Person) -> None:
    assert row_of(database) is not None
    with database.reading() as session:
        assert not who_may_use_a_pin(session, AT, "another browser")
    assert row_of(database, AT + DAY) is None


def test_five_wrong_pins_need_the_password_and_go_on_record(database: Database, ben: Person) -> None:
    row = row_of(database)
    assert row is not None
    assert not any(pin_is_right(database, row, "0001", AT) for _ in range(MOST_WRONG))
    assert not pin_is_right(database, row, PIN, AT)
    assert row_of(database) is None
    with database.reading() as session:
        assert session.scalars(sa.select(JournalEntry.verb)).all() == ["set_pin", "pin_used_up"]


def test_a_right_pin_forgets_the_wrong_ones(database: Database, ben: Person) -> None:
    row = row_of(database)
    assert row is not None
    for _ in range(2):
        assert not any(pin_is_right(database, row, "0001", AT) for _ in range(MOST_WRONG - 1))
        assert pin_is_right(database, row, PIN, AT)


def test_a_pin_taken_away_does_no_more(database: Database, ben: Person, owner: Person) -> None:
    by = By(owner.site_id, owner.id, AT)
    with database.transaction() as session:
        take_pin_away(session, session.get_one(Person, ben.id), by)
    assert row_of(database) is None
    with pytest.raises(Refused, match="has no PIN"), database.transaction() as session:
        take_pin_away(session, session.get_one(Person, ben.id), by)


def test_who_is_signed_out_everywhere_needs_the_password(database: Database, ben: Person) -> None:
    with database.transaction() as session:
        sign_ins.end_all(session, ben.id, AT)
    assert row_of(database) is None


def test_changing_over_does_not_prolong_the_day_and_is_no_fresh_password(
    database: Database, ben: Person
) -> None:
    first = row_of(database)
    assert first is not None
    with database.transaction() as session:
        row, token = sign_ins.start_with_pin(session, first, AT + timedelta(hours=9))
        assert (row.signed_in_at, row.fresh_at, row.pin_until) == (AT, None, None)
    with database.reading() as session:
        late = AT + DAY + timedelta(minutes=1)
        found = sign_ins.find(session, token, late, idle=timedelta(days=9), longest=DAY)
        assert found is None


def test_a_second_person_confirms_with_pin_or_password_and_never_oneself(
    database: Database, ben: Person, owner: Person
) -> None:
    with database.reading() as session:
        me = session.get_one(Person, owner.id)
        assert [person.id for person in who_else(session, me)] == [ben.id]
    assert is_that_person(database, owner, ben.id, PIN, AT)
    assert is_that_person(database, owner, ben.id, PASSWORD, AT)
    assert not is_that_person(database, owner, ben.id, "7395", AT)
    assert not is_that_person(database, owner, owner.id, PASSWORD, AT)
    assert not is_that_person(database, owner, ben.id, PIN, AT + DAY)
    assert is_that_person(database, owner, ben.id, PASSWORD, AT + DAY)
