"""A receptionist asks for a code: few clicks, the letter in a tab of its own, a double click prints once."""

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from garage.cards.models import PrintJob
from garage.code_requests.models import Dealer
from garage.intake.models import Job
from garage.radios.models import HeadUnit, Standing
from tests.browser.desk import sign_in
from tests.making import make_code, make_dealer, make_head_unit, make_job, make_vehicle
from tests.serving import Served

pytestmark = pytest.mark.browser

MOST_CLICKS = 4


@pytest.fixture
def number(page: Page, live_server: Served) -> int:
    """A car whose radio is on record but whose code nobody knows; a dealer serves its make."""
    sign_in(page, live_server)
    with live_server.database.transaction() as session:
        vehicle = make_vehicle(session, vin="TMBJJ6Y5X54512345")
        unit = make_head_unit(session, vehicle=vehicle, serial_number="SKZ1Z2K8399700")
        make_dealer(session)
        job_number: int = make_job(session, vehicle=vehicle, head_unit=unit).number
    return job_number


def test_from_no_code_to_sent_takes_at_most_four_clicks(page: Page, live_server: Served, number: int) -> None:
    page.goto(f"{live_server.url}/jobs/{number}")
    clicks = 0
    for role, name in (
        ("link", "Ask for the code"),
        ("button", "Go on"),
        ("button", "Print the letter"),
        ("button", "The letter is on its way"),
    ):
        page.get_by_role(role, name=name).click()  # type: ignore[arg-type]
        clicks += 1
    expect(page).to_have_url(f"{live_server.url}/jobs/{number}")
    expect(page.get_by_text("Sent, waiting")).to_be_visible()
    assert clicks <= MOST_CLICKS
    with live_server.database.reading() as session:
        assert [row.kind.value for row in session.scalars(sa.select(PrintJob))] == ["request-letter"]


def test_the_answer_becomes_a_code_to_try_with_one_button(
    page: Page, live_server: Served, number: int
) -> None:
    page.goto(f"{live_server.url}/jobs/{number}/ask")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="The letter is on its way").click()
    page.get_by_role("link", name="Invented Cars Ltd").click()
    page.get_by_label("Code", exact=True).fill("0417")
    page.get_by_label("Code once more").fill("0417")
    page.get_by_role("button", name="Save the answer").click()
    expect(page).to_have_url(f"{live_server.url}/jobs/{number}")
    expect(page.get_by_text("0417")).to_have_count(0)
    with live_server.database.reading() as session:
        unit = session.scalars(sa.select(HeadUnit)).one()
        assert [code.standing for code in unit.codes] == [Standing.TO_TRY]


def test_from_a_pasted_answer_to_code_to_try_takes_at_most_three_clicks(
    page: Page, live_server: Served, number: int
) -> None:
    page.goto(f"{live_server.url}/jobs/{number}/ask")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="The letter is on its way").click()
    page.get_by_role("link", name="Invented Cars Ltd").click()
    page.get_by_label("Pasted").fill("Hello,\nthe code of this radio is 0417.\nFee 30.00 GBP, our ref 8841-2")
    clicks = 0
    for name in ("Save the answer", "Yes, keep it as the code to try"):
        page.get_by_role("button", name=name).click()
        clicks += 1
    expect(page).to_have_url(f"{live_server.url}/jobs/{number}")
    expect(page.get_by_text("0417")).to_have_count(0)
    assert clicks <= 3
    with live_server.database.reading() as session:
        unit = session.scalars(sa.select(HeadUnit)).one()
        assert [code.standing for code in unit.codes] == [Standing.TO_TRY]


def test_a_double_click_prints_once_and_the_page_stays(page: Page, live_server: Served, number: int) -> None:
    with live_server.database.transaction() as session:
        make_code(session, session.scalars(sa.select(Job)).one().head_unit, "0417")
    page.goto(f"{live_server.url}/jobs/{number}/prints")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Radio Pass, bare card").dblclick()
    opened.value.wait_for_load_state()
    expect(page.get_by_role("heading", name="Paper", exact=True)).to_be_visible()
    with live_server.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(PrintJob)) == 1


def test_every_number_is_copied_into_a_portal_with_one_click(
    page: Page, live_server: Served, number: int
) -> None:
    with live_server.database.transaction() as session:
        session.scalars(sa.select(Dealer)).one().channels = "portal"
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{live_server.url}/jobs/{number}/ask")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="What to copy into their portal").click()
    page.get_by_role("button", name="Copy: Radio's serial number").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "SKZ1Z2K8399700"
