"""The life of a card: one current card for each radio and driver, reprints with a reason, void, handed over."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from garage.cards import life
from garage.cards.actions import PrintCard, PrintPaper, print_again, print_card
from garage.cards.life import CardWish, HandOverCard
from garage.cards.look import switch_language_off, switch_language_on
from garage.cards.models import Card
from garage.cards.records import paper_of
from garage.cards.rules import Plea
from garage.domain.card import Design
from garage.domain.card_life import Driver, WhyNotCurrent
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Refused
from garage.radios.models import Standing
from garage.staff.models import JournalEntry
from tests import making
from tests.cards.test_actions import CATALOGUE, CODE

USUAL = CardWish()
SECOND = CardWish(driver=Driver.SECOND)


@pytest.fixture
def job(session, site):
    vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
    unit = making.make_head_unit(session, vehicle=vehicle)
    making.make_code(session, unit, CODE)
    return making.make_job(session, site=site, vehicle=vehicle, head_unit=unit)


def card_on(session, job, by, paper="handover", reason="", wish=USUAL, **fields):
    command = PrintCard(paper, Plea(reason, is_fresh=True), wish, **fields)
    row = print_card(session, job, CATALOGUE, command, by)
    session.flush()
    return row


def later(by, **time):
    return replace(by, at=by.at + timedelta(**time))


def current(session):
    return set(session.scalars(sa.select(Card.number).where(Card.not_current_at.is_(None))))


def test_the_same_card_is_printed_on_another_paper_within_a_job(session, job, by):
    first, second = card_on(session, job, by), card_on(session, job, by, "card")
    assert first.card is second.card
    assert paper_of(session, first).card.card_number == paper_of(session, second).card_number


def test_a_receipt_neither_counts_as_printing_the_card_nor_changes_its_design(session, job, by):
    card = card_on(session, job, by, "receipt").card
    assert card.printed_at is None
    card_on(session, job, later(by, hours=2), "handover-folded")
    receipt = card_on(session, job, later(by, hours=5), "receipt")
    assert (card.printed_at, card.design) == (later(by, hours=2).at, Design.FOLD_OVER)
    print_again(session, receipt, CATALOGUE, PrintPaper(PaperKind.RECEIPT), later(by, hours=9))
    assert card.printed_at == later(by, hours=2).at


def test_two_drivers_have_a_card_each_without_a_reason(session, job, by):
    first = card_on(session, job, by).card
    second = card_on(session, job, later(by, hours=5), wish=SECOND).card
    assert first.number != second.number
    assert current(session) == {first.number, second.number}


def test_a_card_that_was_printed_some_time_ago_needs_a_reason(session, job, by):
    row = card_on(session, job, by)
    card_on(session, job, later(by, minutes=20))  # the paper jammed
    evening = later(by, hours=6)
    for press in (
        lambda: card_on(session, job, evening),
        lambda: print_again(session, row, CATALOGUE, PrintPaper(row.kind), evening),
    ):
        with pytest.raises(Refused, match="why it is printed again"):
            press()
    again = card_on(session, job, evening, reason="the dog ate it")
    assert again.card is row.card
    entry = session.scalars(sa.select(JournalEntry).where(JournalEntry.row_number == again.id)).one()
    assert entry.reason.text == "the dog ate it"


def test_a_new_visit_brings_a_new_card_and_the_old_one_is_not_current(session, site, job, by):
    old = card_on(session, job, by).card
    job.closed_at = by.at
    visit = making.make_job(
        session, site=site, vehicle=job.vehicle, head_unit=job.head_unit, customer=job.customer
    )
    new = card_on(session, visit, later(by, days=400)).card
    assert current(session) == {new.number}
    assert old.why_not_current is WhyNotCurrent.REPLACED


def test_another_code_ends_every_card_of_the_radio(session, job, by):
    card_on(session, job, by)
    card_on(session, job, by, wish=SECOND)
    for code in job.head_unit.codes:
        code.standing = Standing.DID_NOT_WORK
    making.make_code(session, job.head_unit, "204816")
    new = card_on(session, job, by).card
    assert current(session) == {new.number}


def test_the_database_holds_one_current_card_for_a_driver(session, job, by):
    card = card_on(session, job, by).card
    twin = Card(
        site_id=card.site_id, number="RP-00000000", head_unit=card.head_unit, made_at=by.at, language="en"
    )
    session.add(twin)
    with pytest.raises(IntegrityError):
        session.flush()


def test_void_needs_a_sentence_and_happens_once(session, job, by):
    row = card_on(session, job, by)
    with pytest.raises(Refused, match="one sentence"):
        life.void_card(session, row.card, " ", by)
    life.void_card(session, row.card, "left on the train", by)
    assert row.card.why_not_current is WhyNotCurrent.VOID
    with pytest.raises(Refused, match="ended before"):
        life.void_card(session, row.card, "again", by)
    with pytest.raises(Refused, match="no longer our current card"):
        print_again(session, row, CATALOGUE, PrintPaper(row.kind), by)
    new = card_on(session, job, by).card
    assert new.number != row.card.number


def test_handing_over_keeps_who_took_it_and_whether_papers_were_seen(session, job, by):
    card = card_on(session, job, by).card
    with pytest.raises(Refused, match="Codes are kept sealed"):
        life.hand_card_over(session, card, HandOverCard(f"Jo Hill {CODE}", papers_seen=True), by)
    life.hand_card_over(session, card, HandOverCard("Jo Hill", papers_seen=True), by)
    assert (card.handed_to, card.papers_seen, card.handed_over_at) == ("Jo Hill", True, by.at)


def test_a_card_whose_code_did_not_work_is_not_handed_over(session, job, by):
    card = card_on(session, job, by).card
    card.radio_code.standing = Standing.DID_NOT_WORK
    with pytest.raises(Refused, match="did not work"):
        life.hand_card_over(session, card, HandOverCard("Jo Hill", papers_seen=True), by)
    assert card.handed_over_at is None
    life.void_card(session, card, "lost", by)
    with pytest.raises(Refused, match="no longer our current card"):
        life.hand_card_over(session, card, HandOverCard("Jo Hill", papers_seen=True), by)


def test_the_customers_own_words_and_design_stand_on_the_card(session, job, by):
    row = card_on(session, job, by, "large-print", wish=CardWish(own_words="Anna's Golf"))
    paper = paper_of(session, row)
    assert (row.kind, paper.own_words, paper.design) == (PaperKind.CARD, "Anna's Golf", Design.LARGE_PRINT)
    with pytest.raises(Refused, match="Codes are kept sealed"):
        card_on(session, job, by, wish=CardWish(own_words=CODE))


def test_an_unknown_paper_is_refused(session, job, by):
    with pytest.raises(Refused, match="not known here"):
        card_on(session, job, by, "papyrus")


def test_printed_once_more_a_card_keeps_the_customers_words_and_language(session, site, job, by):
    card = card_on(session, job, by, wish=CardWish(own_words="Anna's Golf", language="de")).card
    card_on(session, job, by, "card")
    assert (card.own_words, card.language) == ("Anna's Golf", "de")
    card_on(session, job, by, wish=CardWish(own_words="", language="en"))
    assert (card.own_words, card.language) == ("", "en")


def test_a_card_leaves_a_language_in_which_a_mistake_was_found(session, site, job, by):
    switch_language_on(session, "fr", "Camille Roux", by)
    row = card_on(session, job, by, wish=CardWish(language="fr"))
    assert (row.card.language, paper_of(session, row).card.language) == ("fr", "fr")
    switch_language_off(session, "fr", by)
    session.flush()
    with pytest.raises(Refused, match="this language were switched off"):
        print_again(session, row, CATALOGUE, PrintPaper(row.kind), by)
    again = card_on(session, job, by)
    assert again.card is row.card
    assert (again.card.language, paper_of(session, again).card.language) == ("en", "en")
