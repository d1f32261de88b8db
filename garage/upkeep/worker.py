"""The worker: one loop over named tasks, which sends, chases and tidies up while people work."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event
from time import monotonic

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from garage.db import Database
from garage.domain.fault import place_of
from garage.staff.models import House
from garage.upkeep import locks

TICK = 2.0  # seconds between two looks
AFTER_TROUBLE = 10.0  # seconds to wait where the database does not answer
SENDER = 5_724_233  # any number; the same for every worker on one PostgreSQL
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Something to look after, at most every so many seconds; `run` finds out itself what is due."""

    name: str
    every: float
    run: Callable[[], object]


def work(
    tasks: Sequence[Task],
    turn: Callable[[], AbstractContextManager[bool]],
    stop: Event,
    tick: float = TICK,
) -> None:
    """Run the tasks until `stop` is set. A task that fails is written to the log and comes round again."""
    due = dict.fromkeys((task.name for task in tasks), 0.0)
    while not stop.is_set():
        pause = tick
        try:
            with turn() as mine:
                for task in tasks if mine else ():
                    if not stop.is_set() and monotonic() >= due[task.name]:
                        due[task.name] = monotonic() + task.every
                        _run(task)
        except OperationalError as trouble:
            log.warning("the database does not answer: %s", str(trouble.orig).splitlines()[0])
            pause = max(tick, AFTER_TROUBLE)
        stop.wait(pause)


def _run(task: Task) -> None:
    try:
        task.run()
    except OperationalError:
        raise
    except Exception as error:  # whatever it is, the other tasks go on
        log.error("%s failed: %s\n%s", task.name, type(error).__name__, place_of(error))


def turns(database: Database, instance: Path) -> Callable[[], AbstractContextManager[bool]]:
    """How workers of one database take turns: whoever holds the turn is the only one at work.

    The turn is a lock that ends with its holder, so a crash frees it and no clock decides.
    """

    @contextmanager
    def on_postgresql() -> Iterator[bool]:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            mine = bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(SENDER))))
            try:
                yield mine
            finally:
                if mine:
                    connection.execute(sa.select(sa.func.pg_advisory_unlock(SENDER)))

    if database.engine.dialect.name == "postgresql":
        return on_postgresql
    return lambda: locks.turn(instance)


def sign_of_life(database: Database, at: datetime) -> None:
    """Put on record that a worker is at work."""
    with database.transaction() as session:
        session.execute(sa.update(House).values(worker_seen_at=at))
