"""A fact as lines that a manager can read and change, and back."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from garage.domain.text import N_, Refused

BY_FORM = ("id", "sources", "confidence")  # the form has fields of its own for these


def row_text(row: Mapping[str, Any]) -> str:
    """The values of a row, one a line: ``lengths = [4]``."""
    return "\n".join(f"{key} = {_value(value)}" for key, value in row.items() if key not in BY_FORM)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)  # texts and whole numbers are written alike in both


def read_row_text(text: str) -> dict[str, Any]:
    """The row that such lines say. Refused, with the place, where they cannot be read."""
    try:
        row = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise Refused(N_("These lines cannot be read: %(problem)s"), problem=str(problem)) from None
    refuse_form_lines(row, BY_FORM)
    return row


def refuse_form_lines(row: Mapping[str, Any], keys: Iterable[str]) -> None:
    """Refused where a row says what is not said in its lines."""
    if taken := [key for key in keys if key in row]:
        raise Refused(
            N_("Leave these lines out, they are settled elsewhere: %(names)s"), names=", ".join(taken)
        )
