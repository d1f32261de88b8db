"""The shipped facts, loaded once for all tests of the trade's knowledge."""

import pytest

from garage.domain.catalogue import Catalogue
from garage.facts.seeds import load
from garage.paths import SEEDS


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(SEEDS)
