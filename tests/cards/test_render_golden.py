"""Cards look as they were approved, in every design and language."""

import pytest
from PIL import Image

from garage.cards.render import render
from tests import goldens
from tests.cards.designs import LANGUAGES, a_card, pictures


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_look_as_approved(language: str) -> None:
    with Image.open(goldens.golden(language)) as approved:
        differ = goldens.differing(approved.convert("L"), goldens.drawn(language))
    assert differ <= goldens.ALLOWED, "look at the cards; if they are right, type `make goldens`"


def test_a_moved_line_and_another_digit_are_seen() -> None:
    plain = pictures(render(a_card()), goldens.CARD_DPI)[0]
    for change in ({"code": "0738"}, {"worked_on": None}, {"card_number": "RP-7K3M9Q2Z"}):
        changed = pictures(render(a_card(**change)), goldens.CARD_DPI)[0]
        assert goldens.differing(plain, changed) > 0
    moved = plain.copy()
    moved.paste(plain, (0, 6))
    assert goldens.differing(plain, moved) > goldens.ALLOWED
