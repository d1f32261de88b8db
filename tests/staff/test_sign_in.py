"""Signing in and out: who gets in, how long, and how it ends."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from flask import Flask

from garage.db import Database
from garage.domain.people import Role
from garage.staff.models import Person, SignIn
from tests.conftest import FixedClock
from tests.staff.conftest import PASSWORD, Browser, path

SIGNED_IN_ONLY = "/people"


def test_the_right_password_lets_in(browser: Browser, owner: Person) -> None:
    assert path(browser.get(SIGNED_IN_ONLY)) == "/sign-in"
    assert path(browser.sign_in("ADA")) == SIGNED_IN_ONLY
    assert browser.get(SIGNED_IN_ONLY).status_code == 200


def test_a_wrong_password_and_an_unknown_name_get_the_same_words(browser: Browser, owner: Person) -> None:
    wrong = browser.sign_in("ada", "a wrong password")
    unknown = browser.sign_in("zoe", "a wrong password")
    assert wrong.status_code == unknown.status_code == 422
    said = "Sign-in name or password is not right."
    assert said in wrong.text
    assert said in unknown.text
    assert 'value="ada"' in wrong.text
    assert "a wrong password" not in wrong.text


def test_ten_wrong_passwords_for_a_name_are_enough(app: Flask, owner: Person) -> None:
    for number in range(10):
        browser = Browser(app)
        browser.client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert browser.sign_in("ada", "a wrong password").status_code == 422
    browser = Browser(app)
    browser.client.environ_base["REMOTE_ADDR"] = "192.0.2.99"
    answer = browser.sign_in("Ada ")
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.text


def test_ten_wrong_passwords_from_an_address_are_enough(browser: Browser, owner: Person) -> None:
    for number in range(10):
        assert browser.sign_in(f"somebody{number}", "a wrong password").status_code == 422
    assert browser.sign_in("ada").status_code == 429


def test_a_whole_garage_signs_in_from_one_address(app: Flask, owner: Person) -> None:
    for _number in range(12):
        assert Browser(app).sign_in("ada").status_code == 303


def test_who_left_is_out_at_once(
    app: Flask, at_desk: Browser, hire: Callable[..., Person], database: Database
) -> None:
    ben = hire("ben", Role.MANAGER)
    browser = Browser(app)
    browser.sign_in("ben")
    assert browser.get(SIGNED_IN_ONLY).status_code == 200
    at_desk.get(f"/people/{ben.id}")
    saved = at_desk.send(f"/people/{ben.id}", name="Ben", initials="BO", role="manager", presence="left")
    assert saved.status_code == 303
    assert path(browser.get(SIGNED_IN_ONLY)) == "/sign-in"
    assert Browser(app).sign_in("ben").status_code == 422


def test_a_resting_device_signs_in_again(at_desk: Browser, clock: FixedClock) -> None:
    clock.move(minutes=59)
    assert at_desk.get(SIGNED_IN_ONLY).status_code == 200
    clock.move(minutes=60)
    assert path(at_desk.get(SIGNED_IN_ONLY)) == "/sign-in"


def test_after_a_long_day_everybody_signs_in_again(at_desk: Browser, clock: FixedClock) -> None:
    for _half_hour in range(23):
        clock.move(minutes=30)
        assert at_desk.get(SIGNED_IN_ONLY).status_code == 200
    clock.move(minutes=30)
    assert path(at_desk.get(SIGNED_IN_ONLY)) == "/sign-in"


def test_the_last_use_is_written_once_a_minute_at_most(
    at_desk: Browser, clock: FixedClock, database: Database
) -> None:
    def last_seen() -> object:
        with database.reading() as session:
            return session.scalar(sa.select(SignIn.last_seen_at))

    start = clock()
    clock.move(seconds=59)
    at_desk.get(SIGNED_IN_ONLY)
    assert last_seen() == start
    later = clock.move(seconds=1)
    at_desk.get(SIGNED_IN_ONLY)
    assert last_seen() == later


def test_signing_out_ends_the_sign_in_itself(at_desk: Browser, app: Flask) -> None:
    cookie = at_desk.client.get_cookie("garage")
    assert cookie
    at_desk.get(SIGNED_IN_ONLY)
    answer = at_desk.send("/sign-out")
    assert path(answer) == "/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    thief = Browser(app)
    thief.client.set_cookie("garage", cookie.value)
    assert path(thief.get(SIGNED_IN_ONLY)) == "/sign-in"


def test_every_sign_in_is_a_new_one(app: Flask, at_desk: Browser, database: Database) -> None:
    before = at_desk.client.get_cookie("garage")
    assert before
    at_desk.client.post("/sign-in", data=at_desk_form(at_desk) | {"name": "ada", "password": PASSWORD})
    after = at_desk.client.get_cookie("garage")
    assert after
    assert after.value != before.value
    with database.reading() as session:
        ended = session.scalars(sa.select(SignIn.ended_at).order_by(SignIn.id)).all()
        assert ended[0] is not None
        assert ended[1] is None


def at_desk_form(browser: Browser) -> dict[str, str]:
    """The token of a page that is open in this browser."""
    browser.get(SIGNED_IN_ONLY)
    return {"csrf_token": browser.fields("/people")["csrf_token"]}


def test_the_database_does_not_hold_what_the_cookie_holds(
    app: Flask, at_desk: Browser, database: Database
) -> None:
    with at_desk.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    with database.reading() as session:
        assert session.scalar(sa.select(SignIn.token_hash)) != token


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.test/", "//evil.test", "/\\evil.test", "/\tx", "evil", ""]
)
def test_nobody_is_led_away_from_here(at_desk: Browser, elsewhere: str) -> None:
    at_desk.client.get("/password", query_string={"next": elsewhere})
    at_desk.get("/password")
    token = at_desk.fields("/password?next=/")
    answer = at_desk.client.post(
        "/password", query_string={"next": elsewhere}, data=token | {"password": PASSWORD}
    )
    assert path(answer) == "/"
    assert "evil" not in answer.headers["Location"]


def test_a_form_from_elsewhere_is_refused(at_desk: Browser, database: Database) -> None:
    answer = at_desk.client.post("/people", data={"name": "Eve", "sign_in_name": "eve", "role": "owner"})
    assert answer.status_code == 400
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Person.id))) == 1


def test_the_door_says_when_nobody_has_signed_up(browser: Browser) -> None:
    assert "one-time link" in browser.get("/sign-in").text


def test_the_password_once_more_counts_for_some_minutes(at_desk: Browser, clock: FixedClock) -> None:
    clock.move(minutes=6)
    at_desk.get("/key-sheet")
    assert path(at_desk.send("/key-sheet/print")) == "/password?next=/key-sheet"
    at_desk.get("/password?next=/key-sheet")
    assert at_desk.send("/password?next=/key-sheet", password="a wrong password").status_code == 422
    assert path(at_desk.send("/password?next=/key-sheet", password=PASSWORD)) == "/key-sheet"
    at_desk.get("/key-sheet")
    assert at_desk.send("/key-sheet/print").headers["Location"].endswith("/key-sheet#sheet")
