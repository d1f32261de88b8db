"""Cards in every design and language, filled to the brim, and how a PDF becomes a picture."""

import tomllib
from dataclasses import replace
from typing import Any

import pypdfium2
from PIL import Image

from garage.cards.snapshot import from_plain
from garage.domain.card import CardColour, CardStyle, Design, RadioPass
from garage.domain.card_languages import CHECKED, PREPARED
from garage.domain.steps import Step
from garage.paths import TEMPLATES

LANGUAGES = (*CHECKED, *PREPARED)
FULL = CardStyle(colour=CardColour.BLUE, footer="Hafenstrasse 12, 20359 Hamburg, 7:30–18:00", barcode=True)
STEPS = (
    Step("hold_together_until", (("keys", "SCAN + RDS"), ("until", "1000"))),
    Step("press_for_digit", (("first", 1), ("last", 4))),
    Step("hold_together_until", (("keys", "SCAN + RDS"), ("until", "SAFE"))),
)
WAITING = (Step("connect_charger"), Step("leave_on"), Step("wait_minutes", (("minutes", 60),)))


def sample_of(name: str) -> Any:
    """The sample that lies beside a template of cards/."""
    return from_plain(tomllib.loads((TEMPLATES / "cards" / f"{name}.sample.toml").read_text("utf-8")))


def a_card(**changes: Any) -> RadioPass:
    """An ordinary card with everything that stands on one."""
    card: RadioPass = replace(
        sample_of("card"),
        sample=False,
        code="0739",
        own_words="Anna’s Golf",
        entry_steps=tuple(step.text() for step in STEPS),
        waiting=tuple(step.text() for step in WAITING),
        style=FULL,
    )
    return replace(card, **changes)


def designs(language: str) -> dict[str, RadioPass]:
    """One card in each design."""
    card = a_card(language=language)
    return {
        "classic": card,
        "plain": replace(card, style=CardStyle(back=True), own_words="", worked_on=None),
        "number": replace(card, code=None, design=Design.NUMBER),
        "fold-over": replace(card, design=Design.FOLD_OVER),
        "large-print": replace(card, design=Design.LARGE_PRINT),
    }


def pictures(pdf: bytes, dpi: float) -> list[Image.Image]:
    """Every page as a grey picture."""
    document = pypdfium2.PdfDocument(pdf)
    drawn = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return drawn
