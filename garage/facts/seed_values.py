"""Values of seed rows, read strictly: a reader's ValueError says what is wrong with its value."""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from garage.domain.catalogue import Confidence
from garage.domain.typed import printable_line

Row = Mapping[str, Any]
Reader = Callable[[Any], Any]
Value = TypeVar("Value")


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise ValueError("must be a list of texts")
    return tuple(value)


def names(value: Any) -> tuple[str, ...]:
    """A list of texts, none of them blank."""
    return tuple(name(part) for part in texts(value))


def name(value: Any) -> str:
    """A text of one line that people read, never blank."""
    said = printable_line(exactly(str)(value))
    if not said.strip():
        raise ValueError("must not be blank")
    return said


def exactly(kind: type[Value]) -> Callable[[Any], Value]:
    """A reader for values of this very type: no bool for an int."""

    def read(value: Any) -> Value:
        if type(value) is not kind:
            raise ValueError(f"must be of type {kind.__name__}")
        return value

    return read


def one_of(words: type[Enum]) -> Callable[[Any], Any]:
    """A reader for the stored words of a choice."""

    def read(value: Any) -> Enum:
        try:
            return words(value)
        except ValueError:
            known = ", ".join(str(word.value) for word in words)
            raise ValueError(f"{value!r} is none of {known}") from None

    return read


def each(read: Callable[[Any], Value]) -> Callable[[Any], tuple[Value, ...]]:
    """A reader for lists of what `read` reads."""

    def read_all(value: Any) -> tuple[Value, ...]:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return tuple(read(part) for part in value)

    return read_all


def compiled(value: Any) -> re.Pattern[str]:
    """A pattern of the shipped files; people who correct them never write one."""
    try:
        return re.compile(exactly(str)(value))
    except re.error as problem:
        raise ValueError(f"is no pattern: {problem}") from problem


def named_texts(value: Any) -> dict[str, str]:
    """A table of texts."""
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise ValueError("must be a table of texts")
    return dict(value)


def table(row: Any, readers: Mapping[str, Reader]) -> dict[str, Any]:
    """The values of a row, each by its own reader; a key that has none is refused."""
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


NUMBER, TEXT, YES_NO = exactly(int), exactly(str), exactly(bool)
EVIDENCE: dict[str, Reader] = {"confidence": one_of(Confidence), "sources": texts}
