"""Cards in a real browser: did the sheet come out right, and several cards with a progress bar and cancel."""

import time

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from garage.cards.models import Card, PrintJob, Sheet
from tests.browser.desk import sign_in
from tests.making import first_site, make_code, make_head_unit, make_job, make_vehicle
from tests.serving import Served

pytestmark = pytest.mark.browser

CARDS = 30


def cars(served: Served, count: int) -> list[int]:
    """Cars that are here and whose radios have a code on file; their job numbers."""
    with served.database.transaction() as session:
        jobs = []
        for number in range(count):
            vehicle = make_vehicle(session)
            unit = make_head_unit(session, vehicle=vehicle)
            make_code(session, unit, f"93{number:04d}")
            jobs.append(make_job(session, site=first_site(session), vehicle=vehicle, head_unit=unit))
        return [job.number for job in jobs]


def print_on_sheet(page: Page, served: Served, number: int) -> None:
    page.goto(f"{served.url}/jobs/{number}/prints#other")
    page.get_by_label("Which paper?", exact=True).select_option("avery-c32011")
    page.get_by_role("button", name="Print this card").click()
    expect(page.get_by_role("heading", name="Sheet of cards")).to_be_visible()


def numbers_on_file(served: Served) -> list[str]:
    with served.database.reading() as session:
        return list(session.scalars(sa.select(Card.number).order_by(Card.id)))


@pytest.mark.parametrize("answer", ["All", "None"])
def test_one_card_came_out_or_it_did_not(page: Page, live_server: Served, answer: str) -> None:
    sign_in(page, live_server)
    print_on_sheet(page, live_server, cars(live_server, 1)[0])
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open and print").click()
    assert page.request.get(opened.value.url).headers["content-type"] == "application/pdf"
    before = numbers_on_file(live_server)
    page.get_by_role("radio", name=answer).check()
    page.get_by_role("button", name="Save the answer").click()
    if answer == "All":
        expect(page.get_by_text("The sheet is noted as right")).to_be_visible()
    else:
        expect(page.get_by_text("Shred the spoiled card: it carries a code.")).to_be_visible()
        expect(page.get_by_role("heading", name="Sheet of cards")).to_be_visible()
    assert numbers_on_file(live_server) == before
    with live_server.database.reading() as session:
        prints = session.scalars(sa.select(PrintJob).order_by(PrintJob.id)).all()
        assert len(prints) == (1 if answer == "All" else 2)
        assert session.scalar(sa.select(sa.func.count(Sheet.id))) == len(prints)


def prepare(page: Page, served: Served, paper: str = "avery-c32011") -> None:
    page.goto(f"{served.url}/cards/several")
    page.get_by_label("Which paper?", exact=True).select_option(paper)
    page.get_by_role("button", name="Prepare the cards").click()


def test_some_came_out_the_others_go_to_a_fresh_sheet(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    cars(live_server, 3)
    prepare(page, live_server)
    page.get_by_role("link", name="On to printing").click()
    before = numbers_on_file(live_server)
    boxes = page.locator("input[name=good]")
    expect(boxes.first).to_be_hidden()
    page.get_by_role("radio", name="Some").check()
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("Tick the cards that are good")).to_be_visible()
    boxes.nth(1).check()
    page.get_by_role("button", name="Save the answer").click()
    expect(page.get_by_text("Shred the spoiled ones: they carry codes (2).")).to_be_visible()
    assert numbers_on_file(live_server) == before
    for number in (before[0], before[2]):
        expect(page.locator(".answer", has_text=number)).to_have_count(1)
    expect(page.locator(".answer", has_text=before[1])).to_have_count(0)


def test_several_cards_show_their_progress_stop_and_go_on(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    cars(live_server, CARDS)

    def slowly(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/next", slowly)
    prepare(page, live_server)
    page.get_by_text("Preparing: 10 of 30").wait_for()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status")).to_contain_text("Stopped")
    made = len(numbers_on_file(live_server))
    assert 10 <= made < CARDS
    page.reload()  # nothing goes on by itself
    assert Axe().run(page).response["violations"] == []
    expect(page.get_by_role("button", name=f"Print the {made} that are ready")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("30 cards are ready.")).to_be_visible()
    assert len(set(numbers_on_file(live_server))) == CARDS
    page.get_by_role("link", name="On to printing").click()
    link = page.get_by_role("link", name="Open and print").get_attribute("href")
    first, again = (page.request.get(live_server.url + str(link)) for _ in range(2))
    assert first.status == 200
    assert first.body() == again.body()
    assert first.headers["cache-control"] == "no-store"


def test_several_cards_wait_for_a_press_where_the_next_ones_fail(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    cars(live_server, 12)
    asked: list[str] = []

    def fail(route: Route) -> None:
        asked.append(route.request.url)
        route.abort() if len(asked) == 1 else route.fulfill(status=503, body="no")

    page.route("**/next", fail)
    prepare(page, live_server)
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    assert len(asked) == 2  # once a page, and no page loads itself again and again
    page.unroute("**/next")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("12 cards are ready.")).to_be_visible()


def test_several_cards_without_scripts(browser: Browser, live_server: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server)
    cars(live_server, 12)
    prepare(page, live_server)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Preparing: 10 of 12")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("12 cards are ready.")).to_be_visible()
    context.close()
