"""The worker as a process of its own beside the pages, ended together with them by its id."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from garage.web.settings import Settings

PATIENCE = 15.0  # seconds for a mail that is just being handed over


@contextmanager
def worker_beside(settings: Settings) -> Iterator[None]:
    """Run `garage worker` over the same house until the block ends.

    It listens to a pipe from this process: even where this one is killed, the worker ends as well.
    """
    environment = os.environ | {
        "GARAGE_INSTANCE": str(settings.instance),
        "GARAGE_DATABASE_URL": settings.database_url,
        "GARAGE_SMTP_HOST": str(settings.config["SMTP_HOST"]),
    }
    worker = subprocess.Popen(
        [sys.executable, "-m", "garage.cli", "worker", "--beside"], env=environment, stdin=subprocess.PIPE
    )
    try:
        yield
    finally:
        _end(worker)


def _end(worker: subprocess.Popen[bytes]) -> None:
    if worker.stdin is not None:
        worker.stdin.close()
    worker.send_signal(signal.SIGTERM)
    try:
        worker.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def stop_when_told(*, beside: bool) -> Event:
    """An event that is set when this process is told to end, or when the one it runs beside is gone."""
    stop = Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    if beside:

        def listen() -> None:
            while os.read(sys.stdin.fileno(), 1):
                pass
            stop.set()

        Thread(target=listen, daemon=True).start()
    return stop
