"""The program's inner words never reach a person, on no page and on no paper, in no language."""

import re
import tomllib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from babel.messages.pofile import read_po
from werkzeug.exceptions import HTTPException

from garage import paths
from garage.cards.layouts import LAYOUTS
from garage.cards.models import PrintJob
from garage.cards.render import render
from garage.cards.snapshot import from_plain
from garage.domain.card import CardSheet, EntrySheet, HandOver, RadioPass, Receipt
from garage.domain.paper import Answer, JobSheet, Paper, RequestLetter, WindscreenTag
from garage.domain.paper_kind import PaperKind
from garage.intake.models import Job
from garage.staff import joining
from garage.staff.journal import By
from garage.staff.models import Person, Site
from tests.cards.conftest import Printed
from tests.conftest import NOON
from tests.desk import Desk

INNER_WORDS = re.compile(
    r"\b(clearances?|candidates?|reveal\w*|head[ -]?units?|code[ -]requests?|lock-?outs?|overrid\w*|journals?"
    r"|intake|memory[ -]keepers?"
    r"|freigabe\w*|kandidat\w*|enthüll\w*|hauptger\w+|codeanfrage\w*|code-anfrage\w*|aussperr\w*|übersteuer\w*"
    r"|speicherhalter)\b",
    re.IGNORECASE,
)
# Whom we ask is never a "source"; the pages of facts name the sources of their facts.
SOURCE = re.compile(r"\b(sources?|quellen?)\b", re.IGNORECASE)
FACTS = ("/makes", "/facts", "/displays")
LANGUAGES = ["en", "de"]
NO_PAGES = {
    "static",
    "bootstrap.static",
    "radios.photo",
    "cards.pdf",
    "cards.blank_paper",
    "staff.key_sheet",
    "code_requests.mail_file",
    "board.figures_csv",
    "cards.calibration",
    "cards.sample",
    # the invented garage has nothing that opens these; they are looked at in tests of their own
    "bay.last_try",
    "cards.several_cards",
    "code_requests.portal",
    "upkeep.code_book",
}
NOT_OURS = {"script", "style", "textarea"}  # not seen, or typed by people
SHOWN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
SOME = 6  # pages of a kind that are looked at, unless a kind has many faces
ENOUGH = {"board.job": 40, "bay.bay": 40, "bay.codes": 40, "code_requests.request_page": 20, "bay.radio": 20}


class Seen(HTMLParser):
    """What a person sees or hears of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.links: list[str] = []
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Some attributes are read out."""
        self._silent += tag in NOT_OURS
        self.pieces += [value or "" for name, value in attrs if name in SHOWN_ATTRIBUTES]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_endtag(self, tag: str) -> None:
        """Our own words go on."""
        self._silent -= tag in NOT_OURS

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._silent and data.strip():
            self.pieces.append(" ".join(data.split()))


@dataclass
class Walk:
    """Every page of the filled house in one language: what was seen, by address."""

    pages: dict[str, list[str]]
    opened: Counter[str]  # how many pages of each endpoint opened


@pytest.fixture(scope="module")
def walks(demo_house: Desk) -> dict[str, Walk]:
    """A walk through all pages in each language."""
    return {language: walk(demo_house, language) for language in LANGUAGES}


def walk(desk: Desk, language: str) -> Walk:
    """Open the house's pages as a person would, link by link, until every kind of page was seen often enough."""
    with desk.database.transaction() as session:
        session.execute(sa.update(Site).values(language=language))
    addresses = desk.app.url_map.bind("127.0.0.1")
    to_open, seen, done = deque(doors(desk)), set[str](), Walk({}, Counter())
    while to_open:
        url = to_open.popleft()
        try:
            endpoint = addresses.match(urlsplit(url).path)[0]
        except HTTPException:
            endpoint = ""
        if url in seen or endpoint in NO_PAGES or done.opened[endpoint] >= ENOUGH.get(endpoint, SOME):
            continue
        seen.add(url)
        answer = desk.get(url)
        assert answer.status_code < 500, url
        if answer.mimetype == "text/html":
            done.opened[endpoint] += answer.status_code == 200
            page = Seen(answer.text)
            done.pages[url] = page.pieces
            to_open += [link for link in page.links if link.startswith("/")]
    return done


