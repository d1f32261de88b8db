"""How much a press of "Radio Pass", and pages of many radios, ask of the database: nobody waits for what is not said."""

import pytest

from tests import making
from tests.desk import facts, open_desk, statements, without_press

ON_RECORD, PDF = 16, 6  # statements, as many as are needed today; more is a question to ask


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as opened:
        without_press(opened.app)
        opened.app.extensions["garage.facts"] = facts  # corrections are looked up every few seconds, not here
        yield opened


def test_a_click_asks_the_database_for_no_more_than_the_card_says(desk):
    with desk.database.transaction() as session:
        vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
        unit = making.make_head_unit(session, vehicle=vehicle)
        making.make_code(session, unit, "930417")
        number = making.make_job(session, vehicle=vehicle, head_unit=unit).number
    for _ in range(2):  # a new card, then the same once more
        with statements(desk.database) as on_record:
            answer = desk.post(f"/jobs/{number}/card", paper="card", driver="first")
        with statements(desk.database) as pdf:
            assert desk.get(answer.location).status_code == 200
        assert len(on_record) <= ON_RECORD, on_record
        assert len(pdf) <= PDF, pdf


def test_pages_of_many_radios_ask_the_database_no_more_than_pages_of_few(desk):
    asked = {}
    for cars, page in ((2, "/cards/several/1"), (9, "/cards/several/2")):
        numbers = []
        with desk.database.transaction() as session:
            for _ in range(cars):
                vehicle = making.make_vehicle(session)
                unit = making.make_head_unit(session, vehicle=vehicle)
                numbers.append(str(making.make_job(session, vehicle=vehicle, head_unit=unit).number))
        desk.post("/cards/several", job=numbers, paper="avery-c32011")
        desk.post(f"{page}/next")
        for url, name in ((page, "the cards of one print"), ("/cards/several", "the cars of a day")):
            with statements(desk.database) as heard:
                assert desk.get(url).status_code == 200
            asked.setdefault(name, set()).add(len(heard))
    assert all(len(numbers) == 1 for numbers in asked.values()), asked
