"""The desk, and a car whose radio is on record."""

from collections.abc import Iterator

import pytest

from garage.web.settings import Settings
from tests import making
from tests.desk import Desk, open_desk


@pytest.fixture
def desk(settings: Settings, clock) -> Iterator[Desk]:
    """The owner sits at the desk."""
    with open_desk(settings, clock) as opened:
        yield opened


@pytest.fixture
def job_number(desk: Desk) -> int:
    """A Skoda with its radio on record."""
    with desk.database.transaction() as session:
        vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
        unit = making.make_head_unit(session, vehicle=vehicle, serial_number="SKZ1Z2A0123456")
        number: int = making.make_job(session, vehicle=vehicle, head_unit=unit).number
    return number


@pytest.fixture
def dealer_id(desk: Desk) -> int:
    """Somebody in the book who serves Skoda."""
    with desk.database.transaction() as session:
        number: int = making.make_dealer(session, phone="01632 960300").id
    return number
