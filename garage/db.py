"""The database: engines for SQLite and PostgreSQL, column types, sessions, and the one commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from sqlalchemy.types import TypeDecorator

from garage.domain.text import N_, Refused
from garage.seal import Sealed, Vault

BUSY_MS = 5000
HIGHEST_ROW = 2**31 - 1  # what PostgreSQL keeps in an INTEGER
GLANCE_MS = 300


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite would drop the zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments: they would mean something else on every machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


class SealedText(TypeDecorator[Sealed]):
    """A column that only ever holds sealed texts."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> str | None:
        """Write the token; anything that is not sealed is refused."""
        if value is not None and not isinstance(value, Sealed):
            raise TypeError("this column takes sealed texts only")
        return None if value is None else value.token

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sealed | None:
        """Wrap the token."""
        return None if value is None else Sealed(value)


class Base(DeclarativeBase):
    """Every table's base: names for constraints, types for annotations."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(column_0_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - the name and shape SQLAlchemy asks for
        datetime: UtcDateTime,
        Sealed: SealedText,
        Enum: sa.Enum(
            Enum,
            native_enum=False,
            create_constraint=True,
            length=32,
            values_callable=lambda kinds: [kind.value for kind in kinds],
        ),
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-1)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


Row = TypeVar("Row", bound=Base)


class Versioned:
    """What people edit carries a version: who saves over somebody else's change is told."""

    version: Mapped[int] = mapped_column(sort_order=90)

    @sa.orm.declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - the shape SQLAlchemy asks for
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


class SavedMeanwhile(Refused):
    """Somebody else saved the same thing since this person opened it."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Saved meanwhile by someone else. Look at it as it stands now, then do it again if it is right."
            )
        )


def check_version(thing: Versioned, version: int) -> None:
    """Refused (SavedMeanwhile) when `thing` is not the version that the person was looking at."""
    if thing.version != version:
        raise SavedMeanwhile


def make_engine(url: str) -> Engine:
    """An engine whose writers and readers behave the same on both databases.

    SQLite's own defaults lose updates (a read does not open a transaction) and acknowledged
    jobs at a power cut, hence BEGIN IMMEDIATE for writers and synchronous=FULL.
    """
    if sa.make_url(url).get_backend_name() != "sqlite":
        return sa.create_engine(
            url,
            pool_pre_ping=True,
            pool_recycle=1800,
            connect_args={
                "options": "-c timezone=utc -c statement_timeout=15s -c lock_timeout=5s"
                " -c idle_in_transaction_session_timeout=30s"
            },
        )
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_MS / 1000}, pool_size=16, pool_timeout=10)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def glance_engine(url: str) -> Engine:
    """An engine for one quick look: it makes no database, writes nothing and hardly waits for a busy one."""
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        options = "-c default_transaction_read_only=on -c statement_timeout=2s -c lock_timeout=1s"
        return sa.create_engine(
            url, poolclass=sa.NullPool, connect_args={"connect_timeout": 2, "options": options}
        )
    file = Path(address.database or "").resolve().as_uri()
    return sa.create_engine(
        "sqlite://",
        poolclass=sa.NullPool,
        creator=lambda: sqlite3.connect(f"{file}?mode=ro", uri=True, timeout=GLANCE_MS / 1000),
    )


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "secure_delete=ON",
        "cell_size_check=ON",
        "journal_size_limit=67108864",
        "temp_store=MEMORY",
        "mmap_size=0",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    driver: Any = connection.connection.driver_connection  # a switch in memory: nothing here can be busy
    driver.execute(f"PRAGMA query_only={int(reading)}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


class Database:
    """One garage's database: sessions that read, and the only place that commits."""

    def __init__(self, url: str, vault: Vault) -> None:
        self.engine = make_engine(url)
        self.vault = vault
        reader = self.engine.execution_options(reading=True, postgresql_readonly=True)
        self._write = sessionmaker(self.engine, info={"vault": vault}, expire_on_commit=False)
        self._read = sessionmaker(reader, info={"vault": vault})

    def reading(self) -> Session:
        """A session that cannot write; the caller closes it."""
        return self._read()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that writes: everything in the block is durable afterwards, or nothing is."""
        with self._write() as session:
            yield session
            session.commit()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def insert_unless_there(session: Session, table: type[Row], values: dict[str, Any]) -> Row | None:
    """Write a row and return it; None where a unique one like it is there.

    Where another transaction is about to write the same, this waits until that one has ended.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    return session.scalar(insert(table).on_conflict_do_nothing().returning(table), values)


def vault_of(session: Session) -> Vault:
    """The vault that seals and opens for this session's database."""
    vault: Vault = session.info["vault"]
    return vault
