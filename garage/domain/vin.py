"""The VIN: seventeen characters without I, O and Q, as people type it and scanners read it."""

import re
from dataclasses import dataclass

from garage.domain.text import N_, Refused, Text

LENGTH = 17
_LIKELY = str.maketrans({"I": "1", "O": "0", "Q": "0"})
_WRITTEN_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015*]+")  # spaces, dots, dashes, the stars around a bar code
_NORTH_AMERICA = frozenset("12345")
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VALUES = {
    **{digit: int(digit) for digit in "0123456789"},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_OLDEST = 4  # characters; the shortest chassis number we take


@dataclass(frozen=True, slots=True)
class Vin:
    """A VIN as it is kept: capitals, no spaces. `wmi` are its first three characters (the maker)."""

    text: str
    wmi: str
    warnings: tuple[Text, ...] = ()


def read_vin(text: str) -> Vin:
    """The VIN in what was typed or scanned.

    Surrounding asterisks, spaces, dots and dashes fall away, and so does the leading I that Code 39
    plates carry. Refused, with the likely reading, where I, O or Q occur; Refused where the length is
    wrong or another character occurs. A wrong check digit only warns, and only for North America:
    elsewhere position 9 is no check digit (ISO 3779).
    """
    typed = _WRITTEN_BETWEEN.sub("", text).upper()
    if len(typed) == LENGTH + 1 and typed[0] == "I":
        typed = typed[1:]
    if strange := next((character for character in typed if not _is_plain(character)), None):
        raise Refused(N_("“%(character)s” never stands in a VIN. Look again."), character=strange)
    if len(typed) != LENGTH:
        raise Refused(
            N_("A VIN has 17 characters, this one has %(length)d. Older cars have a shorter chassis number."),
            length=len(typed),
        )
    if set(typed) & set("IOQ"):
        raise Refused(
            N_("I, O and Q never stand in a VIN. Is it %(likely)s? Look at the car, then type it so."),
            likely=typed.translate(_LIKELY),
        )
    return Vin(typed, typed[:3], _check_digit_warning(typed))


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _check_digit_warning(vin: str) -> tuple[Text, ...]:
    if vin[0] not in _NORTH_AMERICA or vin[8] == check_digit(vin):
        return ()
    return (Text(N_("The check digit of this North American VIN does not fit. Was it typed right?")),)


def check_digit(vin: str) -> str:
    """The character that belongs at position 9 of a North American VIN ("0" to "9" or "X")."""
    rest = sum(_VALUES[letter] * weight for letter, weight in zip(vin, _WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def read_chassis_number(text: str, reason: str) -> str:
    """The chassis number of a car without a VIN of seventeen characters, in capitals without spaces.

    Refused without a reason, or where it cannot be such a number.
    """
    typed = "".join(text.split()).upper()
    if not reason.strip():
        raise Refused(N_("Write why this car has no VIN of 17 characters (for example: built in 1972)."))
    if not _OLDEST <= len(typed) < LENGTH or not re.fullmatch(r"[0-9A-Z][0-9A-Z./-]*", typed):
        raise Refused(
            N_("A chassis number has 4 to 16 letters and digits, this one has %(length)d characters."),
            length=len(typed),
        )
    return typed
