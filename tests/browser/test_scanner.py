"""A scanner is a quick keyboard that ends with Enter: it finds from every page and never sends a form."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from garage.intake.models import Job
from tests.browser.desk import BY_HAND, scan, sign_in
from tests.making import AT, make_head_unit, make_job, make_vehicle
from tests.serving import Served

pytestmark = pytest.mark.browser

VIN = "TMBJJ6Y5X54512345"
SERIAL = "SKZ1Z2K8399700"


@pytest.fixture
def job(page: Page, live_server: Served) -> Job:
    def make(session: Session) -> Job:
        gone = make_vehicle(session, registration="KAAB102", registration_shown="KA AB 102", vin=VIN)
        make_head_unit(session, serial_number=SERIAL, vehicle=gone)
        make_job(session, vehicle=gone, closed_at=AT)
        return make_job(session, number=4711, vehicle=make_vehicle(session, registration="KAAB103"))

    with live_server.database.transaction() as session:
        made = make(session)
    sign_in(page, live_server)
    return made


@pytest.mark.parametrize("scanned", [f"*I{VIN}*", SERIAL, SERIAL.lower()])
def test_a_scan_on_any_page_opens_the_car(page: Page, live_server: Served, job: Job, scanned: str) -> None:
    page.goto(f"{live_server.url}/people")
    scan(page, scanned)
    page.wait_for_url("**/new?car=*")
    expect(page.locator("[name=registration]")).to_have_value("KA AB 102")


@pytest.mark.parametrize("scanned", ["4711", "http://192.168.1.5:8000/jobs/4711"])
def test_a_scan_on_any_page_opens_the_job(page: Page, live_server: Served, job: Job, scanned: str) -> None:
    page.goto(f"{live_server.url}/makes/skoda")
    page.locator("h1").click()
    scan(page, scanned)
    page.wait_for_url("**/jobs/4711")


def test_a_scan_where_answers_have_the_keys_chooses_none_and_sends_nothing(
    page: Page, live_server: Served, job: Job
) -> None:
    page.goto(f"{live_server.url}/new")
    page.locator("[name=customer_name]").press_sequentially("Ann Dale", delay=5)
    page.locator("[name=answer][value=unknown]").focus()
    page.locator("[name=answer][value=unknown]").check()
    scan(page, "3" + SERIAL)
    expect(page.locator("#first-box")).to_be_focused()
    expect(page.locator("#first-box")).to_have_value("3" + SERIAL)
    expect(page.locator("[name=answer][value=unknown]")).to_be_checked()
    expect(page.locator("[name=customer_name]")).to_have_value("Ann Dale")
    assert page.url.endswith("/new")


def test_a_scanned_serial_number_is_there_twice_and_a_typed_one_once(
    page: Page, live_server: Served, job: Job
) -> None:
    page.goto(f"{live_server.url}/jobs/4711/radio")
    number, again = page.locator("[name=serial_number]"), page.locator("[name=serial_again]")
    expect(number).to_be_focused()
    scan(page, SERIAL)
    expect(again).to_have_value(SERIAL)
    expect(page.locator("[name=vin]")).to_be_focused()
    number.press_sequentially("1", delay=BY_HAND)
    expect(again).to_have_value("")  # corrected by hand: to be typed once more
    number.fill("")
    number.press_sequentially(SERIAL[:7], delay=BY_HAND)
    page.keyboard.press("Enter")
    expect(again).to_be_focused()
    expect(again).to_have_value("")


@pytest.mark.parametrize("path", ["/new", "/jobs/4711/radio", "/jobs/4711/car", "/jobs/4711/codes"])
def test_enter_goes_through_a_form_with_numbers_and_never_sends_it(
    page: Page, live_server: Served, job: Job, path: str
) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(live_server.url + path)
    form = page.locator("form:has([data-next])").first
    fields = form.locator("input:not([type=hidden], [type=radio], [type=checkbox])")
    for place in range(fields.count()):
        if fields.nth(place).is_visible():
            fields.nth(place).focus()
            page.keyboard.press("Enter")
            expect(fields.nth(place)).not_to_be_focused()
    assert [url for url in sent if not url.endswith(("/known", "/help", "/same-person"))] == []


def test_control_and_enter_sends_a_form_with_numbers(page: Page, live_server: Served, job: Job) -> None:
    page.goto(f"{live_server.url}/jobs/4711/car")
    page.locator("[name=model]").fill("Octavia")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/jobs/4711")
    expect(page.locator("main")).to_contain_text("Octavia")


def test_a_scan_that_begins_with_a_digit_picks_nothing_from_a_short_list(
    page: Page, live_server: Served, job: Job
) -> None:
    scan(page, "hill")
    expect(page.locator("[data-pick] a").first).to_be_focused()
    scan(page, "2" + SERIAL)
    page.wait_for_url("**/new")


def test_a_short_list_is_picked_from_by_keyboard(page: Page, live_server: Served, job: Job) -> None:
    scan(page, "hill")
    expect(page.locator("[data-pick] a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-pick] a").nth(1)).to_be_focused()
    page.keyboard.press("2")
    page.wait_for_url("**/new?car=*")
