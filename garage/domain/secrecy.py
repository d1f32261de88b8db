"""Codes are secrets: they are refused in notes, and masked until the rules let a person see them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, islice

from garage.domain.text import N_, Refused, Text

MASK = "••••"  # stands for every code, however long it is

_CODE_IN_WORDS = re.compile(
    r"\b(?:radio\s?-?code|code|pin|kode|kod|codice|codigo|código|safety-?nr\.?|geheimzahl)\b[^\w\n]{0,4}"
    r"(?:is|ist|lautet|=)?\s*\d{3,6}\b",
    re.IGNORECASE,
)

# A phone number as people write it, in groups: it is one number, not a list of possible codes.
_PHONE = re.compile(r"(?<!\w)(?:\+\d{1,3}|0\d{1,5})(?:[ /()-]{1,2}\d{2,6}){1,3}(?!\w)")
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?!\d)")  # its year is a number
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])\d+(?:[\s-]\d+)*(?![0-9A-Za-z])")  # one, or several in a row
_MOST_NUMBERS = 3  # in one text that is compared with codes on file

MANY_NUMBERS = N_("Too many numbers for one sentence. Write it without them; a code is entered as a code.")
CODE_IN_TEXT = N_("There seems to be a radio code in this text. Codes are kept sealed: enter it as a code.")


def refuse_code_in_note(note: str, known: Iterable[str] | None = None) -> None:
    """Refused when a free text carries a radio code.

    Either one of the codes already known for this radio (None: the text is about no radio), or a number
    introduced as a code ("code 1234").
    """
    if _CODE_IN_WORDS.search(note):
        raise Refused(CODE_IN_TEXT)
    if known is not None:
        refuse_known_code(note, known)


def refuse_known_code(text: str, known: Iterable[str]) -> None:
    """Refused when a text carries one of the codes known for this radio.

    Enough for what a display shows: "CODE 1000" is how many radios ask, not a code. A list of numbers is
    refused whatever is on file: what a refusal tells must not be a way to find a sealed code.
    """
    text = _DAY.sub(r"\1", text)
    if _like_a_code(_PHONE.sub(" ", text, count=1)) > _MOST_NUMBERS:
        raise Refused(MANY_NUMBERS)
    if any(as_written(code).search(text) for code in known):
        raise Refused(CODE_IN_TEXT)


def as_written(code: str) -> re.Pattern[str]:
    """What finds a code in a text, however its letters and spaces are written: "ab12c", "93 04 17", "0-8-3-1"."""
    signs = r"[\s-]?".join(map(re.escape, code))
    return re.compile(rf"(?<![0-9A-Za-z]){signs}(?![0-9A-Za-z])", re.IGNORECASE)


def _like_a_code(text: str) -> int:
    """How many numbers of three to six digits a text holds, counting neighbours as one number as well."""
    count = 0
    for row in _NUMBERS.findall(text):
        lengths = [len(number) for number in re.findall(r"\d+", row)]
        for first in range(len(lengths)):
            together = accumulate(islice(lengths, first, first + 6))
            count += sum(3 <= length <= 6 for length in together)
    return count


class PasswordFirst(Refused):
    """Nothing stands against it but that the password was not typed a moment ago."""


@dataclass(frozen=True, slots=True)
class CodeView:
    """What decides whether a person may see a radio's code."""

    stopped: bool  # a manager put a stop on the radio or the vehicle
    another_vehicle: bool  # the serial number is on file in another vehicle
    new_customer: bool  # a different customer than last time
    papers_seen: bool
    in_open_job: bool  # today's open job is reason enough
    fresh: bool  # the person signed in, or typed the password again, a moment ago
    reason: str

    @property
    def barred(self) -> Text | None:
        """What stands against the code whatever this person types; None where nothing does."""
        if self.stopped:
            return Text(
                N_("A manager has put a stop on this radio or car. Its code is not shown or printed.")
            )
        if self.another_vehicle:
            return Text(N_("Ask a manager: this serial number is on file in another vehicle."))
        if self.new_customer and not self.papers_seen:
            return Text(
                N_("This is a different customer than last time. See the car's papers first, then record it.")
            )
        return None

    @property
    def wants_papers(self) -> bool:
        """Whether the car's papers are all that stands against the code."""
        return self.barred is not None and not self.stopped and not self.another_vehicle


def check_may_see(view: CodeView) -> None:
    """Return when the code may be shown or printed; Refused says what stands against it.

    PasswordFirst where typing the password is all that is missing.
    """
    if view.barred is not None:
        raise Refused(view.barred.message)
    if view.in_open_job:
        return
    if not view.reason.strip():
        raise Refused(N_("Write the reason: there is no open job for this radio today."))
    if not view.fresh:
        raise PasswordFirst(N_("Type your password once more to see a code outside an open job."))
