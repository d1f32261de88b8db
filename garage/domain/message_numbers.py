"""The numbers in a customer's message: which of them is the radio's serial number, which the VIN."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from garage.domain.catalogue import Catalogue, Family, InText, OtherNumber
from garage.domain.serial_number import normalise

_WRITTEN = re.compile(r"[A-Za-z0-9]+")
_GAP = re.compile(r"[ \t.\-/]{0,2}")
_MOST_PIECES = 7
_LONGEST = 20  # characters, the pieces joined
_NEAR = 80  # characters between a label ("serial no.") and its number
_FEWEST_DIGITS = 3
_GLUED_LABEL = re.compile(r"(?:SN|SER|SERIAL|NR)(?=(?:VW|AU|SK|SE)Z|BP|GM|AL|[MV]?[0-9]{6})", re.IGNORECASE)
_DISTINCT = 6  # characters that are hardly anything else
_VIN = re.compile(r"(?=(?:[A-Z]*[0-9]){5})[A-HJ-NPR-Z0-9]{13}[0-9]{4}")
_SPOKEN_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_HALVES = re.compile(r"U[0-9]{4}L[0-9]{4}|L[0-9]{4}U[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Found:
    """Something read in a message, and the place it was read from (`text[start:end]`)."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring pieces of the text that may be one number. `said` is what the label before it says."""

    joined: str
    number: str  # as a serial number is spelled
    pieces: int
    start: int
    end: int
    said: str  # "serial", "part", "vin" or ""
    first_is_letters: bool = False  # begins with letters written apart ("M 013344")
    letter_last: bool = False  # ends with a letter written apart ("3B0 035 191 D")

    def found(self) -> Found:
        """As a find with its place."""
        return Found(self.number, self.start, self.end)


@dataclass(frozen=True, slots=True)
class SerialNumber:
    """A run that may be a radio's serial number, the family it fits and how sure that is."""

    run: Run
    family: Family
    whole: bool
    sureness: int


class Labels:
    """Where a message says "serial no.", "part no.", "VIN", and where a number is hidden (xxx)."""

    def __init__(self, text: str, words: dict[str, tuple[str, ...]]) -> None:
        ends = [
            (match.end(), kind, match.start())
            for kind in ("serial", "part", "vin")
            for match in _any_of(words.get(kind, ())).finditer(text)
        ]
        self._ends = sorted(ends)
        self._hidden = _any_of(words.get("hidden", ()))
        self._text = text

    def before(self, starts: list[int]) -> dict[int, str]:
        """The kind of the nearest label before each start (ascending), if it is near enough."""
        said: dict[int, str] = {}
        place = 0
        for start in starts:
            while place < len(self._ends) and self._ends[place][0] <= start:
                place += 1
            if place and start - self._ends[place - 1][0] <= _NEAR:
                said[start] = self._ends[place - 1][1]
        return said

    def hides(self, end: int) -> bool:
        """Whether the writer left the rest of the number out right here."""
        return self._hidden.match(self._text, end) is not None


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) if patterns else r"(?!)", re.IGNORECASE)


def runs(text: str, labels: Labels) -> list[Run]:
    """Every run of up to seven neighbouring pieces that could be one number, from left to right."""
    pieces = list(_WRITTEN.finditer(text))
    joins = [_GAP.fullmatch(text, one.end(), other.start()) is not None for one, other in pairwise(pieces)]
    said = labels.before([piece.start() for piece in pieces])
    return [run for place in range(len(pieces)) for run in _runs_from(pieces, joins, place, said)]


def _runs_from(
    pieces: list[re.Match[str]], joins: list[bool], place: int, said: dict[int, str]
) -> Iterator[Run]:
    first = pieces[place]
    label = said.get(first.start(), "")
    glued = _GLUED_LABEL.match(first[0])
    joined = first[0][glued.end() :].upper() if glued else first[0].upper()
    start = first.start() + (glued.end() if glued else 0)
    for count, piece in enumerate(pieces[place : place + _MOST_PIECES], 1):
        if count > 1:
            if not joins[place + count - 2] or (piece[0].isalpha() and len(piece[0]) > 3):
                return
            joined += piece[0].upper()
        if len(joined) > _LONGEST:
            return
        if sum(letter.isdigit() for letter in joined) >= _FEWEST_DIGITS:
            letter_last = count > 1 and piece[0].isalpha()
            kind = "serial" if glued else label
            yield Run(
                joined, normalise(joined), count, start, piece.end(), kind, first[0].isalpha(), letter_last
            )


def read_vin_number(found_runs: list[Run], catalogue: Catalogue) -> Found | None:
    """The VIN: seventeen characters in one piece, or in several where the message says that it is one."""
    for run in found_runs:
        labelled = run.said == "vin"
        if run.pieces > 1 and not labelled:
            continue
        shape = _SPOKEN_VIN if labelled else _VIN
        if shape.fullmatch(run.joined) and (labelled or not _says_something(run.number, catalogue)):
            return Found(run.joined, run.start, run.end)
    return None


