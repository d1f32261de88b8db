"""The wall: the board in screens of a few large rows, without names, and quiet about who is signed in."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.board.queries import open_jobs
from garage.board.standing import Lane
from garage.board.wall import COLUMNS, LINES, screens
from garage.domain.clearance import Ground
from garage.staff.journal import By
from garage.staff.models import SignIn
from tests.conftest import FixedClock
from tests.desk import Desk, made_in, words
from tests.making import AT, make_job, make_vehicle


def test_every_car_is_on_one_screen_and_no_column_is_too_long(session: Session, by: By) -> None:
    for _ in range(17):
        make_job(session)
        make_job(session, ground=Ground.RECORDED)
    shown = screens(open_jobs(session, by.site_id, AT.date(), AT))
    parts = [part for screen in shown for column in screen for part in column]
    assert sorted(row.job.id for part in parts for row in part.rows) == sorted(
        session.scalars(sa.text("SELECT id FROM job"))
    )
    assert all(part.rows for part in parts)
    assert all(len(screen) <= COLUMNS for screen in shown)
    assert all(sum(1 + len(part.rows) for part in column) <= LINES for screen in shown for column in screen)
    assert {part.total for part in parts if part.lane is Lane.STOP} == {17}


def test_nothing_to_do_is_no_screen(session: Session, by: By) -> None:
    assert screens(open_jobs(session, by.site_id, AT.date(), AT)) == ()


@pytest.mark.parametrize("page", ["/wall", "/wall/rows"])
def test_the_wall_names_no_customer(desk: Desk, page: str) -> None:
    made_in(desk.database, lambda s: make_job(s, vehicle=make_vehicle(s, registration_shown="AB 12")))
    assert "AB 12" in words(desk.get(page))
    assert "Jo Hill" not in desk.get(page).text
    assert "Jo Hill" in desk.get("/lanes").text


@pytest.mark.parametrize("page", ["/lanes", "/wall/rows"])
def test_rows_that_are_fetched_by_themselves_keep_no_sign_in_alive(
    desk: Desk, clock: FixedClock, page: str
) -> None:
    seen = sa.select(SignIn.last_seen_at)
    clock.move(minutes=30)
    assert desk.get(page).status_code == 200
    with desk.database.reading() as session:
        assert session.scalar(seen) == clock.at.replace(hour=12, minute=0)
    clock.move(minutes=31)
    assert desk.get("/lanes").status_code == 401
    assert desk.get("/").location == "/sign-in"
    with desk.client.session_transaction() as browser:
        assert browser["after_sign_in"] == "/"


def test_the_wall_stays_while_nobody_touches_it_but_not_longer_than_a_sign_in_lasts(
    desk: Desk, clock: FixedClock
) -> None:
    clock.move(hours=11)
    assert desk.get("/wall").status_code == 200
    assert desk.get("/").status_code == 303
    assert desk.get("/wall/rows").status_code == 200
    clock.move(hours=2)
    assert desk.get("/wall/rows").status_code == 401
