"""The program on a real port, in a thread of the test, by the clock of the test."""

import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

import pytest
import waitress
from flask import Flask
from waitress import wasyncore

from garage.app import close_app
from garage.cards.press import Press
from garage.db import Database
from garage.radios.photos import Darkroom
from garage.seal import Vault, read_key
from garage.staff.joining import first_invitation
from garage.web.settings import Settings
from tests.desk import app_over

PATIENCE = 60.0  # seconds for a paper or a photo: a busy machine is slow, not wrong


@dataclass(frozen=True)
class Served:
    """The program at `url`; its database and clock are at hand."""

    url: str
    app: Flask
    database: Database
    now: Callable[[], datetime]

    def first_link(self) -> str:
        """The link that the first start prints for the owner."""
        with self.database.transaction() as session:
            token = first_invitation(session, self.now())
        assert token, "somebody works here already"
        return f"{self.url}/welcome/{token}"


@contextmanager
def served(settings: Settings, now: Callable[[], datetime]) -> Iterator[Served]:
    """Serve the founded house of `settings` with waitress until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = replace(settings, bind=f"127.0.0.1:{port}", public_url=f"http://127.0.0.1:{port}")
    database = Database(here.database_url, Vault(read_key(here.key_file)))
    app = app_over(here, database, now)
    app.config["TESTING"] = False
    app.extensions["garage.press"] = Press(seconds=PATIENCE)
    app.extensions["garage.darkroom"] = Darkroom(seconds=PATIENCE)
    server = waitress.create_server(app, listen=here.bind, threads=4, ident=None)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield Served(here.public_url, app, database, now)
    finally:
        # The thread itself closes what it listens on, and its loop ends when nothing is left. It runs this only
        # once the lock is free: an answer that wakes it earlier must not close the trigger before it is pulled.
        with server.trigger.lock:
            server.trigger.thunks.append(lambda: wasyncore.close_all(server._map, ignore_all=True))
            server.trigger.pull_trigger()
        thread.join(10)
        server.task_dispatcher.shutdown()
        close_app(app)
        assert not thread.is_alive()


def chromium() -> dict[str, object]:
    """How Playwright starts Debian's browser: it makes no calls of its own."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("NOT TESTED IN A BROWSER: chromium is not installed")
    quiet = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
    ]
    return {"executable_path": path, "args": quiet + (["--no-sandbox"] if os.geteuid() == 0 else [])}
