"""Whom to ask for a make and its radio: the likeliest first, and the reason in a sentence."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from garage.code_requests.dealer_book import dealer_book
from garage.code_requests.models import Dealer
from garage.code_requests.record import records
from garage.domain.answer_times import Record
from garage.domain.asking import Channel
from garage.domain.catalogue import Catalogue
from garage.domain.chasing import WorkingWeek
from garage.domain.packet import DealerKind
from garage.domain.text import N_, Text

LAST = 9  # how well somebody fits who does not serve the make


@dataclass(frozen=True, slots=True)
class WhatToAsk:
    """The radio that a code is wanted for, as far as it decides whom to ask."""

    make: str | None  # of the car
    radio_make: str = ""
    not_original: bool = False  # the car was not built with this radio
    asked: frozenset[int] = frozenset()  # row numbers of those who gave no code for this radio


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody in the book, why they are the right ones to ask, and their record here."""

    dealer: Dealer
    serves: bool
    reason: Text
    record: Record


def proposals(session: Session, catalogue: Catalogue, about: WhatToAsk, week: WorkingWeek) -> list[Proposal]:
    """Everybody we could ask, the likeliest first; those who do not serve the make come last.

    Who names the make goes before who names the radio's own maker and who serves any; a radio that the
    car was not built with goes to a specialist first. Then whose codes played, who answered, the name.
    Who was asked for this radio before and gave no code comes after all who serve it.
    """
    known = records(session, week)
    said = [
        _judged(dealer, about, catalogue, known.get(dealer.id, Record()))
        for dealer in dealer_book(session)
        if dealer.active
    ]
    return [proposal for _, proposal in sorted(said, key=lambda one: one[0])]


def _judged(
    dealer: Dealer, about: WhatToAsk, catalogue: Catalogue, record: Record
) -> tuple[tuple[object, ...], Proposal]:
    place, reason = _fits(dealer, about, catalogue)
    asked = dealer.id in about.asked
    if asked:
        reason = Text(N_("%(reason)s Asked for this radio before: no code."), {"reason": reason})
    rank = (
        place == LAST,
        asked,
        place,
        record.failed - record.played,
        -record.answers,
        dealer.name.casefold(),
        dealer.id,
    )
    return rank, Proposal(dealer, place < LAST, reason, record)


def _fits(dealer: Dealer, about: WhatToAsk, catalogue: Catalogue) -> tuple[int, Text]:
    """How well somebody fits (less is better, LAST: not at all), and the reason."""
    served = {catalogue.make_name(name) or name for name in dealer.makes_served}
    specialist = dealer.kind is DealerKind.SPECIALIST
    names_make = bool(served & _sold_as(catalogue, about.make))
    names_radio = (
        bool(about.radio_make) and (catalogue.make_name(about.radio_make) or about.radio_make) in served
    )
    if about.not_original and specialist and (names_make or names_radio or not served):
        return 0, Text(
            N_(
                "The car was not built with this radio: its dealer has no record of it, a specialist may help."
            )
        )
    if names_make:
        return 1, Text(N_("They serve %(make)s."), {"make": about.make})
    if names_radio:
        return 2, Text(N_("The radio is made by %(make)s: they serve it."), {"make": about.radio_make})
    if not served:
        return 3, Text(N_("They serve any make."))
    return LAST, Text(N_("They do not name this make."))


def _sold_as(catalogue: Catalogue, make: str | None) -> set[str]:
    """The make by its full name, and the makes that sell the same cars and radios."""
    known = catalogue.make(make)
    return {known.name, *known.same_as} if known else {make or ""}


def likely_channel(dealer: Dealer) -> Channel:
    """The quickest way to ask that they offer and that we have an address for."""
    at_hand = (
        (Channel.EMAIL, dealer.email),
        (Channel.PORTAL, dealer.portal),
        (Channel.PHONE, dealer.phone),
        (Channel.LETTER, dealer.address),
    )
    usable = (channel for channel, address in at_hand if address and channel in dealer.offers)
    return next(usable, dealer.offers[0])
