"""A card with invented numbers, to see how the garage's cards look."""

from dataclasses import replace
from datetime import date

from garage.cards.contents import letterhead
from garage.cards.papers import CardPaper
from garage.domain.card import CardSheet, CardStyle, EntrySheet, HandOver, RadioPass, Receipt
from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.domain.radio_pass import make_radio_pass
from garage.domain.steps import Step
from garage.staff.models import Site

DAY = date(2026, 1, 15)
STEPS = (
    Step("radio_on"),
    Step("press_for_digit", (("first", 1), ("last", 4))),
    Step("hold", (("key", "►"), ("seconds", 2))),
)
WAITING = (Step("connect_charger"), Step("leave_on"), Step("wait_minutes", (("minutes", 60),)))


def sample_card(site: Site, paper: CardPaper, style: CardStyle, language: str | None = None) -> Paper:
    """The paper with a card on it that says SAMPLE, in the site's language unless another is named.

    A language that nobody has read may be named too: this is the paper to read it on.
    Refused before the letterhead is written.
    """
    us, card = letterhead(site), _sample_pass(site, paper, style, language or site.language)
    if paper.layout is not None:
        return CardSheet(layout_id=paper.layout.id, cards=((0, card),), style=style, language=site.language)
    match paper.kind:
        case PaperKind.HAND_OVER:
            return HandOver(card=card, letterhead=us, printed_on=DAY, receipt=True)
        case PaperKind.RECEIPT:
            return Receipt(card=card, letterhead=us, printed_on=DAY)
        case PaperKind.ENTRY_SHEET:
            return EntrySheet(card=card)
        case _:
            return card


def _sample_pass(site: Site, paper: CardPaper, style: CardStyle, language: str) -> RadioPass:
    us = letterhead(site)
    return make_radio_pass(
        garage=us.name,
        phone=us.phone,
        radio_make="Blaupunkt",
        radio_model="Sample CD",
        serial_number="SAMPLE0000001",
        vin="SAMPLE00000000017",
        card_number="RP-7K3M9Q2X",
        code="0000",
        worked_on=DAY,
        leave_radio_on=True,
        entry_steps=tuple(step.text() for step in STEPS),
        waiting=tuple(step.text() for step in WAITING),
        design=paper.design,
        style=replace(style, back=paper.back),
        sample=True,
        language=language,
    )
