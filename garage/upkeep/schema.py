"""The tables as this version of the program needs them, and the way an older database gets there."""

from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import event

from garage import paths
from garage.bay import models as bay
from garage.cards import models as cards
from garage.code_requests import models as code_requests
from garage.code_requests import models_packet
from garage.db import BUSY_MS, Base
from garage.facts import models as facts
from garage.intake import models as intake
from garage.outbox import models as outbox
from garage.radios import models as radios
from garage.staff import models as staff
from garage.upkeep import models as upkeep

ROOMS_WITH_TABLES = (staff, facts, outbox, radios, intake, code_requests, models_packet, bay, cards, upkeep)
METADATA = Base.metadata
ONE_AT_A_TIME = 4_724_233  # any number; the same for everybody who wants to migrate


class SchemaProblem(Exception):
    """The database cannot be brought to this version's tables; it is as it was."""


def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema: all of it, or nothing.

    Raises SchemaProblem when rows would be left without their parents or when a newer program was here,
    and whatever the database says.
    """
    engine = _migration_engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
            _refuse_the_future(connection)
            command.upgrade(alembic_config(connection), "head")
            _refuse_orphans(connection)
    finally:
        engine.dispose()


def is_current(url: str) -> bool:
    """Whether every migration has run on the database at `url`."""
    engine = _migration_engine(url)
    try:
        with engine.connect() as connection:
            done = set(MigrationContext.configure(connection).get_current_heads())
            return done == set(ScriptDirectory.from_config(alembic_config(connection)).get_heads())
    finally:
        engine.dispose()


def alembic_config(connection: sa.Connection) -> Config:
    """What Alembic needs to know to work on `connection`."""
    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, metadata=METADATA)
    return config


def _migration_engine(url: str) -> sa.Engine:
    """SQLite rebuilds a table by dropping it: with foreign keys on, its children would go with it."""
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_foreign_keys)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _without_foreign_keys(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=OFF",
        "journal_mode=WAL",
        "synchronous=FULL",
        "secure_delete=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _refuse_the_future(connection: sa.Connection) -> None:
    script = ScriptDirectory.from_config(alembic_config(connection))
    known = {revision.revision for revision in script.walk_revisions()}
    if not set(MigrationContext.configure(connection).get_current_heads()) <= known:
        raise SchemaProblem(
            "this database was used by a newer Garage: start that one, or restore an older backup"
        )


def _refuse_orphans(connection: sa.Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        tables = ", ".join(sorted({orphan[0] for orphan in orphans}))
        raise SchemaProblem(f"the migration was undone: it left rows without their parents in {tables}")
