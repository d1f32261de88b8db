"""What was typed while the sign-in ended is back after signing in; codes are not."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from garage.domain.asking import Status
from garage.domain.job import AfterPower, Battery, YesNo
from garage.staff.models import SignIn
from tests.browser.desk import sign_in
from tests.making import PASSWORD, make_code_request, make_head_unit, make_job
from tests.serving import Served

pytestmark = pytest.mark.browser


def end_sign_ins(served: Served) -> None:
    with served.database.transaction() as session:
        session.execute(sa.update(SignIn).values(ended_at=served.now()))


def kept(page: Page) -> str:
    """Everything that this tab and this browser remember."""
    return str(page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})"))


def test_a_form_sent_after_the_sign_in_ended_is_not_lost(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/new")
    page.locator("[name=registration]").fill("KA AB 101")
    page.locator("[name=customer_name]").fill("Jo Hill")
    page.locator("[name=answer][value=card]").check()
    page.locator("[name=serial_number]").fill("SKZ1Z2K8399700")
    page.locator("[name=code]").fill("0417")
    end_sign_ins(live_server)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/sign-in**")
    assert "0417" not in kept(page)
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/new")
    expect(page.locator(".said")).to_contain_text("What you typed is back")
    expect(page.locator("[name=customer_name]")).to_have_value("Jo Hill")
    expect(page.locator("[name=serial_number]")).to_have_value("SKZ1Z2K8399700")
    expect(page.locator("[name=answer][value=card]")).to_be_checked()
    expect(page.locator("[name=code]")).to_have_value("")
    page.reload()
    expect(page.locator("[name=customer_name]")).to_have_value("")


def test_a_form_that_was_too_old_is_filled_again_on_the_way_back(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    page.goto(f"{live_server.url}/new")
    page.locator("[name=customer_name]").fill("Jo Hill")
    page.locator("#new-car [name=csrf_token]").evaluate("field => { field.value = 'of somebody before' }")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading")).to_have_text("This form is too old")
    page.locator("main a.btn").click()
    page.wait_for_url("**/new")
    expect(page.locator(".said")).to_contain_text("What you typed is back")
    expect(page.locator("[name=customer_name]")).to_have_value("Jo Hill")


def test_what_the_bay_said_is_not_lost_with_the_sign_in(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    with live_server.database.transaction() as session:
        unit = make_head_unit(session)
        job = make_job(
            session,
            head_unit=unit,
            battery=Battery.BACK,
            after_power=AfterPower.ASKED,
            earlier_tries=YesNo.NO,
        )
        codes = f"{live_server.url}/jobs/{job.number}/codes"
    page.goto(codes)
    page.get_by_text("Correct", exact=True).click()
    page.locator("[name=display_text]").fill("SAFE 2")
    end_sign_ins(live_server)
    page.locator("form:has([name=display_text])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/sign-in**")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(codes)
    expect(page.locator("[name=display_text]")).to_be_visible()
    expect(page.locator("[name=display_text]")).to_have_value("SAFE 2")


def test_neither_a_pin_nor_a_dealers_answer_waits_in_the_browser(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    with live_server.database.transaction() as session:
        asked = make_code_request(session, status=Status.SENT)
        request_page = f"{live_server.url}/requests/{asked.id}"
    page.goto(f"{live_server.url}/my-pin")
    page.locator("[name=pin]").fill("8351")
    page.locator("[name=again]").fill("8351")
    end_sign_ins(live_server)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in**")
    assert "8351" not in kept(page)
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-pin")
    page.goto(request_page)
    page.locator("textarea[name=text]").fill("The code is 0417")
    end_sign_ins(live_server)
    page.locator("form:has(textarea[name=text])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/sign-in**")
    assert "0417" not in kept(page)
