"""Nothing acknowledged is lost, readers cannot write, and moments keep their zone, on both databases."""

from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from garage.db import Database, SavedMeanwhile, check_version, vault_of
from garage.intake.models import Customer, Vehicle
from garage.radios.models import HeadUnit, Origin, RadioCode
from garage.seal import Vault
from tests import making

PROCESSES = 3
ROUNDS = 40


def count_up(url: str, vehicle_id: int) -> int:
    """Read a number, add one, write it: the way updates get lost. How many were acknowledged."""
    database = Database(url, Vault(None))
    acknowledged = 0
    for _ in range(ROUNDS):
        try:
            with database.transaction() as session:
                vehicle = session.get_one(Vehicle, vehicle_id)
                vehicle.year = (vehicle.year or 0) + 1
            acknowledged += 1
        except StaleDataError:
            pass  # told that somebody else was first: not lost, refused
    database.close()
    return acknowledged


def test_no_acknowledged_update_is_lost_between_processes(database: Database, database_url: str) -> None:
    with database.transaction() as session:
        vehicle = making.make_vehicle(session, year=0)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        acknowledged = sum(pool.map(count_up, [database_url] * PROCESSES, [vehicle.id] * PROCESSES))
    with database.reading() as session:
        assert session.get_one(Vehicle, vehicle.id).year == acknowledged
    if database.engine.dialect.name == "sqlite":  # writers stand in line: nobody is even refused
        assert acknowledged == PROCESSES * ROUNDS


@pytest.mark.parametrize(
    "statement",
    [
        sa.update(Vehicle).values(make="Changed"),
        sa.delete(Customer),
        sa.insert(Customer).values(name="New", phone="", email="", search="", version=1),
    ],
    ids=["update", "delete", "insert"],
)
def test_a_reading_session_cannot_write(database: Database, statement: sa.Executable) -> None:
    with database.transaction() as session:
        making.make_vehicle(session)
    with database.reading() as session, pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        session.execute(statement)


def test_a_connection_that_was_reading_writes_again(database: Database) -> None:
    for _ in range(3):
        with database.reading() as session:
            session.scalars(sa.select(Customer)).all()
        with database.transaction() as session:
            making.make_customer(session)
    with database.reading() as session:
        assert session.scalars(sa.select(sa.func.count(Customer.id))).one() == 3


def test_on_sqlite_a_reader_sees_one_moment_while_others_write(sqlite_database: Database) -> None:
    database = sqlite_database
    with database.reading() as reader:
        assert reader.scalars(sa.select(sa.func.count(Customer.id))).one() == 0
        with database.transaction() as session:
            making.make_customer(session)
        assert reader.scalars(sa.select(sa.func.count(Customer.id))).one() == 0


def test_when_something_fails_nothing_of_the_transaction_stays(database: Database) -> None:
    def fail_half_way() -> None:
        with database.transaction() as session:
            making.make_customer(session)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    with database.reading() as session:
        assert session.scalars(sa.select(Customer)).all() == []


def test_a_child_without_its_parent_is_refused(session: Session) -> None:
    session.add(RadioCode(head_unit_id=4711, sealed=vault_of(session).seal("0417"), **code_fields()))
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()


def code_fields() -> dict[str, object]:
    return {"origin": Origin.DEALER, "entered_at": making.AT}


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    berlin = timezone(timedelta(hours=2))
    with database.transaction() as session:
        unit = making.make_head_unit(session, waits_until=datetime(2026, 7, 1, 14, 30, tzinfo=berlin))
    with database.reading() as session:
        found = session.get_one(HeadUnit, unit.id).waits_until
    assert found == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert found is not None
    assert found.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(sa.exc.StatementError, match="without a time zone"), database.transaction() as session:
        making.make_head_unit(session, waits_until=datetime(2026, 7, 1))  # noqa: DTZ001 - that is the point


def test_a_sealed_column_takes_no_open_text(session: Session) -> None:
    unit = making.make_head_unit(session)
    session.add(RadioCode(head_unit_id=unit.id, sealed="0417", **code_fields()))
    with pytest.raises(sa.exc.StatementError, match="sealed texts only"):
        session.flush()


def test_who_saves_over_somebody_elses_change_is_told(database: Database) -> None:
    with database.transaction() as session:
        vehicle = making.make_vehicle(session)
    seen = vehicle.version
    with database.transaction() as session:
        session.get_one(Vehicle, vehicle.id).make = "Seat"
    with pytest.raises(SavedMeanwhile), database.transaction() as session:
        check_version(session.get_one(Vehicle, vehicle.id), seen)


def test_sqlite_runs_with_the_settings_that_lose_nothing(sqlite_database: Database) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
    with sqlite_database.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted
