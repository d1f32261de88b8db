"""Locks beside the database: while the house is being opened, while the program runs, and whose turn it is to work."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from garage.domain.text import N_, Refused


@contextmanager
def opening(instance: Path) -> Iterator[None]:
    """Hold the door while the house is opened: whoever opens at the same moment waits."""
    with _locked(instance / "opening.lock", fcntl.LOCK_EX):
        yield


@contextmanager
def running(instance: Path) -> Iterator[None]:
    """Say that the program runs, for as long as it does; several may run side by side."""
    with _locked(instance / "running.lock", fcntl.LOCK_SH):
        yield


@contextmanager
def stopped(instance: Path) -> Iterator[None]:
    """Make sure that nothing runs and nothing starts meanwhile. Raises Refused."""
    try:
        with _locked(instance / "running.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
            yield
    except BlockingIOError:
        raise Refused(N_("Garage is running. Stop it first, then type the same line again.")) from None


@contextmanager
def turn(instance: Path) -> Iterator[bool]:
    """Whether it is this worker's turn, which then lasts until the block ends; the lock dies with its holder."""
    with ExitStack() as held:
        try:
            held.enter_context(_locked(instance / "worker.lock", fcntl.LOCK_EX | fcntl.LOCK_NB))
            mine = True
        except BlockingIOError:
            mine = False
        yield mine


@contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)
