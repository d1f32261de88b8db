"""The card as it is printed: exactly one page of bank-card size, code and serial number always whole."""

import logging
from dataclasses import replace
from datetime import date

import pytest
from jinja2 import UndefinedError

from garage.cards import render as render_module
from garage.cards.printable import NotPrintable
from garage.cards.render import render
from garage.domain.card import Design, RadioPass
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Text

ID1 = (85.6, 53.98)
SAFE_MM = 3.0
HOSTILE = [
    "<script>alert(1)</script><b>bold</b>",
    '<img src="file:///etc/passwd">',
    "url(http://127.0.0.1:9/x) http://127.0.0.1:9/",
    "A" * 400,
    "Wort " * 80,
    "\u202egarage\u202c gnidaer",
    "Garage 🚗🔋 Nord ✂",
    "{{ paper.code }} {% raw %} %(name)s %s",
    "line one\nline two\r\n\x00\x1b[31m",
]


@pytest.fixture
def card(sample) -> RadioPass:
    return replace(sample(PaperKind.CARD), sample=False, code="0739")


def test_the_bare_card_is_one_page_of_bank_card_size(printed, card) -> None:
    assert printed(card).sizes_mm == [ID1]


def test_only_the_two_faces_of_the_house_are_in_the_file_and_all_of_them_inside(printed, card) -> None:
    assert {name.split("-Mono")[0].split("-")[0] for name in printed(card).fonts} == {"Inter", "B612"}


def test_code_and_serial_number_can_be_copied_whole(printed, card) -> None:
    lines = printed(card).text.splitlines()
    assert "0739" in lines
    assert "VWZ1Z2L6683621" in lines
    assert "RP-7K3M9Q2X" in lines


def test_a_garages_name_that_does_not_fit_is_cut_with_a_mark(printed, card) -> None:
    name = "Autohaus Freiherr von Hohenzollern-Sigmaringen Technik GmbH"
    for design in (Design.CLASSIC, Design.FOLD_OVER):
        paper = printed(replace(card, garage=name, design=design))
        assert "Autohaus Freiherr von\nHohenzollern-Sigmaringen…" in paper.text


def test_the_card_says_what_it_has_to_say(printed, card) -> None:
    words = printed(card).words
    for said in (
        "Garage Nord",
        "+49 30 5550 110",
        "Volkswagen RCD 310",
        "digits only",
        "only for the radio with this number",
        "9W123456",
        "worked in this car on 21 Nov 2026",
        "Selling the car? Give this card to the new owner.",
        "Wrong code? Stop after one and call us.",
        "Leave the radio on.",
        "Keep it in your wallet or at home, never in the car.",
    ):
        assert said in words
    assert "NOT YET TRIED" not in words


def test_a_code_that_nobody_tried_says_so_and_leave_the_radio_on_only_where_allowed(printed, card) -> None:
    words = printed(replace(card, worked_on=None, leave_radio_on=False)).words
    assert "NOT YET TRIED IN THIS RADIO" in words
    assert "worked" not in words
    assert "Leave the radio on" not in words


def test_a_card_without_a_code_is_a_radio_number_card(printed, card) -> None:
    paper = printed(replace(card, code=None))
    assert "Radio number card" in paper.words
    assert "This number is what a dealer needs to find the code." in paper.words
    assert "worked" not in paper.words
    assert paper.reader.metadata.title == "Radio number card RP-7K3M9Q2X"


def test_a_sample_says_so_across_the_card(printed, card) -> None:
    assert "SAMPLE" in printed(replace(card, sample=True)).words
    assert "SAMPLE" not in printed(card).words


def test_every_side_of_a_sample_says_so(printed, card) -> None:
    both = replace(card, sample=True, style=replace(card.style, back=True))
    assert [page.extract_text().count("SAMPLE") for page in printed(both).reader.pages] == [1, 1]
    folded = printed(replace(card, sample=True, design=Design.FOLD_OVER)).reader
    assert [page.extract_text().count("SAMPLE") for page in folded.pages] == [2, 2]


