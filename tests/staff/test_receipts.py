"""The same form sent twice is answered once, also by two desks or a double click at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
import sqlalchemy as sa

from garage.db import Database
from garage.domain.text import Refused
from garage.staff.journal import By
from garage.staff.models import Receipt
from garage.staff.receipts import once
from tests import making


@pytest.fixture
def by(database: Database) -> By:
    with database.transaction() as session:
        return By(making.first_site(session).id, None, making.AT)


def send(database: Database, by: By, act, mark: str = "said") -> str:
    with database.transaction() as session:
        return once(session, by, "one click", mark, act)


def test_the_second_of_two_at_the_same_moment_waits_and_gets_the_first_answer(database, by):
    acting = Event()

    def act() -> str:
        acting.set()
        sleep(0.1)  # the other one comes to the receipt meanwhile
        return "/first"

    with ThreadPoolExecutor(1) as other_desk:
        second = other_desk.submit(lambda: acting.wait(60) and send(database, by, lambda: "/second"))
        assert send(database, by, act) == "/first"
        assert second.result(timeout=60) == "/first"


def test_what_was_refused_leaves_no_receipt(database, by):
    def refuse() -> str:
        raise Refused("Not like this.")

    with pytest.raises(Refused):
        send(database, by, refuse)
    assert send(database, by, lambda: "/now") == "/now"


def test_the_same_key_for_something_else_is_refused(database, by):
    assert send(database, by, lambda: "/first") == "/first"
    with pytest.raises(Refused, match="saved already with other entries"):
        send(database, by, lambda: "/second", mark="said otherwise")
    with database.reading() as session:
        assert session.scalars(sa.select(Receipt.location)).all() == ["/first"]
