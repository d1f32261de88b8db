"""Characters that are taken for each other on a worn label, and the readings that they leave open."""

import re
from collections.abc import Iterable, Iterator

GROUPS = ("0OQ", "1IL", "2Z", "5S", "6G", "8B")
OTHERS = {letter: group.replace(letter, "") for group in GROUPS for letter in group}

LONGEST = 20  # characters; longer ones are no single number, and readings would be without end
MOST = 6  # readings shown: more is no help to anybody


def marked(text: str) -> tuple[int, ...]:
    """The places (from 0) of characters that are easily taken for another."""
    return tuple(place for place, letter in enumerate(text) if letter in OTHERS)


def readings(text: str, patterns: Iterable[re.Pattern[str]]) -> tuple[str, ...]:
    """Other readings of `text` that fit one of the patterns whole: fewest changes first, at most six.

    Up to two characters are read otherwise, each at one place or wherever it stands. These are
    questions for a person; nothing is ever corrected by itself.
    """
    if len(text) > LONGEST:
        return ()
    shapes = tuple(patterns)
    once = list(dict.fromkeys(_changed(text)))
    found = [reading for reading in once if _fits(reading, shapes)]
    if not found:
        twice = dict.fromkeys(reading for one in once for reading in _changed(one) if reading != text)
        found = [reading for reading in twice if _fits(reading, shapes)]
    return tuple(found[:MOST])


def _changed(text: str) -> Iterator[str]:
    for place in marked(text):
        for other in OTHERS[text[place]]:
            yield text[:place] + other + text[place + 1 :]
    for letter in dict.fromkeys(text):
        for other in OTHERS.get(letter, ""):
            yield text.replace(letter, other)


def _fits(reading: str, shapes: tuple[re.Pattern[str], ...]) -> bool:
    return any(shape.fullmatch(reading) for shape in shapes)
