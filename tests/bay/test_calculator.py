"""A code is worked out inside a job only: the make fits, papers are seen, one number typed twice, on record."""

import html
import re

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import cli
from garage.bay.calculator import calculate, calculation_for, worked_out_often
from garage.db import Database, vault_of
from garage.domain.catalogue import Catalogue
from garage.domain.text import Refused
from garage.intake.models import Job
from garage.radios.models import Origin, RadioCode, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.bay.conftest import Visitor
from tests.desk import facts, words

FORD, FORD_CODE = "M763412", "9174"


@pytest.fixture
def catalogue() -> Catalogue:
    return facts()


def car(session: Session, by: By, make: str = "Ford", serial: str = FORD, *, papers: bool = True) -> Job:
    unit = making.make_head_unit(session, serial_number=serial, make=make, model="6000CD")
    job = making.make_job(
        session, vehicle=making.make_vehicle(session, make=make, model="Focus"), head_unit=unit
    )
    if papers:
        job.papers_seen_at, job.papers_seen_by_id = by.at, by.person_id
    session.flush()
    return job


def test_a_ford_number_becomes_a_code_to_try(session: Session, by: By, catalogue: Catalogue) -> None:
    row = calculate(session, car(session, by), "m763412", catalogue, by)
    assert (row.origin, row.standing) == (Origin.CALCULATOR, Standing.TO_TRY)
    assert vault_of(session).open(row.sealed) == FORD_CODE


def test_a_renault_label_becomes_a_code_to_try(session: Session, by: By, catalogue: Catalogue) -> None:
    row = calculate(session, car(session, by, "Renault", "T0S053"), "S053", catalogue, by)
    assert vault_of(session).open(row.sealed) == "7913"


def test_the_facts_decide_which_makes_have_a_calculation(
    session: Session, by: By, catalogue: Catalogue
) -> None:
    for make, known in (("Ford", True), ("Dacia", True), ("Skoda", False), ("", False), ("Trabant", False)):
        job = car(session, by, make, f"X{make}")
        assert (calculation_for(job, catalogue) is not None) is known, make


@pytest.mark.parametrize(
    ("given", "number", "sentence"),
    [
        ({"papers": False}, FORD, "See the car's papers first"),
        ({"make": "Volkswagen"}, FORD, "No calculation is known to be reliable"),
        ({}, "M763413", "not the number on record"),
        ({"serial": "V103673"}, FORD, "not the number on record"),
        ({}, "V103673", "Only M and six digits"),
        ({"make": "Renault", "serial": "T0S053"}, "V188", "not the number on record"),
        ({"make": "Renault", "serial": "A099"}, "A099", "no code exists"),
    ],
)
def test_anything_else_is_refused_in_a_sentence(
    session: Session, by: By, catalogue: Catalogue, given: dict[str, object], number: str, sentence: str
) -> None:
    job = car(session, by, **given)  # type: ignore[arg-type]
    with pytest.raises(Refused, match=sentence):
        calculate(session, job, number, catalogue, by)
    assert session.scalar(sa.select(sa.func.count(RadioCode.id))) == 0


@pytest.mark.parametrize("column", ["closed_at", "stopped_at", "locked_for_good_at", "head_unit"])
def test_a_closed_job_a_stop_and_a_dead_radio_are_refused(
    session: Session, by: By, catalogue: Catalogue, column: str
) -> None:
    job = car(session, by)
    if column == "closed_at":
        job.closed_at = by.at
    elif column == "head_unit":
        job.head_unit = None
    else:
        setattr(job.head_unit, column, by.at)
    with pytest.raises(Refused):
        calculate(session, job, FORD, catalogue, by)


def test_the_journal_says_who_and_not_the_number(session: Session, by: By, catalogue: Catalogue) -> None:
    calculate(session, car(session, by), FORD, catalogue, by)
    entry = session.scalars(sa.select(JournalEntry).where(JournalEntry.verb == "calculate")).one()
    assert (entry.person_id, entry.kind, entry.reason_id) == (by.person_id, "radio_code", None)


