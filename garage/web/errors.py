"""Error pages in plain words; never a stack trace, and what was typed is still one step back."""

import logging

from flask import Flask, current_app, g, render_template
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest, HTTPException, SecurityError

from garage.domain.fault import place_of
from garage.domain.text import Refused
from garage.web.current import close_reading
from garage.web.say import say

Answer = tuple[str, int]
TWICE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}  # the last one is PostgreSQL's
log = logging.getLogger(__name__)


def install_error_pages(app: Flask) -> None:
    """Register a page for everything that can go wrong."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(StaleDataError, saved_meanwhile)
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(IntegrityError, broken_rule)
    app.register_error_handler(DataError, unreadable)
    app.register_error_handler(CSRFError, forged)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)


def page(status: int, title: str, words: str) -> Answer:
    """One calm page for every error."""
    close_reading()
    return render_template(
        "web/error.html", title=title, words=words, request_id=g.get("request_id", "")
    ), status


def refused(error: Refused) -> Answer:
    """A rule says no: 409 and its reason."""
    return page(409, _("Not like this"), say(error.text))


def saved_meanwhile(error: StaleDataError | IntegrityError) -> Answer:
    """Somebody else saved the same thing a moment ago."""
    return page(
        409, _("Saved meanwhile by someone else"), _("Go back, load the page again and look at both.")
    )


def broken_rule(error: IntegrityError) -> Answer:
    """Two desks made the same thing at once; any other rule of the tables is broken by a fault of ours."""
    kind = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    return saved_meanwhile(error) if kind in TWICE else broken(error)


def unreadable(error: DataError) -> Answer:
    """An address or a scanner brought a sign that PostgreSQL keeps in no text; forms refuse it by themselves."""
    log.warning("the database could not read what came: %s", type(error.orig).__name__)
    return http_error(BadRequest())


def busy(error: OperationalError) -> Answer:
    """The database did not answer in time."""
    log.warning("database busy or away: %s", type(error.orig).__name__)
    return page(503, _("The database is busy"), _("Nothing was lost. Please try again."))


def forged(error: CSRFError) -> Answer:
    """The form did not come from a page of this program, or the sign-in behind it has ended."""
    return page(400, _("This form is too old"), _("Go back, load the page again and send it once more."))


def http_error(error: HTTPException) -> Answer:
    """Unknown page, too large, not allowed, and whatever else HTTP knows."""
    if isinstance(error, SecurityError):
        return "This is not the address of this program.", 400  # no page: its links would lead astray
    sentences = {
        400: (_("This could not be read"), _("Go back and try again.")),
        403: (_("Not for you"), _("Your role does not open this page. Ask a manager.")),
        404: (
            _("There is no such page"),
            _("It may have been moved. The board shows everything that is open."),
        ),
        405: (_("There is no such page"), _("The board shows everything that is open.")),
        413: (
            _("Too large"),
            _("Photos may have up to 12 MB, code books up to 5 MB. Take a smaller one and try again."),
        ),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
    }
    status = error.code or 500
    return page(status, *sentences.get(status, (_("That did not work"), _("Go back and try again."))))


def broken(error: Exception) -> Answer:
    """A fault of ours: logged by its kind and place, shown without details."""
    if current_app.testing:
        raise error
    log.error("request %s failed: %s\n%s", g.get("request_id", ""), type(error).__name__, place_of(error))
    return page(
        500,
        _("That was our fault"),
        _("Nothing was saved. Go back and try again; if it happens again, tell us."),
    )
