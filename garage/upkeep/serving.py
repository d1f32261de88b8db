"""Serving the pages: which address the program listens on, and waitress behind it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import waitress  # type: ignore[import-untyped]  # it ships no types
from flask import Flask, Response

from garage.domain.text import N_, Refused
from garage.upkeep.address import workshop_address
from garage.web.settings import Settings

UPLOADS = ("MAX_CONTENT_LENGTH", "MAX_PHOTO_LENGTH", "MAX_BOOK_LENGTH")  # held in memory, never on the disk
EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for with LAN=1


def for_the_workshop(settings: Settings) -> Settings:
    """The same settings, but open to the workshop's own network; an https address stays as it is."""
    port = settings.bind.rpartition(":")[2]
    opened = replace(settings, bind=f"{EVERYWHERE}:{port}")
    if settings.is_https:
        return opened
    return replace(opened, public_url=f"http://{workshop_address()}:{port}")


def warm_press_after_first_page(app: Flask) -> None:
    """Start the processes that make papers as soon as a page was answered: neither it nor the first card waits."""

    @app.after_request
    def warm(response: Response) -> Response:
        response.call_on_close(app.extensions["garage.press"].warm)
        return response


@contextmanager
def listening(app: Flask, settings: Settings) -> Iterator[Callable[[], None]]:
    """Take the address; the block is given the call that answers requests until the process is told to end.

    Refused when the address cannot be used.
    """
    server = _listen(app, settings)
    try:
        yield server.run
    finally:
        server.close()


def _listen(app: Flask, settings: Settings) -> Any:
    behind = settings.config["TRUSTED_PROXIES"]
    # waitress believes X-Forwarded-... only from as many proxies as the settings name
    proxy = {
        "trusted_proxy": "*",
        "trusted_proxy_count": behind,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
    }
    try:
        return waitress.create_server(
            app,
            listen=settings.bind,
            threads=settings.config["THREADS"],
            ident=None,
            inbuf_overflow=1 + max(settings.config[name] for name in UPLOADS),
            url_scheme=urlsplit(settings.public_url).scheme,
            **(proxy if behind else {}),
        )
    except ValueError:
        raise Refused(
            N_(
                "BIND is an address and a port such as 127.0.0.1:8000, and THREADS is a number. Look at the settings."
            )
        ) from None
    except OSError:
        raise Refused(
            N_(
                "Cannot listen on %(bind)s: another program uses it, or the address is not this machine's."
                " Set another one, for example GARAGE_BIND=127.0.0.1:8001 and GARAGE_PUBLIC_URL=http://127.0.0.1:8001."
            ),
            bind=settings.bind,
        ) from None
