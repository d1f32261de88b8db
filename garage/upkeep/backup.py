"""A backup while people work: copied online, read again, and only then called a backup."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from garage.db import Database
from garage.domain.text import N_, Refused
from garage.seal import CodeKey, read_key
from garage.staff import journal
from garage.staff.journal import By
from garage.staff.models import Site
from garage.staff.queries import house
from garage.upkeep import copies, postgres_copies
from garage.upkeep.house import open_house
from garage.web.settings import Settings


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: where it lies, how many rows it holds, whether its codes were opened."""

    file: Path
    rows: int
    codes_opened: bool


def back_up(settings: Settings, folder: Path, at: datetime) -> Backup:
    """Copy the database into `folder` as garage-<date and time, UTC>, ending .sqlite or .dump, mode 0600.

    The code key is never part of it. Refused when there is nothing to copy or the copy is not sound.
    """
    source = settings.sqlite_file
    if source is not None and not source.is_file():
        raise Refused(N_("There is nothing to back up: %(file)s does not exist."), file=str(source))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"garage-{at:%Y-%m-%d-%H%M%S}.{'sqlite' if source else 'dump'}"
    if target.exists():
        raise Refused(N_("%(file)s exists already."), file=str(target))
    database = open_house(settings)
    try:
        key = None if database.vault.locked else read_key(settings.key_file)
        with copies.finished(target) as unfinished:
            if source is not None:
                counts = _copy_file(source, unfinished, key)
            else:
                counts = postgres_copies.copy(settings.database_url, unfinished)
                postgres_copies.check(unfinished, counts)
        _record(database, at)
    finally:
        database.close()
    return Backup(target, sum(counts.values()), key is not None)


def _copy_file(source: Path, target: Path, key: CodeKey | None) -> copies.Counts:
    try:
        with closing(sqlite3.connect(source, timeout=5, isolation_level=None)) as running:
            counts = copies.copy(running, target)
    except sqlite3.Error as error:
        raise Refused(
            N_("The backup failed, the database itself is as it was: %(why)s."), why=str(error)
        ) from None
    return copies.check(target, counts, key)


def _record(database: Database, at: datetime) -> None:
    with database.transaction() as session:
        the_house = house(session)
        the_house.backed_up_at = at
        site_id = session.scalars(sa.select(Site.id).order_by(Site.id)).first() or 0
        journal.write(session, By(site_id, None, at), "back_up", the_house)
