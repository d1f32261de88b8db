"""The pages of makes and displays, as somebody in the bay reads them."""

import html

import pytest
from sqlalchemy.orm import Session

from garage.domain.advice import NOTHING_SURE, is_known
from garage.domain.catalogue import Catalogue, Fact
from garage.domain.fact_kinds import DisplayFact
from garage.domain.people import Role
from garage.domain.scope import RadioInCar
from garage.facts.actions import note_experience
from garage.facts.make_sheet import Line, make_sheet
from garage.staff.journal import By
from tests.conftest import FixedClock
from tests.desk import Desk, facts, made_in, words
from tests.making import first_site, make_head_unit, make_job, make_person, make_vehicle

MAKES = [make.name for make in facts().makes]
AFTER_POWER = "Connect a charger first. Switch the ignition on. Switch the radio on. Wait 2 minutes. Look at the display."


def address(make: str) -> str:
    return "/makes/" + make.casefold().replace(" ", "-")


def said(desk: Desk, make: str) -> str:
    return html.unescape(words(desk.get(address(make))))


@pytest.fixture
def technician(desk: Desk, clock: FixedClock) -> Desk:
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, name="Tom", role=Role.TECHNICIAN)), clock())
    return desk


def test_every_make_answers_and_nothing_unsure_is_told(technician: Desk) -> None:
    for make in MAKES:
        page = said(technician, make)
        if not is_known(facts(), make):
            assert str(NOTHING_SURE) in page, make
            continue
        for told in ("Where is the number", "What to press", "When to stop", "top after one", AFTER_POWER):
            assert told in page, (make, told)
        for fact in facts().of_make(Fact, make):
            if not fact.usable and fact.note and not isinstance(fact, DisplayFact):
                assert fact.note not in page, fact.id


def test_a_make_nobody_knows_says_the_one_line(technician: Desk) -> None:
    page = said(technician, "Trabant")
    assert str(NOTHING_SURE) in page
    assert "What to press" not in page


def test_the_three_answers_come_first_and_sources_lie_behind_a_tap(technician: Desk) -> None:
    page = technician.get(address("Audi")).text
    places = [page.index(part) for part in ('id="h-where"', 'id="h-press"', 'id="h-stop"', 'id="h-dealer"')]
    assert places == sorted(places)
    assert "Audi bulletin" in page.split('<details class="why">', 1)[1]
    assert "Audi bulletin" not in page.split('<details class="why">', 1)[0]


def test_every_wait_says_charger_first_and_never_the_engine_indoors(technician: Desk) -> None:
    page = said(technician, "Honda")
    for told in (
        "Connect a charger first.",
        "Never run the engine indoors",
        "A flat battery restarts the wait",
    ):
        assert told in page


def test_a_rule_of_one_radio_stands_there_with_its_bounds(catalogue: Catalogue) -> None:
    yes = [line for line in make_sheet(catalogue, RadioInCar("vw")).asks if line.bounds]
    assert [str(bound) for line in yes for bound in line.bounds] == ["only radios Beta, Gamma, MFD"]


def test_for_one_car_the_rules_of_other_cars_are_left_out(catalogue: Catalogue) -> None:
    def bounded(lines: tuple[Line, ...]) -> list[str]:
        return [str(bound) for line in lines for bound in line.bounds]

    assert bounded(make_sheet(catalogue, RadioInCar("vw", radio="RCD 300")).asks) == []
    assert bounded(make_sheet(catalogue, RadioInCar("vw", radio="Gamma V")).asks) != []


def test_no_fact_of_another_make_or_market_is_on_the_sheet(catalogue: Catalogue) -> None:
    foreign = [fact for fact in catalogue.facts if fact.note and (fact.scope.market or not fact.usable)]
    assert foreign
    for make in MAKES:
        sheet = make_sheet(catalogue, RadioInCar(make))
        lines = (*sheet.where, *sheet.press, *sheet.code, *sheet.limits, *sheet.asks, *sheet.dealer)
        notes = {str(note) for line in (*lines, *sheet.ways, *sheet.before) for note in line.notes}
        assert not notes & {fact.note for fact in foreign}


def test_a_rule_of_one_shape_stands_on_the_pages_of_the_makes_that_have_it(catalogue: Catalogue) -> None:
    def shapes(make: str) -> list[str]:
        lines = make_sheet(catalogue, RadioInCar(make)).ways
        return [str(bound) for line in lines for bound in line.bounds if "such a number" in str(bound)]

    only = "only with such a number: Blaupunkt, BP and 12 characters"
    assert only in shapes("Fiat")
    assert only in shapes("Blaupunkt")
    assert only not in shapes("Toyota")


def test_our_own_experience_stands_above_the_facts(desk: Desk, clock: FixedClock) -> None:
    def nine_quiet_cars(session: Session) -> None:
        by = By(first_site(session).id, None, clock())
        for _ in range(9):
            note_experience(session, "Skoda", "Fabia", 2004, False, by)

    made_in(desk.database, nine_quiet_cars)
    page = said(desk, "Skoda")
    assert "Fabia: Here the last 9 of 9 did not ask." in page
    assert page.index("9 of 9") < page.index("Where is the number")
    one_car = html.unescape(words(desk.get("/makes/skoda?model=Octavia")))
    assert "9 of 9" not in one_car


def test_the_list_names_every_make_and_marks_those_without_an_answer(technician: Desk) -> None:
    page = technician.get("/makes").text
    assert all(f'href="{address(make)}"' in page for make in MAKES)
    assert "nothing sure" in page


def test_a_locked_display_begins_with_the_question_who_tried(technician: Desk) -> None:
    page = words(technician.post("/displays", text="5 safe", make="opel"))
    assert "Tries left: 5." in page
    steps = page.split("reported by several ")[1]
    assert steps.startswith("Has anyone tried a code already?")
    assert technician.post("/displays", text="", make="opel").status_code == 422


def test_what_is_typed_as_a_display_stands_in_no_address(technician: Desk) -> None:
    response = technician.post("/displays", text="0417")
    assert response.status_code == 200
    assert "nothing sure" in words(response)


def test_the_job_page_and_the_bay_lead_to_the_make(desk: Desk) -> None:
    def make(session: Session) -> int:
        car = make_vehicle(session, make="Mercedes-Benz", model="C 180", year=1999)
        return make_job(session, vehicle=car, head_unit=make_head_unit(session, model="Audio 10")).number

    number = made_in(desk.database, make)
    for page in (f"/jobs/{number}", f"/jobs/{number}/bay"):
        assert "/makes/mercedes-benz?model=C+180&amp;year=1999&amp;radio=Audio+10" in desk.get(page).text


def test_a_code_dearer_than_its_radio_is_warned_about(technician: Desk) -> None:
    warning = "This costs more than the radio is worth."
    assert "Is it worth its price?" in said(technician, "Skoda")
    assert warning in words(technician.post("/worth-it", quoted="80", value="79.99"))
    assert warning not in words(technician.post("/worth-it", quoted="30", value="30.00"))
    for odd in ("", "much", "-1", "NaN"):
        assert technician.post("/worth-it", quoted=odd, value="30").status_code == 422, odd
