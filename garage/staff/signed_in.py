"""Who is signed in at this device, and what every page needs to know about it."""

import hashlib
import logging
import secrets
from datetime import timedelta
from functools import cache
from typing import Any

from flask import (
    Flask,
    abort,
    after_this_request,
    current_app,
    g,
    has_request_context,
    redirect,
    request,
    session,
    url_for,
)
from flask_babel import get_locale
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from garage import paths
from garage.domain.people import Role
from garage.domain.text import N_
from garage.staff import sign_ins
from garage.staff.journal import By
from garage.staff.limits import limiter
from garage.staff.models import House, Person, SignIn
from garage.web import access
from garage.web.current import database, now, read
from garage.web.say import say

LANGUAGES = {"en": "English", "de": "Deutsch"}
HOME_ZONES = {"en": "Europe/London", "de": "Europe/Berlin"}  # the likely time zone of a language
HOME_CURRENCIES = {"en": "GBP", "de": "EUR"}
MENU = [
    ("message.paste", N_("A customer wrote")),
    ("facts.makes", N_("Makes and radios")),
    ("intake.doubles", N_("Twice on file")),
    ("code_requests.dealers", N_("Who we ask")),
    ("cards.hub", N_("Cards and printers")),
    ("cards.blank_paper", N_("Empty job sheet")),
    ("staff.my_pin", N_("My PIN")),
    ("board.figures_page", N_("Figures")),
    ("upkeep.code_books", N_("Old code book")),
    ("staff.people", N_("People")),
    ("staff.who_did_what", N_("Who did what")),
    ("code_requests.mails", N_("Mails")),
    ("staff.hours", N_("Working hours")),
    ("staff.letterhead", N_("Letterhead")),
    ("staff.keep_key", N_("Key sheet")),
]
log = logging.getLogger(__name__)


class Device:
    """The signed-in device that sent this request, in the shape Flask-Login asks for."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, row: SignIn, token: str) -> None:
        self.row = row
        self._token = token

    def get_id(self) -> str:
        """The token that the cookie carries; the database knows its hash only."""
        return self._token


def install(app: Flask) -> None:
    """Register sign-in, its limits, and what templates know about who is here."""
    manager = LoginManager()
    manager.session_protection = None  # the row can be revoked; addresses change on the workshop's WLAN
    manager.user_loader(_load_device)
    manager.init_app(app, add_context_processor=False)
    limiter.init_app(app)
    app.context_processor(_for_templates)
    app.add_template_global(may_open)


def device() -> SignIn | None:
    """This request's signed-in device, or None."""
    if not has_request_context():
        return None
    user = current_user._get_current_object()
    return user.row if isinstance(user, Device) else None


def person() -> Person | None:
    """Who sent this request, or None where nobody is signed in."""
    row = device()
    return row.person if row else None


def me() -> Person:
    """Who sent this request; answers 401 where nobody is signed in."""
    return person() or abort(401)


def by() -> By:
    """Who acts in this request, where and when."""
    who = me()
    return By(who.site_id, who.id, now(), g.get("request_id", ""))


def is_fresh() -> bool:
    """Whether the password was typed at this device within FRESH_MINUTES."""
    row = device()
    typed_at = row.fresh_at if row else None  # a PIN is no password
    return typed_at is not None and typed_at > now() - timedelta(minutes=current_app.config["FRESH_MINUTES"])


def to_prove(next_page: str) -> Response:
    """Send to the page that asks for the password once more and comes back to `next_page` (a local path)."""
    return redirect(url_for("staff.prove", next=next_page), 303)


def browser_hash() -> str:
    """The mark of this browser as the database knows it; an empty text where it has none yet."""
    token = request.cookies.get(_browser_cookie(), "")
    return sign_ins.token_hash(token) if token else ""


def mark_browser() -> str:
    """The same; a browser without a mark gets one, kept as long as a PIN will do."""
    token = request.cookies.get(_browser_cookie()) or secrets.token_urlsafe(sign_ins.TOKEN_BYTES)

    @after_this_request
    def keep(response: Response) -> Response:
        config = current_app.config
        response.set_cookie(
            _browser_cookie(),
            token,
            max_age=timedelta(hours=config["SIGN_IN_HOURS"]),
            secure=config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
        return response

    return sign_ins.token_hash(token)


def _browser_cookie() -> str:
    return f"{current_app.config['SESSION_COOKIE_NAME']}-browser"


def sign_in_here(row: SignIn, token: str) -> None:
    """Make this browser the device of `row`: a new session, nothing of the old one is kept."""
    session.clear()
    login_user(Device(row, token))


def language() -> str:
    """The site's language for who is signed in, else the best of the browser's."""
    who = person()
    if who is not None:
        return who.site.language
    if not has_request_context():
        return "en"
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def time_zone() -> str:
    """The site's time zone; UTC where nobody is signed in."""
    who = person()
    return who.site.time_zone if who else "UTC"


def _load_device(token: str) -> Device | None:
    """Look the token up, once in a request: the page that says "busy" asks who is here as well."""
    if g.get("device_looked_up"):
        return None
    g.device_looked_up = True
    config = current_app.config
    idle, longest = timedelta(minutes=config["IDLE_MINUTES"]), timedelta(hours=config["SIGN_IN_HOURS"])
    if request.endpoint in access.ON_THE_WALL:
        idle = longest
    row = sign_ins.find(read(), token, now(), idle=idle, longest=longest)
    if row is None:
        return None
    resting = request.endpoint in access.BY_ITSELF | access.ON_THE_WALL
    if not resting and now() - row.last_seen_at >= sign_ins.SEEN_EVERY:
        _keep_alive(row.id)
    return Device(row, token)


def _keep_alive(sign_in_id: int) -> None:
    try:
        with database().transaction() as writing:
            sign_ins.keep_alive(writing, sign_in_id, now())
    except OperationalError:  # a busy database must not keep anybody from reading
        log.info("the last use of a sign-in was not written: database busy")


def _for_templates() -> dict[str, Any]:
    who = person()
    return {
        "me": who,
        "menu": _menu(who.role) if who else [],
        "sample": _is_sample(),
        "codes_locked": database().vault.locked,
        "static": static,
        "get_locale": get_locale,
    }


def may_open(endpoint: str) -> bool:
    """Whether whoever is signed in here may open this page or press its button: else no page offers it."""
    who = person()
    return access.may_open(endpoint, who.role if who else None)


def _menu(role: Role) -> list[tuple[str, str]]:
    return [(endpoint, say(words)) for endpoint, words in MENU if access.may_open(endpoint, role)]


def _is_sample() -> bool:
    try:
        return bool(read().scalar(select(House.sample)))
    except OperationalError:  # the page that says "busy" has to show all the same
        return False


def static(name: str) -> str:
    """The address of a static file, new whenever the file is: browsers keep it for a year."""
    return url_for("static", filename=name, v=_mark(name))


@cache
def _mark(name: str) -> str:
    return hashlib.sha256((paths.STATIC / name).read_bytes()).hexdigest()[:10]
