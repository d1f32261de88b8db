"""What a person at the desk waits for: the board and a search in a garage of some years, a printed card."""

import tomllib
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from garage import clock
from garage.cards.layouts import LAYOUTS
from garage.cards.press import Press
from garage.cards.snapshot import from_plain
from garage.domain.job import AfterPower, Answer, Battery, Work, YesNo
from garage.domain.paper import PaperKind
from garage.intake.models import Customer, Job, Vehicle
from garage.paths import TEMPLATES
from garage.upkeep.backup import back_up
from garage.upkeep.house import open_house
from garage.web.settings import load_settings
from tests import making
from tests.benchmarks.figures import Figure, seconds
from tests.desk import Desk, open_desk

JOBS = 10_000
OPEN = 60


def figures(folder: Path) -> list[Figure]:
    """Pages and backup of a garage with 10,000 jobs, 60 of them open; a card from a warm press."""
    settings = load_settings(folder / "desk")
    database = open_house(settings)
    with database.transaction() as session:
        fill(session)
    database.close()
    with open_desk(settings, clock.now) as desk:
        pages = [
            Figure(f"The board, {OPEN} cars here, {JOBS} on record", open_page(desk, "/"), "s", 0.5),
            Figure(f"Search by part of a registration in {JOBS} jobs", find(desk, "B007"), "s", 0.5),
        ]
    copied = seconds(lambda: back_up(settings, folder / "stick", clock.now()))
    return [*pages, Figure(f"Backup of {JOBS} jobs, read again from end to end", copied, "s", 10), *card()]


def open_page(desk: Desk, url: str) -> float:
    """Seconds for one page, the middle of nine."""

    def opened() -> None:
        with desk.get(url) as page:
            assert page.status_code == 200, page.status

    opened()
    return seconds(opened, times=9)


def find(desk: Desk, words: str) -> float:
    """Seconds for one search from the board's box, the middle of nine."""

    def found() -> None:
        with desk.client.post("/find", data={"text": words}) as page:
            assert page.status_code == 200, page.status

    found()
    return seconds(found, times=9)


def card() -> list[Figure]:
    """The first card starts a process, those after it find it warm."""
    beside = TEMPLATES / LAYOUTS[PaperKind.HAND_OVER].template.replace(".html", ".sample.toml")
    paper = from_plain(tomllib.loads(beside.read_text("utf-8")))
    with Press(workers=1, seconds=60) as press:
        first = seconds(lambda: press.print(paper))
        warm = seconds(lambda: press.print(paper), times=9)
    return [
        Figure("The first hand-over sheet after a start", first, "s", 5),
        Figure("Every hand-over sheet after that", warm, "s", 0.5),
    ]


def fill(session: Session) -> None:
    """A garage of some years: one car and one customer per job."""
    site = making.first_site(session)
    at = clock.now()
    numbers = range(1, JOBS + 1)
    session.execute(
        insert(Customer),
        [
            {
                "id": n,
                "name": f"Invented {n}",
                "phone": f"01632{n:06d}",
                "email": "",
                "search": f"invented{n}",
                "version": 1,
            }
            for n in numbers
        ],
    )
    session.execute(
        insert(Vehicle),
        [
            {
                "id": n,
                "registration": f"AB{n:05d}",
                "registration_shown": f"AB {n:05d}",
                "make": "Skoda",
                "model": "Fabia",
                "version": 1,
            }
            for n in numbers
        ],
    )
    session.execute(
        insert(Job),
        [
            {
                "site_id": site.id,
                "number": n,
                "vehicle_id": n,
                "customer_id": n,
                "work": Work.BATTERY,
                "answer": Answer.UNKNOWN,
                "built_with_this_radio": YesNo.UNKNOWN,
                "battery": Battery.ON if n > JOBS - OPEN else Battery.BACK,
                "after_power": None if n > JOBS - OPEN else AfterPower.PLAYED,
                "happened_at": at,
                "opened_at": at,
                "closed_at": None if n > JOBS - OPEN else at,
                "version": 1,
            }
            for n in numbers
        ],
    )
