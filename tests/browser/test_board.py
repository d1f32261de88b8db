"""The board by itself: fresh rows without losing one's place, a lost connection said, the wall without scrolling."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from garage.domain.job import AfterPower, Battery
from garage.upkeep.demo import fill
from tests.browser.desk import sign_in
from tests.desk import facts
from tests.making import first_site, make_head_unit, make_job, make_vehicle
from tests.serving import Served

pytestmark = pytest.mark.browser


@pytest.fixture
def board(page: Page, live_server: Served) -> Page:
    """The board with one car on it, under a clock that the test can wind on."""
    with live_server.database.transaction() as session:
        make_job(session, vehicle=make_vehicle(session, registration="AA1", registration_shown="AA 1"))
    page.clock.install(time=live_server.now())
    sign_in(page, live_server)
    return page


def another_car(session: Session, live_server: Served) -> None:
    """A car that came in earlier: it stands in front of the other one."""
    earlier = live_server.now() - timedelta(days=1)
    make_job(
        session,
        vehicle=make_vehicle(session, registration="BB2", registration_shown="BB 2"),
        happened_at=earlier,
    )


def test_fresh_rows_come_by_themselves_and_the_focus_stays(board: Page, live_server: Served) -> None:
    row = board.get_by_role("link", name="AA 1")
    row.focus()
    with live_server.database.transaction() as session:
        another_car(session, live_server)
    board.clock.run_for(31_000)
    expect(board.get_by_role("link", name="BB 2")).to_be_visible()
    expect(row).to_be_focused()


def test_a_lost_connection_is_said_and_forgotten_when_it_is_back(board: Page) -> None:
    lost = board.locator("#lost")
    board.route("**/lanes", lambda route: route.abort())
    board.clock.run_for(31_000)
    expect(lost).to_contain_text("No connection")
    board.unroute("**/lanes")
    board.clock.run_for(31_000)
    expect(lost).to_be_hidden()


def test_a_wait_runs_down(page: Page, live_server: Served) -> None:
    until = live_server.now() + timedelta(minutes=20)
    with live_server.database.transaction() as session:
        unit = make_head_unit(session, waits_until=until)
        make_job(session, head_unit=unit, battery=Battery.BACK, after_power=AfterPower.ASKED)
    page.route("**/lanes", lambda route: route.abort())  # the server's clock stands still in this test
    sign_in(page, live_server)
    page.clock.install(time=live_server.now())
    page.clock.pause_at(live_server.now() + timedelta(hours=1))  # this machine's clock is wrong
    page.reload()
    wait = page.locator("time[data-until]")
    assert seconds_left(wait) == 20 * 60
    page.clock.run_for(65_000)
    assert seconds_left(wait) == pytest.approx(20 * 60 - 65, abs=1)


def seconds_left(wait: Locator) -> int:
    minutes, seconds = wait.inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


@pytest.mark.parametrize(
    ("width", "height", "language"), [(1920, 1080, "de"), (1280, 720, "en"), (1280, 1024, "en")]
)
def test_the_wall_shows_every_car_in_turn_without_scrolling_and_without_names(
    page: Page, live_server: Served, width: int, height: int, language: str
) -> None:
    fill(live_server.database, facts(), live_server.now())
    page.clock.install(time=live_server.now())
    sign_in(page, live_server)
    with live_server.database.transaction() as session:
        first_site(session).language = language
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server.url}/wall")
    plates = page.locator(".wall-row:visible .plate")
    seen = set()
    for _ in range(page.locator("[data-screen]").count()):
        assert page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        )
        assert (
            page.evaluate(
                "Math.min(...[...document.querySelectorAll('.wall-words')].map(w => parseFloat(getComputedStyle(w).fontSize)))"
            )
            >= width / 60
        )
        cut = (
            "rows => rows.filter(row => row.scrollHeight > row.clientHeight + 1).map(row => row.textContent)"
        )
        assert page.locator(".wall-row:visible").evaluate_all(cut) == []
        seen |= set(plates.all_inner_texts())
        page.clock.run_for(12_000)
    everybody = page.locator(".wall-row .plate").evaluate_all("all => all.map(one => one.textContent)")
    assert seen == set(everybody)
    assert "Winifred" not in page.content()


def test_on_a_phone_the_wall_says_each_lane_once_a_screen(page: Page, live_server: Served) -> None:
    fill(live_server.database, facts(), live_server.now())
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/wall")
    lanes = page.locator(".wall-column h2:visible")
    assert len(set(lanes.all_inner_texts())) < lanes.count()  # beside each other, a column names its lanes
    page.set_viewport_size({"width": 390, "height": 844})
    said = lanes.all_inner_texts()
    assert len(set(said)) == len(said) > 1
