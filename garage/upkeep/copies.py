"""A copy of the database is only worth something when it was read again: the checks after every copy."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from garage.domain.text import N_, Refused
from garage.seal import CodeKey, Sealed
from garage.upkeep.house import opens_canary

Counts = dict[str, int]
SQLITE = sqlite.dialect()


def copy(source: sqlite3.Connection, target: Path) -> Counts:
    """Copy a database that may be in use to the new file `target`; the rows per table at that moment."""
    os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    source.execute("BEGIN")  # one moment for the counts and for every page
    counts = count_rows(source)
    with closing(sqlite3.connect(target, isolation_level=None)) as copied:
        source.backup(copied, pages=-1)
        copied.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    source.execute("COMMIT")
    return counts


def check(file: Path, counts: Counts | None, key: CodeKey | None) -> Counts:
    """Read a copy from end to end; the rows per table. Refused says what is wrong with it.

    `counts` is what must be in it, None where nobody knows; `key` must open its codes, None: not tried.
    """
    try:
        with closing(read_only(file)) as copied:
            found = count_rows(copied)
            sound = copied.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            orphans = copied.execute("PRAGMA foreign_key_check").fetchall()
            canaries = copied.execute("SELECT canary FROM house").fetchall()
    except sqlite3.DatabaseError:
        raise Refused(N_("This is not a garage's database, or it is damaged.")) from None
    if not sound or orphans or len(canaries) != 1:
        raise Refused(N_("The copy is damaged. Nothing was changed."))
    if counts is not None and counts != found:
        raise Refused(N_("The copy does not hold as many rows as the database. Nothing was changed."))
    if key is not None and not opens_canary(Sealed(canaries[0][0]), key):
        raise Refused(
            N_(
                "The code key on this machine does not open the codes in this copy."
                " Move the key file away, or take the copy that belongs to it."
            )
        )
    return found


def read_only(file: Path) -> sqlite3.Connection:
    """A connection that changes nothing."""
    connection = sqlite3.connect(file, timeout=5, isolation_level=None)
    connection.execute("PRAGMA query_only=1")
    return connection


def count_rows(connection: sqlite3.Connection) -> Counts:
    """How many rows each table holds."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
    ).fetchall()
    return {table: _count(connection, table) for (table,) in tables}


@contextmanager
def finished(target: Path) -> Iterator[Path]:
    """A name beside `target` to write to: it becomes `target` at the end, durably, or is gone."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.rename(target)
        folder = os.open(target.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    finally:
        unfinished.unlink(missing_ok=True)


def _count(connection: sqlite3.Connection, table: str) -> int:
    rows = sa.select(sa.func.count()).select_from(sa.table(table))
    (count,) = connection.execute(str(rows.compile(dialect=SQLITE))).fetchone()
    return int(count)
