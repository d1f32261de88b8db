"""A technician reads a make's page on a phone: where, press and stop on one screen, and no barrier in it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from garage.domain.advice import is_known
from tests.browser.desk import sign_in
from tests.desk import facts
from tests.serving import Served

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 390, "height": 844}
KNOWN = [make.name for make in facts().makes if is_known(facts(), make.name)]
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture
def phone(page: Page, live_server: Served) -> Page:
    page.set_viewport_size(PHONE)
    sign_in(page, live_server)
    return page


def test_where_press_and_stop_stand_on_one_screen_for_every_make(phone: Page, live_server: Served) -> None:
    for make in KNOWN:
        phone.goto(f"{live_server.url}/makes/{make.casefold().replace(' ', '-')}")
        for name in ("Where is the number", "What to press", "When to stop"):
            box = phone.get_by_role("heading", name=name).bounding_box()
            assert box is not None
            assert box["y"] < PHONE["height"], (make, name)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], make


def test_the_list_narrows_while_a_name_is_typed_and_enter_opens_it(phone: Page, live_server: Served) -> None:
    phone.goto(f"{live_server.url}/makes")
    phone.get_by_role("searchbox", name="Make", exact=True).fill("vw")
    expect(phone.locator(".makes li:visible")).to_have_count(1)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Volkswagen")


def test_sources_open_with_a_tap(phone: Page, live_server: Served) -> None:
    phone.goto(f"{live_server.url}/makes/audi")
    source = phone.get_by_text("Audi bulletin").first
    expect(source).to_be_hidden()
    phone.get_by_text("Sources").first.click()
    expect(source).to_be_visible()


def test_a_message_is_read_and_the_car_taken_in_with_one_click(phone: Page, live_server: Served) -> None:
    phone.goto(f"{live_server.url}/message")
    phone.get_by_label("What the customer wrote").fill(
        "Hallo, mein Skoda Fabia zeigt SAFE, FIN TMBJJ6Y5X54512345, Seriennummer SKZ1Z2K8399700"
    )
    phone.get_by_role("button", name="Read it").click()
    expect(phone.locator("mark", has_text="SKZ1Z2K8399700")).to_be_visible()
    phone.get_by_role("button", name="Take the car in").click()
    expect(phone).to_have_url(f"{live_server.url}/new")
    expect(phone.locator("[name=vin]")).to_have_value("TMBJJ6Y5X54512345")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_bars_anybody_from_these_pages(phone: Page, live_server: Served, scheme: str) -> None:
    phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in ("/makes", "/makes/audi", "/makes/kia", "/displays", "/makes/audi/facts", "/calculations"):
        phone.goto(live_server.url + address)
        phone.evaluate("for (const tap of document.querySelectorAll('details')) tap.open = true")
        assert violations(phone) == [], address
    phone.goto(f"{live_server.url}/message")
    phone.get_by_label("What the customer wrote").fill("Mein Skoda Fabia zeigt SAFE, Nummer SKZ1Z2K8399700")
    phone.get_by_role("button", name="Read it").click()
    expect(phone.locator("mark").first).to_be_visible()
    assert violations(phone) == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
