"""Whether mails get away: what waits since when, what came back, and when the worker was last seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from garage.code_requests.models import ChaseStep, CodeRequest
from garage.domain.text import N_, Text
from garage.outbox.models import MailStatus, OutboxMail
from garage.staff.models import House

SILENT = timedelta(minutes=5)  # without a sign of life the worker counts as not running
LONG = timedelta(hours=1)  # a mail that waits longer is worth a word
SHOWN = timedelta(days=14)
UNFINISHED = [MailStatus.WAITING, MailStatus.REFUSED, MailStatus.GIVEN_UP]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that is not sent, and the request it belongs to; None where that is gone."""

    mail: OutboxMail
    request: CodeRequest | None
    reminder: bool


def worker_is_silent(seen_at: datetime | None, at: datetime) -> bool:
    """Whether nobody sends and chases: no sign of life within minutes, by whichever way the clock jumped."""
    return seen_at is None or abs(at - seen_at) > SILENT


def mail_trouble(
    session: Session, site_id: int, at: datetime, *, has_server: bool, locked: bool
) -> Text | None:
    """What the board says where mails of this site wait and do not get away, by its nearest reason."""
    waiting = select(func.min(OutboxMail.made_at)).where(
        OutboxMail.site_id == site_id, OutboxMail.status == MailStatus.WAITING
    )
    since = session.scalar(waiting)
    if since is None or at - since < SILENT:
        return None
    if not has_server:
        return Text(N_("Mails wait and are not sent: no mail server is set any more."))
    if locked:
        return Text(N_("Mails wait until the code key is back: codes are locked on this machine."))
    if worker_is_silent(session.scalars(select(House.worker_seen_at)).one(), at):
        return Text(N_("Mails wait: the part of Garage that sends them is not running. Start Garage again."))
    if at - since > LONG:
        return Text(N_("Mails have been waiting for more than an hour: the mail server does not take them."))
    return None


def unfinished(session: Session, site_id: int, at: datetime) -> Sequence[Waiting]:
    """The site's mails that wait, and those of the last two weeks that did not get through; newest first."""
    mails = session.scalars(
        select(OutboxMail)
        .where(
            OutboxMail.site_id == site_id,
            OutboxMail.status.in_(UNFINISHED),
            or_(OutboxMail.status == MailStatus.WAITING, OutboxMail.made_at > at - SHOWN),
        )
        .order_by(OutboxMail.id.desc())
    ).all()
    numbers = [mail.id for mail in mails]
    named = (selectinload(CodeRequest.dealer), selectinload(CodeRequest.job))
    asked = session.scalars(select(CodeRequest).where(CodeRequest.mail_id.in_(numbers)).options(*named))
    reminded = selectinload(ChaseStep.request).options(*named)
    steps = session.scalars(select(ChaseStep).where(ChaseStep.mail_id.in_(numbers)).options(reminded))
    first = {request.mail_id: request for request in asked}
    reminding = {step.mail_id: step.request for step in steps}
    return [
        Waiting(mail, first.get(mail.id) or reminding.get(mail.id), reminder=mail.id in reminding)
        for mail in mails
    ]
