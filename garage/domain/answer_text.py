"""A pasted answer: which of its numbers may be the code, and the text without them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from garage.domain.code_shape import CodeShape
from garage.domain.secrecy import MASK, as_written
from garage.domain.trying import LONGEST, SHORTEST

MOST_FOUND = 5
LONGEST_TEXT = 20_000  # characters; a long thread of mails has fewer
NEAR_AFTER, NEAR_BEFORE = 45, 25  # characters between a word like "code" and its number

_CODE_WORD = re.compile(
    r"(?<![a-z])(?:radio[ -]?|safe[ -]?|unlock[ -]?|security[ -]?|sicherheits)?"
    r"(?:codes?|kode|kod|codice|c[oó]digo|pin|geheimzahl|lautet)(?![a-z])",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?<![0-9A-Za-z])(?<!\d[-/.])(?:\d(?:[ -]\d){2,11}|\d\d(?:[ -]\d\d){1,5}|[0-9A-Za-z]{3,12})"
    r"(?![0-9A-Za-z])(?![-/.]\d)"
)
_MONEY = r"(?:€|£|\$|\bEUR\b|\bGBP\b|\bCHF\b|\bUSD\b|\bEuro\b|\bPLN\b)"
_NO_CODE = (
    re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d\d-\d\d\b"),  # days
    re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?\b"),  # times of day
    re.compile(rf"{_MONEY}\s?\d+(?:[.,]\d\d?)?|\b\d+(?:[.,]\d\d?)?\s?{_MONEY}", re.IGNORECASE),
    re.compile(r"(?<!\w)(?:\+\d{1,3}|0\d{1,5})(?:[ /()-]{1,2}\d{2,9}){1,4}(?!\w)"),  # phone numbers
    re.compile(r"\S{1,64}@\S+|https?://\S+|www\.\S+"),
)
_SHORTEST_PHONE = 7  # digits; "08 31" may be a code


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A number in a text that may be the code; `fits` where the facts know how this radio's codes look."""

    code: str = field(repr=False)
    near_word: bool = False
    fits: bool = False


def codes_in(text: str, shape: CodeShape, never: Iterable[str] = ()) -> tuple[FoundCode, ...]:
    """The numbers in a text that may be the code, the likeliest first; none that is anything else.

    `never` are numbers known to be something else: our reference, VIN, serial and part number, phones.
    A number counts when it stands near a word like "code", or alone on its line and looks like a code.
    """
    return every_code_in(text, shape, never)[:MOST_FOUND]


def every_code_in(text: str, shape: CodeShape, never: Iterable[str] = ()) -> tuple[FoundCode, ...]:
    """The same, however many there are: what is cut out is more than what a person is asked about."""
    bare = _without_other_numbers(text[:LONGEST_TEXT], never)
    words = [found.span() for found in _CODE_WORD.finditer(bare)]
    found: dict[str, FoundCode] = {}
    for token in _TOKEN.finditer(bare):
        code = re.sub(r"[ -]", "", token[0]).upper()
        if not SHORTEST <= len(code) <= LONGEST or not any(sign.isdigit() for sign in code):
            continue
        near = any(_is_near(token.span(), word) for word in words)
        fits = _fits(code, shape)
        alone = _line_around(bare, token.span()).strip(" .:!*\"'") == token[0]
        if near or (alone and (fits if shape.lengths else code.isdecimal() and len(code) < 7)):
            known = found.get(code, FoundCode(code))
            found[code] = FoundCode(code, near or known.near_word, fits)
    ranked = sorted(
        found.values(), key=lambda one: (not one.fits, not one.near_word, not one.code.isdecimal())
    )
    return tuple(ranked)


def _without_other_numbers(text: str, never: Iterable[str]) -> str:
    """The text with blanks where days, prices, phones and known numbers stand: every place stays where it is."""
    for number in never:
        signs = [re.escape(sign) for sign in number if sign.isalnum()]
        if len(signs) >= SHORTEST:
            text = re.sub(
                r"(?<![0-9A-Za-z])" + r"[\s./()-]{0,2}".join(signs) + r"(?![0-9A-Za-z])",
                _blank,
                text,
                flags=re.IGNORECASE,
            )
    for pattern in _NO_CODE:
        text = pattern.sub(_blank, text)
    return text


def _blank(found: re.Match[str]) -> str:
    is_short_number = (
        re.fullmatch(r"[\d /()-]+", found[0]) and sum(map(str.isdigit, found[0])) < _SHORTEST_PHONE
    )
    if is_short_number and found.re is _NO_CODE[3]:
        return found[0]
    return " " * len(found[0])


def _is_near(number: tuple[int, int], word: tuple[int, int]) -> bool:
    after, before = number[0] - word[1], word[0] - number[1]
    return 0 <= after <= NEAR_AFTER or 0 <= before <= NEAR_BEFORE


def _line_around(text: str, span: tuple[int, int]) -> str:
    start = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    return text[start : end if end >= 0 else len(text)]


def _fits(code: str, shape: CodeShape) -> bool:
    if not shape.lengths or len(code) not in shape.lengths:
        return False
    return not shape.digits or set(code) <= set(shape.digits)


def cut_out(text: str, codes: Iterable[str]) -> str:
    """The text with dots where any of these codes stands, however it is spaced."""
    for code in sorted(set(codes), key=len, reverse=True):
        if code:
            text = as_written(code).sub(MASK, text)
    return text
