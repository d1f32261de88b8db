"""One-time links: the owner signs up, people choose passwords, each link works once."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from garage.db import Database
from garage.domain.people import Role
from garage.domain.text import Refused
from garage.staff.joining import LinkGone, find_link, first_invitation, invite
from garage.staff.journal import By
from garage.staff.models import Invitation, Person, Site
from tests import making
from tests.conftest import FixedClock
from tests.staff.conftest import PASSWORD, Browser, path

ADA = {
    "name": "Ada Marsh",
    "initials": "",
    "sign_in_name": "Ada",
    "password": PASSWORD,
    "again": PASSWORD,
}


@pytest.fixture
def link(database: Database, clock: FixedClock) -> str:
    with database.transaction() as session:
        token = first_invitation(session, clock())
    assert token
    return f"/welcome/{token}"


def test_the_first_link_makes_the_owner_and_signs_them_in(
    browser: Browser, link: str, database: Database
) -> None:
    assert "Step 1 of 4" in browser.get(link).text
    assert path(browser.send(link, **ADA)) == "/letterhead?first=1"
    assert "Step 2 of 4" in browser.get("/letterhead?first=1").text
    with database.reading() as session:
        person = session.scalars(sa.select(Person)).one()
        assert (person.name, person.initials, person.sign_in_name) == ("Ada Marsh", "AM", "ada")
        assert person.role is Role.OWNER
        assert session.scalar(sa.select(Invitation.token_hash)) not in link


def test_a_used_link_says_so_and_makes_nobody_else(
    app: Flask, browser: Browser, link: str, database: Database
) -> None:
    late = Browser(app)
    late.get(link)
    browser.get(link)
    browser.send(link, **ADA)
    answer = late.send(link, **ADA | {"sign_in_name": "eve"})
    assert answer.status_code == 410
    assert "used already" in answer.text
    assert browser.get(link).status_code == 410
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Person.id))) == 1


def test_the_owners_link_lasts_seven_days(browser: Browser, link: str, clock: FixedClock) -> None:
    clock.move(days=6, hours=23)
    assert browser.get(link).status_code == 200
    clock.move(hours=1)
    answer = browser.get(link)
    assert answer.status_code == 410
    assert "make run" in answer.text


def test_the_link_printed_last_is_the_one_that_counts(
    browser: Browser, link: str, database: Database, clock: FixedClock
) -> None:
    with database.transaction() as session:
        assert first_invitation(session, clock())
    assert browser.get(link).status_code == 410


def test_there_is_no_first_link_once_somebody_works_here(
    session: Session, person: Person, clock: FixedClock
) -> None:
    assert first_invitation(session, clock()) is None


def test_what_was_typed_stays_when_something_is_wrong_but_not_the_password(
    browser: Browser, link: str
) -> None:
    browser.get(link)
    answer = browser.send(link, **ADA | {"again": "something else"})
    assert answer.status_code == 422
    assert "not the same" in answer.text
    assert 'value="Ada Marsh"' in answer.text
    assert PASSWORD not in answer.text


def test_the_garage_starts_in_the_browsers_language(app: Flask, link: str, database: Database) -> None:
    browser = Browser(app, **{"Accept-Language": "de-AT,de;q=0.9"})
    browser.get(link)
    browser.send(link, **ADA)
    with database.reading() as session:
        site = session.scalars(sa.select(Site)).one()
        assert (site.language, site.time_zone, site.currency) == ("de", "Europe/Berlin", "EUR")


def test_an_invited_person_chooses_a_password_and_is_signed_in(
    app: Flask, at_desk: Browser, database: Database
) -> None:
    with database.transaction() as session:
        ben = making.make_person(session, name="Ben Oakley", sign_in_name="ben", role=Role.MANAGER)
        link = f"/welcome/{invite(session, ben)}"
    browser = Browser(app)
    assert "Hello Ben Oakley" in browser.get(link).text
    assert path(browser.send(link, password=PASSWORD, again=PASSWORD)) == "/"
    assert browser.get("/people").status_code == 200
    assert Browser(app).get(link).status_code == 410


def test_a_new_password_signs_every_other_device_out(
    app: Flask, at_desk: Browser, database: Database, owner: Person
) -> None:
    with database.transaction() as session:
        link = f"/welcome/{invite(session, 'ADA')}"
    browser = Browser(app)
    browser.get(link)
    browser.send(link, password="four dry garage cats", again="four dry garage cats")
    assert browser.get("/people").status_code == 200
    assert path(at_desk.get("/people")) == "/sign-in"
    assert Browser(app).sign_in("ada").status_code == 422


def test_a_newer_link_replaces_the_older(session: Session, person: Person, by: By, clock: FixedClock) -> None:
    older, newer = invite(session, person, by), invite(session, person, by)
    assert find_link(session, newer, clock()).person is person
    with pytest.raises(LinkGone):
        find_link(session, older, clock())


def test_a_persons_link_lasts_three_days(session: Session, person: Person, by: By, clock: FixedClock) -> None:
    token = invite(session, person, by)
    clock.move(days=3)
    with pytest.raises(LinkGone):
        find_link(session, token, clock())


def test_nobody_unknown_is_invited(session: Session, person: Person) -> None:
    with pytest.raises(Refused, match="Nobody here signs in as “zoe”"):
        invite(session, "zoe")


def test_who_left_is_not_invited_and_their_link_is_dead(
    session: Session, person: Person, by: By, clock: FixedClock
) -> None:
    token = invite(session, person, by)
    person.active = False
    with pytest.raises(LinkGone):
        find_link(session, token, clock())
    with pytest.raises(Refused, match="no longer works here"):
        invite(session, person, by)


def test_a_manager_cannot_take_an_owners_place_by_a_link(
    app: Flask, owner: Person, hire: Callable[..., Person]
) -> None:
    hire("ben", Role.MANAGER)
    browser = Browser(app)
    browser.sign_in("ben")
    browser.get(f"/people/{owner.id}")
    answer = browser.send(f"/people/{owner.id}/link")
    assert answer.status_code == 409
    assert "Only an owner" in answer.text
