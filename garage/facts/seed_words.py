"""The words by which messages are read, with the words that a garage adds and leaves out."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from garage.domain.catalogue import Words
from garage.facts.seed_values import TEXT, Row, names, table, texts

BY_MAKE = ("models", "radios", "other_scripts", "ambiguous_makes", "model_patterns")
"""Tables with a line for a make each; a make of which nothing stands there may get one."""
_PATTERNS = {"model_patterns": "({})", "radios": "{}", "labels": "{}", "display": "{}"}
_LONGEST, _MOST = 60, 200  # letters of a word, words of a line


@dataclass(frozen=True, slots=True)
class WordChange:
    """Words that a garage adds to one line of words.toml ("models.Audi"), and those it leaves out."""

    id: str
    also: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()


def read_words(row: Row) -> WordChange:
    """A change of words; ValueError says what is wrong with it."""
    return WordChange(**table(row, {"id": TEXT, "also": _typed_words, "leave_out": texts}))


def _typed_words(value: Any) -> tuple[str, ...]:
    typed = tuple(word.strip() for word in names(value))
    if len(typed) > _MOST or any(len(word) > _LONGEST for word in typed):
        raise ValueError(f"at most {_MOST} words of at most {_LONGEST} letters")
    return typed


def shipped_changes(words: Mapping[str, Mapping[str, object]]) -> dict[str, Row]:
    """Every line of words.toml as a change of nothing, by its id."""
    ids = [f"{subject}.{line}" for subject, lines in words.items() for line in lines]
    return {line: {"id": line, "also": [], "leave_out": []} for line in ids}


def changed_words(shipped: Words, changes: Iterable[WordChange]) -> Words:
    """The words with these changes. ValueError where a change names no line that there can be."""
    words = {subject: dict(lines) for subject, lines in shipped.items()}
    for change in changes:
        subject, _, line = change.id.partition(".")
        if subject not in words or (line not in words[subject] and subject not in BY_MAKE):
            raise ValueError(f"words.toml: no words named {change.id}")
        kept = [word for word in words[subject].get(line, ()) if word not in change.leave_out]
        words[subject][line] = (*(_written(subject, word) for word in change.also), *kept)
    return words


def _written(subject: str, word: str) -> str:
    """A typed word is only ever compared: where the shipped words are patterns, its signs are taken literally."""
    if subject not in _PATTERNS:
        return word
    literal = re.escape(word).replace(r"\ ", r"\s?")
    before = r"(?<!\w)" if word[0].isalnum() else ""
    after = r"(?!\w)" if word[-1].isalnum() else ""
    return before + _PATTERNS[subject].format(literal) + after
