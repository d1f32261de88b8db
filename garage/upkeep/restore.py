"""Bringing a backup back: only while the program is stopped, checked first, and what was there is kept."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from garage.domain.text import N_, Refused
from garage.seal import read_key
from garage.staff import journal
from garage.staff.journal import By
from garage.staff.models import Site
from garage.staff.queries import house
from garage.upkeep import copies, locks
from garage.upkeep.house import open_house
from garage.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it: where the database was put aside (None: there was none), and whether codes open."""

    rows: int
    put_aside: Path | None
    codes_locked: bool


def restore(settings: Settings, backup: Path, at: datetime) -> Restored:
    """Put the backup in the database's place. Raises Refused; the database is then as it was."""
    target = settings.sqlite_file
    if target is None:
        raise Refused(
            N_("This garage's database is PostgreSQL: pg_restore brings it back, as docs/running.md shows.")
        )
    if not backup.is_file():
        raise Refused(N_("There is no file %(file)s."), file=str(backup))
    with locks.stopped(settings.instance):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = read_key(settings.key_file)
        copies.check(backup, None, key)
        with copies.finished(target) as unfinished:
            with closing(copies.read_only(backup)) as source:
                counts = copies.copy(source, unfinished)
            copies.check(unfinished, counts, key)
            put_aside = _keep_aside(target, at)
        locked = _record(settings, at)
    return Restored(sum(counts.values()), put_aside, locked)


def _keep_aside(database: Path, at: datetime) -> Path | None:
    """Give the database that is there a second name, under which it stays; nothing is ever deleted."""
    if not database.exists():
        return None
    with closing(sqlite3.connect(database)) as old, suppress(sqlite3.DatabaseError):
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a damaged one may be why somebody restores
    aside = database.with_name(f"{database.name}.before-{at:%Y-%m-%d-%H%M%S}")
    aside.hardlink_to(database)
    for ending in ("-wal", "-shm"):  # they must not be read together with the restored file
        part = database.with_name(database.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _record(settings: Settings, at: datetime) -> bool:
    """Open the house with it, which migrates an older backup; whether its codes are locked."""
    database = open_house(settings)
    try:
        with database.transaction() as session:
            the_house = house(session)
            site_id = session.scalars(sa.select(Site.id).order_by(Site.id)).first() or 0
            journal.write(session, By(site_id, None, at), "restore", the_house)
        return database.vault.locked
    finally:
        database.close()
