"""The print room's pages, by what people come for."""

from garage.cards import (
    views_again,
    views_cards,
    views_look,
    views_paper,
    views_pdf,
    views_printers,
    views_several,
    views_sheets,
)
from garage.cards.blueprint import bp

__all__ = [
    "bp",
    "views_again",
    "views_cards",
    "views_look",
    "views_paper",
    "views_pdf",
    "views_printers",
    "views_several",
    "views_sheets",
]
