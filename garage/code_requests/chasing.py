"""Chasing: reminders by mail go out by themselves, everything else tells a person what to do next."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload, selectinload

from garage.code_requests.mailing import NOT_SENT, answered_since, asked_at
from garage.code_requests.models import ChaseStep, CodeRequest
from garage.db import Database
from garage.domain.asking import Channel, Status
from garage.domain.chasing import Chase, Due, Taken, next_step
from garage.domain.fault import place_of
from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.outbox.actions import put_back, put_in_outbox, take_out
from garage.outbox.mail import Mail
from garage.outbox.models import MailStatus
from garage.outbox.sending import WORKER
from garage.radios.models import HeadUnit
from garage.staff.journal import By, write, write_reason
from garage.staff.models import Site

log = logging.getLogger(__name__)
CLOCK_SLIP = timedelta(minutes=5)  # a step further in the future was put down by a clock that was wrong
WriteReminder = Callable[[Session, CodeRequest, Chase], Mail]


def steps_of(session: Session, requests: Iterable[CodeRequest]) -> dict[int, list[ChaseStep]]:
    """The steps that were taken since each request was last sent, by the request's row number."""
    asked = {request.id: request for request in requests}
    taken: dict[int, list[ChaseStep]] = {number: [] for number in asked}
    rows = (
        select(ChaseStep)
        .where(ChaseStep.code_request_id.in_(list(asked)))
        .options(joinedload(ChaseStep.mail))
        .order_by(ChaseStep.id)
    )
    for row in session.scalars(rows):
        if row.asked_at == asked_at(asked[row.code_request_id]):
            taken[row.code_request_id].append(row)
    return taken


def due_step(request: CodeRequest, steps: Sequence[ChaseStep], site: Site) -> Due | None:
    """The next step of chasing this request, and when; None where nobody is waited for."""
    if request.status is not Status.SENT or not request.still_helps:
        return None
    taken = [
        Taken(step.step, step.at, step.until, failed=step.mail is not None and step.mail.status in NOT_SENT)
        for step in steps
        if not _stayed_here(step)
    ]
    return next_step(asked_at(request), request.due_on, taken, site.week)


def _stayed_here(step: ChaseStep) -> bool:
    """Whether it is a reminder that was taken back before it left: it is still to come."""
    return step.mail is not None and step.mail.status is MailStatus.TAKEN_OUT


def goes_by_mail(request: CodeRequest, due: Due) -> bool:
    """Whether the program itself takes this step: where it wrote before, and never to a customer.

    Its reminders say that nobody has answered: who asked a fee or for time is called by a person.
    """
    dealer = request.dealer
    return (
        due.step.is_reminder
        and request.channel is Channel.EMAIL
        and request.mail_id is not None
        and dealer is not None
        and dealer.active
        and bool(dealer.email)
        and not answered_since(request, asked_at(request))
    )


def for_people(
    session: Session, requests: Iterable[CodeRequest], site: Site, now: datetime
) -> dict[int, Due]:
    """The steps that a person takes now, by the request's row number; also a reminder that did not leave in a day."""
    sent = [request for request in requests if request.status is Status.SENT]
    steps, told = steps_of(session, sent), {}
    for request in sent:
        due = due_step(request, steps[request.id], site)
        if due is None or due.at > now:
            continue
        if not goes_by_mail(request, due) or site.week.after(due.at, 1) < now:
            told[request.id] = due
    return told


def note_chased(session: Session, request: CodeRequest, step: Chase, by: By) -> None:
    """A person has reminded or called them. Refused where that is not the next step."""
    due = _next(session, request)
    if due is None or due.step is not step or step is Chase.ELSEWHERE:
        raise Refused(N_("Somebody has done this already, or the answer is here. Look at the page again."))
    row = _begun(session, request, step) or _step(request, step, by)
    row.at, row.person_id, row.mail_id = by.at, by.person_id, None
    session.add(row)
    write(session, by, "chased", request)


def wait_with_it(session: Session, request: CodeRequest, until: datetime, reason: str, by: By) -> None:
    """Put the next step off until a moment, for a reason; a reminder that has not left stays here until then.

    Refused for the past and for a year ahead.
    """
    if _next(session, request) is None:
        raise Refused(N_("There is nothing to wait with: nobody is waited for."))
    if not by.at < until < by.at + timedelta(days=366):
        raise Refused(N_("Choose a day in the future, within a year."))
    row = _step(request, Chase.LATER, by)
    kept = write_reason(session, by, reason)
    row.until, row.reason_id = until, kept.id if kept else None
    session.add(row)
    write(session, by, "wait_with_it", request)
    for step in steps_of(session, [request])[request.id]:
        mail = step.mail
        if mail is not None and mail.status is MailStatus.WAITING and mail.sending_since is None:
            take_out(session, mail, by)


