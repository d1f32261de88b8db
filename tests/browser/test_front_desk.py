"""The front desk: a known car in thirty keys, a new one without a mouse, help while typing, doubles asked about."""

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy.orm import Session

from garage.facts.actions import note_experience
from garage.radios.models import Standing
from garage.staff.journal import By
from tests.browser.desk import Keyboard, scan, sign_in
from tests.making import (
    AT,
    first_site,
    make_code,
    make_customer,
    make_head_unit,
    make_job,
    make_vehicle,
)
from tests.serving import Served

pytestmark = pytest.mark.browser

MOST_KEYS = 30  # typed characters included
VIN = "TMBJJ6Y5X54512345"
SERIAL = "SKZ1Z2K8399700"


class EveryKey(Keyboard):
    """Counts every key press, also those of a plate or a name."""

    def identify(self, text: str) -> None:
        super().identify(text)
        self.presses += len(text)


@pytest.fixture
def keyboard(page: Page, live_server: Served) -> EveryKey:
    def make(session: Session) -> None:
        car = make_vehicle(
            session,
            registration="KAAB102",
            registration_shown="KA AB 102",
            vin=VIN,
            make="Skoda",
            model="Fabia",
        )
        unit = make_head_unit(session, serial_number=SERIAL, vehicle=car)
        make_code(session, unit, "0417", standing=Standing.WORKED, worked_at=AT)
        make_job(session, vehicle=car, customer=make_customer(session), closed_at=AT)
        other = make_vehicle(
            session, registration="KAAB200", registration_shown="KA AB 200", make="Opel", model="Corsa"
        )
        make_job(
            session,
            vehicle=other,
            customer=make_customer(
                session, name="Ann Dale", phone="01632 960333", search="anndale01632960333"
            ),
            closed_at=AT,
        )
        for _ in range(4):
            note_experience(
                session, "Opel", "Corsa", None, asked=False, by=By(first_site(session).id, None, AT)
            )

    with live_server.database.transaction() as session:
        make(session)
    sign_in(page, live_server)
    return EveryKey(page)


def taken_in(page: Page, keyboard: EveryKey) -> None:
    expect(page.locator(".verdict .big")).to_have_text("Battery may come off")
    assert keyboard.presses <= MOST_KEYS


@pytest.mark.parametrize("typed", ["KA AB 102", SERIAL, "jo hill", "01632960200"])
def test_a_known_car_is_taken_in_with_at_most_thirty_keys(page: Page, keyboard: EveryKey, typed: str) -> None:
    keyboard.identify(typed)
    keyboard.press("Enter")
    keyboard.wait_for_focus("answer")
    expect(page.locator("#known")).to_contain_text("Code is on file for the radio ending 9700")
    keyboard.press("2")
    keyboard.wait_for_focus("same_radio")
    keyboard.press("1", "Enter")
    taken_in(page, keyboard)


def test_a_known_car_that_needs_no_code_is_taken_in_with_at_most_thirty_keys(
    page: Page, keyboard: EveryKey
) -> None:
    keyboard.identify("KA AB 200")
    keyboard.press("Enter")
    keyboard.wait_for_focus("answer")
    expect(page.locator("#known")).to_contain_text("Here the last 4 of 4 did not ask")
    keyboard.press("1")
    keyboard.wait_for_focus("why_not_needed")
    keyboard.press("1", "Enter")
    taken_in(page, keyboard)


def test_who_forgot_to_say_why_stands_at_the_first_answer_that_is_offered(
    page: Page, keyboard: EveryKey
) -> None:
    keyboard.identify("KA AB 104")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    page.locator("[name=customer_name]").fill("Percy Lockhart")
    page.get_by_text("No code needed", exact=True).click()
    page.keyboard.press("Enter")
    expect(page.locator(".wrong")).to_be_visible()
    page.wait_for_function("document.activeElement.value === 'not_asked'")


