"""Four cars of five: one page, one submit, at most twelve keys, and one tap in the bay."""

import pytest
from playwright.sync_api import Page, expect

from garage.radios.models import Standing
from tests.browser.desk import Keyboard, sign_in
from tests.making import AT, make_code, make_customer, make_head_unit, make_job, make_vehicle
from tests.serving import Served

pytestmark = pytest.mark.browser

MOST_KEYS = 12
VIN = "TMBJJ6Y5X54512345"
SERIAL = "SKZ1Z2K8399700"


@pytest.fixture
def keyboard(page: Page, live_server: Served) -> Keyboard:
    sign_in(page, live_server)
    return Keyboard(page)


def expect_one_submit_then_one_tap(page: Page) -> None:
    expect(page.locator(".verdict .big")).to_have_text("Battery may come off")
    page.get_by_role("button", name="Plays").click()
    expect(page.locator(".verdict .big")).to_have_text("Done: the radio plays")


def count_submits(page: Page) -> list[str]:
    sent: list[str] = []
    page.on(
        "request", lambda request: sent.append(request.url) if _saves(request.method, request.url) else None
    )
    return sent


def _saves(method: str, url: str) -> bool:
    return method == "POST" and not url.endswith(("/find", "/known", "/help", "/same-person"))


def test_no_code_needed_for_a_car_nobody_knows(page: Page, keyboard: Keyboard) -> None:
    sent = count_submits(page)
    keyboard.identify("KA AB 101")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    keyboard.press("Tab")
    keyboard.identify("Jo Hill")
    keyboard.press("Tab")
    keyboard.identify("01632 960200")
    keyboard.press("Tab", "Tab", "Tab", "1")
    keyboard.wait_for_focus("why_not_needed")
    keyboard.press("3", "Enter")
    page.wait_for_url("**/jobs/1")
    assert len(sent) == 1
    assert keyboard.presses <= MOST_KEYS
    expect_one_submit_then_one_tap(page)


def test_the_code_on_file_for_a_car_that_was_here(
    page: Page, keyboard: Keyboard, live_server: Served
) -> None:
    with live_server.database.transaction() as session:
        car = make_vehicle(session, registration="KAAB102", registration_shown="KA AB 102", vin=VIN)
        unit = make_head_unit(session, serial_number=SERIAL, vehicle=car)
        make_code(session, unit, "0417", standing=Standing.WORKED, worked_at=AT)
        before = make_job(session, vehicle=car, customer=make_customer(session), closed_at=AT, number=1)
    sent = count_submits(page)
    keyboard.identify("KA AB 102")
    keyboard.press("Enter")
    keyboard.wait_for_focus("answer")
    expect(page.locator("#known")).to_contain_text("ending 9700")
    keyboard.press("2")
    keyboard.wait_for_focus("same_radio")
    keyboard.press("1", "Enter")
    page.wait_for_url(f"**/jobs/{before.number + 1}")
    assert len(sent) == 1
    assert keyboard.presses <= 4
    assert "0417" not in page.content()
    expect_one_submit_then_one_tap(page)


def test_the_customer_has_the_card(page: Page, keyboard: Keyboard) -> None:
    sent = count_submits(page)
    keyboard.identify("KA AB 103")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    keyboard.identify(VIN)
    keyboard.press("Tab")
    keyboard.identify("Ann Dale")
    keyboard.press("Tab")
    keyboard.identify("ann@example.org")
    keyboard.press("Tab", "Tab", "Tab", "3")
    keyboard.wait_for_focus("serial_number")
    keyboard.identify(SERIAL)
    keyboard.press("Tab")
    keyboard.identify(SERIAL)
    keyboard.press("Tab")
    keyboard.identify("0417")
    keyboard.press("Tab")
    keyboard.identify("0417")
    keyboard.press("Enter", "Enter")
    page.wait_for_url("**/jobs/1")
    assert len(sent) == 1
    assert keyboard.presses <= MOST_KEYS
    expect(page.locator("main")).to_contain_text("code to try")
    expect_one_submit_then_one_tap(page)


def test_a_scanner_that_ends_with_enter_goes_on_and_never_submits(page: Page, keyboard: Keyboard) -> None:
    sent = count_submits(page)
    page.get_by_role("link", name="New car").first.click()
    keyboard.wait_for_focus("registration")
    keyboard.identify("KA AB 104")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    keyboard.identify(f"*{VIN}*")
    keyboard.press("Enter")
    keyboard.wait_for_focus("customer_name")
    assert sent == []


def test_a_wrong_vin_comes_back_with_a_sentence_and_nothing_lost(page: Page, keyboard: Keyboard) -> None:
    keyboard.identify("KA AB 105")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    keyboard.identify("TMBJJ6Y5X5451234O")
    keyboard.press("Tab")
    keyboard.identify("Jo Hill")
    keyboard.press("Tab", "Tab", "Tab", "Tab", "4")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#e-vin")).to_contain_text("0")
    keyboard.wait_for_focus("vin")
    expect(page.locator("[name=customer_name]")).to_have_value("Jo Hill")
    expect(page.locator("[name=vin]")).to_have_value("TMBJJ6Y5X5451234O")
    expect(page.locator("[name=answer][value=unknown]")).to_be_checked()
    assert keyboard.page.url.endswith("/new")


def test_a_double_click_takes_the_car_in_once(page: Page, keyboard: Keyboard) -> None:
    keyboard.identify("KA AB 106")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    keyboard.press("Tab")
    keyboard.identify("Jo Hill")
    keyboard.press("Tab", "Tab", "Tab", "Tab", "4")
    page.get_by_role("button", name="Save").dblclick()
    page.wait_for_url("**/jobs/1")
    page.goto(page.url.replace("/jobs/1", "/"))
    expect(page.locator(".row-card")).to_have_count(1)
