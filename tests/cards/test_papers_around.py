"""Receipt, entry sheet and a card with two sides, printed from a job: on record like every card."""

import pytest
import sqlalchemy as sa

from garage.cards.models import Card, CardLook, PrintJob
from garage.domain.card import Design, EntrySheet, HandOver, RadioPass, Receipt
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.models import Site
from tests import making
from tests.desk import open_desk, without_press

CODE = "930417"


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as opened:
        without_press(opened.app)
        yield opened


@pytest.fixture
def number(desk):
    with desk.database.transaction() as session:
        vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
        unit = making.make_head_unit(session, vehicle=vehicle)
        making.make_code(session, unit, CODE)
        return making.make_job(session, vehicle=vehicle, head_unit=unit).number


@pytest.mark.parametrize(("paper", "made"), [("receipt", Receipt), ("entry-sheet", EntrySheet)])
def test_a_paper_around_the_card_is_printed_from_the_job_and_kept_sealed(desk, number, paper, made) -> None:
    answer = desk.post(f"/jobs/{number}/card", paper=paper, driver="first")
    assert answer.status_code == 303, answer.text
    assert desk.get(answer.location).status_code == 200
    (printed,) = desk.app.extensions["garage.press"].papers
    assert isinstance(printed, made)
    assert printed.card.code == CODE
    with desk.database.reading() as session:
        row = session.scalars(sa.select(PrintJob)).one()
        assert row.says is None
        assert row.says_sealed is not None


def test_a_card_to_fold_is_handed_over_on_the_sheet_with_its_steps(desk, number) -> None:
    desk.get(desk.post(f"/jobs/{number}/card", paper="handover-folded", driver="first").location)
    (printed,) = desk.app.extensions["garage.press"].papers
    assert isinstance(printed, HandOver)
    assert (printed.card.design, printed.card.code) == (Design.FOLD_OVER, CODE)


def test_an_entry_sheet_makes_no_card_and_leaves_the_one_there_is(desk, number) -> None:
    desk.post(f"/jobs/{number}/card", paper="entry-sheet", driver="first")
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Card)).all() == []
        assert session.scalars(sa.select(PrintJob)).one().card is None
    desk.post(f"/jobs/{number}/card", paper="large-print", driver="first")
    desk.post(f"/jobs/{number}/card", paper="entry-sheet", driver="first")
    with desk.database.reading() as session:
        card = session.scalars(sa.select(Card)).one()
        assert (card.is_current, card.design) == (True, Design.LARGE_PRINT)


def test_an_entry_sheet_is_printed_again_but_not_with_a_code_that_did_not_work(desk, number) -> None:
    address = desk.post(f"/jobs/{number}/card", paper="entry-sheet", driver="first").location
    again = address.replace(".pdf", "/again")
    assert desk.get(desk.post(again).location).status_code == 200
    with desk.database.transaction() as session:
        session.scalars(sa.select(RadioCode)).one().standing = Standing.DID_NOT_WORK
    assert desk.get(address).status_code == 409
    assert "no longer the one on file" in desk.post(again).text


def test_an_entry_sheet_follows_the_rules_of_seeing_a_code(desk, number) -> None:
    address = desk.post(f"/jobs/{number}/card", paper="entry-sheet", driver="first").location
    with desk.database.transaction() as session:
        session.scalars(sa.select(HeadUnit)).one().stopped_at = making.AT
    assert desk.get(address).status_code == 409
    assert desk.post(f"/jobs/{number}/card", paper="entry-sheet", driver="first").status_code == 409


def test_receipt_and_entry_sheet_are_no_usual_paper(desk) -> None:
    offered = desk.get("/cards/look").text
    assert 'value="card-both-sides"' in offered
    assert 'value="receipt"' not in offered
    assert 'value="entry-sheet"' not in offered


def test_a_usual_paper_that_is_gone_stops_no_page(desk, number) -> None:
    with desk.database.transaction() as session:
        site = session.scalars(sa.select(Site)).first()
        session.add(CardLook(site_id=site.id, footer="", barcode=False, paper="a sheet of long ago"))
    assert "A4 sheet with steps" in desk.get(f"/jobs/{number}/prints").text


def test_receipt_and_card_of_one_job_carry_the_same_number(desk, number) -> None:
    for paper in ("card-both-sides", "receipt"):
        desk.get(desk.post(f"/jobs/{number}/card", paper=paper, driver="first").location)
    card, receipt = desk.app.extensions["garage.press"].papers
    assert isinstance(card, RadioPass)
    assert card.style.back
    assert receipt.card.card_number == card.card_number
    with desk.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Card)) == 1
