"""A real browser and the program on a real port."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, expect

from garage.web.settings import Settings
from tests.conftest import FixedClock
from tests.serving import Served, chromium, served

PATIENCE = 60_000  # milliseconds for any step: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def context(context: BrowserContext) -> BrowserContext:
    """The browser's context, as patient with pages as `expect` is with what stands on them."""
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def live_server(settings: Settings, clock: FixedClock) -> Iterator[Served]:
    """The program on a real port over a founded SQLite house where nobody signed up yet."""
    with served(settings, clock) as running:
        yield running


@pytest.fixture
def live_server_on_both(settings: Settings, database_url: str, clock: FixedClock) -> Iterator[Served]:
    """The same, once over SQLite and once over PostgreSQL."""
    with served(replace(settings, database_url=database_url), clock) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    """Playwright drives Debian's chromium, without calls of its own to anywhere."""
    return browser_type_launch_args | chromium()
