"""Receipt, entry sheet and a card with two sides, printed from a job: on record like every card."""

import pytest
import sqlalchemy as sa

from garage.cards.models import Card, PrintJob
from garage.domain.paper import EntrySheet, RadioPass, Receipt
from tests import making
from tests.desk import open_desk

CODE = "930417"


class Taken:
    """A press that keeps the papers it was given."""

    def __init__(self):
        self.papers = []

    def print(self, paper):
        self.papers.append(paper)
        return b"%PDF-"

    def close(self):
        pass


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as opened:
        opened.app.extensions["garage.press"].close()
        opened.app.extensions["garage.press"] = Taken()
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


def test_receipt_and_card_of_one_job_carry_the_same_number(desk, number) -> None:
    for paper in ("card-both-sides", "receipt"):
        desk.get(desk.post(f"/jobs/{number}/card", paper=paper, driver="first").location)
    card, receipt = desk.app.extensions["garage.press"].papers
    assert isinstance(card, RadioPass)
    assert card.style.back
    assert receipt.card.card_number == card.card_number
    with desk.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Card)) == 1
