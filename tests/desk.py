"""The program with somebody signed in, on SQLite: pages are opened and forms are sent as a browser would."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from garage import paths
from garage.app import close_app, create_app, move_in
from garage.cards.press import PressFailed
from garage.db import Database
from garage.domain.catalogue import Catalogue
from garage.domain.paper import Paper
from garage.facts import seeds
from garage.seal import Vault, read_key
from garage.staff import sign_ins
from garage.staff.limits import limiter
from garage.staff.models import Person
from garage.web.settings import Settings
from tests import making

FORMS = count(1)


@cache
def facts() -> Catalogue:
    """The shipped facts, read once."""
    return seeds.load(paths.SEEDS)


_doors: dict[bool, Flask] = {}


def app_over(
    settings: Settings, database: Database, now: Callable[[], datetime], *, csrf: bool = True
) -> Flask:
    """The program over a house. The pages are built once a run; each test moves its own house in behind them."""
    app = _doors.get(settings.is_https)
    if app is None:
        app = _doors[settings.is_https] = create_app(settings, database, facts(), now)
    else:
        move_in(app, settings, database, facts(), now)
        limiter.reset()
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=csrf)
    return app


class FakePress:
    """Keeps the papers it was asked for and hands back what they are, or fails."""

    def __init__(self) -> None:
        self.papers: list[Paper] = []
        self.begun: list[Paper] = []
        self.fails = False

    def begin(self, paper: Paper) -> None:
        """Somebody will ask for this paper."""
        self.begun.append(paper)

    def print(self, paper: Paper) -> bytes:
        """A PDF in name only."""
        if self.fails:
            raise PressFailed("no PDF")
        self.papers.append(paper)
        return b"%PDF-" + paper.kind.value.encode()

    def close(self) -> None:
        """There is nothing to end."""


def without_press(app: Flask) -> FakePress:
    """Let the pages of `app` print in name only."""
    app.extensions["garage.press"].close()
    app.extensions["garage.press"] = press = FakePress()
    return press


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What the database is asked meanwhile."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    sa.event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(database.engine, "before_cursor_execute", note)


class Desk:
    """A browser at the desk. Forms need no token here; each gets a form key of its own unless it brings one."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app = app
        self.database = database
        self.client = app.test_client()

    def sign_in(self, person: Person, at: datetime) -> None:
        """Somebody signs in at this browser."""
        with self.database.transaction() as session:
            token = sign_ins.start(session, session.get_one(Person, person.id), at)[1]
        with self.client.session_transaction() as browser:
            browser["_user_id"] = token

    def get(self, url: str) -> TestResponse:
        """Open a page."""
        return self.client.get(url)

    def post(self, url: str, **fields: Any) -> TestResponse:
        """Send a form."""
        return self.client.post(url, data={"form_key": f"form-{next(FORMS)}"} | fields)


@contextmanager
def open_desk(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The program over a founded house with a letterhead, its owner signed in."""
    database = Database(settings.database_url, Vault(read_key(settings.key_file)))
    with database.transaction() as session:
        site = making.first_site(session)
        site.name, site.phone, site.address = "Bridge Street Garage", "01632 960100", "Bridge Street 1"
        owner = making.make_person(session, site=site)
    app = app_over(settings, database, clock, csrf=False)
    desk = Desk(app, database)
    desk.sign_in(owner, clock())
    try:
        yield desk
    finally:
        close_app(app)


def words(response: TestResponse) -> str:
    """What a page says, without its markup."""
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def made_in(database: Database, make: Callable[[Session], Any]) -> Any:
    """Write rows in a transaction of their own and hand back what `make` returns."""
    with database.transaction() as session:
        return make(session)
