"""Somebody at the keyboard: types, presses keys, and counts every press that is not a name or number."""

import time
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from garage.staff.passwords import hash_password
from tests.making import PASSWORD, first_site, make_person
from tests.serving import Served

BY_HAND = 130  # milliseconds
SCANNER = 0.005  # seconds from key to key


@dataclass
class Keyboard:
    """Counts key presses. What identifies customer and car, or stands on the card, is typed for free."""

    page: Page
    presses: int = 0

    def identify(self, text: str) -> None:
        """Type a name, a plate or a number; a hand needs longer between two keys than a scanner."""
        self.page.wait_for_timeout(BY_HAND)
        self.page.keyboard.type(text)

    def press(self, *keys: str) -> None:
        """Press keys that count."""
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def wait_for_focus(self, name: str) -> None:
        """Go on once the page has put the focus into the field called `name`."""
        self.page.wait_for_function("name => document.activeElement.name === name", arg=name)


def scan(page: Page, text: str) -> None:
    """What a scanner sends: the characters at once, then Enter; as quick on a busy machine, as each key brings its time."""
    keys = page.context.new_cdp_session(page)
    began = time.time()
    for place, sign in enumerate([*text, "Enter"]):
        event = {"key": sign, "timestamp": began + place * SCANNER}
        if sign == "Enter":
            event |= {"code": "Enter", "windowsVirtualKeyCode": 13}
        typed = "\r" if sign == "Enter" else sign
        keys.send("Input.dispatchKeyEvent", event | {"type": "keyDown", "text": typed})
        keys.send("Input.dispatchKeyEvent", event | {"type": "keyUp"})
    keys.detach()


def sign_in(page: Page, served: Served) -> None:
    """The owner signs in and sees the board."""
    with served.database.transaction() as session:
        site = first_site(session)
        site.name, site.phone = "Bridge Street Garage", "01632 960100"
        make_person(session, sign_in_name="ada", password_hash=hash_password(PASSWORD))
    page.goto(f"{served.url}/sign-in")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#first-box")).to_be_focused()
