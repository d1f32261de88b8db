"""The hard day, lived through a browser: from the one-time link to the card in the customer's hand."""

import io
import re

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.conftest import FixedClock
from tests.making import PASSWORD
from tests.serving import Served

pytestmark = pytest.mark.browser

VIN = "TMBJJ6Y5X54512345"
SERIAL = "SKZ1Z2K8399700"
WRONG, RIGHT = "1357", "0417"
MM = 72 / 25.4


def field(page: Page, label: str) -> Locator:
    return page.locator("main").get_by_label(label, exact=True)


def tap(page: Page, words: str) -> None:
    page.locator("main").get_by_role("button", name=words).first.click()


def choose(page: Page, words: str) -> None:
    page.locator("label.answer:visible", has_text=words).first.click()


def says(page: Page, words: str) -> None:
    expect(page.locator(".verdict .big").first).to_have_text(re.compile(words, re.IGNORECASE))


def printed(page: Page, words: str) -> bytes:
    """Press a print button; the paper opens in a tab of its own."""
    with page.expect_popup() as opened:
        tap(page, words)
    tab = opened.value
    tab.wait_for_url("**/prints/*.pdf")
    pdf = page.request.get(tab.url).body()
    tab.close()
    return pdf


def open_the_house(page: Page, served: Served) -> None:
    page.goto(served.first_link())
    field(page, "Name").fill("Ada Marsh")
    field(page, "Sign-in name").fill("ada")
    field(page, "Password").fill(PASSWORD)
    field(page, "Password once more").fill(PASSWORD)
    tap(page, "Go on to the letterhead")
    field(page, "Name of the garage").fill("Bridge Street Garage")
    field(page, "Address").fill("Bridge Street 1\nDurham")
    field(page, "Phone").fill("01632 960100")
    page.locator("main button.btn-primary").first.click()
    field(page, "Name").fill("Ben Holt")
    field(page, "Sign-in name").fill("ben")
    page.locator("main button.btn-primary").first.click()
    expect(page.locator("main")).to_contain_text("Hand this link to Ben Holt")
    page.get_by_role("link", name="Go on to the key sheet").click()
    tap(page, "Print the key sheet")
    tap(page, "It is put away")
    page.goto(served.url)
    expect(page.locator("main")).to_contain_text("Nobody is waiting")


def take_in(page: Page) -> None:
    page.keyboard.type("KA AB 107")
    page.keyboard.press("Enter")
    expect(field(page, "VIN")).to_be_focused()  # the page has looked the car up
    field(page, "Customer").fill("Jo Hill")
    field(page, "Phone or e-mail").fill("01632 960200")
    choose(page, "Don't know")
    tap(page, "Save")
    says(page, "Stop: read the radio number first")


def record_numbers(page: Page) -> None:
    page.get_by_role("link", name="Enter the numbers").first.click()
    field(page, "Serial number of the radio").fill(SERIAL)
    field(page, "Serial number once more").fill(SERIAL.replace("8", "B"))
    field(page, "VIN").fill(VIN)
    tap(page, "Save")
    expect(page.locator("#e-serial_again")).to_contain_text("character")
    field(page, "Serial number once more").fill(SERIAL.lower())
    field(page, "Model of the radio").fill("Symphony")
    tap(page, "Save")
    says(page, "Battery may come off")


def change_the_battery(page: Page) -> None:
    tap(page, "Battery is off")
    says(page, "Battery is off")
    tap(page, "Battery is back")
    tap(page, "Asks for a code")
    says(page, "Ask for the code")


def ask_a_dealer(page: Page) -> None:
    page.get_by_role("link", name="Ask for the code").first.click()
    page.get_by_role("link", name="Somebody new to ask").click()
    field(page, "Name").fill("Invented Cars Ltd")
    field(page, "Address").fill("Ring Road 9\nDurham")
    page.locator("main button.btn-primary").first.click()
    choose(page, "Letter")
    choose(page, "Don't know")
    tap(page, "Go on")
    letter = PdfReader(io.BytesIO(printed(page, "Print the letter")))
    assert SERIAL in letter.pages[0].extract_text()
    tap(page, "The letter is on its way")
    says(page, "Asked, waiting for the answer")


