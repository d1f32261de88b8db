"""Which sides of which cards stand on which page of a sheet of cards."""

from collections.abc import Callable, Iterator

from garage.cards.printable import NotPrintable
from garage.domain.card import CardSheet, CardStyle, Design, RadioPass
from garage.domain.sheet_layout import SheetLayout

Draw = Callable[[str, RadioPass, CardStyle, str], str]
"""Draws the named side of a card, in a style, at a place that the layout's stylesheet names."""


def one_card(card: RadioPass) -> CardSheet:
    """A single card on a page of its own size."""
    layout_id = "id1-fold" if card.design is Design.FOLD_OVER else "id1"
    return CardSheet(layout_id=layout_id, cards=((0, card),), style=card.style, language=card.language)


def sides(sheet: CardSheet, layout: SheetLayout, drawer: Callable[[str], Draw]) -> Iterator[list[str]]:
    """Page after page the sides on it: the fronts of a sheet, then, where there is one, what lies behind them.

    NotPrintable when a card to fold would stand on a layout that does not fold: its code would lie open.
    """
    by_sheet: dict[int, list[tuple[int, RadioPass]]] = {}
    for position, card in sorted(sheet.cards, key=lambda placed: placed[0]):
        if card.design is Design.FOLD_OVER and not layout.folds:
            raise NotPrintable("design")
        by_sheet.setdefault(position // layout.positions, []).append((position % layout.positions, card))
    outside = ("cover", "hiding") if layout.folds else ("face",)
    inside = ("back", "face") if layout.folds else ("back",) if sheet.style.back else ()
    for placed in by_sheet.values():
        for names in filter(None, (outside, inside)):
            yield [
                drawer(card.language)(name, card, sheet.style, f"{name}-{position}")
                for position, card in placed
                for name in names
            ]
