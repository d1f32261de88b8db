"""Every card in every language: nothing cut off, nothing on top of something else, no letter from a foreign face."""

from dataclasses import replace
from functools import cache

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from PIL import ImageChops

from garage import paths
from garage.cards import render as render_module
from garage.cards.card_lines import DIGITS
from garage.cards.render import render
from garage.domain.card import CardStyle, Design, EntrySheet, HandOver, Receipt
from garage.domain.card_languages import PREPARED
from garage.domain.fact_kinds import EntryFact
from garage.domain.radio_pass import card_title
from garage.domain.steps import STEPS as SAID
from garage.facts import seeds
from tests.cards.conftest import Printed
from tests.cards.designs import LANGUAGES, WAITING, a_card, designs, pictures, sample_of

FACE = (3.2, 82.4)  # millimetres: from where to where a side of an ID-1 card is printed
MATRIX = (74.2, 82.4, 53.98 - 37.5, 53.98 - 29.3)  # left, right, bottom, top of the barcode
SCRIPTS = {
    "latin": "Žižkovská Łódź Ünlü ",
    "greek": "Συνεργείο Αθήνα ",
    "cyrillic": "Автосервіс Їжак ",
    "arabic": "ورشة السيارات ",
    "hebrew": "מוסך צפון ",
    "chinese": "北方汽车修理厂",
}


def check_card(paper: Printed) -> None:
    assert {name.split("-")[0] for name in paper.fonts} == {"Inter", "B612"}
    assert paper.overlaps() == []
    assert min(paper.type_sizes()) >= 7
    for words, left, bottom, right, top in paper.rectangles_mm():
        assert FACE[0] <= left, words
        assert right <= FACE[1], words
        assert bottom >= 4, words
        assert not (right > MATRIX[0] and bottom < MATRIX[3] and top > MATRIX[2]), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_of_a_card_stands_whole_in_its_place(language: str) -> None:
    for name in ("classic", "plain", "number"):
        check_card(Printed(render(designs(language)[name])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folded_card_and_its_steps_fit_in_every_language(language: str) -> None:
    paper = Printed(render(designs(language)["fold-over"]))
    assert paper.sizes_mm == [(85.6, 107.96)] * 2
    assert {name.split("-")[0] for name in paper.fonts} == {"Inter", "B612"}
    for page in (0, 1):
        assert paper.overlaps(page) == []
        assert all(bottom >= 4 and top <= 104 for _, _, bottom, _, top in paper.rectangles_mm(page))
    assert "0739" not in paper.reader.pages[0].extract_text()
    assert "0739" in paper.reader.pages[1].extract_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_loses_its_accent_or_its_tail_at_the_edge_of_a_box(language: str, monkeypatch) -> None:
    tall = {"garage": "ÄÖŠ Gjpqy " * 4, "radio_model": "Qjgy", "own_words": "Ängy’s Jyg", "vin_tail": ""}
    cards = designs(language)
    shown = [cards["plain"], cards["fold-over"], replace(cards["number"], style=CardStyle())]
    shown = [replace(card, **tall) for card in shown]
    boxed = [picture for card in shown for picture in pictures(render(card), 300)]
    styles = render_module._styles
    monkeypatch.setattr(
        render_module, "_styles", lambda names: styles(names).replace("overflow: hidden", "overflow: visible")
    )
    free = [picture for card in shown for picture in pictures(render(card), 300)]
    for number, (one, other) in enumerate(zip(boxed, free, strict=True)):
        assert ImageChops.difference(one, other).point(lambda grey: 255 * (grey > 60)).getbbox() is None, (
            number
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_papers_around_a_card_fit_in_every_language(language: str) -> None:
    for paper in (
        designs(language)["large-print"],
        HandOver(card=a_card(language=language), letterhead=US, printed_on=DAY, receipt=True),
        Receipt(card=a_card(language=language), letterhead=US, printed_on=DAY),
        EntrySheet(card=a_card(language=language), job_number="2026-0142"),
    ):
        made = Printed(render(paper))
        assert {name.split("-")[0] for name in made.fonts} == {"Inter", "B612"}
        assert len(made.sizes_mm) <= (2 if getattr(paper, "design", None) else 1)
        assert ".." not in made.words  # a date may bring a full stop of its own
        assert made.overlaps() == []


HEAD = sample_of("handover")
ENTERED = [fact for fact in seeds.load(paths.SEEDS).facts if isinstance(fact, EntryFact)]
US, DAY = HEAD.letterhead, HEAD.printed_on


@cache
def printed_texts() -> set[str]:
    """Every sentence in the templates of customers' papers, and the titles of their files."""
    texts = {"Sheet of cards", *(card_title(a_card(code=code)).message for code in ("1", None))}
    for template in (paths.TEMPLATES / "cards").glob("*.html"):
        if template.stem != "calibration":  # for the garage, in its own language
            with template.open("rb") as file:
                texts |= {str(found[1]) for found in extract("jinja2", file, {"_": None})}
    return texts


@pytest.mark.parametrize("language", PREPARED)
def test_a_prepared_language_says_everything_that_a_card_says(language: str) -> None:
    with (paths.TRANSLATIONS / language / "LC_MESSAGES" / "card.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    said = {message.id: message.string for message in catalog if message.id}
    assert all(said.values())
    steps = {SAID[step.name] for fact in ENTERED for step in fact.steps} | {
        SAID[step.name] for step in WAITING
    }
    assert steps | printed_texts() | set(DIGITS) <= set(said)
    english = render(designs("en")["classic"])
    ours = Printed(render(replace(a_card(), language=language))).words
    for sentence in ("Leave the radio on.", "Wrong code? Stop after one and call us."):
        assert sentence in Printed(english).words
        assert sentence not in ours
        assert said[sentence] in ours
    assert len({text.rstrip(".") for text in (said[digit] for digit in DIGITS)}) == 10


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_name_of_any_length_in_any_script_leaves_the_code_whole(script: str) -> None:
    for length in (1, 2, 9, 24, 25, 60, 61, 200):
        name = (SCRIPTS[script] * 200)[:length]
        card = a_card(
            code="1" * 12,
            serial_number="W" * 26,
            vin_tail="W" * 8,
            garage=name,
            phone=name,
            radio_make=name,
            radio_model=name,
            own_words=name,
            style=replace(a_card().style, footer=name),
        )
        for design in (Design.CLASSIC, Design.FOLD_OVER, Design.LARGE_PRINT):
            text = Printed(render(replace(card, design=design))).text
            assert "1" * 12 in text, (design, length)
            assert "W" * 26 in text, (design, length)
