"""What becomes of a request when its mail is accepted or refused: both are on record together, or neither."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.code_requests.models import ChaseStep, CodeRequest
from garage.code_requests.queries import today_at
from garage.code_requests.sending import check_complete, mail_of, mark_of
from garage.domain.asking import AnswerKind, Channel, Status, Step
from garage.domain.chasing import Chase
from garage.domain.text import N_, Refused
from garage.outbox.actions import mail_in, take_out, try_again
from garage.outbox.models import MailStatus, OutboxMail
from garage.staff.journal import By, write

NOT_SENT = {MailStatus.REFUSED, MailStatus.GIVEN_UP}


def still_wanted(session: Session, row: OutboxMail, at: datetime) -> bool:
    """Whether the mail should still go out: its request waits to be sent, or nobody has answered yet.

    A reminder stays here while somebody waits with it for a reason; it goes out afterwards.
    """
    step = _step_of(session, row)
    if step is not None:
        chased = step.request
        waits = chased.status is Status.SENT and asked_at(chased) == step.asked_at and chased.still_helps
        return waits and not answered_since(chased, step.asked_at) and not waits_with_it(session, step, at)
    request = _request_of(session, row)
    return request is None or request.status is Status.QUEUED


def settle(session: Session, row: OutboxMail, by: By) -> None:
    """Take the step that follows: sent, or back to whoever wrote it. A reminder is on record when it went."""
    accepted = row.status is MailStatus.ACCEPTED
    step = _step_of(session, row)
    if step is not None:
        if accepted:
            step.at = by.at  # the next step keeps its distance from the real one
        write(session, by, "remind" if accepted else "bounce", step.request)
        return
    request = _request_of(session, row)
    if request is None:
        return
    if accepted:
        if request.status is Status.QUEUED or (request.status is Status.DRAFT and not _needs_more(request)):
            request.take(Step.SEND)
            request.sent_at = by.at
        write(session, by, "send", request)
    elif request.status is Status.QUEUED:
        request.take(Step.BOUNCE)
        write(session, by, "bounce", request)


def take_back(session: Session, row: OutboxMail, by: By) -> None:
    """A person takes a mail back before it is sent; its request is not sent then. Refused where it is too late."""
    take_out(session, row, by)
    request = _request_of(session, row)
    if request is not None and request.status is Status.QUEUED:
        request.take(Step.BOUNCE)
        write(session, by, "take_mail_out", request)


def send_again(session: Session, row: OutboxMail, by: By) -> None:
    """A person has the same mail sent now.

    Refused where its request moved on, where it would be written otherwise today, or the mail is over.
    """
    request = _request_of(session, row)
    if request is not None and request.status is Status.DRAFT and row.status in NOT_SENT:
        check_complete(session, request)
        as_today = mail_of(session, request, today_at(request.job.site, by.at))
        if request.channel is not Channel.EMAIL or mark_of(mail_in(session, row)) != mark_of(as_today):
            raise Refused(
                N_("The e-mail would be another one today. Open its request, read it, and send it there.")
            )
        request.take(Step.QUEUE)
        write(session, by, "try_mail_again", request)
    if not still_wanted(session, row, by.at):
        raise Refused(N_("Nobody waits for this mail any more."))
    try_again(session, row, by)


def waits_with_it(session: Session, step: ChaseStep, at: datetime) -> bool:
    """Whether somebody has put the chasing of this step's request off beyond this moment."""
    later = select(ChaseStep.until).where(
        ChaseStep.code_request_id == step.code_request_id,
        ChaseStep.asked_at == step.asked_at,
        ChaseStep.step == Chase.LATER,
    )
    until = session.scalars(later.order_by(ChaseStep.id.desc())).first()
    return until is not None and until > at


def asked_at(request: CodeRequest) -> datetime:
    """When they were asked the last time."""
    return request.sent_at or request.made_at


def answered_since(request: CodeRequest, moment: datetime) -> bool:
    """Whether they have said anything since that moment, even if only that it takes time or money."""
    return any(answer.kind.of_a_place and answer.at >= moment for answer in request.answers)


def _needs_more(request: CodeRequest) -> bool:
    """Whether the last thing they said is that they need more: then it is our turn, whatever arrives there."""
    theirs = [answer.kind for answer in request.answers if answer.kind.of_a_place]
    return theirs[-1:] == [AnswerKind.NEED_MORE]


def _step_of(session: Session, row: OutboxMail) -> ChaseStep | None:
    step = session.scalar(select(ChaseStep).where(ChaseStep.mail_id == row.id))
    if step is not None:
        _hold(session, step.request)
    return step


def _request_of(session: Session, row: OutboxMail) -> CodeRequest | None:
    request = session.scalar(select(CodeRequest).where(CodeRequest.mail_id == row.id))
    if request is not None:
        _hold(session, request)
    return request


def _hold(session: Session, request: CodeRequest) -> None:
    """Look at the request afresh and keep others from it: nobody's change may undo what a server accepted."""
    session.flush()
    session.refresh(request, with_for_update=True)
