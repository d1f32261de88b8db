"""The worker in a process of its own, as a garage runs it."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from garage import paths
from garage.web.settings import Settings


def environment_of(settings: Settings, **more: str) -> dict[str, str]:
    """The surroundings of a program over this house, and nothing of the test's own."""
    here = {"PYTHONPATH": str(paths.CHECKOUT), "GARAGE_INSTANCE": str(settings.instance)}
    return {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"} | here | more


def mails_go_to(port: int) -> dict[str, str]:
    """The settings of a mail server on this port of the machine itself."""
    return {
        "GARAGE_SMTP_HOST": "127.0.0.1",
        "GARAGE_SMTP_PORT": str(port),
        "GARAGE_SMTP_SECURITY": "none",
        "GARAGE_SMTP_SENDER": "garage@garage.example",
    }


@contextmanager
def real_worker(settings: Settings, **environment: str) -> Iterator[None]:
    """`garage worker` over this house, up before the block starts and told to end after it."""
    program = subprocess.Popen(
        [sys.executable, "-m", "garage.cli", "worker"], env=environment_of(settings, **environment)
    )
    try:
        wait_until_it_hears(program)
        yield
    finally:
        program.terminate()
        assert program.wait(60) == 0


def wait_until_it_hears(program: subprocess.Popen[bytes]) -> None:
    """Return once the program has a way of its own to end; before that, being told to end just kills it."""
    while program.poll() is None and not _catches(program.pid, signal.SIGTERM):
        time.sleep(0.05)


def _catches(process: int, told: signal.Signals) -> bool:
    caught = Path(f"/proc/{process}/status").read_text().split("SigCgt:")[1].split()[0]
    return bool(int(caught, 16) >> (told - 1) & 1)
