"""Nothing is cut off, lost behind a fold or left without its card number, however long the names are."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from garage.cards.card_lines import radio_lines
from garage.cards.render import render
from garage.domain.card import Design, EntrySheet, HandOver
from tests.cards.conftest import Printed
from tests.cards.designs import FULL, a_card, sample_of

HEAD = sample_of("handover")


def handed_over(**changes):
    card = a_card(**changes)
    return Printed(
        render(HandOver(card=card, letterhead=HEAD.letterhead, printed_on=HEAD.printed_on, receipt=True))
    )


def logo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 20), "red").save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_card_to_cut_out_is_drawn_exactly_like_the_bare_card(language: str) -> None:
    def widths(paper: Printed) -> list[tuple[str, float]]:
        return [(words, right - left) for words, left, _, right, _ in paper.rectangles_mm()]

    on_sheet = widths(handed_over(language=language))
    for words, width in widths(Printed(render(a_card(language=language)))):
        assert any(said == words and abs(wide - width) < 0.1 for said, wide in on_sheet), words


def test_a_long_phone_number_stands_whole_beside_a_logo() -> None:
    phone = "+49 (0) 30 5550 110-1234"
    for garage in ("Garage Nord", "Kraftfahrzeug-Meisterbetrieb Schulze"):
        card = Printed(render(a_card(garage=garage, phone=phone, style=replace(FULL, logo=logo()))))
        assert phone in card.text
        _, left, _, right, _ = next(place for place in card.rectangles_mm() if place[0] == phone)
        assert 3.3 <= left <= right <= 65.4  # right of the card number, left of the logo
        assert card.overlaps() == []


def test_a_long_name_beside_a_logo_shows_where_it_was_cut() -> None:
    name = "Kraftfahrzeug-Meisterbetrieb Schulze-Lützow und Söhne GmbH"
    card = Printed(render(a_card(garage=name, style=replace(FULL, logo=logo()))))
    assert "Kraftfahrzeug- Meisterbetrieb…" in card.words
    assert card.overlaps() == []


def test_the_end_of_the_vin_stays_on_the_card_whatever_else_is_long() -> None:
    long = {"radio_make": "Mercedes-Benz", "radio_model": "Audio 10 CD Cassette", "own_words": "Der alte Kombi vom Vater"}  # fmt: skip
    for code, most in (("0739", 5), (None, 4)):
        lines = radio_lines(a_card(code=code, **long), str).splitlines()
        assert len(lines) == most
        assert lines[0] == "Mercedes-Benz"
        assert lines[-1].endswith("9W123456")


def test_a_radio_of_which_nothing_but_the_number_is_known_leaves_no_gap() -> None:
    card = a_card(radio_make="", radio_model="", own_words="Tom & Anna’s")
    assert radio_lines(card, str).splitlines() == ["Tom & Anna’s", "VIN … 9W123456"]
    assert (
        "number Tom & Anna’s · VIN … 9W123456"
        in Printed(render(replace(card, design=Design.LARGE_PRINT))).words
    )


def test_a_folded_card_and_its_steps_leave_with_the_customer_and_the_stub_stays_on_its_own_sheet() -> None:
    pages = [page.extract_text() for page in handed_over(design=Design.FOLD_OVER).reader.pages]
    assert len(pages) == 3
    assert "What to do when" in pages[0]
    assert "0739" not in pages[0]
    assert "0739" in pages[1]
    assert pages[1].count("How to enter the code") == 2  # inside the card, and large below it
    assert "I have received card" in pages[2]
    assert "0739" not in pages[2]


def test_every_page_in_large_print_carries_the_card_number() -> None:
    reader = Printed(render(a_card(language="de", design=Design.LARGE_PRINT))).reader
    assert len(reader.pages) == 2
    for number, page in enumerate(reader.pages, start=1):
        assert "RP-7K3M9Q2X" in page.extract_text()
        assert f"{number} / 2" in page.extract_text()


def test_in_large_print_a_long_name_and_phone_stand_above_the_code() -> None:
    long = {"garage": "Kraftfahrzeug-Meisterbetrieb Schulze-Lützow und Söhne GmbH", "phone": "+49 (0) 30 5550 110-1234"}  # fmt: skip
    runs = Printed(render(a_card(design=Design.LARGE_PRINT, **long))).rectangles_mm()
    lowest = next(low for words, _, low, _, _ in runs if words.endswith("110-1234"))
    highest = next(top for words, _, _, _, top in runs if words == "Code · digits only")
    assert lowest > highest


def test_an_entry_sheet_is_to_be_shredded_also_when_its_code_was_written_by_hand() -> None:
    for code in ("0739", None):
        assert "Shred this sheet afterwards" in Printed(render(EntrySheet(card=a_card(code=code)))).words