def doors(desk: Desk) -> list[str]:
    """Where the walk begins: the board, every job, and the pages to which no link leads."""
    with desk.database.transaction() as session:
        numbers = list(session.scalars(sa.select(Job.number)))
        owner = session.scalars(sa.select(Person).order_by(Person.id)).first()
        assert owner is not None
        token = joining.invite(session, owner, By(owner.site_id, None, NOON, "test"))
        sheets = list(session.scalars(sa.select(PrintJob.id).where(PrintJob.kind == PaperKind.CARD_SHEET)))
    jobs = [f"/jobs/{number}{page}" for page in ("", "/already-off", "/photo") for number in numbers]
    merges = [f"/{kind}/1/merge/2" for kind in ("customers", "cars")]
    others = [
        "/sign-in",
        f"/welcome/{token}",
        "/password",
        "/second-manager",
        "/displays",
        "/no-such-page",
        "/lanes",
        "/wall/rows",
        *(f"/prints/{sheet}/sheet" for sheet in sheets),
        *merges,
    ]
    return ["/", *jobs, *others]


def test_the_walk_opens_every_page_there_is(demo_house: Desk, walks: dict[str, Walk]) -> None:
    pages = {rule.endpoint for rule in demo_house.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - NO_PAGES - set(walks["en"].opened) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_inner_word_stands_on_a_page(walks: dict[str, Walk], language: str) -> None:
    found = {
        (url, words)
        for url, pieces in walks[language].pages.items()
        for words in pieces
        if INNER_WORDS.search(words) or (SOURCE.search(words) and not url.startswith(FACTS))
    }
    assert found == set()


@cache
def english_sentences() -> frozenset[str]:
    """Source texts of at least three words that German says otherwise, without values."""
    with (paths.TRANSLATIONS / "de" / "LC_MESSAGES" / "messages.po").open("rb") as opened:
        said = [message for message in read_po(opened) if message.id and not message.pluralizable]
    return frozenset(
        str(message.id)
        for message in said
        if message.id != message.string and len(message.id.split()) >= 3 and "%(" not in message.id
    )


def test_no_english_sentence_stands_on_a_german_page(walks: dict[str, Walk]) -> None:
    english = english_sentences()
    pages = walks["de"].pages.items()
    assert {(url, words) for url, pieces in pages for words in pieces if words in english} == set()


def test_the_inner_words_are_found_where_they_stand() -> None:
    for words in (
        "The clearance is given",
        "This head unit",
        "Nach der Freigabe",
        "a lock-out",
        "Revealed by AM",
    ):
        assert INNER_WORDS.search(words)
    for words in ("Battery may come off", "Locked for good", "Code zum Probieren", "Take the yes back"):
        assert not INNER_WORDS.search(words)


def papers() -> Iterator[tuple[str, Paper]]:
    """Every paper in every wording: with and without code, tried and not, each answer."""
    for kind in LAYOUTS:
        beside = paths.TEMPLATES / LAYOUTS[kind].template.replace(".html", ".sample.toml")
        paper = from_plain(tomllib.loads(beside.read_text("utf-8")))
        yield kind.value, paper
        if isinstance(paper, RadioPass):
            yield "card not tried", replace(paper, worked_on=None)
            yield "card without code", replace(paper, code=None)
        if isinstance(paper, JobSheet | WindscreenTag):
            for answer in Answer:
                yield f"{kind.value} {answer.value}", replace(paper, answer=answer)


def in_language(paper: Paper, language: str) -> Paper:
    """The paper for a garage that speaks this language, without the mark of a sample."""
    if isinstance(paper, HandOver | Receipt | EntrySheet):
        return replace(paper, card=replace(paper.card, language=language, sample=False))
    if isinstance(paper, CardSheet):
        cards = [(place, replace(card, language=language, sample=False)) for place, card in paper.cards]
        return replace(paper, cards=tuple(cards), language=language)
    if isinstance(paper, RequestLetter) and language == "de":  # the text is in the language of whom we ask
        paper = replace(paper, before="", numbers=(), after="")
    return replace(paper, language=language, sample=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, _ in papers()])
def test_papers_fit_and_say_no_inner_word(name: str, language: str) -> None:
    paper = Printed(render(in_language(dict(papers())[name], language)))
    words = paper.words
    assert len(paper.sizes_mm) == 1
    assert paper.overlaps() == []
    assert not INNER_WORDS.search(words)
    assert not SOURCE.search(words)
    if language == "de":
        assert [sentence for sentence in english_sentences() if sentence in words] == []
