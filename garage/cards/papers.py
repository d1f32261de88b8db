"""What a card can be printed on: A4 papers, the bare card, large print, and every sheet and label we know."""

from dataclasses import dataclass
from functools import cache

from garage.cards.layouts import sheet_layouts
from garage.domain.card import Design
from garage.domain.paper_kind import PaperKind
from garage.domain.sheet_layout import SheetKind, SheetLayout
from garage.domain.text import N_, Refused, Text

HAND_OVER, HAND_OVER_FOLDED = "handover", "handover-folded"
BARE_CARD, LARGE_PRINT = "card", "large-print"
BOTH_SIDES, RECEIPT, ENTRY_SHEET = "card-both-sides", "receipt", "entry-sheet"


@dataclass(frozen=True, slots=True)
class CardPaper:
    """One choice of paper: `value` is how a form and the house call it, `layout` where cards share a sheet."""

    value: str
    name: Text
    kind: PaperKind
    design: Design = Design.CLASSIC
    layout: SheetLayout | None = None
    back: bool = False

    @property
    def is_card(self) -> bool:
        """Whether a card stands on it; receipt and entry sheet only go with one."""
        return self.kind not in {PaperKind.RECEIPT, PaperKind.ENTRY_SHEET}


@cache
def card_papers() -> tuple[CardPaper, ...]:
    """Every choice, the likeliest first: sheets that several sources agree on stand before the others."""
    layouts = sorted(
        sheet_layouts().values(), key=lambda one: (not one.confirmed, list(SheetKind).index(one.kind))
    )
    return (
        CardPaper(HAND_OVER, Text(N_("A4 sheet with steps, card to cut out")), PaperKind.HAND_OVER),
        CardPaper(
            HAND_OVER_FOLDED,
            Text(N_("A4 sheet with steps on both sides, card to fold")),
            PaperKind.HAND_OVER,
            Design.FOLD_OVER,
        ),
        CardPaper(BARE_CARD, Text(N_("The bare card, bank-card size")), PaperKind.CARD),
        CardPaper(BOTH_SIDES, Text(N_("The bare card, front and back")), PaperKind.CARD, back=True),
        CardPaper(LARGE_PRINT, Text(N_("Large print on A4")), PaperKind.CARD, Design.LARGE_PRINT),
        CardPaper(RECEIPT, Text(N_("Receipt for the customer, code in words")), PaperKind.RECEIPT),
        CardPaper(ENTRY_SHEET, Text(N_("Steps to enter the code, for the car")), PaperKind.ENTRY_SHEET),
        *(_on_sheet(layout) for layout in layouts),
    )


def card_paper(value: str) -> CardPaper:
    """The choice that is called `value`; Refused when there is none (any more)."""
    for paper in card_papers():
        if paper.value == value:
            return paper
    raise Refused(N_("This paper is not known here any more. Choose another."))


def _on_sheet(layout: SheetLayout) -> CardPaper:
    design = Design.FOLD_OVER if layout.folds else Design.CLASSIC
    return CardPaper(layout.id, Text(layout.name), PaperKind.CARD_SHEET, design, layout)
