"""The text of a reminder, in the language of whoever is reminded."""

from sqlalchemy.orm import Session

from garage.code_requests.letter_words import request_mail
from garage.code_requests.models import CodeRequest
from garage.domain.chasing import Chase
from garage.domain.packet import TextKind
from garage.outbox.mail import Mail


def reminder(session: Session, request: CodeRequest, step: Chase) -> Mail:
    """The reminder for this step; it names radio and reference, never the customer."""
    kind = TextKind.SECOND_REMINDER if step is Chase.SECOND else TextKind.FIRST_REMINDER
    return request_mail(session, request, kind)
