"""The shipped facts, loaded once for all tests of the trade's knowledge, and their pages."""

from collections.abc import Iterator

import pytest

from garage.domain.catalogue import Catalogue
from garage.facts.seeds import load
from garage.paths import SEEDS
from garage.web.settings import Settings
from tests.conftest import FixedClock
from tests.desk import Desk, open_desk


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(SEEDS)


@pytest.fixture
def desk(settings: Settings, clock: FixedClock) -> Iterator[Desk]:
    with open_desk(settings, clock) as opened:
        yield opened
