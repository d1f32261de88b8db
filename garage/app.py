"""The program: every room behind one front door."""

import secrets
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from garage import clock, paths
from garage.bay import views as bay
from garage.board import views as board
from garage.cards import views as cards
from garage.cards.layouts import sheet_layouts
from garage.cards.press import Press
from garage.code_requests import own_ways
from garage.code_requests import views as code_requests
from garage.db import HIGHEST_ROW, Database
from garage.domain.catalogue import Catalogue
from garage.facts import views as facts
from garage.facts.living import LivingFacts
from garage.intake import views as intake
from garage.intake import views_message as message
from garage.radios import views as radios
from garage.radios.photos import Darkroom
from garage.staff import signed_in
from garage.staff import views as staff
from garage.upkeep import views as upkeep
from garage.web import access, filters
from garage.web.current import close_reading
from garage.web.errors import install_error_pages
from garage.web.headers import install_headers
from garage.web.settings import Settings

ROOMS = [
    staff.bp,
    facts.bp,
    radios.bp,
    intake.bp,
    message.bp,
    code_requests.bp,
    bay.bp,
    cards.bp,
    board.bp,
    upkeep.bp,
]


def create_app(
    settings: Settings,
    database: Database,
    catalogue: Catalogue,
    now: Callable[[], datetime] = clock.now,
) -> Flask:
    """The web program for an opened house."""
    sheet_layouts()  # a wrong number in a layout shows now, not when somebody prints
    app = _bare_app(settings)
    move_in(app, settings, database, catalogue, now)
    Bootstrap5(app)
    Babel(
        app,
        default_translation_directories=str(paths.TRANSLATIONS),
        locale_selector=signed_in.language,
        timezone_selector=signed_in.time_zone,
    )
    CSRFProtect(app)
    signed_in.install(app)
    filters.install(app)
    install_headers(app, https=settings.is_https)
    install_error_pages(app)
    app.before_request(name_request)
    app.before_request(check_access)
    app.teardown_appcontext(close_reading)
    for room in ROOMS:
        app.register_blueprint(room)
    return app


def _bare_app(settings: Settings) -> Flask:
    app = Flask(
        __name__,
        template_folder=str(paths.TEMPLATES),
        static_folder=str(paths.STATIC),
        instance_path=str(settings.instance),
    )
    app.url_map.converters["int"] = RowNumber
    if proxies := settings.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    return app


def move_in(
    app: Flask, settings: Settings, database: Database, catalogue: Catalogue, now: Callable[[], datetime]
) -> None:
    """Put an opened house behind the pages of `app`."""
    app.config.from_mapping(settings.config)
    app.config.from_mapping(_web_settings(settings))
    app.extensions.update(
        {
            "garage.settings": settings,
            "garage.database": database,
            "garage.clock": now,
            "garage.facts": LivingFacts(catalogue, database),
            "garage.asking": own_ways,
            "garage.press": Press(),
            "garage.darkroom": Darkroom(),
        }
    )


class RowNumber(IntegerConverter):
    """A number in an address; what no row can have is an unknown page."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=HIGHEST_ROW)


def close_app(app: Flask) -> None:
    """End the processes that make PDFs and photos, and let go of the database."""
    app.extensions["garage.press"].close()
    app.extensions["garage.darkroom"].close()
    app.extensions["garage.database"].close()


def _web_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_file.read_text().strip(),
        "SESSION_COOKIE_NAME": "__Host-garage" if settings.is_https else "garage",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "TRUSTED_HOSTS": [urlsplit(settings.public_url).hostname or "", "127.0.0.1", "localhost"],
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the sign-in: a desk leaves forms open
        "BOOTSTRAP_SERVE_LOCAL": True,
        "MAX_FORM_MEMORY_SIZE": 500_000,
        "MAX_FORM_PARTS": 1000,
    }


def name_request() -> None:
    """Give the request the number under which the journal and the log know it."""
    g.request_id = secrets.token_hex(6)


def check_access() -> ResponseReturnValue | None:
    """Let in who may open the page; send who is not signed in to the door."""
    endpoint = request.endpoint
    if endpoint is None or access.may_open(endpoint, None):
        return None  # 404, or open to everybody: nobody is looked up
    person = signed_in.person()
    if access.may_open(endpoint, person.role if person else None):
        return None
    if person is None and endpoint in access.BY_ITSELF:
        return abort(401)  # the page that asked says so; it is not a page to come back to
    if person is None:
        came_from = urlsplit(request.referrer or "")
        if request.method == "GET":
            session["after_sign_in"] = request.full_path.rstrip("?")
        elif came_from.netloc == request.host and came_from.path:
            # the page whose form was sent: it has kept what was typed
            session["after_sign_in"] = came_from.path
        return redirect(url_for("staff.sign_in"), 303)
    return abort(403)
