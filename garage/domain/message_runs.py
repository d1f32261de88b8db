"""The pieces of a message that may be a number, and what the message calls them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from garage.domain.serial_number import normalise

_WRITTEN = re.compile(r"[A-Za-z0-9]+")
_GAP = re.compile(r"[ \t.\-/]{0,2}")
_MOST_PIECES = 7
_LONGEST = 20  # characters, the pieces joined
_NEAR = 80  # characters between a label ("serial no.") and its number
_BESIDE = 12  # characters between "invoice" or "tel." and its number
_FEWEST_DIGITS = 3
_LIKE_LATIN = str.maketrans("АВЕКМНОРСТУХавекмнорстух", "ABEKMHOPCTYXabekmhopctyx")  # Cyrillic keyboards
_TYPED_LATIN = re.compile(r"(?<!\w)[АВЕКМНОРСТУХавекмнорстух]{1,3}(?=[0-9])")
_GLUED_LABEL = re.compile(r"(?:SN|SER|SERIAL|NR)(?=(?:VW|AU|SK|SE)Z|BP|GM|AL|[MV]?[0-9]{6})", re.IGNORECASE)


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
    said: str  # "serial", "part", "vin", "other" or ""
    first_is_letters: bool = False  # begins with letters written apart ("M 013344")
    letter_last: bool = False  # ends with a letter written apart ("3B0 035 191 D")

    def found(self) -> Found:
        """As a find with its place."""
        return Found(self.number, self.start, self.end)


class Labels:
    """Where a message says "serial no.", "part no.", "VIN", and where a number is hidden (xxx)."""

    def __init__(self, text: str, words: dict[str, tuple[str, ...]]) -> None:
        ends = [
            (match.end(), kind, match.start())
            for kind in ("serial", "part", "vin", "other")
            for match in _any_of(words.get(kind, ())).finditer(text)
        ]
        self._ends = sorted(ends)
        self._hidden = _any_of(words.get("hidden", ()))
        self._text = text

    def before(self, starts: list[int]) -> dict[int, str]:
        """The kind of the nearest label before each start (ascending), if it is near enough."""
        said: dict[int, str] = {}
        nearest: list[tuple[int, str]] = []  # of all labels, and of those that name a radio's number
        place = 0
        for start in starts:
            while place < len(self._ends) and self._ends[place][0] <= start:
                end, kind, _ = self._ends[place]
                nearest = [(end, kind), *(one for one in nearest if kind == "other" and one[1] != "other")]
                place += 1
            for end, kind in nearest:
                if start - end <= (_BESIDE if kind == "other" else _NEAR):
                    said[start] = kind
                    break
        return said

    def hides(self, end: int) -> bool:
        """Whether the writer left the rest of the number out right here."""
        return self._hidden.match(self._text, end) is not None


def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) if patterns else r"(?!)", re.IGNORECASE)


def runs(text: str, labels: Labels) -> list[Run]:
    """Every run of up to seven neighbouring pieces that could be one number, from left to right."""
    latin = _TYPED_LATIN.sub(lambda typed: typed[0].translate(_LIKE_LATIN), text)
    pieces = list(_WRITTEN.finditer(latin))
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
