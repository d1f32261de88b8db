"""No page offers its reader a link or a button that leads to "not allowed"."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from werkzeug.exceptions import HTTPException

from garage.domain.people import Role
from garage.intake.models import Job
from garage.staff.models import Person
from garage.web.access import may_open
from tests.conftest import NOON
from tests.desk import Desk

SOME = 4  # pages of a kind that are read, unless a kind has many faces
ENOUGH = {"board.job": 40, "bay.bay": 40, "bay.codes": 20, "code_requests.request_page": 20}
WAYS = re.compile(r"<(a|form|button)\b([^>]*)>")
WORD = re.compile(r'\b(href|action|formaction|method)="([^"]*)"')


@pytest.mark.parametrize("role", [Role.TECHNICIAN, Role.FRONT_DESK, Role.MANAGER])
def test_no_page_offers_what_its_reader_may_not_open(demo_house: Desk, role: Role) -> None:
    with demo_house.database.reading() as session:
        person = session.scalars(sa.select(Person).where(Person.role == role, Person.active)).first()
        doors = ["/", *(f"/jobs/{number}" for number in session.scalars(sa.select(Job.number)))]
    assert person is not None
    demo_house.sign_in(person, NOON)
    to_read, read, offered = deque(doors), Counter[str](), set[tuple[str, str]]()
    while to_read:
        url = to_read.popleft()
        page = endpoint(demo_house, url, "GET")
        if read[page] >= ENOUGH.get(page, SOME) or not may_open(page, role):
            continue
        read[page] += 1
        answer = demo_house.get(url)
        if answer.mimetype != "text/html":
            continue
        for method, address in ways(answer.text, url):
            led = endpoint(demo_house, address, method)
            if led and not may_open(led, role):
                offered.add((page, led))
            elif method == "GET" and address not in to_read:
                to_read.append(address)
    assert offered == set()
    assert len(read) > 20


def ways(page: str, url: str) -> Iterator[tuple[str, str]]:
    """Every link and form of a page: its method, and where it leads."""
    for tag, words in WAYS.findall(page):
        said = {name: unescape(value) for name, value in WORD.findall(words)}
        address = (
            said.get("href") or said.get("formaction") or said.get("action") or (url if tag == "form" else "")
        )
        method = "POST" if "formaction" in said else said.get("method", "get").upper()
        if address.startswith("/"):
            yield method, address


def endpoint(desk: Desk, url: str, method: str) -> str:
    """The name of the page or button at an address; empty where none is."""
    try:
        return str(desk.app.url_map.bind("127.0.0.1").match(urlsplit(url).path, method)[0])
    except HTTPException:
        return ""
