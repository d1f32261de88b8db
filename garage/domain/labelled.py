"""Choices that carry the word that is stored and the words that people read."""

from enum import Enum
from typing import Self


class Labelled(Enum):
    """An enum member with a stored value and an English label (a message id)."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.label = label
        return member
