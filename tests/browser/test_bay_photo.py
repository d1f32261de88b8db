"""A phone in the bay takes photos of a label and a VIN plate: the numbers are offered, a person says yes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import sign_in
from tests.making import make_job
from tests.radios.conftest import make_label
from tests.serving import Served

pytestmark = pytest.mark.browser

SERIAL, VIN = "SKZ1Z2K8399700", "TMBJJ6Y5X54512345"


@pytest.mark.parametrize("angle", [0, 20, 60])
def test_photos_of_label_and_plate_fill_the_numbers_after_a_yes(
    page: Page, live_server: Served, angle: int
) -> None:
    with live_server.database.transaction() as session:
        number = make_job(session).number
    sign_in(page, live_server)
    for kind, text, bars in (("label", SERIAL, "Code128"), ("plate", VIN, "Code39")):
        page.goto(f"{live_server.url}/jobs/{number}/photo")
        photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": make_label(text, bars, angle)}
        page.set_input_files(f"form:has(input[value={kind}]) input[type=file]", photo)  # type: ignore[arg-type]
        page.wait_for_url(f"**/jobs/{number}/radio")
        expect(page.locator("#from-photo")).to_contain_text(text)
    serial, vin = page.locator("#serial_number"), page.locator("#vin")
    expect(serial).to_have_value("")
    expect(page.locator("#from-photo img").first).to_be_visible()
    for _ in range(2):
        page.get_by_role("link", name="Yes, it is right").first.click()
    expect(serial).to_have_value(SERIAL)
    expect(page.locator("#serial_again")).to_have_value(SERIAL)
    expect(vin).to_have_value(VIN)
    page.get_by_role("button", name="Save the numbers").click()
    expect(page.locator(".verdict .big").first).to_have_text("Battery may come off")
