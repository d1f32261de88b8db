"""One history of a radio's code, wherever it came from: asked, answered, worked out, on a card, tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import requests_of
from garage.domain.text import N_, Text
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.models import JournalEntry


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened with a radio's code, in words without the code."""

    at: datetime
    words: Text
    initials: str = ""


def code_history(session: Session, unit: HeadUnit) -> list[Happened]:
    """Everything that was done about this radio's code at any site, the newest first.

    A code from a calculator, from the customer's card or out of a message goes the same way as one from a
    dealer: it came, it was tried, it worked or not.
    """
    wrote = (
        select(JournalEntry)
        .join(Job, Job.id == JournalEntry.row_number)
        .where(JournalEntry.kind == "job", JournalEntry.verb == "message_in", Job.head_unit_id == unit.id)
    )
    tries = select(Try).join(Try.radio_code).where(RadioCode.head_unit_id == unit.id)
    told = [
        *(_wrote(entry) for entry in session.scalars(wrote)),
        *(line for request in requests_of(session, unit) for line in _asked(request)),
        *(_came(code) for code in unit.codes),
        *(_tried(one) for one in session.scalars(tries)),
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _wrote(entry: JournalEntry) -> Happened:
    words = Text(N_("The customer wrote before the car came"))
    return Happened(entry.at, words, entry.person.initials if entry.person else "")


def _asked(request: CodeRequest) -> Iterator[Happened]:
    who: object = request.dealer.name if request.dealer else Text(N_("the customer"))
    initials = request.made_by.initials if request.made_by else ""
    values: dict[str, object] = {"who": who, "how": Text(request.channel.label)}
    yield Happened(request.made_at, Text(N_("Asking for the code begun: %(who)s, %(how)s"), values), initials)
    for answer in request.answers:
        values = {"who": who, "what": Text(answer.refusal.label if answer.refusal else answer.kind.label)}
        person = answer.person.initials if answer.person else ""
        yield Happened(answer.at, Text(N_("Answer of %(who)s: %(what)s"), values), person)


def _came(code: RadioCode) -> Happened:
    words = Text(N_("Code on file. It came from: %(origin)s"), {"origin": Text(code.origin.label)})
    return Happened(code.entered_at, words, code.entered_by.initials if code.entered_by else "")


def _tried(one: Try) -> Happened:
    origin = Text(one.radio_code.origin.label)
    words = Text(
        N_("Code entered (%(origin)s): %(outcome)s"), {"origin": origin, "outcome": Text(one.outcome.label)}
    )
    return Happened(one.at, words, one.person.initials if one.person else "")
