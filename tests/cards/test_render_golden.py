"""Cards look as they were approved, in every design and language."""

import pytest
from PIL import Image

from garage.cards.render import render
from tests import goldens
from tests.cards.designs import LANGUAGES, a_card, pictures


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_look_as_approved(language: str) -> None:
    with Image.open(goldens.golden(language)) as approved:
        differ = goldens.worst(approved.convert("L"), goldens.drawn(language))
    assert differ <= goldens.ALLOWED, "look at the cards; if they are right, type `make goldens`"


def test_another_digit_a_missing_line_and_a_moved_one_are_seen_among_all_designs() -> None:
    with Image.open(goldens.golden("en")) as picture:
        approved, shown = picture.convert("L"), goldens.drawn("en")
    less = ({"code": "0738"}, {"worked_on": None}, {"serial_number": " "}, {"own_words": ""})
    for change in (*less, {"leave_radio_on": False}):
        [changed] = pictures(render(a_card(**change)), goldens.CARD_DPI)
        assert goldens.worst(approved, [changed, *shown[1:]]) > goldens.ALLOWED, change
    moved = shown[0].copy()
    moved.paste(shown[0], (0, 6))
    assert goldens.worst(approved, [moved, *shown[1:]]) > goldens.ALLOWED
