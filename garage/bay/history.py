"""One history of a radio's code, wherever it came from: asked, answered, worked out, on a card, tried."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.code_requests.models import CodeRequest, RequestAnswer
from garage.code_requests.queries import requests_of
from garage.domain.asking import AnswerKind, Channel
from garage.domain.text import N_, Text
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.models import Person


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
    requests = requests_of(session, unit)
    asked_for = {answer.radio_code_id for request in requests for answer in request.answers}
    tries = select(Try).join(Try.radio_code).where(RadioCode.head_unit_id == unit.id)
    told = [
        *(line for request in requests for line in _way(request)),
        *(_came(code) for code in unit.codes if code.id not in asked_for),
        *(_tried(one) for one in session.scalars(tries)),
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)


def _way(request: CodeRequest) -> Iterator[Happened]:
    """One way to a code: how it began, what was asked and answered."""
    who: object = request.whom if request.dealer else Text(N_("the customer"))
    if request.channel.is_place:
        how: dict[str, object] = {"who": who, "how": Text(request.channel.label)}
        words = Text(N_("Asking for the code begun: %(who)s, %(how)s"), how)
        yield Happened(request.made_at, words, _initials(request.made_by))
    elif request.channel is Channel.MESSAGE and not _code_at_once(request):
        yield Happened(request.made_at, Text(AnswerKind.MESSAGE.label), _initials(request.made_by))
    for question in request.questions:
        facts: dict[str, object] = {"what": tuple(Text(fact.label) for fact in question.facts)}
        words = Text(N_("The customer was asked for: %(what)s"), facts)
        yield Happened(question.at, words, _initials(question.person))
    for answer in request.answers:
        yield Happened(answer.at, _answered(request, answer, who), _initials(answer.person))


def _code_at_once(request: CodeRequest) -> bool:
    """Whether the customer told nothing but the code."""
    return bool(request.answers) and request.answers[0].at == request.made_at and not request.questions


def _answered(request: CodeRequest, answer: RequestAnswer, who: object) -> Text:
    if answer.kind is AnswerKind.MESSAGE:
        return Text(answer.kind.label)
    if answer.radio_code is not None and not request.channel.is_place:
        return _from(answer.radio_code)
    what = Text(answer.refusal.label if answer.refusal else answer.kind.label)
    return Text(N_("Answer of %(who)s: %(what)s"), {"who": who, "what": what})


def _came(code: RadioCode) -> Happened:
    """A code that nobody was asked for: it stood in our books."""
    return Happened(code.entered_at, _from(code), _initials(code.entered_by))


def _from(code: RadioCode) -> Text:
    return Text(N_("Code on file. It came from: %(origin)s"), {"origin": Text(code.origin.label)})


def _tried(one: Try) -> Happened:
    origin = Text(one.radio_code.origin.label)
    words = Text(
        N_("Code entered (%(origin)s): %(outcome)s"), {"origin": origin, "outcome": Text(one.outcome.label)}
    )
    return Happened(one.at, words, _initials(one.person))


def _initials(person: Person | None) -> str:
    return person.initials if person else ""
