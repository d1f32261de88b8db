"""The journal: it only grows, it names nobody, and neither it nor the log holds a secret."""

import logging
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from garage import paths
from garage.db import Database
from garage.domain.people import Role
from garage.staff import actions, journal, queries
from garage.staff.commands import AddPerson
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Person
from garage.staff.words import KINDS, VERBS
from garage.upkeep.schema import METADATA
from tests.conftest import FixedClock
from tests.staff.conftest import PASSWORD, Browser, path

BEN = {"name": "Ben Oakley", "initials": "", "sign_in_name": "ben.oakley", "role": "technician"}


def test_the_page_tells_in_plain_words_who_did_what(at_desk: Browser) -> None:
    at_desk.get("/people")
    at_desk.send("/people", **BEN)
    page = at_desk.get("/who-did-what").text
    assert "Ada Marsh" in page
    assert "added a person" in page
    assert "made a one-time link" in page


def test_older_entries_stand_on_the_next_page(
    at_desk: Browser, database: Database, owner: Person, clock: FixedClock
) -> None:
    with database.transaction() as session:
        for _entry in range(queries.ENTRIES_A_PAGE + 1):
            journal.write(
                session, By(owner.site_id, owner.id, clock()), "invite", session.get_one(Person, owner.id)
            )
    page = at_desk.get("/who-did-what").text
    older = page.partition("/who-did-what?before=")[2].partition('"')[0]
    assert older
    assert "Older" not in at_desk.get(f"/who-did-what?before={older}").text


@pytest.mark.parametrize("change", [sa.update(JournalEntry).values(verb="x"), sa.delete(JournalEntry)])
def test_nothing_in_the_journal_is_changed_or_taken_away(
    session: Session, by: By, person: Person, change: sa.UpdateBase
) -> None:
    journal.write(session, by, "invite", person)
    session.flush()
    with pytest.raises(DatabaseError):
        session.execute(change)


def test_the_journal_names_nobody(session: Session, by: By) -> None:
    wanted = AddPerson(name="Ben Oakley", initials="BO", sign_in_name="ben.oakley", role=Role.TECHNICIAN)
    _person, token = actions.add_person(session, by, wanted)
    entries = str(session.execute(sa.select(JournalEntry.__table__)).all())
    for secret in ("Oakley", "ben.oakley", token):
        assert secret not in entries


def test_every_verb_that_is_written_has_plain_words() -> None:
    written = {
        verb
        for source in paths.PACKAGE.rglob("*.py")
        for verb in re.findall(r'\bwrite\(\s*\w+,\s*[\w.()]+,\s*"(\w+)"', source.read_text())
    }
    assert "take_in" in written
    assert written <= set(VERBS)


# Rows of these tables are parts of others: the journal names the row that they belong to.
PARTS = {
    "chase_step",
    "code_book_row",
    "facts_asked",
    "fitting",
    "invitation",
    "journal_entry",
    "locked_choice",
    "logo",
    "outbox_attempt",
    "papers_copy",
    "photo_bytes",
    "print_part",
    "reason",
    "receipt",
    "request_answer",
    "sheet_place",
    "sign_in",
}


def test_every_kind_of_row_that_the_journal_names_has_plain_words() -> None:
    assert set(METADATA.tables) - set(KINDS) == PARTS


def test_neither_password_nor_token_reaches_the_log(
    app: Flask, at_desk: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    at_desk.get("/people")
    page = at_desk.get(path(at_desk.send("/people", **BEN))).text
    token = page.partition("/welcome/")[2].partition('"')[0]
    browser = Browser(app)
    browser.get(f"/welcome/{token}")
    browser.send(f"/welcome/{token}", password="four dry garage cats", again="four dry garage cats")
    Browser(app).sign_in("ben.oakley", "five wet garage cows")
    assert "a sign-in was refused" in caplog.text
    for secret in (token, "four dry garage cats", "five wet garage cows", PASSWORD):
        assert secret not in caplog.text
