"""Figures per garage and make: what is counted, how long answers took, and a file that no spreadsheet computes."""

import csv
import io
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.board.figures import Period, figures
from garage.domain.asking import Status
from garage.domain.job import Answer
from garage.domain.people import Role
from garage.domain.sheet_cells import plain_cell
from garage.domain.trying import Outcome
from garage.intake.models import Job
from garage.radios.models import Origin
from garage.staff.models import Site
from tests.conftest import FixedClock
from tests.desk import Desk, facts, made_in
from tests.making import (
    AT,
    make_code,
    make_code_request,
    make_head_unit,
    make_job,
    make_person,
    make_site,
    make_vehicle,
)


def usual_name(make: str) -> str:
    return facts().make_name(make) or make


def a_car(session: Session, make: str, **fields: object) -> Job:
    return make_job(
        session, vehicle=make_vehicle(session, make=make), head_unit=make_head_unit(session), **fields
    )


def test_cars_and_codes_are_counted_by_make_however_it_was_typed(session: Session, site: Site) -> None:
    a_car(session, "VW", answer=Answer.ON_FILE)
    asked = a_car(session, "Volkswagen")
    make_code_request(session, job=asked)
    a_car(session, "Ford")
    total, first, second = figures(session, site, Period.YEAR, AT, usual_name)
    assert (total.cars, total.not_asked, total.on_file) == (3, 2, 1)
    assert (first.make, first.cars, first.not_asked, first.on_file) == ("Volkswagen", 2, 1, 1)
    assert (second.make, second.cars, second.on_file) == ("Ford", 1, 0)


def test_answer_times_are_working_days_of_dealers_half_and_nine_of_ten(session: Session, site: Site) -> None:
    for days in (1, 4, 5, 9):
        job = a_car(session, "Ford", happened_at=AT - timedelta(days=20))
        sent = AT - timedelta(days=days)
        make_code_request(session, job=job, status=Status.ANSWERED, sent_at=sent, ended_at=AT)
    make_code_request(
        session, job=a_car(session, "Ford"), dealer=None, status=Status.ANSWERED, sent_at=AT, ended_at=AT
    )
    make_code_request(session, job=a_car(session, "Ford"), status=Status.SENT, sent_at=AT)
    row = figures(session, site, Period.YEAR, AT, usual_name)[1]
    assert sorted(row.days) == [0, 2, 3, 5]  # asked on a Sunday, their time begins on Monday
    assert (row.half_within, row.most_within) == (3, 5)


def test_codes_that_worked_and_those_without_a_dealer_are_counted(session: Session, site: Site) -> None:
    for origin, outcome in (
        (Origin.DEALER, Outcome.WORKED),
        (Origin.CARD, Outcome.WORKED),
        (Origin.CALCULATOR, Outcome.DID_NOT_WORK),
    ):
        job = a_car(session, "Ford")
        assert job.head_unit is not None
        code = make_code(session, job.head_unit, origin=origin)
        session.add(Try(job=job, radio_code=code, outcome=outcome, at=AT))
    row = figures(session, site, Period.YEAR, AT, usual_name)[1]
    assert (row.tries, row.played, row.without_dealer) == (3, 2, 1)


def test_only_the_time_and_the_garage_that_were_asked_for_are_counted(session: Session, site: Site) -> None:
    a_car(session, "Ford", happened_at=AT - timedelta(days=40))
    a_car(session, "Ford", site=make_site(session))
    counted = {period: figures(session, site, period, AT, usual_name)[0].cars for period in Period}
    assert counted == {Period.MONTH: 0, Period.QUARTER: 1, Period.YEAR: 1, Period.ALL: 1}


@pytest.mark.parametrize("typed", ["=1+1", "+44", "-1", "@me", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_compute_stays_text(typed: str) -> None:
    assert plain_cell(typed) == f"'{typed}"


def test_other_cells_stay_as_they_are() -> None:
    assert [plain_cell(value) for value in ("Ford", -1, 2.5, "")] == ["Ford", -1, 2.5, ""]


def test_the_file_says_the_same_as_the_page_and_computes_nothing(desk: Desk) -> None:
    made_in(desk.database, lambda s: a_car(s, '=HYPERLINK("x")'))
    answer = desk.get("/figures.csv?period=all")
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row[:3] for row in rows] == [
        ["Make", "Cars", "Nobody was asked"],
        ["All makes", "1", "1"],
        ['\'=HYPERLINK("x")', "1", "1"],
    ]
    assert "=HYPERLINK" in desk.get("/figures?period=all").text


def test_figures_are_for_managers(desk: Desk, clock: FixedClock) -> None:
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, role=Role.FRONT_DESK)), clock())
    assert desk.get("/figures").status_code == 403
    assert desk.get("/figures.csv").status_code == 403