def the_code_comes(page: Page, code: str) -> None:
    page.locator("main").get_by_role("link", name="Invented Cars Ltd").click()
    field(page, "Code").fill(code)
    field(page, "Code once more").fill(code)
    tap(page, "Save the answer")
    says(page, "A code is here: try it")


def enter(page: Page, code: str, outcome: str, *, first: bool) -> None:
    page.get_by_role("link", name="Enter a code").click()
    if first:
        choose(page, "No")
        tap(page, "Save")
    else:
        choose(page, "It is another code")
    assert code not in page.content()
    tap(page, "Show code")
    if not first:  # nobody knows how many tries this radio allows: four eyes or a reason
        says(page, "this may be the last try")
        field(page, "Serial number, from the label").fill(SERIAL)
        field(page, "Code, from where it is written").fill(code)
        choose(page, "Nobody else is here")
        field(page, "Why is it worth the last try?").fill(
            "The dealer read the number back and sent another one"
        )
        tap(page, "Show code")
    expect(page.locator(".shown-code")).to_have_text(code)
    choose(page, outcome)
    tap(page, "Save")


def check_card(pdf: bytes) -> None:
    card = PdfReader(io.BytesIO(pdf))
    assert len(card.pages) == 1
    box = card.pages[0].mediabox
    assert (float(box.width) / MM, float(box.height) / MM) == pytest.approx((85.60, 53.98), abs=0.01)
    text = card.pages[0].extract_text()
    for words in (RIGHT, SERIAL, VIN[-8:], "Bridge Street Garage", "only for the radio with this number"):
        assert words in text
    assert "Hill" not in text
    assert "AB 107" not in text
    fonts = card.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert any(name in inner for name in ("/FontFile", "/FontFile2", "/FontFile3"))
        assert re.search("Inter|B612", inner["/FontName"])


def test_a_hard_day_from_the_one_time_link_to_the_card(
    page: Page, live_server_on_both: Served, clock: FixedClock
) -> None:
    open_the_house(page, live_server_on_both)
    take_in(page)
    record_numbers(page)
    change_the_battery(page)
    ask_a_dealer(page)
    the_code_comes(page, WRONG)
    enter(page, WRONG, "Did not work", first=True)
    page.goto(f"{live_server_on_both.url}/jobs/1")
    page.get_by_role("link", name="Invented Cars Ltd").click()
    clock.move(minutes=5)
    tap(page, "Read again: it is the same")
    tap(page, "The letter is on its way")
    the_code_comes(page, RIGHT)
    enter(page, RIGHT, "Worked", first=False)
    page.goto(f"{live_server_on_both.url}/jobs/1")
    says(page, "Plays")
    check_card(printed(page, "Radio Pass, bare card"))
    sheet = PdfReader(io.BytesIO(printed(page, "Radio Pass with steps")))
    assert RIGHT in sheet.pages[0].extract_text()
    tap(page, "Car handed over")
    says(page, "Done")
    page.goto(f"{live_server_on_both.url}/who-did-what")
    assert RIGHT not in page.content()
    assert SERIAL not in page.content()


def test_the_next_visit_knows_the_code_and_shows_it_masked(page: Page, live_server: Served) -> None:
    open_the_house(page, live_server)
    take_in(page)
    record_numbers(page)
    page.get_by_role("link", name="Codes: show, add, enter").click()
    field(page, "Code").fill(RIGHT)
    field(page, "Code once more").fill(RIGHT)
    tap(page, "Keep the code")
    page.goto(f"{live_server.url}/jobs/1")
    tap(page, "Plays")
    page.goto(live_server.url)
    page.keyboard.type("KA AB 107")
    page.keyboard.press("Enter")
    expect(page.locator("#known")).to_contain_text(f"ending {SERIAL[-4:]}")
    assert RIGHT not in page.content()