@pytest.mark.parametrize("code", ["0", "0739", "07391", "073914", "WWWWWWWW", "WWWWWWWWWWWW"])
def test_the_longest_values_fit_and_nothing_touches(printed, card, code: str) -> None:
    paper = printed(
        replace(
            card,
            code=code,
            garage="Kraftfahrzeug-Meisterbetrieb Schulze-Lützow und Söhne GmbH",
            phone="+49 (0) 30 5550 110-1234",
            radio_make="Mercedes-Benz Nutzfahrzeuge",
            radio_model="Audio 10 CD Cassette Navigation",
            serial_number="W" * 26,
            vin_tail="WWWWWWWW",
            card_number="RP-WWWWWWWW",
            worked_on=None,
        )
    )
    assert paper.sizes_mm == [ID1]
    assert paper.overlaps() == []
    assert code in paper.text.splitlines()
    assert "W" * 26 in paper.text.splitlines()
    for words, left, bottom, right, top in paper.rectangles_mm():
        assert left >= SAFE_MM, words
        assert bottom >= SAFE_MM, words
        assert right <= ID1[0] - SAFE_MM or words.endswith("…"), words  # the box itself cuts there
        assert top <= ID1[1] - SAFE_MM, words


@pytest.mark.parametrize(("code", "points"), [("0739", 28), ("073914", 26), ("1" * 12, 18)])
def test_the_code_is_never_smaller_than_18_points_and_nothing_smaller_than_7(
    printed, card, code: str, points: float
) -> None:
    sizes = printed(replace(card, code=code)).type_sizes()
    assert points in sizes
    assert min(sizes) >= 7


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_names(printed, card, caplog, name: str) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        paper = printed(replace(card, garage=name, phone=name, radio_make=name, radio_model=name))
    assert caplog.records == []
    assert paper.sizes_mm == [ID1]
    assert "0739" in paper.text.splitlines()
    assert "VWZ1Z2L6683621" in paper.text.splitlines()
    assert {font.split("-")[0] for font in paper.fonts} == {"Inter", "B612"}
    assert b"/Annots" not in paper.pdf
    assert paper.overlaps() == []


@pytest.mark.parametrize("field", ["code", "serial_number", "vin_tail", "card_number"])
@pytest.mark.parametrize("value", ["1" * 40, "12\u202e34", "12🔋"])
def test_a_number_that_would_not_be_whole_is_not_printed_at_all(card, field: str, value: str) -> None:
    with pytest.raises(NotPrintable) as refused:
        render(replace(card, **{field: value}))
    assert str(refused.value) == field


def test_equal_input_gives_equal_bytes(card) -> None:
    assert render(card) == render(replace(card))


def test_neither_title_nor_metadata_hold_code_serial_number_or_car(printed, card) -> None:
    reader = printed(replace(card, code="739173")).reader
    kept = str(reader.metadata) + reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    for secret in ("739173", "VWZ1Z2L6683621", "9W123456", "Garage Nord"):
        assert secret not in kept
    assert reader.metadata.title == "Radio Pass RP-7K3M9Q2X"
    assert reader.outline == []


def test_the_file_is_tagged_has_a_language_and_asks_not_to_be_scaled(printed, card) -> None:
    root = printed(replace(card, language="de")).reader.trailer["/Root"]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"


def test_a_language_nobody_knows_is_english(printed, card) -> None:
    assert "Radio Pass" in printed(replace(card, language="../../etc")).words


def test_a_field_that_does_not_exist_is_an_error_and_never_a_blank() -> None:
    template = render_module._environment("en").from_string("{{ paper.no_such_field }}")
    with pytest.raises(UndefinedError):
        template.render(paper=Text("x"))


def test_code_and_look_alikes_are_different_pictures(printed, card) -> None:
    for one, other in ("0O", "1I", "8B", "5S", "2Z", "6G"):
        left = printed(replace(card, code=one)).picture().convert("1").histogram()
        right = printed(replace(card, code=other)).picture().convert("1").histogram()
        assert left != right


def test_the_date_is_written_as_the_language_writes_it(printed, card) -> None:
    german = printed(replace(card, language="de", worked_on=date(2026, 3, 2)))
    assert "02.03.2026" in german.words
