"""A browser at the garage's door: pages and forms through the whole program, on both databases."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from garage.db import Database
from garage.domain.people import Role
from garage.staff.models import Person
from garage.staff.passwords import hash_password
from garage.web.settings import Settings
from tests import making
from tests.conftest import FixedClock
from tests.desk import app_over, without_press
from tests.making import PASSWORD


class _Forms(HTMLParser):
    """The hidden inputs of every form, by the form's action."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.hidden: dict[str, dict[str, str]] = {}
        self._action = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms and their hidden inputs."""
        given = dict(attrs)
        if tag == "form":
            self._action = given.get("action") or ""
            self.hidden[self._action] = {}
        if tag == "input" and given.get("type") == "hidden":
            self.hidden[self._action][given["name"] or ""] = given.get("value") or ""


class Browser:
    """Opens pages and sends their forms, with the hidden fields that stand in them."""

    def __init__(self, app: Flask, **headers: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.headers = headers
        self.page = ""

    def get(self, url: str) -> TestResponse:
        """Open a page."""
        answer = self.client.get(url, headers=self.headers)
        self.page = answer.text if answer.mimetype == "text/html" else ""
        return answer

    def fields(self, action: str) -> dict[str, str]:
        """The hidden fields of the form on this page that goes to `action`."""
        return _Forms(self.page).hidden[action]

    def send(self, action: str, **typed: str) -> TestResponse:
        """Send the form on this page that goes to `action`; a page that comes back is the page now."""
        answer = self.client.post(action, data=self.fields(action) | typed, headers=self.headers)
        if answer.status_code not in {302, 303}:
            self.page = answer.text
        return answer

    def sign_in(self, name: str, password: str = PASSWORD) -> TestResponse:
        """Sign in at the door."""
        self.get("/sign-in")
        return self.send("/sign-in", name=name, password=password)


def path(answer: TestResponse) -> str:
    """Where an answer sends the browser."""
    parts = urlsplit(answer.headers["Location"])
    return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def app(settings: Settings, database: Database, clock: FixedClock) -> Iterator[Flask]:
    """The whole program over a founded house where nobody signed up yet."""
    made = app_over(replace(settings, database_url=str(database.engine.url)), database, clock)
    without_press(made)
    return made


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that is not signed in."""
    return Browser(app)


@pytest.fixture
def hire(database: Database) -> Callable[..., Person]:
    """Put somebody with a password on the list: ``hire("ben", Role.MANAGER)``."""
    hashed = hash_password(PASSWORD)

    def hired(sign_in_name: str, role: Role, name: str = "") -> Person:
        with database.transaction() as session:
            site = making.first_site(session)
            site.name, site.phone = "Bridge Street Garage", "01632 960100"
            return making.make_person(
                session,
                site=site,
                sign_in_name=sign_in_name,
                name=name or sign_in_name.title(),
                initials=sign_in_name[:2].upper(),
                role=role,
                password_hash=hashed,
            )

    return hired


@pytest.fixture
def owner(hire: Callable[..., Person]) -> Person:
    """The owner, on the list with a password."""
    return hire("ada", Role.OWNER, "Ada Marsh")


@pytest.fixture
def at_desk(app: Flask, owner: Person) -> Browser:
    """The owner's browser, signed in."""
    browser = Browser(app)
    assert browser.sign_in("ada").status_code == 303
    return browser
