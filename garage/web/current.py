"""What a page has at hand: the database, the time, the settings."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import current_app, g
from sqlalchemy.orm import Session

from garage.db import Database
from garage.domain.catalogue import Catalogue
from garage.web.settings import Settings


def database() -> Database:
    """The garage's database."""
    found: Database = current_app.extensions["garage.database"]
    return found


def settings() -> Settings:
    """The settings the program was started with."""
    found: Settings = current_app.extensions["garage.settings"]
    return found


def catalogue() -> Catalogue:
    """Everything known about makes and radios, with this garage's corrections."""
    found: Callable[[], Catalogue] = current_app.extensions["garage.facts"]
    return found()


def look_up_corrections() -> None:
    """Make a correction that was just saved hold at once on the pages of this process."""
    current_app.extensions["garage.facts"].refresh()


def now() -> datetime:
    """The moment by the program's one clock."""
    moment: datetime = current_app.extensions["garage.clock"]()
    return moment


def read() -> Session:
    """This request's reading session; it cannot write."""
    if "reading" not in g:
        g.reading = database().reading()
    session: Session = g.reading
    return session


@contextmanager
def transaction() -> Iterator[Session]:
    """A writing session of its own; the reading session is closed first and opens again on demand."""
    close_reading()
    with database().transaction() as session:
        yield session


def close_reading(error: BaseException | None = None) -> None:
    """Let go of the reading session, at the end of a request and before every write."""
    session = g.pop("reading", None)
    if session is not None:
        session.close()
