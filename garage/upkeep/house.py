"""Opening the house: folder, keys, database and schema are there afterwards, and nothing is lost."""

import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import clock
from garage.db import Database
from garage.domain.key_sheet import key_from_lines
from garage.domain.text import N_, Refused, Text
from garage.seal import CodeKey, CodesLocked, Sealed, Vault, keep_private, read_key, write_key
from garage.staff.models import House, Site
from garage.upkeep import locks, schema
from garage.web.settings import Settings

CANARY = "this key opens this house"


def open_house(settings: Settings, now: Callable[[], datetime] = clock.now) -> Database:
    """The garage's database, ready to use; a new one is founded where there was none.

    The code key is made only together with a new database: a new key over an old database would
    lose every code. Without its key the database opens with codes locked; `key_trouble` says why.
    """
    with locks.opening(settings.instance):
        _make_secret(settings.secret_file)
        if settings.sqlite_file:
            _make_private(settings.sqlite_file)
        if not schema.is_current(settings.database_url):
            schema.upgrade(settings.database_url)
        founding = Database(settings.database_url, Vault(None))
        try:
            with founding.transaction() as session:
                _found(session, settings.key_file, now())
            with founding.reading() as session:
                vault = _vault(session, settings.key_file)
        finally:
            founding.close()
    return Database(settings.database_url, vault)


def key_trouble(session: Session, key_file: Path) -> Text | None:
    """Why codes are locked and how to bring the key back; None where the key opens this database."""
    bring_back = N_(
        "Copy the file back to %(file)s, or run `garage key` and type what stands on the key sheet."
        " Then start Garage again. Everything but codes works meanwhile."
    )
    values: dict[str, object] = {
        "file": str(key_file),
        "bring_back": Text(bring_back, {"file": str(key_file)}),
    }
    try:
        key = read_key(key_file)
    except (ValueError, OSError):
        return Text(N_("Codes are locked: the file with the code key cannot be read. %(bring_back)s"), values)
    if key is None:
        return Text(N_("Codes are locked: the code key is not on this machine. %(bring_back)s"), values)
    if not opens(session, key):
        return Text(
            N_("Codes are locked: the code key on this machine belongs to another database. %(bring_back)s"),
            values,
        )
    return None


def opens(session: Session, key: CodeKey) -> bool:
    """Whether `key` is the one that sealed this database's codes."""
    return opens_canary(session.scalars(sa.select(House.canary)).one(), key)


def opens_canary(canary: Sealed, key: CodeKey) -> bool:
    """Whether `key` opens the text that every house seals when it is founded."""
    try:
        return Vault(key).open(canary) == CANARY
    except (CodesLocked, ValueError):
        return False


def bring_key_back(settings: Settings, lines: list[str]) -> None:
    """Write the code key from the nine lines of the key sheet, if it opens this house. Raises Refused."""
    if settings.key_file.exists():
        raise Refused(
            N_("There is a code key already: %(file)s. Move it away first if it is the wrong one."),
            file=str(settings.key_file),
        )
    secret = key_from_lines(lines)
    database = open_house(settings)
    try:
        with database.reading() as session:
            canary = session.scalars(sa.select(House.canary)).one()
            key = CodeKey(canary.token.partition(".")[0], secret)
            if not opens(session, key):
                raise Refused(N_("This key sheet belongs to another database. Nothing was written."))
    finally:
        database.close()
    with locks.opening(settings.instance):
        write_key(settings.key_file, key)


def _vault(session: Session, key_file: Path) -> Vault:
    return Vault(None if key_trouble(session, key_file) else read_key(key_file))


def _found(session: Session, key_file: Path, at: datetime) -> None:
    """Write the first rows of a new database and the key that belongs to it; leave an old one alone."""
    if session.get_bind().dialect.name == "postgresql":  # other machines may be opening it as well
        session.execute(sa.select(sa.func.pg_advisory_xact_lock(schema.ONE_AT_A_TIME)))
    if session.scalars(sa.select(House.id)).first() is not None:
        return
    key = read_key(key_file)  # a key that already lies here may still be wanted for an old backup: kept
    if key is None:
        key = CodeKey.new()
        write_key(key_file, key)
    session.add_all([House(canary=Vault(key).seal(CANARY), opened_at=at, sample=False), Site()])


def _make_secret(path: Path) -> None:
    """The secret that signs cookies. Made anew where it is missing: people then sign in again."""
    if not path.exists():
        keep_private(path, secrets.token_hex(32) + "\n")


def _make_private(database_file: Path) -> None:
    """SQLite would create its file readable for everybody on the machine."""
    database_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(database_file, os.O_RDWR | os.O_CREAT, 0o600))
