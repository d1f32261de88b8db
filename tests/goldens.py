"""Pictures of every card in every design and language: `make goldens` takes them afresh, a test compares them."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops

from garage.cards.render import render
from tests.cards.designs import LANGUAGES, designs, pictures

FOLDER = Path(__file__).parent / "cards" / "golden"
CARD_DPI, PAGE_DPI = 110, 50
TILE = 6  # dots: what happens inside a tile this wide is the printer's business
DIFFERENT = 40  # of 255: a tile this much darker or lighter has another content
ALLOWED = 0.004  # of a page's tiles: another version of a typeface moves a few edges


def drawn(language: str) -> list[Image.Image]:
    """Every page of all designs in one language."""
    shown = []
    for name, card in designs(language).items():
        shown += pictures(render(card), PAGE_DPI if name == "large-print" else CARD_DPI)
    return shown


def together(shown: Sequence[Image.Image]) -> Image.Image:
    """All pages on one grey picture, as it is kept."""
    width, height = max(one.width for one in shown), sum(one.height + 10 for one in shown)
    picture, top = Image.new("L", (width, height), 160), 0
    for one in shown:
        picture.paste(one, (0, top))
        top += one.height + 10
    return picture


def differing(one: Image.Image, other: Image.Image) -> float:
    """Which part of the tiles shows something else; 1 for pictures of different sizes."""
    if one.size != other.size:
        return 1.0
    tiles = ImageChops.difference(one.reduce(TILE), other.reduce(TILE))
    return sum(tiles.histogram()[DIFFERENT:]) / (tiles.width * tiles.height)


def worst(approved: Image.Image, shown: Sequence[Image.Image]) -> float:
    """How much differs on the page that differs most: what is missing on one card counts on that card."""
    if approved.size != together(shown).size:
        return 1.0
    shares, top = [], 0
    for one in shown:
        shares.append(differing(approved.crop((0, top, one.width, top + one.height)), one))
        top += one.height + 10
    return max(shares)


def golden(language: str) -> Path:
    """The file that keeps the approved picture."""
    return FOLDER / f"{language}.png"


def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        together(drawn(language)).quantize(16).save(golden(language), optimize=True)


if __name__ == "__main__":
    main()
