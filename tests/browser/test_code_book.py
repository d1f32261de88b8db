"""An owner brings the old code book in: a messy file of three hundred rows, taken over and undone."""

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from garage.intake.models import Vehicle
from garage.radios.models import RadioCode
from tests import old_book
from tests.browser.desk import sign_in
from tests.serving import Served

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 390, "height": 844}


def on_file(live_server: Served) -> tuple[int, int]:
    with live_server.database.reading() as session:
        cars, codes = (session.scalar(sa.select(sa.func.count(kind.id))) for kind in (Vehicle, RadioCode))
    return cars or 0, codes or 0


def barriers(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than a phone."""
    found = [str(one["id"]) for one in Axe().run(page).response["violations"]]
    page.set_viewport_size(PHONE)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found + (["wider than a phone"] if wide else [])


def test_three_hundred_messy_rows_are_taken_over_and_undone(page: Page, live_server: Served) -> None:
    sign_in(page, live_server)
    page.get_by_role("button", name="Menu of").click()
    page.get_by_role("link", name="Old code book").click()
    book = {"name": "Radiocodes.csv", "mimeType": "text/csv", "buffer": old_book.as_csv()}
    page.get_by_label("The file (CSV or XLSX)").set_input_files(book)  # type: ignore[arg-type]
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("link", name="Car not known yet 292")).to_be_visible()
    assert barriers(page) == []
    page.get_by_role("link", name="Cannot be used 4").click()
    expect(page.locator(".book-rows li")).to_have_count(4)
    page.get_by_role("link", name="All rows").click()
    page.get_by_text("Which column holds what").click()
    expect(page.get_by_label("Serial number", exact=True)).to_have_value("5")
    assert on_file(live_server) == (0, 0)
    page.get_by_role("button", name="Take 294 codes over").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Old code book: Taken over")
    assert on_file(live_server) == (292, 294)
    assert barriers(page) == []
    page.locator("#first-box").fill("KA AB 8")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary")).to_contain_text("not tried yet · From the old book")
    page.goto(f"{live_server.url}/code-book")
    assert barriers(page) == []
    page.locator(".kept-facts a").click()
    page.get_by_role("button", name="Undo all of it").click()
    expect(page.get_by_text("Everything that this book made is gone.")).to_be_visible()
    assert on_file(live_server) == (0, 0)
