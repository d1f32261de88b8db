"""The code key on paper: eight lines a person can copy, a check in each, and one line that checks all."""

from hashlib import sha256

from garage.domain.radio_pass import ALPHABET, letters, read_letters
from garage.domain.text import N_, Refused

KEY_BYTES = 32
_PART = 4  # four bytes of the key and one that checks them are eight letters


def key_lines(key: bytes) -> tuple[str, ...]:
    """The nine lines of a 32-byte key, such as ``7K3M 9Q2X``; the ninth checks the eight above it."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"the code key has {KEY_BYTES} bytes")
    parts = [key[start : start + _PART] for start in range(0, KEY_BYTES, _PART)]
    lines = [letters(part + _check(number, part)) for number, part in enumerate(parts, start=1)]
    return tuple(f"{line[:4]} {line[4:]}" for line in [*lines, letters(_seal(key))])


def key_from_lines(typed: list[str] | tuple[str, ...]) -> bytes:
    """The key from the nine lines as typed; Refused names the line that cannot be right."""
    if len(typed) != KEY_BYTES // _PART + 1:
        raise Refused(N_("The key sheet has nine lines; %(n)d were typed."), n=len(typed))
    key = b"".join(_part(number, line) for number, line in enumerate(typed[:-1], start=1))
    if _bytes(typed[-1], len(typed)) != _seal(key):
        raise Refused(N_("Line 9 does not fit the lines above it. Read all nine lines once more."))
    return key


def _part(number: int, line: str) -> bytes:
    data = _bytes(line, number)
    part, check = data[:_PART], data[_PART:]
    if check != _check(number, part):
        raise Refused(
            N_("Line %(number)d has a letter that cannot be right. Read it once more."), number=number
        )
    return part


def _bytes(line: str, number: int) -> bytes:
    kept = read_letters(line)
    if len(kept) != 8:
        raise Refused(N_("Line %(number)d needs eight letters and digits."), number=number)
    value = 0
    for letter in kept:
        value = value << 5 | ALPHABET.index(letter)
    return value.to_bytes(5)


def _check(number: int, part: bytes) -> bytes:
    """One byte over line number and content: wrong letters show, and so do two lines changed over."""
    return sha256(b"garage key line" + bytes([number]) + part).digest()[:1]


def _seal(key: bytes) -> bytes:
    return sha256(b"garage key sheet" + key).digest()[:5]
