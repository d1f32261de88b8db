"""Reminders: their text as a mail, and which text a letter says now."""

from datetime import datetime

from sqlalchemy.orm import Session

from garage.code_requests.chasing import for_people
from garage.code_requests.letter_words import Written, kind_for, request_mail, write_to
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import answer_by, today_at
from garage.domain.chasing import Chase
from garage.domain.packet import TextKind
from garage.outbox.mail import Mail

TEXTS = {Chase.FIRST: TextKind.FIRST_REMINDER, Chase.SECOND: TextKind.SECOND_REMINDER}


def reminder(session: Session, request: CodeRequest, step: Chase) -> Mail:
    """The reminder for this step; it names radio and reference, never the customer."""
    return request_mail(session, request, TEXTS[step])


def reminder_now(session: Session, request: CodeRequest, at: datetime) -> Chase | None:
    """The reminder that a person sends at this moment, or None."""
    due = for_people(session, [request], request.job.site, at).get(request.id)
    return due.step if due is not None and due.step in TEXTS else None


def letter_text(session: Session, request: CodeRequest, at: datetime) -> Written:
    """What a letter that is printed at this moment says: the reminder where a person sends one now."""
    step = reminder_now(session, request, at)
    if step is not None:
        return write_to(session, request, TEXTS[step])
    day = answer_by(request, today_at(request.job.site, at))
    return write_to(session, request, kind_for(request), answer_by=day)
