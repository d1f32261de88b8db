"""What the text on a radio's display means and what to do next, as suggestions over free text."""

import re
from dataclasses import dataclass

from garage.domain.catalogue import Catalogue, Confidence
from garage.domain.fact_kinds import DisplayFact
from garage.domain.scope import RadioInCar
from garage.domain.steps import CHARGER_FIRST, WHILE_WAITING, Step
from garage.domain.text import Text
from garage.domain.vocabulary import Meaning

_DASHES = re.compile("[\u2010-\u2015\u2212_~]")
_LONGEST = 40  # characters; no radio shows more than that in one line
_WAITING = frozenset({Meaning.WAITS, Meaning.MAYBE_OFF_BUT_ON})
_ASK_FIRST = Step("ask_who_tried")


@dataclass(frozen=True, slots=True)
class DisplayAnswer:
    """One meaning of a display. `tries_used` and `tries_left` are numbers the display itself shows."""

    meaning: Meaning
    steps: tuple[Step, ...]
    notes: tuple[Text, ...] = ()
    confidence: Confidence | None = None
    sources: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    tries_used: int | None = None
    tries_left: int | None = None


def plain_display(text: str) -> str:
    """The text in capitals, without spaces and dots, dashes all alike: "10 _ _ _ _" as "10----"."""
    return re.sub(r"[\s.]+", "", _DASHES.sub("-", text)).upper()


def read_display(
    text: str, catalogue: Catalogue, make: str | None = None, asked: RadioInCar | None = None
) -> tuple[DisplayAnswer, ...]:
    """The meanings of a display text, best first; never empty: the last word is "nothing sure".

    Meanings bound to other makes are left out when the make is known, and those bound to a model, a radio
    or years unless `asked` is known to be one of them. Every answer about a locked
    display begins with the question whether anyone has tried already.
    """
    shown = plain_display(text)[:_LONGEST]
    make_name = catalogue.make_name(make)
    found: list[tuple[tuple[bool, int], DisplayAnswer]] = []
    for fact in catalogue.facts:
        if not isinstance(fact, DisplayFact) or fact.flags:
            continue
        bound = fact.scope.makes
        if bound and make_name and make_name not in bound:
            continue
        if fact.scope.narrowness and not (asked and fact.scope.holds_for(make_name, asked)):
            continue
        if match := re.fullmatch(fact.pattern, shown):
            general = bool(make_name) and not bound
            found.append(((general, fact.confidence.rank), _answer(fact, match)))
    found.sort(key=lambda ranked: ranked[0])
    if not found:
        return (DisplayAnswer(Meaning.UNKNOWN, (_ASK_FIRST, *(Step(name) for name in _WHEN_UNKNOWN))),)
    return tuple(answer for _, answer in found)


_WHEN_UNKNOWN = ("photo", "enter_nothing", "read_number", "ask_dealer")


def _answer(fact: DisplayFact, match: re.Match[str]) -> DisplayAnswer:
    counts = {name: int(number) for name, number in match.groupdict().items() if number}
    return DisplayAnswer(
        meaning=fact.meaning,
        steps=_steps(fact),
        notes=fact.remark(),
        confidence=fact.confidence,
        sources=fact.sources,
        makes=fact.scope.makes,
        tries_used=counts.get("used"),
        tries_left=counts.get("left"),
    )


def _steps(fact: DisplayFact) -> tuple[Step, ...]:
    """The fact's steps, made safe: who tried first, waits with charger and without engine indoors."""
    steps = fact.steps if fact.usable else (Step("photo"), Step("read_number"), Step("ask_dealer"))
    waits = fact.meaning in _WAITING or any(step.name == "wait_minutes" for step in steps)
    if waits:
        steps = (*CHARGER_FIRST, Step("leave_on"), *steps, *WHILE_WAITING)
    return (_ASK_FIRST, *steps) if fact.locked else steps
