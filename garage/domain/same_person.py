"""Whether two customers on file are probably one person, spelled twice."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from garage.domain.plate import folded

_ALIKE = 0.84  # of 1: one or two letters in a whole name
_SHORTEST_PHONE = 7  # digits that tell phones apart
_PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@lru_cache(maxsize=256)  # one name is held against thousands, each of them more than once
def name_key(name: str) -> str:
    """A name with its words in order and umlauts written out: "Hill, Jo" and "Jo Hill" are the same."""
    words = re.findall(r"\w+", name.casefold().translate(_UMLAUTS))
    return "".join(sorted(folded(word) for word in words))


def phone_key(phone: str) -> str:
    """The end of a phone number, whatever country code stands in front; empty where it is too short."""
    digits = "".join(sign for sign in phone if sign.isdecimal())
    return digits[-_SHORTEST_PHONE:] if len(digits) >= _SHORTEST_PHONE else ""


def is_phone(text: str) -> bool:
    """Whether a text is a whole phone number and nothing else."""
    return _PHONE.fullmatch(text) is not None and phone_key(text) != ""


def beginnings(name: str) -> tuple[str, ...]:
    """How a like name may begin in the files: the first two letters of each of its words."""
    return tuple(sorted({start for word in re.findall(r"\w+", name) if len(start := folded(word)[:2]) == 2}))


def names_alike(one: str, other: str) -> bool:
    """Whether two names may be two spellings of one."""
    pair = SequenceMatcher(None, name_key(one), name_key(other))
    # two cheap upper bounds first: a desk waits for the answer
    return pair.real_quick_ratio() >= _ALIKE and pair.quick_ratio() >= _ALIKE and pair.ratio() >= _ALIKE


def perhaps_same(name: str, phone: str, other_name: str, other_phone: str) -> bool:
    """Whether two customers may be one person: the same phone, the same name, or names alike.

    Names that are only alike say nothing where both left a phone and the phones differ.
    """
    mine, theirs = phone_key(phone), phone_key(other_phone)
    if (mine and mine == theirs) or name_key(name) == name_key(other_name):
        return True
    return not (mine and theirs) and names_alike(name, other_name)