def go_on(session: Session, request: CodeRequest, by: By) -> None:
    """Nobody waits any longer: the next step comes when it would have come. Refused where nobody waits."""
    steps = steps_of(session, [request])[request.id]
    row = waiting_for(steps, by.at)
    if row is None or request.status is not Status.SENT:
        raise Refused(N_("Nobody waits with this any more. Look at the page again."))
    row.until = by.at
    write(session, by, "go_on", request)


def waiting_for(steps: Sequence[ChaseStep], at: datetime) -> ChaseStep | None:
    """The word that puts the next step off beyond this moment, or None."""
    put_off = [step for step in steps if step.step is Chase.LATER][-1:]
    return next((step for step in put_off if step.until is not None and step.until > at), None)


def _next(session: Session, request: CodeRequest) -> Due | None:
    return due_step(request, steps_of(session, [request])[request.id], session.get_one(Site, request.site_id))


def _begun(session: Session, request: CodeRequest, step: Chase) -> ChaseStep | None:
    """The row of a reminder that has not left yet: it is taken once, however often it was held back."""
    rows = steps_of(session, [request])[request.id]
    return next((row for row in rows if row.step is step and _stayed_here(row)), None)


def _step(request: CodeRequest, step: Chase, by: By) -> ChaseStep:
    return ChaseStep(request=request, asked_at=asked_at(request), step=step, at=by.at, person_id=by.person_id)


def chase_due(database: Database, now: Callable[[], datetime], write_reminder: WriteReminder) -> int:
    """Put every reminder that is due into the outbox, in working hours; how many. At most one for each request.

    After days off the next one still keeps its distance from this one.
    """
    if database.vault.locked:
        return 0
    at = now()
    with database.reading() as session:
        waited_for = (
            select(CodeRequest)
            .where(CodeRequest.status == Status.SENT)
            .options(
                selectinload(CodeRequest.dealer),
                selectinload(CodeRequest.answers),
                selectinload(CodeRequest.job).lazyload(Job.customer),
                selectinload(CodeRequest.head_unit).lazyload(HeadUnit.codes),
            )
        )
        sent = session.scalars(waited_for).all()
        steps, sites = steps_of(session, sent), {site.id: site for site in session.scalars(select(Site))}
        looked_at = [
            request.id
            for request in sent
            if _was_ahead(request, steps[request.id], at)
            or _goes_now(request, steps[request.id], sites[request.site_id], at)
        ]
    return sum(_try_to_chase(database, number, at, write_reminder) for number in looked_at)


def _try_to_chase(database: Database, number: int, at: datetime, write_reminder: WriteReminder) -> bool:
    """One reminder that cannot be written must not keep the others; after a day the board asks a person."""
    try:
        return _chase(database, number, at, write_reminder)
    except Refused as no:
        log.warning("no reminder for request %d: %s", number, no)
    except OperationalError:
        raise
    except Exception as error:  # a person who notes the same step at this moment, for example
        log.error("no reminder for request %d: %s\n%s", number, type(error).__name__, place_of(error))
    return False


def _goes_now(request: CodeRequest, steps: Sequence[ChaseStep], site: Site, at: datetime) -> Due | None:
    """The reminder that the program sends now; one at a time, and in working hours."""
    due = due_step(request, steps, site)
    if due is None or due.at > at or not goes_by_mail(request, due) or not site.week.is_open(at):
        return None
    unsent = any(step.mail is not None and step.mail.status is MailStatus.WAITING for step in steps)
    return None if unsent else due


def _chase(database: Database, number: int, at: datetime, write_reminder: WriteReminder) -> bool:
    with database.transaction() as session:
        request = session.get_one(CodeRequest, number, with_for_update=True)
        site = session.get_one(Site, request.site_id)
        steps = steps_of(session, [request])[request.id]
        if _was_ahead(request, steps, at):
            _mend_clock(request, steps, at)
        due = _goes_now(request, steps, site, at)
        if due is None:
            return False
        by = By(request.site_id, None, at, WORKER)
        row = _begun(session, request, due.step)
        if row is not None and row.mail is not None:
            row.at = at
            put_back(session, row.mail, by)
            return True
        row = _step(request, due.step, by)
        mail = put_in_outbox(session, write_reminder(session, request, due.step), by)
        session.flush()
        row.mail_id = mail.id
        session.add(row)
        return True


def _was_ahead(request: CodeRequest, steps: Sequence[ChaseStep], at: datetime) -> bool:
    """Whether something here was put down by a clock that was ahead."""
    return any(moment > at + CLOCK_SLIP for moment in (asked_at(request), *(step.at for step in steps)))


def _mend_clock(request: CodeRequest, steps: Sequence[ChaseStep], at: datetime) -> None:
    """What a clock that was ahead has put down counts from now on, or nobody would be chased for as long."""
    if request.sent_at is not None and request.sent_at > at + CLOCK_SLIP:
        request.sent_at = at
        for step in steps:
            step.asked_at = at
    for step in steps:
        if step.at > at + CLOCK_SLIP:
            step.at = at
