"""Two desks do the same at the same moment, each in a transaction of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest
from garage.db import Database
from garage.domain.text import Refused
from garage.intake.models import Job


def at_two_desks(database: Database, job_id: int, act: Callable[[Session, Job], Any]) -> list[Any]:
    """What came of `act` at each desk, or why it was refused; both have seen every request before one writes."""
    together = Barrier(2)

    def desk(_: int) -> Any:
        try:
            with database.transaction() as session:
                job = session.get_one(Job, job_id)
                session.scalars(sa.select(CodeRequest)).all()
                if database.engine.dialect.name != "sqlite":
                    together.wait(timeout=60)  # SQLite lets one writer in at a time
                return act(session, job)
        except Refused as no:
            return no

    with ThreadPoolExecutor(2) as desks:
        return list(desks.map(desk, range(2)))
