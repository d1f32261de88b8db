"""The bay in a browser: a wait that runs down, four eyes before the last try, changing over with a PIN, a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from garage.domain.job import AfterPower, Battery
from garage.domain.people import Role
from garage.staff.journal import By
from garage.staff.passwords import hash_password
from tests.bay.conftest import a_job
from tests.bay.test_last_try import CANARY, SERIAL, last_chance
from tests.browser.desk import sign_in
from tests.making import PASSWORD, first_site, make_job, make_person
from tests.serving import Served

pytestmark = pytest.mark.browser

PIN, OTHER = "8351", "7394"


def by_nobody(served: Served) -> By:
    with served.database.reading() as session:
        return By(first_site(session).id, None, served.now())


def somebody_else(served: Served, name: str = "Tom Reed") -> None:
    """A technician with a password and a PIN."""
    with served.database.transaction() as session:
        make_person(
            session,
            name=name,
            sign_in_name="tom",
            role=Role.TECHNICIAN,
            password_hash=hash_password(PASSWORD),
            pin_hash=hash_password(PIN),
        )


def test_a_wait_runs_down_by_the_clock_of_the_server(page: Page, live_server: Served) -> None:
    with live_server.database.transaction() as session:
        job = a_job(session, by_nobody(live_server), battery=Battery.BACK, after_power=AfterPower.ASKED)
        assert job.head_unit is not None
        job.head_unit.waits_until = live_server.now() + timedelta(minutes=30)
    sign_in(page, live_server)  # the server stands at noon in March, the browser somewhere else
    for place in ("bay", "codes"):
        page.goto(f"{live_server.url}/jobs/{job.number}/{place}")
        shown = page.locator(".verdict time[data-until]")
        first = shown.inner_text()
        assert first in {"30:00", "29:59", "29:58"}
        expect(shown).not_to_have_text(first)
        expect(page.locator("[data-when-over]")).to_be_hidden()
        expect(page.locator(".verdict")).to_contain_text("Leave the radio on")
    page.evaluate("document.querySelector('time[data-until]').dataset.until = '2026-03-02T12:00:00+00:00'")
    expect(page.locator("[data-when-over]")).to_be_visible()


def test_four_eyes_before_the_last_try(page: Page, live_server: Served) -> None:
    somebody_else(live_server)
    with live_server.database.transaction() as session:
        job, _ = last_chance(session, by_nobody(live_server))
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/jobs/{job.number}/codes")
    page.get_by_role("button", name="Show code and enter it").click()
    expect(page.locator(".verdict .big")).to_have_text("Stop: this may be the last try")
    page.keyboard.type(SERIAL)
    page.keyboard.press("Enter")
    page.keyboard.type(CANARY)
    page.get_by_text("Somebody else looks as well").click()
    page.get_by_label("Their PIN or password").fill(PASSWORD)
    page.get_by_role("button", name="Show code and enter it").click()
    expect(page.locator(".shown-code")).to_have_text(CANARY)
    page.goto(f"{live_server.url}/jobs/{job.number}")
    expect(page.locator(".history")).to_contain_text("looked at number and code as well before the last try")


def test_people_change_over_at_one_desk_with_name_and_pin(page: Page, live_server: Served) -> None:
    somebody_else(live_server)
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/my-pin")
    page.get_by_label("New PIN").fill(OTHER)
    page.get_by_label("PIN once more").fill(OTHER)
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_contain_text("Your PIN is set")
    page.goto(f"{live_server.url}/sign-in?password=1")
    page.get_by_label("Sign-in name").fill("tom")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    for keys, name, pin in (("1", "Ada Marsh", OTHER), ("2", "Tom Reed", PIN)):
        page.get_by_role("button", name="Menu of").click()
        page.get_by_role("link", name="Somebody else is here").click()
        expect(page.get_by_role("radio").first).to_be_focused()
        page.keyboard.press(keys)
        expect(page.get_by_label("Your PIN")).to_be_focused()
        page.keyboard.type(pin, delay=90)  # a hand: faster would be a scanner
        page.keyboard.press("Enter")
        expect(page.locator("#first-box")).to_be_visible()
        expect(page.locator(".dropdown-header")).to_contain_text(name)


def test_the_four_things_are_within_the_thumbs_reach_and_a_phone_comes_back_to_its_job(
    browser: Browser, live_server: Served
) -> None:
    with live_server.database.transaction() as session:
        by = by_nobody(live_server)
        jobs = [
            make_job(session),
            a_job(session, by),
            a_job(session, by, battery=Battery.OFF),
            a_job(session, by, battery=Battery.BACK),
        ]
    somebody_else(live_server)
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/jobs/{jobs[0].number}/bay")  # the QR code on the job sheet
    page.get_by_label("Sign-in name").fill("tom")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/jobs/{jobs[0].number}/bay")
    for job, words in zip(
        jobs,
        (
            ["already off"],
            ["Battery is off", "Plays", "Asks"],
            ["Battery is back", "Plays"],
            ["Plays", "Asks"],
        ),
        strict=True,
    ):
        page.goto(f"{live_server.url}/jobs/{job.number}/bay")
        for name in ("Photo", "Number", *words):
            tile = page.locator(".tiles .btn:visible", has_text=name).first
            box = tile.bounding_box()
            assert box is not None
            assert box["height"] >= 60
            assert box["y"] + box["height"] <= 844, (job.number, name)
    page.get_by_role("button", name="Plays").click()
    expect(page.locator(".verdict .big")).to_have_text("Done: the radio plays")
    context.close()
