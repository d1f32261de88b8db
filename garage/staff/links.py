"""Where pages lead: one-time links to hand over, and pages to come back to."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from flask import current_app, url_for
from flask import session as browser
from werkzeug.exceptions import HTTPException

from garage.domain.people import Role
from garage.staff.models import Person
from garage.web import access
from garage.web.current import settings

_LINK = "one_time_link"


def local_page(target: str | None) -> str:
    """`target` where it is a page of this program, else the board: nobody is led away from here."""
    if (
        target
        and target.startswith("/")
        and not target.startswith("//")
        and "\\" not in target
        and target.isprintable()  # browsers drop tabs and line ends: "/<tab>/evil.test" would lead away
    ):
        return target
    return url_for("board.today")


def page_for(role: Role, target: str | None) -> str:
    """`target`, else the nearest page above it that people with this role may open; at last the board.

    A page that came as a form's answer has no address: above a shown code lies the page of codes.
    """
    page = local_page(target)
    above = map(str, PurePosixPath(urlsplit(page).path).parents)
    return next((path for path in (page, *above) if _opens(path, role)), url_for("board.today"))


def _opens(page: str, role: Role) -> bool:
    try:
        endpoint, _ = current_app.url_map.bind("").match(urlsplit(page).path, "GET")
    except HTTPException:  # no such page, or one that only takes forms
        return False
    return access.may_open(endpoint, role)


def one_time_link(token: str) -> str:
    """The whole address to hand over."""
    return settings().public_url + url_for("staff.welcome", token=token)


def works_here_only() -> bool:
    """Whether links lead to this computer only: the program is not reachable from phones."""
    return urlsplit(settings().public_url).hostname in {"127.0.0.1", "localhost", "::1"}


def keep_link(person: Person, token: str) -> None:
    """Carry a fresh link to the next page, which shows it once; it is stored nowhere."""
    browser[_LINK] = [person.id, token]


def take_link(person_id: int) -> str | None:
    """The link just made for this person, the first time only."""
    number, token = browser.get(_LINK, (None, ""))
    if number != person_id:
        return None
    del browser[_LINK]
    return one_time_link(token)
