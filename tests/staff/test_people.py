"""The people on the list: who may change what, and two desks at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from garage.db import Database
from garage.domain.people import Role
from garage.domain.text import Refused
from garage.staff.actions import change_person
from garage.staff.commands import ChangePerson, Presence
from garage.staff.journal import By
from garage.staff.models import Invitation, Person
from garage.web.access import WHO_MAY
from tests.conftest import FixedClock
from tests.staff.conftest import Browser, path

BEN = {"name": "Ben Oakley", "initials": "", "sign_in_name": "ben", "role": "technician"}
PAGES = {
    "staff.people": "/people",
    "staff.who_did_what": "/who-did-what",
    "staff.letterhead": "/letterhead",
    "staff.second_manager": "/second-manager",
    "staff.keep_key": "/key-sheet",
    "staff.prove": "/password",
}


@pytest.mark.parametrize("role", Role)
def test_every_page_opens_for_the_roles_of_the_table_only(
    app: Flask, owner: Person, hire: Callable[..., Person], role: Role
) -> None:
    hire("ben", role)
    browser = Browser(app)
    browser.sign_in("ben")
    for endpoint, url in PAGES.items():
        roles = WHO_MAY[endpoint]
        assert roles is not None
        assert browser.get(url).status_code == (200 if role in roles else 403), endpoint


def test_every_page_of_the_room_stands_in_the_table(app: Flask) -> None:
    room = {endpoint for endpoint in app.view_functions if endpoint.startswith("staff.")}
    assert room == {endpoint for endpoint in WHO_MAY if endpoint.startswith("staff.")}


def test_somebody_new_gets_a_link_that_is_shown_once(
    app: Flask, at_desk: Browser, database: Database
) -> None:
    at_desk.get("/people")
    page = path(at_desk.send("/people", **BEN))
    shown = at_desk.get(page).text
    token = shown.partition("/welcome/")[2].partition('"')[0]
    assert "Hello Ben Oakley" in Browser(app).get(f"/welcome/{token}").text
    assert token not in at_desk.get(page).text
    with database.reading() as session:
        assert session.scalar(sa.select(Person.initials).where(Person.sign_in_name == "ben")) == "BO"
        assert token not in str(session.execute(sa.select(Invitation.token_hash)).all())


def test_a_name_that_is_taken_is_said_beside_the_field(at_desk: Browser) -> None:
    at_desk.get("/people")
    answer = at_desk.send("/people", **BEN | {"sign_in_name": "ADA"})
    assert answer.status_code == 422
    assert "signs in with this name already" in answer.text
    assert 'value="Ben Oakley"' in answer.text


def test_the_same_form_twice_adds_one_person(at_desk: Browser, database: Database) -> None:
    at_desk.get("/people")
    first, second = at_desk.send("/people", **BEN), at_desk.send("/people", **BEN)
    assert path(first) == path(second)
    other = at_desk.send("/people", **BEN | {"sign_in_name": "benny"})
    assert other.status_code == 409
    assert "saved already with other entries" in other.text
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Person.id))) == 2


def test_the_same_form_twice_at_the_same_moment_adds_one_person(at_desk: Browser, database: Database) -> None:
    at_desk.get("/people")
    form, answers = at_desk.fields("/people") | BEN, []
    cookie = at_desk.client.get_cookie("garage")
    assert cookie

    def send() -> None:
        browser = Browser(at_desk.client.application)
        browser.client.set_cookie("garage", cookie.value)
        answers.append(browser.client.post("/people", data=form))

    clicks = [Thread(target=send) for _click in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert len({path(answer) for answer in answers}) == 1
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Person.id))) == 2


def test_two_desks_see_both_values_and_nothing_typed_is_lost(
    app: Flask, at_desk: Browser, hire: Callable[..., Person], database: Database
) -> None:
    ben = hire("ben", Role.TECHNICIAN, "Ben Oakley")
    other = Browser(app)
    other.sign_in("ada")
    url, entry = f"/people/{ben.id}", {"initials": "BO", "role": "technician", "presence": "here"}
    at_desk.get(url)
    other.get(url)
    assert other.send(url, name="Benjamin Oakley", **entry).status_code == 303
    answer = at_desk.send(url, name="Benny Oakley", **entry)
    assert answer.status_code == 409
    assert "Benjamin Oakley" in answer.text
    assert 'value="Benny Oakley"' in answer.text
    assert at_desk.send(url, name="Benny Oakley", **entry).status_code == 303
    with database.reading() as session:
        assert session.get_one(Person, ben.id).name == "Benny Oakley"


@pytest.mark.parametrize("change", [{"presence": "left"}, {"role": "manager"}])
def test_the_last_owner_stays_owner(at_desk: Browser, owner: Person, change: dict[str, str]) -> None:
    url = f"/people/{owner.id}"
    at_desk.get(url)
    entry = {"name": "Ada Marsh", "initials": "AM", "role": "owner", "presence": "here"}
    answer = at_desk.send(url, **entry | change)
    assert answer.status_code == 409
    assert "the only owner" in answer.text


def test_a_second_owner_may_take_over(at_desk: Browser, owner: Person, hire: Callable[..., Person]) -> None:
    hire("zoe", Role.OWNER)
    url = f"/people/{owner.id}"
    at_desk.get(url)
    entry = {"name": "Ada Marsh", "initials": "AM", "role": "owner", "presence": "left"}
    assert at_desk.send(url, **entry).status_code == 303


def test_two_owners_who_end_each_other_at_the_same_moment_are_not_both_gone(
    owner: Person, hire: Callable[..., Person], database: Database, clock: FixedClock
) -> None:
    zoe = hire("zoe", Role.OWNER)

    def end(session: Session, who: Person, by: Person) -> None:
        version = session.get_one(Person, who.id).version
        wanted = ChangePerson(version, who.name, who.initials, Role.FRONT_DESK, Presence.HERE)
        change_person(session, By(by.site_id, by.id, clock()), who.id, wanted)

    def at_the_other_desk() -> None:
        with database.transaction() as session:
            end(session, owner, by=zoe)

    with ThreadPoolExecutor(1) as desk:
        with database.transaction() as session:
            end(session, zoe, by=owner)
            other = desk.submit(at_the_other_desk)
            wait([other], timeout=0.5)  # whoever does not wait for the first one is done by now
        with pytest.raises(Refused):
            other.result()


def test_only_an_owner_makes_owners(app: Flask, owner: Person, hire: Callable[..., Person]) -> None:
    ben = hire("ben", Role.MANAGER)
    browser = Browser(app)
    browser.sign_in("ben")
    entry = {"name": "Ben", "initials": "B", "presence": "here"}
    for url in ("/people", f"/people/{ben.id}"):
        browser.get(url)
        answer = browser.send(url, **BEN | entry | {"sign_in_name": "eve", "role": "owner"})
        assert answer.status_code == 409
        assert "Only an owner" in answer.text
    browser.get(f"/people/{owner.id}")
    answer = browser.send(f"/people/{owner.id}", **entry | {"role": "technician"})
    assert answer.status_code == 409


def test_all_devices_of_a_person_are_signed_out(
    app: Flask, at_desk: Browser, hire: Callable[..., Person]
) -> None:
    ben = hire("ben", Role.MANAGER)
    browser = Browser(app)
    browser.sign_in("ben")
    at_desk.get(f"/people/{ben.id}")
    assert at_desk.send(f"/people/{ben.id}/devices").status_code == 303
    assert path(browser.get("/people")) == "/sign-in"
    assert at_desk.get("/people").status_code == 200


def test_nobody_stands_behind_an_unknown_number(at_desk: Browser) -> None:
    assert at_desk.get("/people/999").status_code == 404


def test_blanks_are_no_name(at_desk: Browser) -> None:
    at_desk.get("/people")
    answer = at_desk.send("/people", **BEN | {"name": "   "})
    assert answer.status_code == 422
    assert "Write the name." in answer.text
