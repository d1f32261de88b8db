"""A garage that asked for codes before answers had a table of their own: nothing of it is lost."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from alembic import command

from garage.upkeep import schema
from tests import postgres

SENT = datetime(2026, 1, 5, 9, tzinfo=UTC)
ENDED = datetime(2026, 1, 7, 15, tzinfo=UTC)
PLAIN = {str: "", int: 1, bool: False, datetime: SENT}


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.sqlite'}"
        return
    server: str = request.getfixturevalue("postgres_url")
    name = f"test_{uuid4().hex}"
    yield postgres.make_database(server, name)
    postgres.drop_database(server, name)


def put(connection: sa.Connection, table_name: str, **values: Any) -> int:
    """A row of a table as it stands now; what nobody cares about is filled in. Its number."""
    table = sa.Table(table_name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
    wanted = [column for column in table.columns if not column.nullable and not column.primary_key]
    plain = {column.name: PLAIN[column.type.python_type] for column in wanted}
    row = connection.execute(table.insert().values(**(plain | values)))
    assert row.inserted_primary_key is not None
    return int(row.inserted_primary_key[0])


def ask(connection: sa.Connection, number: int, **values: Any) -> int:
    """A request for a radio of its own, in a job of its own."""
    unit = put(connection, "head_unit", serial_number=f"SKZAZ{number:08d}")
    job = put(
        connection,
        "job",
        number=number,
        vehicle_id=put(connection, "vehicle", registration=f"AB{number}", registration_shown=f"AB{number}"),
        work="battery",
        answer="unknown",
        built_with_this_radio="unknown",
        battery="on",
        head_unit_id=unit,
        closed_at=ENDED,
    )
    given = {"channel": "letter", "built_with_this_radio": "yes", "made_at": SENT} | values
    return put(connection, "code_request", job_id=job, head_unit_id=unit, **given)


def test_dealers_requests_and_their_answers_come_along(empty_url: str) -> None:
    engine = schema._migration_engine(empty_url)
    with engine.begin() as connection:
        command.upgrade(schema.alembic_config(connection), "0005")
        put(connection, "site")
        put(connection, "customer")
        usual = put(connection, "dealer", name="Invented Cars Ltd", only_to_owner=False)
        strict = put(connection, "dealer", name="Strict Cars Ltd", only_to_owner=True)
        came = ask(connection, 1, dealer_id=usual, status="answered", sent_at=SENT, ended_at=ENDED)
        no = ask(connection, 2, dealer_id=usual, status="refused", ended_at=ENDED, refusal="no_record")
        waits = ask(connection, 3, dealer_id=strict, status="sent", sent_at=SENT, due_on=date(2026, 1, 8))
        over = ask(connection, 4, dealer_id=None, channel="customer", status="withdrawn", ended_at=ENDED)
        put(connection, "journal_entry", verb="message_in", kind="job", row_number=1)
    schema.upgrade(empty_url)
    with engine.connect() as connection:
        rows = {
            name: sa.Table(name, sa.MetaData(), autoload_with=connection, resolve_fks=False)
            for name in ("dealer", "code_request", "request_answer")
        }
        dealer, request, answer = rows.values()
        kinds = connection.execute(sa.select(dealer.c.id, dealer.c.kind, dealer.c.language)).all()
        assert sorted(kinds) == [(usual, "dealer", "en"), (strict, "customer", "en")]
        states = connection.execute(sa.select(request.c.id, request.c.status, request.c.due_on)).all()
        assert sorted(states) == [
            (came, "answered", None),
            (no, "refused", None),
            (waits, "sent", date(2026, 1, 8)),
            (over, "withdrawn", None),
            (over + 1, "withdrawn", None),  # a message that stood in the journal only
        ]
        wrote = sa.select(request.c.channel, request.c.job_id).where(request.c.id == over + 1)
        assert connection.execute(wrote).all() == [("message", 1)]
        kept = answer.c.code_request_id, answer.c.kind, answer.c.refusal, answer.c.needs
        answers = connection.execute(sa.select(*kept).order_by(answer.c.code_request_id)).all()
        assert answers == [(came, "code", None, ""), (no, "refused", "no_record", "")]
        at, asked_at = connection.execute(
            sa.select(answer.c.at, answer.c.asked_at).where(answer.c.code_request_id == came)
        ).one()
        assert (at.replace(tzinfo=UTC), asked_at.replace(tzinfo=UTC)) == (ENDED, SENT)
    engine.dispose()