def test_a_code_that_was_wrong_is_not_worked_out_again(
    session: Session, by: By, catalogue: Catalogue
) -> None:
    job = car(session, by)
    calculate(session, job, FORD, catalogue, by).standing = Standing.DID_NOT_WORK
    with pytest.raises(Refused, match="entered before and did not work"):
        calculate(session, job, FORD, catalogue, by)


def test_more_than_three_a_day_are_listed(session: Session, by: By, catalogue: Catalogue) -> None:
    def often() -> list[tuple[int, int]]:
        found = worked_out_often(session, by.site_id, by.at, by.at.tzinfo)  # type: ignore[arg-type]
        return [(row.person.id, row.times) for row in found]

    for serial in ("M763412", "M000000", "M123456"):
        calculate(session, car(session, by, serial=serial), serial, catalogue, by)
    assert often() == []
    calculate(session, car(session, by, serial="M471749"), "M471749", catalogue, by)
    assert often() == [(by.person_id, 4)]


def test_the_page_says_the_waiting_rule_first_and_the_code_never(
    technician: Visitor, house: Database, people: By
) -> None:
    with house.transaction() as session:
        number = car(session, people).number
    assert f"/jobs/{number}/calculator" in technician.get(f"/jobs/{number}/codes").text
    page = technician.get(f"/jobs/{number}/calculator").text
    assert page.index("Never run the engine indoors") < page.index('name="number"')
    answer = technician.post(f"/jobs/{number}/calculator", form_key="a", number=FORD, number_again=FORD)
    assert answer.location == f"/jobs/{number}/codes"
    page = technician.get(f"/jobs/{number}/codes").text
    assert "Calculator" in page
    assert FORD_CODE not in page


def test_typed_once_or_differently_nothing_is_worked_out(
    technician: Visitor, house: Database, people: By
) -> None:
    with house.transaction() as session:
        number = car(session, people).number
    technician.get(f"/jobs/{number}/calculator")
    for again in ("", "M763413"):
        answer = technician.post(f"/jobs/{number}/calculator", form_key="a", number=FORD, number_again=again)
        assert answer.status_code == 422
    with house.reading() as session:
        assert session.scalar(sa.select(sa.func.count(RadioCode.id))) == 0


def test_without_papers_the_page_says_so_and_offers_the_button(
    technician: Visitor, house: Database, people: By
) -> None:
    with house.transaction() as session:
        number = car(session, people, papers=False).number
    page = technician.get(f"/jobs/{number}/calculator")
    assert "See the car's papers first" in html.unescape(words(page))
    assert 'name="number"' not in page.text
    answer = technician.post(f"/jobs/{number}/calculator", form_key="a", number=FORD, number_again=FORD)
    assert answer.status_code == 409
    technician.post(f"/jobs/{number}/papers-seen", back="codes")
    assert 'name="number"' in technician.get(f"/jobs/{number}/calculator").text


def test_a_radio_without_a_calculation_has_no_link_and_no_page(
    technician: Visitor, house: Database, people: By
) -> None:
    with house.transaction() as session:
        number = car(session, people, "Skoda", "SKZ1Z2K8399700").number
    assert "/calculator" not in technician.get(f"/jobs/{number}/codes").text
    assert technician.get(f"/jobs/{number}/calculator").status_code == 404


def test_after_ten_in_an_hour_it_is_enough(technician: Visitor, house: Database, people: By) -> None:
    with house.transaction() as session:
        number = car(session, people).number
    technician.get(f"/jobs/{number}/calculator")
    statuses = [
        technician.post(
            f"/jobs/{number}/calculator", form_key=str(n), number="M1", number_again="M1"
        ).status_code
        for n in range(11)
    ]
    assert statuses == [*[409] * 10, 429]


def test_the_list_is_for_the_owner(desk: Visitor, technician: Visitor) -> None:
    assert "Nobody." in words(desk.get("/calculations"))
    assert technician.get("/calculations").status_code == 403


def test_there_is_no_other_way_to_it() -> None:
    assert not [name for name in cli.main.commands if re.search("calc|code|precode", name)]


def test_a_calculated_code_is_never_chosen_by_hand(technician: Visitor, house: Database, people: By) -> None:
    with house.transaction() as session:
        number = car(session, people).number
    assert 'value="calculator"' not in html.unescape(technician.get(f"/jobs/{number}/codes").text)
