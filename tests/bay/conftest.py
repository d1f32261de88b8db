"""A car in the bay, its radio and the trade's facts."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from garage.db import Database
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground
from garage.domain.people import Role
from garage.intake.models import Job
from garage.seal import Vault, read_key
from garage.staff.journal import By
from garage.staff.passwords import hash_password
from garage.web.settings import Settings
from tests import making
from tests.desk import app_over, facts


@pytest.fixture
def catalogue() -> Catalogue:
    """The shipped facts."""
    return facts()


@pytest.fixture
def job(session: Session, by: By) -> Job:
    """A Skoda with its radio's number on record: the battery may come off."""
    return a_job(session, by)


def a_job(session: Session, by: By, **fields: Any) -> Job:
    """A job whose radio is known and whose battery may come off; `fields` change it."""
    vehicle = making.make_vehicle(session, year=2004)
    unit = making.make_head_unit(session, vehicle=vehicle)
    given = {"vehicle": vehicle, "head_unit": unit, "ground": Ground.RECORDED, "cleared_at": by.at} | fields
    return making.make_job(session, **given)


class Visitor:
    """A browser without scripts: signed in, it keeps the page's token and sends it along."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def sign_in(self, name: str) -> "Visitor":
        """Through the door."""
        self.get("/sign-in")
        answer = self.post("/sign-in", name=name, password=making.PASSWORD)
        assert answer.status_code == 303, answer.text
        self.get("/")
        return self

    def get(self, path: str) -> TestResponse:
        """Open a page."""
        answer = self.client.get(path)
        if answer.mimetype == "text/html":
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)
            self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: Any) -> TestResponse:
        """Send a form."""
        answer = self.client.post(path, data={"csrf_token": self.token} | fields)
        answer.request.input_stream.close()  # a large upload lies in a file that Werkzeug's client leaves open
        return answer


@pytest.fixture
def house(settings: Settings, founded: Settings) -> Iterator[Database]:
    """The database behind the pages."""
    opened = Database(settings.database_url, Vault(read_key(founded.key_file)))
    yield opened
    opened.close()


@pytest.fixture
def program(settings: Settings, house: Database, clock: Callable[[], datetime]) -> Iterator[Flask]:
    """The program over a fresh house, at noon."""
    app = app_over(settings, house, clock)
    yield app
    app.extensions["garage.press"].close()
    app.extensions["garage.darkroom"].close()


@pytest.fixture
def people(house: Database) -> By:
    """The owner "ada" and the technician "tom" are on file; what a test puts there was put by the owner."""
    with house.transaction() as session:
        site = making.first_site(session)
        site.name, site.phone = "Bridge Street Garage", "01632 960100"
        secret = hash_password(making.PASSWORD)
        ada = making.make_person(session, site=site, sign_in_name="ada", password_hash=secret)
        making.make_person(
            session, site=site, name="Tom", sign_in_name="tom", role=Role.TECHNICIAN, password_hash=secret
        )
        return By(site.id, ada.id, making.AT)


@pytest.fixture
def desk(program: Flask, people: By) -> Visitor:
    """The owner is signed in."""
    return Visitor(program.test_client()).sign_in("ada")


@pytest.fixture
def technician(program: Flask, people: By) -> Visitor:
    """The technician is signed in."""
    return Visitor(program.test_client()).sign_in("tom")
