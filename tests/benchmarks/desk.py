"""What a person at the desk waits for: new car, first box, board and backup in a garage of many years, a printed card."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from statistics import median

from flask import render_template_string
from werkzeug.test import TestResponse

from garage import clock
from garage.cards.layouts import LAYOUTS
from garage.cards.press import Press
from garage.cards.snapshot import from_plain
from garage.domain.paper_kind import PaperKind
from garage.paths import TEMPLATES
from garage.upkeep.backup import back_up
from garage.upkeep.house import open_house
from garage.web import access
from garage.web.settings import load_settings
from tests.benchmarks.figures import Figure, seconds
from tests.benchmarks.filling import JOBS, OPEN, fill, plate
from tests.desk import Desk, open_desk

Ask = Callable[[], TestResponse]

TIMES = 15
TIMES_EMPTY = 3  # of an empty page's time: what a page with 100,000 jobs behind it may take
KNOWN = plate(31_415)
EMPTY = '{% extends "base.html" %}{% block content %}<h1>Nothing</h1>{% endblock content %}'


def figures(folder: Path) -> list[Figure]:
    """Pages and backup of a garage with 100,000 jobs; a card from a warm press."""
    settings = load_settings(folder / "desk")
    database = open_house(settings)
    with database.transaction() as session:
        fill(session)
    database.close()
    with open_desk(settings, clock.now) as desk:
        pages = [*against_empty_page(desk), *in_seconds(desk)]
    copied = seconds(lambda: back_up(settings, folder / "stick", clock.now()))
    return [*pages, Figure(f"Backup of {JOBS:,} jobs, read again from end to end", copied, "s", 10), *card()]


def against_empty_page(desk: Desk) -> list[Figure]:
    """How many times longer than an empty page of the same layout, asked for in turns."""
    desk.app.add_url_rule("/empty", "empty", lambda: render_template_string(EMPTY))
    access.WHO_MAY["empty"] = access.EVERYBODY
    led = desk.post("/find", text=KNOWN).location
    asked: dict[str, Ask] = {
        "New car": lambda: desk.get("/new"),
        "New car, filled with a known one": lambda: desk.get(led),
        "First box: a registration on file": lambda: desk.post("/find", text=KNOWN),
        "What is known of a registration just typed": lambda: desk.post("/new/known", registration=KNOWN),
    }
    try:
        return [
            Figure(
                f"{name}, {JOBS:,} jobs on file, against an empty page",
                ratio(desk, ask),
                "times",
                TIMES_EMPTY,
            )
            for name, ask in asked.items()
        ]
    finally:
        del access.WHO_MAY["empty"]


def ratio(desk: Desk, ask: Ask) -> float:
    """How many times an empty page's time `ask` takes; in turns, so that a busy machine slows both."""
    turns = [(once(ask), once(lambda: desk.get("/empty"))) for _ in range(TIMES + 1)][1:]
    return median(asked for asked, _ in turns) / median(empty for _, empty in turns)


def in_seconds(desk: Desk) -> list[Figure]:
    """Pages that have more to do, by the clock."""
    asked: dict[str, Ask] = {
        f"The board, {OPEN} cars here": lambda: desk.get("/"),
        "The wall": lambda: desk.get("/wall"),
        "Search by part of a registration": lambda: desk.post("/find", text=KNOWN[2:-1]),
        "Search by part of a name that many have": lambda: desk.post("/find", text="vorak"),
        "Search for what nobody has": lambda: desk.post("/find", text="qqqq"),
    }
    return [Figure(f"{name}, {JOBS:,} jobs on file", middle(ask), "s", 0.5) for name, ask in asked.items()]


def middle(ask: Ask) -> float:
    """Seconds for one answer, the middle of some."""
    once(ask)
    return median(once(ask) for _ in range(TIMES))


def once(ask: Ask) -> float:
    """Seconds for one answer."""

    def answered() -> None:
        with ask() as answer:
            assert answer.status_code in {200, 303}, answer.status

    return seconds(answered)


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
