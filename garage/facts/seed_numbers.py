"""Makes, shapes of serial numbers and other numbers of the seeds, read strictly."""

import re
from typing import Any

from garage.domain.catalogue import Confidence, CrossCheck, Family, InText, Make, OtherNumber, Part
from garage.domain.number_shape import shape_pattern
from garage.facts.seed_values import (
    EVIDENCE,
    NUMBER,
    TEXT,
    YES_NO,
    Reader,
    Row,
    compiled,
    each,
    name,
    named_texts,
    names,
    one_of,
    table,
    texts,
)

_MAKE_NAME = re.compile(r"[^\W_][\w '&.-]{0,38}")
_VIN_BEGINNING = re.compile(r"[A-HJ-NPR-Z0-9]{2,8}")


def _make_name(value: Any) -> str:
    """A make stands in addresses of pages, in lists and on paper."""
    written = name(value)
    if not _MAKE_NAME.fullmatch(written):
        raise ValueError("write letters, digits, spaces and dashes, at most 39")
    return written


def _vin_beginnings(value: Any) -> tuple[str, ...]:
    if odd := [text for text in texts(value) if not _VIN_BEGINNING.fullmatch(text)]:
        raise ValueError(f"{odd[0]} is no beginning of a VIN: two capitals and digits or more")
    return tuple(value)


def _shapes(value: Any) -> re.Pattern[str]:
    return shape_pattern(texts(value))


def _part(value: Any) -> Part:
    readers: dict[str, Reader] = {"first": NUMBER, "last": NUMBER, "meaning": TEXT, "values": named_texts}
    return Part(**table(value, {**readers, "confidence": one_of(Confidence), "sources": texts}))


def _cross_check(value: Any) -> CrossCheck:
    places = {"first": NUMBER, "last": NUMBER, "other_first": NUMBER}
    return CrossCheck(**table(value, {**places, "other": TEXT}))


_MAKE: dict[str, Reader] = {
    "name": _make_name,
    "aliases": names,
    "supplier": YES_NO,
    "same_as": texts,
    "wmi": _vin_beginnings,
    "vin_names": names,
}
_FAMILY: dict[str, Reader] = {
    **EVIDENCE,
    "id": TEXT,
    "name": name,
    "pattern": compiled,
    "shapes": _shapes,
    "makes": texts,
    "suppliers": texts,
    "examples": texts,
    "needs_make": YES_NO,
    "named_by": named_texts,
    "usual_make": TEXT,
    "in_text": one_of(InText),
    "cross_check": _cross_check,
    "begins": compiled,
    "beginnings": _shapes,
    "whole": NUMBER,
    "parts": each(_part),
}
_OTHER_NUMBER: dict[str, Reader] = {
    **EVIDENCE,
    "id": TEXT,
    "pattern": compiled,
    "shapes": _shapes,
    "what": name,
    "examples": texts,
    "makes": texts,
    "usual_make": TEXT,
    "part_number": YES_NO,
    "perhaps": YES_NO,
}
PATTERNS = {"pattern": "shapes", "begins": "beginnings"}
"""What a shipped row says as a pattern, and the shapes that a correction writes in its place."""


def read_make(row: Row) -> Make:
    """A make from makes.toml; ValueError says what is wrong with the row."""
    return Make(**table(row, _MAKE))


def read_family(row: Row) -> Family:
    """A shape of serial numbers from families.toml; its own examples must fit it."""
    family = Family(**_as_patterns(table(row, _FAMILY)))
    _check_examples(family.examples, family.pattern)
    _check_evidence(family.sources)
    return family


def read_other_number(row: Row) -> OtherNumber:
    """A number that is not the serial number, from other_numbers.toml; its own examples must fit it."""
    number = OtherNumber(**_as_patterns(table(row, _OTHER_NUMBER)))
    _check_examples(number.examples, number.pattern)
    _check_evidence(number.sources)
    return number


def _as_patterns(values: dict[str, Any]) -> dict[str, Any]:
    for pattern, shapes in PATTERNS.items():
        if shapes not in values:
            continue
        if pattern in values:
            raise ValueError(f"write {pattern} or {shapes}, not both")
        values[pattern] = values.pop(shapes)
    return values


def _check_examples(examples: tuple[str, ...], pattern: re.Pattern[str]) -> None:
    for example in examples:
        if not pattern.fullmatch(example):
            raise ValueError(f"its own example {example} does not fit")


def _check_evidence(sources: tuple[str, ...]) -> None:
    if not sources:
        raise ValueError("must name its sources")
