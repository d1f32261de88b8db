"""A known car: the panel says at once what the five answers need, and no number more than that."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.domain.asking import Status
from garage.domain.job import AfterPower, SameRadio
from garage.facts.actions import note_experience
from garage.intake.models import Job
from garage.radios.models import HeadUnit, Origin, Standing
from garage.staff.journal import By
from tests.desk import Desk, made_in, words
from tests.making import (
    AT,
    first_site,
    make_code,
    make_code_request,
    make_fitting,
    make_head_unit,
    make_job,
    make_vehicle,
)


def make_known(session: Session, *, code: dict[str, Any] | None = None, **unit: Any) -> HeadUnit:
    """A car with this radio, here last in March; `code=` puts one on file."""
    car = make_vehicle(session, registration="KAAB12", registration_shown="KA-AB 12", make="Skoda")
    radio = make_head_unit(session, serial_number="SKZ1Z2K8399700", vehicle=car, **unit)
    if code is not None:
        make_code(session, radio, **code)
    make_job(session, vehicle=car, head_unit=radio, closed_at=AT, after_power=AfterPower.ASKED)
    return radio


def panel(desk: Desk) -> str:
    return words(desk.post("/new/known", registration="ka ab 12"))


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ({"standing": Standing.WORKED, "worked_at": AT}, "worked on"),
        ({"origin": Origin.OWN_RECORDS}, "not tried yet · Our old records"),
    ],
)
def test_a_code_on_file_is_said_and_how_far_it_can_be_trusted(
    desk: Desk, code: dict[str, Any], says: str
) -> None:
    made_in(desk.database, lambda s: make_known(s, code=code))
    said = panel(desk)
    assert "Code is on file for the radio ending 9700" in said
    assert says in said
    assert "0417" not in said


def test_the_last_visit_is_told(desk: Desk) -> None:
    made_in(desk.database, make_known)
    said = panel(desk)
    for part in ("Last visit", "Battery change", "Jo Hill", "Asks for a code"):
        assert part in said


def test_without_a_code_our_own_experience_comes_before_the_facts(desk: Desk) -> None:
    def make(session: Session) -> None:
        make_known(session)
        by = By(first_site(session).id, None, AT)
        for asked in (True, True, False):
            note_experience(session, "Skoda", "Fabia", None, asked=asked, by=by)

    made_in(desk.database, make)
    assert "No code is known. Here 2 of the last 3 asked for a code." in panel(desk)


@pytest.mark.parametrize(
    ("unit", "says"), [({"stopped_at": AT}, "put a stop"), ({"locked_for_good_at": AT}, "locked for good")]
)
def test_a_stop_and_a_locked_radio_are_said_instead_of_the_code(
    desk: Desk, unit: dict[str, Any], says: str
) -> None:
    made_in(desk.database, lambda s: make_known(s, code={}, **unit))
    said = panel(desk)
    assert says in said
    assert "Code is on file" not in said


def test_a_changed_radio_is_said(desk: Desk) -> None:
    def make(session: Session) -> None:
        now = make_known(session)
        car = session.scalars(sa.select(Job)).one().vehicle
        old = make_head_unit(session, serial_number="SKZ1Z2K8391234")
        fitting = make_fitting(session, vehicle=car, head_unit=old, from_at=AT - timedelta(days=9))
        fitting.until_at = AT
        assert car.head_unit is now

    made_in(desk.database, make)
    assert "The radio was changed" in panel(desk)
    assert "ending 1234" in panel(desk)


def test_another_radio_whose_number_nobody_read_is_said(desk: Desk) -> None:
    def make(session: Session) -> None:
        make_known(session, code={})
        car = session.scalars(sa.select(Job)).one().vehicle
        make_job(session, vehicle=car, same_radio=SameRadio.NO, closed_at=AT)

    made_in(desk.database, make)
    assert "another radio was in the car" in panel(desk)


def test_an_open_request_for_the_radio_is_said(desk: Desk) -> None:
    def make(session: Session) -> None:
        unit = make_known(session)
        job = session.scalars(sa.select(Job)).one()
        make_code_request(session, job=job, head_unit=unit, status=Status.SENT, sent_at=AT)

    made_in(desk.database, make)
    assert "is being asked for since" in panel(desk)
    assert "Invented Cars Ltd" in panel(desk)


def test_of_a_car_that_left_nobody_says_that_it_is_here(desk: Desk) -> None:
    def make(session: Session) -> None:
        car = make_vehicle(session, registration="KAAB12", make="Skoda")
        make_job(session, vehicle=car, left_at=AT)
        make_job(session, vehicle=make_vehicle(session, registration="KAAB13"))

    made_in(desk.database, make)
    assert "It left, and its job is still open" in panel(desk)
    assert "It is here already" not in panel(desk)
    found = words(desk.post("/find", text="kaab1"))
    assert "Car left, job" in found
    assert "Here now: job" in found


def test_a_car_is_here_once_whatever_two_desks_do(session: Session) -> None:
    job = make_job(session)
    second = Job(
        site_id=job.site_id,
        number=job.number + 1,
        vehicle=job.vehicle,
        customer=job.customer,
        work=job.work,
        answer=job.answer,
        happened_at=AT,
        opened_at=AT,
    )
    session.add(second)
    with pytest.raises(sa.exc.IntegrityError):
        session.flush()
