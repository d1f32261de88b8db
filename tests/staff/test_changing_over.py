"""Changing over at one browser: the password once a day, then a name and a PIN."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from garage.db import Database
from garage.domain.people import Role
from garage.staff.models import JournalEntry, Person
from garage.staff.passwords import hash_password
from garage.staff.pins import MOST_WRONG
from tests.conftest import FixedClock
from tests.making import PASSWORD
from tests.staff.conftest import Browser, path

PIN, OTHER = "7394", "8351"


@pytest.fixture
def ben(hire: Callable[..., Person]) -> Person:
    """A technician."""
    return hire("ben", Role.TECHNICIAN)


@pytest.fixture
def shared(app: Flask, owner: Person, ben: Person, database: Database) -> Browser:
    """A desk where the owner and then the technician typed their passwords; both have a PIN."""
    with database.transaction() as session:
        for number, pin in ((owner.id, OTHER), (ben.id, PIN)):
            session.get_one(Person, number).pin_hash = hash_password(pin)
    browser = Browser(app)
    for name in ("ada", "ben"):
        browser.get("/sign-in?password=1")
        assert browser.send("/sign-in", name=name, password=PASSWORD).status_code == 303
    return browser


def over(browser: Browser, person: Person, pin: str) -> int:
    """Tap a name, type a PIN."""
    browser.get("/who-is-here")
    return browser.send("/who-is-here", person=str(person.id), pin=pin).status_code


def who(browser: Browser) -> str:
    page = browser.get("/").text
    return next(name for name in ("Ada Marsh", "Ben") if f"{name}, " in page)


def test_who_typed_the_password_today_changes_over_with_the_pin(
    shared: Browser, owner: Person, ben: Person
) -> None:
    assert who(shared) == "Ben"
    assert over(shared, owner, OTHER) == 303
    assert who(shared) == "Ada Marsh"
    assert over(shared, ben, PIN) == 303
    assert who(shared) == "Ben"


def test_another_browser_knows_nobody(app: Flask, shared: Browser) -> None:
    elsewhere = Browser(app)
    assert path(elsewhere.get("/who-is-here")) == "/sign-in?password=1"
    assert elsewhere.get("/sign-in").status_code == 200


def test_somebody_elses_pin_or_an_unknown_name_does_nothing(
    shared: Browser, owner: Person, hire: Callable[..., Person]
) -> None:
    assert over(shared, owner, PIN) == 422
    assert over(shared, hire("cleo", Role.FRONT_DESK), PIN) == 422
    assert who(shared) == "Ben"


def test_a_device_that_rested_asks_for_the_pin_and_goes_on_where_it_was(
    shared: Browser, ben: Person, clock: FixedClock
) -> None:
    clock.move(minutes=61)
    assert path(shared.get("/jobs/1/bay?x=1")) == "/sign-in"
    assert path(shared.get("/sign-in")) == "/who-is-here"
    page = shared.get("/who-is-here").text
    assert "Ada Marsh" in page
    answer = shared.send("/who-is-here", person=str(ben.id), pin=PIN)
    assert path(answer) == "/jobs/1/bay?x=1"
    clock.move(hours=11)
    assert path(shared.get("/who-is-here")) == "/sign-in?password=1"  # the next day begins with the password


def test_changing_over_leads_back_to_the_page_if_that_person_may_open_it(
    shared: Browser, owner: Person, ben: Person
) -> None:
    assert 'href="/who-is-here?next=/message"' in shared.get("/message").text
    for person, pin, wanted, led in (
        (owner, OTHER, "/message", "/message"),
        (owner, OTHER, "/figures", "/figures"),
        (ben, PIN, "/figures", "/"),
        (ben, PIN, "/find", "/"),
        (ben, PIN, "//evil.test", "/"),
    ):
        shared.get(f"/who-is-here?next={wanted}")
        assert path(shared.send("/who-is-here", person=str(person.id), pin=pin)) == led


def test_five_wrong_pins_lead_to_the_password(
    shared: Browser, owner: Person, ben: Person, database: Database
) -> None:
    assert [over(shared, owner, "9182") for _ in range(MOST_WRONG)] == [422] * (MOST_WRONG - 1) + [303]
    assert over(shared, owner, OTHER) == 422  # not on the list any more
    assert over(shared, ben, PIN) == 303  # the others still are
    with database.reading() as session:
        assert "pin_used_up" in session.scalars(sa.select(JournalEntry.verb)).all()


def test_who_signed_in_twice_today_has_no_more_guesses_for_it(shared: Browser, owner: Person) -> None:
    shared.get("/sign-in?password=1")
    shared.send("/sign-in", name="ada", password=PASSWORD)
    assert [over(shared, owner, "9182") for _ in range(MOST_WRONG)][-1] == 303
    assert over(shared, owner, OTHER) == 422


def test_signing_out_takes_a_person_off_the_list(shared: Browser) -> None:
    shared.get("/")
    shared.send("/sign-out")
    page = shared.get("/who-is-here").text
    assert "Ada Marsh" in page
    assert "Ben" not in page


def test_a_pin_is_no_fresh_password(shared: Browser, ben: Person) -> None:
    assert over(shared, ben, PIN) == 303
    assert path(shared.get("/my-pin")) == "/password?next=/my-pin"
    shared.get("/my-pin")
    shared.get("/password?next=/my-pin")
    assert shared.send("/password?next=/my-pin", password=PASSWORD).status_code == 303
    assert shared.get("/my-pin").status_code == 200


def test_everybody_chooses_their_own_pin_and_managers_take_it_away(
    app: Flask, owner: Person, ben: Person, database: Database
) -> None:
    browser = Browser(app)
    browser.sign_in("ben")
    browser.get("/my-pin")
    weak = browser.send("/my-pin", pin="1234", again="1234")
    assert weak.status_code == 422
    assert "guessed first" in weak.text
    assert "The two PINs are not the same" in browser.send("/my-pin", pin=PIN, again=OTHER).text
    assert browser.send("/my-pin", pin=PIN, again=PIN).status_code == 303
    assert over(browser, ben, PIN) == 303
    assert browser.client.post(f"/people/{ben.id}/pin", data={}).status_code in {400, 403}
    manager = Browser(app)
    manager.sign_in("ada")
    manager.get(f"/people/{ben.id}")
    assert manager.send(f"/people/{ben.id}/pin").status_code == 303
    assert path(browser.get("/who-is-here")) == "/sign-in?password=1"
    with database.reading() as session:
        verbs = session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)).all()
        assert [verb for verb in verbs if "pin" in verb] == ["set_pin", "take_pin_away"]
        stored = session.scalars(sa.select(Person.pin_hash)).all()
        assert not any(PIN in (hashed or "") for hashed in stored)
