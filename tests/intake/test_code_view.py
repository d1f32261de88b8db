"""Whose car is it: coming twice proves nothing, papers do."""

import pytest
from sqlalchemy.orm import Session

from garage.intake.code_view import previous_customer_differs
from garage.intake.models import Vehicle
from garage.staff.journal import By
from tests.making import make_customer, make_job, make_vehicle


@pytest.fixture
def vehicle(session: Session) -> Vehicle:
    return make_vehicle(session)


def test_the_first_customer_is_taken_as_the_keeper(session: Session, vehicle: Vehicle) -> None:
    first = make_job(session, vehicle=vehicle)
    again = make_job(session, vehicle=vehicle, customer=first.customer)
    assert not previous_customer_differs(session, first)
    assert not previous_customer_differs(session, again)


def test_somebody_else_stays_somebody_else_however_often_they_come(
    session: Session, vehicle: Vehicle
) -> None:
    make_job(session, vehicle=vehicle)
    stranger = make_customer(session, name="Stranger")
    visits = [make_job(session, vehicle=vehicle, customer=stranger) for _ in range(3)]
    assert all(previous_customer_differs(session, job) for job in visits)


def test_papers_make_the_new_customer_the_keeper_and_the_old_one_a_stranger(
    session: Session, vehicle: Vehicle, by: By
) -> None:
    old = make_job(session, vehicle=vehicle)
    buyer = make_customer(session, name="Buyer")
    make_job(session, vehicle=vehicle, customer=buyer, papers_seen_at=by.at)
    assert not previous_customer_differs(session, make_job(session, vehicle=vehicle, customer=buyer))
    assert previous_customer_differs(session, make_job(session, vehicle=vehicle, customer=old.customer))
