"""The owner's first steps: letterhead, second manager, key sheet; the board reminds until all is done."""

import sqlalchemy as sa
from flask import Flask

from garage.db import Database
from garage.domain.paper import KeySheet
from garage.seal import Vault
from garage.staff.first_steps import open_first_steps
from garage.staff.models import House, Person, Site
from tests.conftest import FixedClock
from tests.staff.conftest import Browser, path

LETTERHEAD = {
    "name": "Bridge Street Garage",
    "phone": "01632 960100",
    "address": "12 Bridge Street\r\nNewtown",
    "email": "",
    "opening_hours": "",
    "language": "en",
    "time_zone": "Europe/London",
    "currency": "GBP",
}


def open_steps(database: Database) -> list[str]:
    """The pages that are still to do."""
    with database.reading() as session:
        return [step.endpoint for step in open_first_steps(session)]


def test_each_step_leads_to_the_next_until_nothing_is_left(
    at_desk: Browser, app: Flask, database: Database
) -> None:
    with database.transaction() as session:
        session.scalars(sa.select(Site)).one().name = ""
    assert open_steps(database) == ["staff.letterhead", "staff.second_manager", "staff.keep_key"]
    at_desk.get("/letterhead?first=1")
    assert path(at_desk.send("/letterhead?first=1", **LETTERHEAD)) == "/second-manager?first=1"
    assert open_steps(database) == ["staff.second_manager", "staff.keep_key"]
    at_desk.get("/second-manager?first=1")
    ben = {"name": "Ben Oakley", "initials": "", "sign_in_name": "ben"}
    assert path(at_desk.send("/second-manager?first=1", **ben)) == "/second-manager?first=1"
    page = at_desk.get("/second-manager?first=1").text
    assert "Hand this link to Ben Oakley" in page
    assert open_steps(database) == ["staff.people", "staff.keep_key"]
    link = "/welcome/" + page.partition("/welcome/")[2].partition('"')[0]
    browser = Browser(app)
    browser.get(link)
    browser.send(link, password="four dry garage cats", again="four dry garage cats")
    assert open_steps(database) == ["staff.keep_key"]
    at_desk.get("/key-sheet?first=1")
    at_desk.send("/key-sheet/print?first=1")
    at_desk.get("/key-sheet?first=1")
    assert path(at_desk.send("/key-sheet/away?first=1")) == "/"
    assert open_steps(database) == []


def test_an_owner_without_a_letterhead_is_led_to_it(app: Flask, owner: Person, database: Database) -> None:
    with database.transaction() as session:
        session.scalars(sa.select(Site)).one().phone = ""
    assert path(Browser(app).sign_in("ada")) == "/letterhead?first=1"


def test_who_changes_the_language_is_told_so_in_the_new_one(at_desk: Browser) -> None:
    at_desk.get("/letterhead")
    at_desk.send("/letterhead", **LETTERHEAD | {"language": "de"})
    page = at_desk.get("/letterhead").text
    assert "Der Briefkopf ist gespeichert." in page
    assert "The letterhead is saved." not in page


def test_a_wrong_letterhead_is_said_beside_the_field(at_desk: Browser) -> None:
    at_desk.get("/letterhead")
    wrong = {"email": "nowhere", "phone": "", "address": "1\n2\n3\n4\n5", "time_zone": "Mars/Olympus"}
    answer = at_desk.send("/letterhead", **LETTERHEAD | wrong)
    assert answer.status_code == 422
    for words in ("e-mail address cannot be right", "Write the phone number", "at most four lines"):
        assert words in answer.text
    assert 'value="nowhere"' in answer.text


def test_a_letterhead_saved_meanwhile_shows_both(app: Flask, at_desk: Browser, owner: Person) -> None:
    other = Browser(app)
    other.sign_in("ada")
    other.get("/letterhead")
    at_desk.get("/letterhead")
    other.send("/letterhead", **LETTERHEAD | {"phone": "01632 960999"})
    answer = at_desk.send("/letterhead", **LETTERHEAD | {"phone": "01632 960111"})
    assert answer.status_code == 409
    assert "01632 960999" in answer.text
    assert 'value="01632 960111"' in answer.text


def test_the_key_sheet_opens_only_after_it_was_asked_for(
    at_desk: Browser, app: Flask, clock: FixedClock
) -> None:
    assert path(at_desk.get("/key-sheet/key-sheet.pdf")) == "/key-sheet"
    at_desk.get("/key-sheet")
    at_desk.send("/key-sheet/print")
    answer = at_desk.get("/key-sheet/key-sheet.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    [paper] = app.extensions["garage.press"].papers
    assert isinstance(paper, KeySheet)
    assert (paper.garage, len(paper.lines)) == ("Bridge Street Garage", 9)
    clock.move(minutes=6)
    assert path(at_desk.get("/key-sheet/key-sheet.pdf")) == "/key-sheet"


def test_what_was_never_printed_cannot_be_put_away(at_desk: Browser, database: Database) -> None:
    at_desk.get("/key-sheet")
    token = at_desk.fields("/key-sheet/print")
    assert at_desk.client.post("/key-sheet/away", data=token).status_code == 409
    with database.reading() as session:
        assert session.scalar(sa.select(House.key_put_away_at)) is None


def test_locked_codes_leave_no_key_to_print(at_desk: Browser, database: Database) -> None:
    at_desk.get("/key-sheet")
    token = at_desk.fields("/key-sheet/print")
    locked = Vault(None)
    database.vault = locked
    database._write.kw["info"]["vault"] = database._read.kw["info"]["vault"] = locked
    assert "Bring it back first" in at_desk.get("/key-sheet").text
    assert at_desk.client.post("/key-sheet/print", data=token).status_code == 409
    assert "staff.keep_key" not in open_steps(database)


def test_a_press_that_fails_says_so_in_plain_words(at_desk: Browser, app: Flask) -> None:
    at_desk.get("/key-sheet")
    at_desk.send("/key-sheet/print")
    app.extensions["garage.press"].fails = True
    answer = at_desk.get("/key-sheet/key-sheet.pdf")
    assert answer.status_code == 503
    assert "The key sheet was not made" in answer.text
