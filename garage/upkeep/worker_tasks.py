"""What the worker looks after: mails, chasing, papers, books and receipts that are over, and its own sign of life."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

from sqlalchemy.orm import Session

from garage.code_requests import mailing
from garage.code_requests.chasing import chase_due
from garage.code_requests.reminding import reminder
from garage.code_requests.sending import forget_copies
from garage.db import Database
from garage.outbox.mail_server import MailServer
from garage.outbox.sending import forget_papers, pick_up, send_due
from garage.staff.receipts import RECEIPTS_KEPT, forget_receipts
from garage.upkeep.code_book import forget_books
from garage.upkeep.worker import Task, sign_of_life

MINUTE, HOUR = 60.0, 3600.0
OFTEN = 2.0  # a mail leaves seconds after somebody pressed "Send"


def tasks(
    database: Database,
    server: MailServer | None,
    now: Callable[[], datetime],
    stop: Event,
) -> list[Task]:
    """Every task; without a mail server a person sends and chases."""

    def forget(rows: Callable[[Session, datetime], object], at: datetime) -> None:
        with database.transaction() as session:
            rows(session, at)

    always = [
        Task("sign of life", MINUTE, lambda: sign_of_life(database, now())),
        Task("picking up", MINUTE, lambda: pick_up(database, now())),
        Task("forgetting papers", MINUTE, lambda: forget_papers(database, now(), mailing)),
        Task("forgetting copies", MINUTE, lambda: forget(forget_copies, now())),
        Task("forgetting receipts", HOUR, lambda: forget(forget_receipts, now() - RECEIPTS_KEPT)),
        Task("forgetting code books", HOUR, lambda: forget(forget_books, now())),
    ]
    if server is None:
        return always
    return [
        *always,
        Task("chasing", MINUTE, lambda: chase_due(database, now, reminder)),
        Task("sending", OFTEN, lambda: send_due(database, server, now, mailing, stop.is_set)),
    ]