def test_a_new_car_is_taken_in_without_a_mouse(page: Page, keyboard: EveryKey) -> None:
    keyboard.identify("KA AB 103")
    keyboard.press("Enter")
    keyboard.wait_for_focus("vin")
    keyboard.press("Enter")
    keyboard.identify("Percy Lockhart")
    keyboard.press("Enter")
    keyboard.identify("01632 960444")
    keyboard.press("Enter", "Tab", "Tab", "4")
    page.wait_for_function("document.activeElement.matches('.actions .btn')")
    keyboard.press("Enter")
    expect(page.locator(".verdict .big")).to_have_text("Stop: read the radio number first")
    page.keyboard.press("Tab")
    while "/radio" not in page.evaluate("document.activeElement.href ?? ''"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    keyboard.wait_for_focus("serial_number")
    scan(page, "SKZ1Z2K8390001")
    keyboard.wait_for_focus("vin")  # it came from a scanner: it is there twice
    keyboard.identify("TMBJJ6Y5X54512399")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".verdict .big")).to_have_text("Battery may come off")


def test_numbers_are_helped_with_while_they_are_typed(
    page: Page, keyboard: EveryKey, live_server: Served
) -> None:
    with live_server.database.transaction() as session:
        number = make_job(
            session, vehicle=make_vehicle(session, vin="WVWZZZ1JZ3W000001", make="Volkswagen")
        ).number
    page.goto(f"{live_server.url}/jobs/{number}/radio")
    said = page.locator("[data-help]")
    serial = page.locator("[name=serial_number]")
    with page.expect_response("**/numbers/help"):  # asked for once the hand rests
        serial.press_sequentially("SKZ1Z", delay=60)
    expect(said.locator(".warn")).to_have_count(0)  # not finished: nothing is wrong yet
    serial.fill("SKZ1Z2KB399700")
    page.keyboard.press("Tab")
    expect(said).to_contain_text("Easily misread")
    expect(said).to_contain_text("SKZ1Z2K8399700")
    expect(serial).to_have_value("SKZ1Z2KB399700")  # never corrected
    serial.fill(SERIAL)
    page.keyboard.press("Tab")
    expect(said).to_contain_text("Volkswagen group, 14 characters")
    expect(said).to_contain_text("on file in another car: KA AB 102")


def test_the_same_person_is_asked_about_while_typing_and_merged_by_a_manager(
    page: Page, keyboard: EveryKey, live_server: Served
) -> None:
    page.goto(f"{live_server.url}/new")
    page.locator("[name=registration]").fill("KA AB 500")
    page.locator("[name=customer_name]").fill("Jo Hil")
    page.keyboard.press("Tab")
    expect(page.locator("#same-person")).to_contain_text("Jo Hill, …200, KA AB 102")
    late: list[Route] = []
    page.route("**/new/same-person", lambda route: late.append(route), times=1)
    page.locator("[name=contact]").fill("01632 960333")
    with page.expect_request("**/new/same-person"):
        page.keyboard.press("Tab")
    page.locator("[name=contact]").fill("")
    with page.expect_response("**/new/same-person"):
        page.keyboard.press("Tab")
    with page.expect_event("requestfinished", lambda request: "same-person" in request.url):
        late[0].continue_()  # the answer about Ann Dale's phone comes last, and is about nobody any more
    expect(page.locator("#same-person")).not_to_contain_text("Ann Dale")
    page.get_by_label("Somebody else").check()
    page.locator("[name=answer][value=not_needed]").check()
    page.locator("[name=why_not_needed][value=told]").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/jobs/*")
    page.goto(f"{live_server.url}/doubles")
    page.get_by_role("link", name="Look at both").click()
    expect(page.locator(".stays")).to_contain_text("01632 960200")
    page.get_by_label("In one sentence: why?").fill("Spelled wrong once")
    page.get_by_role("button", name="Make them one").click()
    expect(page.locator("h1")).to_have_text("Jo Hill")
    expect(page.locator(".row-card")).to_have_count(2)
    page.goto(f"{live_server.url}/who-did-what")
    expect(page.locator("main")).to_contain_text("made one entry of two")


def test_two_desks_that_take_the_same_car_in_make_one_job(
    page: Page, keyboard: EveryKey, live_server: Served
) -> None:
    page.goto(f"{live_server.url}/new?car=1")
    with live_server.database.transaction() as session:
        number = make_job(session, vehicle_id=1).number
    page.locator("[name=answer][value=unknown]").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".refusal").first).to_contain_text(f"job {number} is still open")
    expect(page.locator("#known")).to_contain_text("It is here already")
