"""A backup of a garage on PostgreSQL: pg_dump at one moment, and every row of it counted again."""

import os
import shutil
import subprocess
from pathlib import Path

import sqlalchemy as sa

from garage.domain.text import N_, Refused
from garage.upkeep.copies import Counts


def copy(url: str, target: Path) -> Counts:
    """Write the database at `url` to the new file `target`; the rows per table at that moment. Raises Refused."""
    # no limits on idle transactions here: this one only holds the moment open for pg_dump
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="REPEATABLE READ")
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with engine.connect() as connection:
        moment = connection.scalar(sa.select(sa.func.pg_export_snapshot()))
        counts = {table: _rows(connection, table) for table in sa.inspect(connection).get_table_names()}
        _run("pg_dump", url, "--format=custom", f"--snapshot={moment}", f"--file={target}")
    return counts


def check(file: Path, counts: Counts) -> None:
    """Read the whole dump and count its rows again. Raises Refused."""
    if count_rows(_run("pg_restore", None, "--data-only", "--file=-", str(file))) != counts:
        raise Refused(N_("The copy does not hold as many rows as the database. Nothing was changed."))


def count_rows(script: bytes) -> Counts:
    """Rows per table in what pg_restore writes: each stands in a line between COPY and a line with \\."""
    counts: Counts = {}
    table = None
    for line in script.splitlines():
        if table is None and line.startswith(b"COPY "):
            table = line.split()[1].decode().rpartition(".")[2].strip('"')
            counts[table] = 0
        elif line == b"\\.":
            table = None
        elif table is not None:
            counts[table] += 1
    return counts


def _rows(connection: sa.Connection, table: str) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(sa.table(table))) or 0


def _run(program: str, url: str | None, *options: str) -> bytes:
    """One of PostgreSQL's own programs; the password goes by the environment, where nobody else sees it."""
    path = shutil.which(program)
    if path is None:
        raise Refused(N_("%(program)s is missing. Type: apt-get install postgresql-client"), program=program)
    where, environment = [], dict(os.environ)
    if url is not None:
        address = sa.make_url(url)
        environment["PGPASSWORD"] = address.password or ""
        where = [f"--dbname={address.set(drivername='postgresql', password=None).render_as_string()}"]
    done = subprocess.run(  # noqa: S603 - our own words and the garage's own settings
        [path, *where, *options], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        why = (done.stderr.decode(errors="replace").strip() or str(done.returncode)).splitlines()[-1]
        raise Refused(N_("The backup failed, the database itself is as it was: %(why)s."), why=why)
    return done.stdout
