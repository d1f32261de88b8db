"""Fit what a paper says to paper: names are cleaned and shortened, numbers stay whole or nothing is printed."""

import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from garage.domain.paper import Paper
from garage.domain.radio_pass import LONGEST_CODE, LONGEST_SERIAL
from garage.domain.text import Text

P = TypeVar("P", bound=Paper)

# Characters that still fit the space their paper gives them. A number is never cut: half a number is a wrong one.
_WHOLE = {
    "code": LONGEST_CODE,
    "serial_number": LONGEST_SERIAL,
    "vin": 20,
    "vin_tail": 8,
    "part_number": 26,
    "card_number": 11,
    "job_number": 24,
    "lines": 12,
}
_SHORTENED = {
    "garage": 60,
    "name": 60,
    "phone": 24,
    "email": 60,
    "opening_hours": 160,
    "address": 160,
    "dealer": 60,
    "dealer_address": 160,
    "dealer_contact": 60,
    "customer": 60,
    "customer_phone": 24,
    "customer_number": 24,
    "our_reference": 24,
    "own_number": 24,
    "signed_by": 60,
    "radio_make": 32,
    "radio_model": 32,
    "make": 32,
    "vehicle": 48,
    "registration": 14,
    "initials": 8,
    "key_name": 40,
    "language": 16,
    "job_url": 120,
    "work": 70,
    "own_words": 24,
    "footer": 60,
    "printer": 40,
    "layout_id": 40,
}
_MOST_LINES = {
    "work": 8,
    "missing": 5,
    "because": 2,
    "entry_steps": 7,
    "waiting": 3,
    "insists_on": 6,
    "bring": 7,
}
_LONGEST_TEXT = 240
_SEVERAL_LINES = {"address", "dealer_address", "opening_hours"}
_MOST_ADDRESS_LINES = 4
_WHOLE_TEXTS = {"subject", "before", "after", "numbers"}  # what was shown before is what is printed
_UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_PICTURES = range(0x1F000, 0x20000)


class NotPrintable(ValueError):
    """A number is too long for its paper or holds what cannot be printed; names the field, never its value."""


def printable(paper: P) -> P:
    """The paper with every text fit to print; NotPrintable when a number would not be whole."""
    return replace(paper, **_changes(paper))


def _changes(record: Any) -> dict[str, Any]:
    return {part.name: _fit(part.name, getattr(record, part.name)) for part in fields(record)}


def _fit(name: str, value: Any) -> Any:
    if isinstance(value, str) and name in _WHOLE_TEXTS:
        return "\n".join(_clean(line).rstrip() for line in value.splitlines())
    if isinstance(value, str):
        return _number(name, value) if name in _WHOLE else _line(name, value)
    if isinstance(value, Text):
        return Text(value.message, {key: _plain(said) for key, said in value.values.items()})
    if isinstance(value, tuple):
        return tuple(_fit(name, item) for item in value[: _MOST_LINES.get(name, len(value))])
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **_changes(value))
    return value


def _number(name: str, value: str) -> str:
    clean = _clean(value).strip()
    if clean != value.strip() or len(clean) > _WHOLE[name]:
        raise NotPrintable(name)
    return clean


def _line(name: str, value: str) -> str:
    longest = _SHORTENED.get(name, _LONGEST_TEXT)
    if name in _SEVERAL_LINES:
        lines = [" ".join(_clean(line).split()) for line in value.splitlines()]
        return _cut("\n".join([line for line in lines if line][:_MOST_ADDRESS_LINES]), longest)
    return _cut(" ".join(_clean(value).split()), longest)


def _plain(value: object) -> object:
    return _line("", value) if isinstance(value, str) else value


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _clean(text: str) -> str:
    """Without control signs, turned writing direction, invisible letters and pictures; tabs become spaces."""
    if text.isascii() and text.isprintable():
        return text  # nearly every text: nothing to look for, letter by letter
    composed = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\n", " "))
    return "".join(letter for letter in composed if _prints(letter))


def _prints(letter: str) -> bool:
    if unicodedata.category(letter) in _UNPRINTABLE or ord(letter) in _PICTURES:
        return False
    return not 0x2600 <= ord(letter) < 0x27C0 and not 0xFE00 <= ord(letter) < 0xFE10