def _says_something(number: str, catalogue: Catalogue) -> bool:
    return any(family.pattern.fullmatch(number) for family in catalogue.families if not family.needs_make)


def read_part_number(
    found_runs: list[Run], catalogue: Catalogue, make: str | None, taken: Found | None
) -> Found | None:
    """A part or type number by its shape, or whatever the message calls one."""
    free = [run for run in found_runs if not _overlap(run, taken)]
    for other in catalogue.other_numbers:
        if not other.part_number or (other.makes and make not in other.makes):
            continue
        fitting = [
            run
            for run in free
            if other.pattern.fullmatch(run.joined) and (run.said == "part" or not _is_vague(run, other))
        ]
        if fitting:
            longest = max(fitting, key=lambda run: (len(run.joined), -run.start))
            return Found(longest.joined, longest.start, longest.end)
    called = (run for run in free if run.said == "part" and run.pieces == 1 and _is_long(run.joined))
    return next((Found(run.joined, run.start, run.end) for run in called), None)


def _is_vague(run: Run, other: OtherNumber) -> bool:
    """Digits that are a part number only because of the make: the message must call them one."""
    return bool(other.makes) and run.joined.isdigit()


def _is_long(number: str) -> bool:
    return len(number) >= 7 and sum(letter.isdigit() for letter in number) >= 5


def _overlap(run: Run, found: Found | None) -> bool:
    return found is not None and run.start < found.end and found.start < run.end


def serial_numbers(
    found_runs: list[Run], catalogue: Catalogue, make: str | None, labels: Labels, vin: Found | None
) -> list[SerialNumber]:
    """Every run that may be the serial number of a radio of this make; the surest first."""
    candidates = []
    for run in found_runs:
        if run.letter_last or _overlap(run, vin) or (run.said == "vin" and len(run.joined) == 17):
            continue
        candidates += _whole_numbers(run, catalogue, make) or _begun_numbers(run, catalogue, make, labels)
    return sorted(candidates, key=lambda one: (-one.sureness, one.run.start, one.run.pieces))


def _whole_numbers(run: Run, catalogue: Catalogue, make: str | None) -> list[SerialNumber]:
    number = run.number
    if number.isdigit() and any(_forbids(other, number, make) for other in catalogue.other_numbers):
        return []
    return [
        SerialNumber(run, family, True, 20 + _said(run) - run.pieces // 3)
        for family in catalogue.families
        if family.pattern.fullmatch(number) and _may_be(run, family, make, number)
    ]


def _forbids(other: OtherNumber, number: str, make: str | None) -> bool:
    """Whether digits are another number: one that is never a serial number, or one of this make."""
    return (not other.makes or make in other.makes) and other.pattern.fullmatch(number) is not None


def _said(run: Run) -> int:
    return {"serial": 3, "part": -3}.get(run.said, 0)


def _may_be(run: Run, family: Family, make: str | None, number: str) -> bool:
    """Whether a number of this shape may be taken for a serial number in this message."""
    if family.in_text is InText.ALWAYS:
        return True
    apart = run.pieces == 2 and family.whole is not None and not number[0].isdigit()
    in_one = run.pieces == 1 or (apart and run.first_is_letters)
    if not (in_one or _HALVES.fullmatch(run.joined)):
        return False
    named = make in family.makes or make in family.suppliers
    match family.in_text:
        case InText.UNLESS_OTHER_MAKE:
            return named or make is None
        case InText.WITH_MAKE:
            return named or (make is None and run.said == "serial" and len(number) >= _DISTINCT)
        case _:
            halves = named and _HALVES.fullmatch(run.joined) is not None
            return halves or (run.said == "serial" and (named or make is None))


def _begun_numbers(run: Run, catalogue: Catalogue, make: str | None, labels: Labels) -> list[SerialNumber]:
    """A number that was cut short, has a digit too many or an O for a 0, as people really write them."""
    others = (other for other in catalogue.other_numbers if not other.makes)
    begun = [
        SerialNumber(run, family, False, 5 + _said(run) - run.pieces)
        for family in catalogue.families
        if run.pieces <= 2 and _is_begun(run.number, family) and _may_be_begun(run, family, make)
    ]
    if not begun or labels.hides(run.end) or any(other.pattern.fullmatch(run.number) for other in others):
        return []
    return begun


def _is_begun(number: str, family: Family) -> bool:
    if family.begins is None or family.whole is None or not (start := family.begins.match(number)):
        return False
    letters = sum(letter.isalpha() for letter in number[start.end() :])
    return 0.6 * family.whole <= len(number) <= family.whole + 2 and letters <= (
        0 if family.needs_make else 2
    )


def _may_be_begun(run: Run, family: Family, make: str | None) -> bool:
    if family.in_text is InText.ALWAYS:
        return True
    return run.pieces == 1 and (make in family.makes or (make is None and run.said == "serial"))
