"""Sending what waits: claim, send, record. Never inside a write transaction, and nothing is called sent unasked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import sleep
from typing import Protocol

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from garage.db import Database
from garage.domain.text import Refused
from garage.outbox.actions import end, mail_in
from garage.outbox.mail import Mail, eml
from garage.outbox.mail_server import MailServer, Outcome, Verdict, hand_over
from garage.outbox.models import MailStatus, OutboxAttempt, OutboxMail
from garage.staff.journal import By

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))  # the last one again and again
PATIENCE, A_MOMENT = 30, 2.0  # so many times, and seconds between them, until an answer is on record
WORKER = "worker"  # stands in the journal where else the number of a page's request stands
ENDINGS = {Outcome.ACCEPTED: MailStatus.ACCEPTED, Outcome.REFUSED: MailStatus.REFUSED}


class Cause(Protocol):
    """What a mail was written for: asked before it is sent, told when it is over."""

    def still_wanted(self, session: Session, row: OutboxMail, at: datetime) -> bool:
        """Whether the mail should go out at this moment."""

    def settle(self, session: Session, row: OutboxMail, by: By) -> None:
        """Take the step that follows from what became of the mail, in the same transaction."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail that this worker is about to hand over, under the name that every attempt carries."""

    mail_id: int
    attempt_id: int
    message_id: str
    made_at: datetime
    mail: Mail = field(repr=False)


def send_due(
    database: Database,
    server: MailServer,
    now: Callable[[], datetime],
    cause: Cause,
    told_to_end: Callable[[], bool] = lambda: False,
) -> int:
    """Hand over every mail that is due; how many were tried. Only one worker may be here at a time.

    Nothing happens while codes are locked: what waits is sealed.
    """
    if database.vault.locked:
        return 0
    with database.reading() as session:
        numbers = list(session.scalars(select(OutboxMail.id).where(_due(now())).order_by(OutboxMail.id)))
    tried = 0
    for number in numbers:
        claimed = None if told_to_end() else claim(database, number, now(), cause)
        if claimed is not None:
            verdict = hand(server, claimed)
            _insist(lambda: record(database, claimed, verdict, now(), cause))  # noqa: B023 - runs at once
            tried += 1
            if verdict.outcome is Outcome.LATER:
                break  # a server in trouble is not hurried: the next mail has its turn in the next round
    return tried


def pick_up(database: Database, at: datetime) -> None:
    """Free the mails that a worker held when it ended: tried again within a minute, or taken out until then.

    Only for a worker whose turn it is: then nobody is sending.
    """
    with database.transaction() as session:
        held = select(OutboxMail).where(OutboxMail.sending_since.is_not(None))
        for row in session.scalars(held.with_for_update()):
            row.sending_since, row.due_at = None, min(row.due_at, at + PAUSES[0])


def _insist(write: Callable[[], None]) -> None:
    """A busy database, or one that starts afresh, must not make a mail go out twice."""
    for _ in range(PATIENCE):
        try:
            return write()
        except OperationalError:
            sleep(A_MOMENT)
    return write()


def _due(at: datetime) -> ColumnElement[bool]:
    """Waiting, and its moment has come; one further off than any pause was set by a clock that was wrong."""
    come = or_(OutboxMail.due_at <= at, OutboxMail.due_at > at + PAUSES[-1])
    kept = or_(OutboxMail.papers.is_(False), OutboxMail.until > at)
    return and_(OutboxMail.status == MailStatus.WAITING, come, kept)


def claim(database: Database, mail_id: int, at: datetime, cause: Cause) -> Claimed | None:
    """Put on record that an attempt begins, and when the next one would: a crash costs a pause, not a mail.

    None where somebody else has it, took it back, or nobody wants it any more.
    """
    with database.transaction() as session:
        wanted = select(OutboxMail).where(OutboxMail.id == mail_id, _due(at))
        row = session.scalars(wanted.with_for_update(skip_locked=True)).one_or_none()
        if row is None:
            return None
        if not cause.still_wanted(session, row, at):
            end(session, row, MailStatus.TAKEN_OUT, at)
            return None
        row.tries += 1
        row.due_at = at + PAUSES[min(row.tries, len(PAUSES)) - 1]
        row.sending_since = at
        attempt = OutboxAttempt(mail_id=row.id, at=at)
        session.add(attempt)
        session.flush()
        return Claimed(row.id, attempt.id, row.message_id, row.made_at, mail_in(session, row))


def hand(server: MailServer, claimed: Claimed) -> Verdict:
    """Send it. A mail that cannot be made is refused like one that the server refuses."""
    try:
        made = eml(claimed.mail, server.sender, claimed.message_id, claimed.made_at)
    except Refused as no:
        return Verdict(Outcome.REFUSED, str(no))
    return hand_over(server, claimed.mail.to, made)


def record(database: Database, claimed: Claimed, verdict: Verdict, at: datetime, cause: Cause) -> None:
    """Put the answer on record, and in the same transaction what follows from it.

    What a server accepted is sent, even where a person thought it taken back meanwhile.
    """
    with database.transaction() as session:
        row = session.get_one(OutboxMail, claimed.mail_id, with_for_update=True)
        session.get_one(OutboxAttempt, claimed.attempt_id).answer = verdict.answer
        row.sending_since = None
        if verdict.outcome is not Outcome.ACCEPTED and row.status is not MailStatus.WAITING:
            return
        row.refusal = "" if verdict.outcome is Outcome.ACCEPTED else verdict.answer
        ending = ENDINGS.get(verdict.outcome) or (MailStatus.GIVEN_UP if at > row.until else None)
        if ending is not None:
            end(session, row, ending, at)
            cause.settle(session, row, By(row.site_id, None, at, WORKER))


def forget_papers(database: Database, at: datetime, cause: Cause) -> None:
    """Give up mails whose copies of papers may be kept no longer; the copies go with them."""
    if database.vault.locked:
        return
    with database.transaction() as session:
        over = select(OutboxMail).where(
            OutboxMail.papers,
            OutboxMail.until <= at,
            OutboxMail.status.in_([MailStatus.WAITING, MailStatus.REFUSED]),
        )
        for row in session.scalars(over.with_for_update(skip_locked=True)).all():
            waited = row.status is MailStatus.WAITING
            end(session, row, MailStatus.GIVEN_UP, at)
            if waited:
                cause.settle(session, row, By(row.site_id, None, at, WORKER))
