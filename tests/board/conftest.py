"""The board with somebody signed in at the desk."""

from collections.abc import Iterator

import pytest

from garage.web.settings import Settings
from tests.conftest import FixedClock
from tests.desk import Desk, open_desk


@pytest.fixture
def desk(settings: Settings, clock: FixedClock) -> Iterator[Desk]:
    with open_desk(settings, clock) as opened:
        yield opened
