"""What the trade's knowledge answers on the command line: plain dictionaries, ready for JSON."""

from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from garage.domain.advice import NOTHING_SURE, is_known
from garage.domain.catalogue import Catalogue, Fact
from garage.domain.display import DisplayAnswer, read_display
from garage.domain.fact_kinds import FACT_KINDS
from garage.domain.message import read_message as read
from garage.domain.serial_number import identify as identify_number
from garage.domain.steps import Step
from garage.domain.text import Refused, Text
from garage.domain.vin import read_vin
from garage.facts.vin_make import make_of_vin

Answer = dict[str, Any]

_EVERY_FACT = {field.name for field in fields(Fact)}


def identify(
    catalogue: Catalogue, text: str, make: str | None = None, part_number: str | None = None
) -> Answer:
    """A radio's serial number: its one spelling, the shapes that fit (best first), its make, warnings."""
    reading = identify_number(text, catalogue, make, part_number)
    return {
        "serial_number": reading.serial_number,
        "families": list(reading.families),
        "make": reading.make,
        "complete": reading.complete,
        "warnings": [str(warning) for warning in reading.warnings],
    }


def vin(catalogue: Catalogue, text: str) -> Answer:
    """A VIN: whether it is one, its make, and what is odd about it."""
    try:
        found = read_vin(text)
    except Refused as refused:
        typed = "".join(text.split()).strip("*").upper()
        return {"vin": typed, "valid": False, "make": None, "warnings": [str(refused)]}
    return {
        "vin": found.text,
        "valid": True,
        "make": make_of_vin(found, catalogue),
        "warnings": [str(warning) for warning in found.warnings],
    }


def facts(catalogue: Catalogue, make: str) -> Answer:
    """Everything known about a make: by kind, each with confidence, sources and what it is bound to.

    Facts that must never become a step are there too, marked ``"usable": false`` and without steps.
    """
    name = catalogue.make_name(make) or make
    known: dict[str, list[Answer]] = {}
    for kind, made in FACT_KINDS.items():
        if rows := catalogue.of_make(made, name):
            known[kind] = [_fact(catalogue, row) for row in rows]
    return {
        "make": name,
        "known": is_known(catalogue, name),
        "in_short": None if is_known(catalogue, name) else str(NOTHING_SURE),
        "families": [
            family.id for family in catalogue.families if name in (*family.makes, *family.suppliers)
        ],
        "facts": known,
    }


def _fact(catalogue: Catalogue, fact: Fact) -> Answer:
    matter = {
        field.name: _plain(getattr(fact, field.name))
        for field in fields(fact)
        if field.name not in _EVERY_FACT and (fact.usable or field.name != "steps")
    }
    scope = {field.name: _plain(getattr(fact.scope, field.name)) for field in fields(fact.scope)}
    return {
        "id": fact.id,
        **{name: value for name, value in matter.items() if value not in (None, [], "")},
        "bound_to": {name: value for name, value in scope.items() if value not in (None, [], "")},
        "confidence": fact.confidence.value,
        "usable": fact.usable,
        "flags": [flag.value for flag in fact.flags],
        "note": fact.note or None,
        "sources": [{"tag": source.tag, "where": source.where} for source in catalogue.named(fact.sources)],
    }


def _plain(value: object) -> Any:
    """A value of a fact as JSON knows it: enums by their stored word, steps as sentences."""
    if isinstance(value, Step):
        return str(value.text())
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value


def display(catalogue: Catalogue, text: str, make: str | None = None) -> Answer:
    """What a display means and what to do next, best first."""
    answers = read_display(text, catalogue, make)
    return {
        "display": text.strip(),
        "make": catalogue.make_name(make),
        "meanings": [_meaning(answer) for answer in answers],
    }


def _meaning(answer: DisplayAnswer) -> Answer:
    return {
        "meaning": str(Text(answer.meaning.label)),
        "next_steps": [str(step.text()) for step in answer.steps],
        "notes": [str(note) for note in answer.notes],
        "tries_used": answer.tries_used,
        "tries_left": answer.tries_left,
        "makes": list(answer.makes),
        "confidence": answer.confidence.value if answer.confidence else None,
        "sources": list(answer.sources),
    }


def read_message(catalogue: Catalogue, text: str) -> Answer:
    """What a customer's message says; null where it says nothing."""
    reading = read(text, catalogue)
    return {
        "make": reading.make,
        "model": reading.model_and_radio,
        "serial_number": reading.serial_number,
        "part_number": reading.part_number,
        "vin": reading.vin,
        "display": reading.display,
        "language": reading.language,
        "inferred": list(reading.inferred),
        "ask_for": list(reading.ask_for),
    }
