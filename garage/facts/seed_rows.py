"""One row of the trade's facts, read strictly: a wrong key or value is named with its file and row."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import Enum
from typing import Any, TypeVar

from garage.domain.catalogue import (
    Confidence,
    CrossCheck,
    Fact,
    Family,
    Flag,
    InText,
    Make,
    OtherNumber,
    Part,
    YesNoSometimes,
)
from garage.domain.fact_kinds import FACT_KINDS, Price, Wait
from garage.domain.scope import Scope
from garage.domain.steps import Step, read_step
from garage.domain.vocabulary import Care, Meaning, Need, NumberPlace, Way, When

Row = Mapping[str, Any]
Value = TypeVar("Value")


class SeedProblem(ValueError):
    """A seed row that cannot be used; the message names file and row."""


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def _exactly(kind: type[Value]) -> Callable[[Any], Value]:
    def read(value: Any) -> Value:
        if type(value) is not kind:
            raise ValueError(f"must be of type {kind.__name__}")
        return value

    return read


def _one_of(words: type[Enum]) -> Callable[[Any], Any]:
    def read(value: Any) -> Enum:
        try:
            return words(value)
        except ValueError:
            known = ", ".join(str(word.value) for word in words)
            raise ValueError(f"{value!r} is none of {known}") from None

    return read


def _each(read: Callable[[Any], Value]) -> Callable[[Any], tuple[Value, ...]]:
    def read_all(value: Any) -> tuple[Value, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(read(part) for part in value)

    return read_all


def _compiled(value: Any) -> re.Pattern[str]:
    try:
        return re.compile(_exactly(str)(value))
    except re.error as problem:
        raise ValueError(f"is no pattern: {problem}") from problem


def _pattern(value: Any) -> str:
    return _compiled(value).pattern


def _names(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value.values()):
        raise ValueError("must be a table of texts")
    return dict(value)


def _part(value: Any) -> Part:
    readers = {"first": _exactly(int), "last": _exactly(int), "meaning": _exactly(str), "values": _names}
    return Part(**_read(value, {**readers, "confidence": _one_of(Confidence), "sources": _texts}))


def _cross_check(value: Any) -> CrossCheck:
    places = {"first": _exactly(int), "last": _exactly(int), "other_first": _exactly(int)}
    return CrossCheck(**_read(value, {**places, "other": _exactly(str)}))


def _read_step(value: Any) -> Step:
    return read_step(value)


_NUMBER, _TEXT, _YES_NO = _exactly(int), _exactly(str), _exactly(bool)
_EVIDENCE: dict[str, Callable[[Any], Any]] = {"confidence": _one_of(Confidence), "sources": _texts}
_SCOPE: dict[str, Callable[[Any], Any]] = {
    "makes": _texts,
    "models": _texts,
    "radios": _texts,
    "families": _texts,
    "year_from": _NUMBER,
    "year_to": _NUMBER,
    "market": _TEXT,
}
_FACT: dict[str, Callable[[Any], Any]] = {
    **_EVIDENCE,
    "id": _TEXT,
    "flags": _each(_one_of(Flag)),
    "note": _TEXT,
    "note_language": _TEXT,
}
_MATTER: dict[str, Callable[[Any], Any]] = {
    "lengths": _each(_NUMBER),
    "digits": _TEXT,
    "asks": _one_of(YesNoSometimes),
    "paired": _one_of(YesNoSometimes),
    "vin_alone": _one_of(YesNoSometimes),
    "free_tries": _NUMBER,
    "permanent_after": _NUMBER,
    "waits": _each(lambda value: Wait(**_read(value, {"after": _NUMBER, "seconds": _NUMBER}))),
    "must_stay_on": _YES_NO,
    "steps": _each(_read_step),
    "place": _one_of(NumberPlace),
    "without_removal": _YES_NO,
    "before_power_loss": _YES_NO,
    "only_afterwards": _YES_NO,
    "risks_lock": _YES_NO,
    "needs": _each(_one_of(Need)),
    "owner_only": _YES_NO,
    "remote_help": _YES_NO,
    "when": _one_of(When),
    "cares": _each(_one_of(Care)),
    "way": _one_of(Way),
    "order": _NUMBER,
    "prices": _each(
        lambda value: Price(
            **_read(value, {"least": _NUMBER, "most": _NUMBER, "currency": _TEXT, "year": _NUMBER})
        )
    ),
    "least_minutes": _NUMBER,
    "most_minutes": _NUMBER,
    "shown": _texts,
    "pattern": _pattern,
    "meaning": _one_of(Meaning),
    "locked": _YES_NO,
}
_MAKE: dict[str, Callable[[Any], Any]] = {
    "name": _TEXT,
    "aliases": _texts,
    "supplier": _YES_NO,
    "same_as": _texts,
    "wmi": _texts,
    "vin_names": _texts,
}
_FAMILY: dict[str, Callable[[Any], Any]] = {
    **_EVIDENCE,
    "id": _TEXT,
    "name": _TEXT,
    "pattern": _compiled,
    "makes": _texts,
    "suppliers": _texts,
    "examples": _texts,
    "needs_make": _YES_NO,
    "named_by": _names,
    "usual_make": _TEXT,
    "in_text": _one_of(InText),
    "cross_check": _cross_check,
    "begins": _compiled,
    "whole": _NUMBER,
    "parts": _each(_part),
}
_OTHER_NUMBER: dict[str, Callable[[Any], Any]] = {
    **_EVIDENCE,
    "id": _TEXT,
    "pattern": _compiled,
    "what": _TEXT,
    "examples": _texts,
    "makes": _texts,
    "usual_make": _TEXT,
    "part_number": _YES_NO,
    "perhaps": _YES_NO,
}


def _read(row: Any, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ValueError("must be a table")
    if unknown := sorted(set(row) - set(readers)):
        raise ValueError(f"no such key: {', '.join(unknown)}")
    values = {}
    for key, value in row.items():
        try:
            values[key] = readers[key](value)
        except ValueError as problem:
            raise ValueError(f"{key}: {problem}") from problem
    return values


def read_make(row: Row) -> Make:
    """A make from makes.toml; ValueError says what is wrong with the row."""
    return Make(**_read(row, _MAKE))


def read_family(row: Row) -> Family:
    """A shape of serial numbers from families.toml; its own examples must fit it."""
    family = Family(**_read(row, _FAMILY))
    _check_examples(family.examples, family.pattern)
    return family


def read_other_number(row: Row) -> OtherNumber:
    """A number that is not the serial number, from other_numbers.toml; its own examples must fit it."""
    number = OtherNumber(**_read(row, _OTHER_NUMBER))
    _check_examples(number.examples, number.pattern)
    return number


def read_fact(kind: str, row: Row) -> Fact:
    """A fact from the file of this kind ("codes", "entry" ...)."""
    made = FACT_KINDS[kind]
    matter = {field.name for field in fields(made)} & set(_MATTER)
    values = _read(row, {**_FACT, **_SCOPE, **{name: _MATTER[name] for name in matter}})
    scope = Scope(**{name: values.pop(name) for name in _SCOPE if name in values})
    if not (scope.makes or scope.families or kind in {"ways", "displays", "battery"}):
        raise ValueError("must name the makes or families it is bound to")
    if not values.get("sources"):
        raise ValueError("must name its sources")
    return made(scope=scope, **values)


def _check_examples(examples: tuple[str, ...], pattern: re.Pattern[str]) -> None:
    for example in examples:
        if not pattern.fullmatch(example):
            raise ValueError(f"its own example {example} does not fit")
