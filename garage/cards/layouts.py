"""Where each paper is laid out: its template, its stylesheets and how many pages it may take; sheets of cards."""

import tomllib
from dataclasses import dataclass
from functools import cache

from garage.cards.printable import NotPrintable
from garage.domain.paper_kind import PaperKind
from garage.domain.sheet_layout import SheetKind, SheetLayout
from garage.paths import SEEDS


@dataclass(frozen=True)
class Layout:
    """Paths below templates/."""

    template: str
    styles: tuple[str, ...]
    most_pages: int = 1


_PAPER = "paper/base.css"
_COLOURS = "cards/colours.css"
_FACE = (_COLOURS, "cards/face.css")

LAYOUTS = {
    PaperKind.CARD: Layout("cards/card.html", _FACE),
    PaperKind.CARD_SHEET: Layout("cards/card_sheet.html", _FACE),
    PaperKind.CALIBRATION: Layout("cards/calibration.html", ("cards/calibration.css",)),
    PaperKind.HAND_OVER: Layout("cards/handover.html", (_PAPER, *_FACE, "cards/handover.css"), 3),
    PaperKind.RECEIPT: Layout("cards/receipt.html", (_PAPER, "cards/receipt.css")),
    PaperKind.ENTRY_SHEET: Layout("cards/entry_sheet.html", (_PAPER, "cards/entry_sheet.css"), 2),
    PaperKind.JOB_SHEET: Layout("paper/job_sheet.html", (_PAPER, "paper/job_sheet.css"), 2),
    PaperKind.BLANK_JOB_SHEET: Layout("paper/blank_job_sheet.html", (_PAPER, "paper/job_sheet.css")),
    PaperKind.WINDSCREEN_TAG: Layout("paper/windscreen_tag.html", (_PAPER, "paper/windscreen_tag.css")),
    PaperKind.REQUEST_LETTER: Layout("paper/request_letter.html", (_PAPER, "paper/letter.css"), 4),
    PaperKind.TAKE_TO_DEALER: Layout("paper/take_to_dealer.html", (_PAPER, "paper/take_to_dealer.css"), 2),
    PaperKind.KEY_SHEET: Layout("paper/key_sheet.html", (_PAPER, "paper/key_sheet.css")),
}
LARGE_PRINT = Layout("cards/large_print.html", (_PAPER, _COLOURS, "cards/large_print.css"), 4)


@cache
def sheet_layouts() -> dict[str, SheetLayout]:
    """Every layout of seeds/sheets.toml by its id, the confirmed ones first; ValueError names a wrong one."""
    rows = tomllib.loads((SEEDS / "sheets.toml").read_text("utf-8"))["sheet"]
    layouts = [SheetLayout(**row | {"kind": SheetKind(row["kind"])}) for row in rows]
    if len({layout.id for layout in layouts}) != len(layouts):
        raise ValueError("two sheets of the same id")
    return {layout.id: layout for layout in sorted(layouts, key=lambda layout: not layout.confirmed)}


def layout_to_print(layout_id: str) -> SheetLayout:
    """One layout by its id; NotPrintable when there is none."""
    if layout_id not in sheet_layouts():
        raise NotPrintable("layout_id")
    return sheet_layouts()[layout_id]
