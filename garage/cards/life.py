"""The life of a card: made or printed once more, handed over, no longer current."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.cards.faces import Subject
from garage.cards.look import card_language
from garage.cards.models import Card
from garage.domain.card import Design
from garage.domain.card_life import Driver, WhyNotCurrent
from garage.domain.radio_pass import CARD_NUMBER_BYTES, new_card_number
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.radios.actions import known_codes
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.journal import By, write


@dataclass(frozen=True, slots=True)
class CardWish:
    """What the person at the desk chose for a card; None: as on the card so far, else as the garage has it."""

    driver: Driver = Driver.FIRST
    design: Design | None = None
    language: str | None = None
    own_words: str | None = None


@dataclass(frozen=True, slots=True)
class HandOverCard:
    """Who took the card, and whether the car's papers were seen."""

    handed_to: str
    papers_seen: bool


def card_for(session: Session, subject: Subject, code: RadioCode | None, wish: CardWish, by: By) -> Card:
    """The card to print for this radio and driver: the current one where it says the same, else a new one.

    It is the same card within one job while the code is the same, whatever paper it is printed on. A new
    card ends the driver's older one, and every card of the radio that carries another code. A language that
    was switched off meanwhile is not printed any more.
    Refused when the customer's own words hold a code.
    """
    unit = subject.unit
    # two desks: one card for one driver
    session.execute(select(HeadUnit.id).where(HeadUnit.id == unit.id).with_for_update())
    refuse_code_in_note(wish.own_words or "", known_codes(session, unit))
    current = {card.driver: card for card in cards_of(session, unit) if card.is_current}
    card = current.get(wish.driver)
    if card is None or not _says_the_same(card, subject, code):
        for older in current.values():
            if older.driver is wish.driver or older.radio_code is not code:
                _end(older, WhyNotCurrent.REPLACED, by.at)
        session.flush()  # the older card gives its place free first
        card = _new_card(subject, code, wish.driver, by)
        session.add(card)
    number_card = code is None and wish.design is not Design.LARGE_PRINT
    card.design = Design.NUMBER if number_card else wish.design or card.design
    if wish.own_words is not None:
        card.own_words = wish.own_words
    card.language = card_language(session, subject.site, wish.language or card.language)
    return card


def _says_the_same(card: Card, subject: Subject, code: RadioCode | None) -> bool:
    return card.job is subject.job and card.radio_code is code


def _new_card(subject: Subject, code: RadioCode | None, driver: Driver, by: By) -> Card:
    return Card(
        site_id=by.site_id,
        number=new_card_number(secrets.token_bytes(CARD_NUMBER_BYTES)),
        head_unit=subject.unit,
        radio_code=code,
        job_id=subject.job.id if subject.job else None,
        driver=driver,
        design=Design.CLASSIC,
        made_at=by.at,
        person_id=by.person_id,
        language=subject.site.language,
    )


def cards_of(session: Session, unit: HeadUnit) -> list[Card]:
    """Every card of a radio, the newest first."""
    return list(session.scalars(select(Card).where(Card.head_unit_id == unit.id).order_by(Card.id.desc())))


def current_card(session: Session, unit: HeadUnit) -> Card | None:
    """The first driver's current card of a radio."""
    return current_cards(session, [unit]).get(unit.id)


def current_cards(session: Session, units: Iterable[HeadUnit]) -> dict[int, Card]:
    """The same for many radios, by their row numbers; only those that have one."""
    current = select(Card).where(
        Card.head_unit_id.in_([unit.id for unit in units]),
        Card.driver == Driver.FIRST,
        Card.not_current_at.is_(None),
    )
    return {card.head_unit_id: card for card in session.scalars(current)}


def card_numbered(session: Session, site_id: int, number: str) -> Card | None:
    """The card of this site with this number."""
    return session.scalar(select(Card).where(Card.number == number, Card.site_id == site_id))


def hand_card_over(session: Session, card: Card, command: HandOverCard, by: By) -> None:
    """Somebody took the card.

    Refused for one that is no longer current or whose code did not work, and for a name with a code in it.
    """
    if not card.is_current:
        raise Refused(N_("This is no longer our current card. Hand over the newer one."))
    if card.radio_code is not None and card.radio_code.standing is Standing.DID_NOT_WORK:
        raise Refused(N_("The code on this card did not work. Shred the card and print a new one."))
    refuse_code_in_note(command.handed_to, known_codes(session, card.head_unit))
    card.handed_to, card.papers_seen = command.handed_to, command.papers_seen
    card.handed_over_at, card.handed_over_by_id = by.at, by.person_id
    write(session, by, "hand_card_over", card)


def void_card(session: Session, card: Card, reason: str, by: By) -> None:
    """The card is no longer our current one, for example because it is lost. Its code still works.

    Refused without a sentence that says why, and when it was ended before.
    """
    if not card.is_current:
        raise Refused(N_("This card was ended before."))
    if not reason.strip():
        raise Refused(N_("Write one sentence that says why."))
    refuse_code_in_note(reason, known_codes(session, card.head_unit))
    _end(card, WhyNotCurrent.VOID, by.at)
    write(session, by, "void_card", card, reason)


def _end(card: Card, why: WhyNotCurrent, at: datetime) -> None:
    card.not_current_at, card.why_not_current = at, why
