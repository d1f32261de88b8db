"""Where each paper is laid out: its template, its stylesheets, its page and how many pages it may take."""

import tomllib
from dataclasses import dataclass
from functools import cache

from garage.domain.paper import PaperKind
from garage.domain.sheet_layout import SheetKind, SheetLayout
from garage.paths import SEEDS

ID1_MM = (85.60, 53.98)  # ISO/IEC 7810, the size of a bank card
A4_MM = (210.0, 297.0)


@dataclass(frozen=True)
class Layout:
    """Paths below templates/; ``page_mm`` is width and height and must agree with the stylesheet."""

    template: str
    styles: tuple[str, ...]
    page_mm: tuple[float, float]
    most_pages: int = 1


_PAPER = "paper/base.css"
_FACE = "cards/face.css"

LAYOUTS = {
    PaperKind.CARD: Layout("cards/card.html", (_FACE, "cards/card.css"), ID1_MM),
    PaperKind.HAND_OVER: Layout("cards/handover.html", (_PAPER, _FACE, "cards/handover.css"), A4_MM, 2),
    PaperKind.JOB_SHEET: Layout("paper/job_sheet.html", (_PAPER, "paper/job_sheet.css"), A4_MM, 2),
    PaperKind.BLANK_JOB_SHEET: Layout("paper/blank_job_sheet.html", (_PAPER, "paper/job_sheet.css"), A4_MM),
    PaperKind.WINDSCREEN_TAG: Layout(
        "paper/windscreen_tag.html", (_PAPER, "paper/windscreen_tag.css"), A4_MM
    ),
    PaperKind.REQUEST_LETTER: Layout("paper/request_letter.html", (_PAPER, "paper/letter.css"), A4_MM, 2),
    PaperKind.TAKE_TO_DEALER: Layout(
        "paper/take_to_dealer.html", (_PAPER, "paper/take_to_dealer.css"), A4_MM, 2
    ),
    PaperKind.KEY_SHEET: Layout("paper/key_sheet.html", (_PAPER, "paper/key_sheet.css"), A4_MM),
}


@cache
def sheet_layouts() -> dict[str, SheetLayout]:
    """Every layout of seeds/sheets.toml by its id, the confirmed ones first; ValueError names a wrong one."""
    rows = tomllib.loads((SEEDS / "sheets.toml").read_text("utf-8"))["sheet"]
    kinds = {kind.value: kind for kind in SheetKind}
    layouts = [SheetLayout(**row | {"kind": kinds[row["kind"]]}) for row in rows]
    if len({layout.id for layout in layouts}) != len(layouts):
        raise ValueError("two sheets of the same id")
    return {layout.id: layout for layout in sorted(layouts, key=lambda layout: not layout.confirmed)}
