"""Entering a code: when one may be entered, when to stop, and what the outcome means."""

from dataclasses import dataclass
from datetime import datetime

from garage.domain.job import YesNo
from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused

SHORTEST = 3
LONGEST = 12


class Outcome(Labelled):
    """What the radio did with the code."""

    WORKED = "worked", N_("Worked")
    DID_NOT_WORK = "did_not_work", N_("Did not work")
    WAITS = "waits", N_("Radio makes you wait")
    LOCKED_FOR_GOOD = "locked_for_good", N_("Locked for good")


class Instead(Labelled):
    """What the customer wants for a radio that no code will open any more."""

    SPECIALIST = "specialist", N_("Electronics specialist")
    USED_RADIO = "used_radio", N_("Used radio")
    NEW_RADIO = "new_radio", N_("New radio")


class WhyAgain(Labelled):
    """What changed since the last wrong code: without one of these there is no next try."""

    OTHER_CODE = "other_code", N_("It is another code")
    NUMBER_CORRECTED = "number_corrected", N_("The serial number was read again and corrected")
    MISTYPED = "mistyped", N_("The code was mistyped last time")


@dataclass(frozen=True, slots=True)
class TryRecord:
    """What is known before a code is entered."""

    wrong_here: int  # wrong codes entered in this garage since the last one that worked
    earlier: YesNo | None  # has anyone tried before the car came in? None: not asked yet
    earlier_count: int = 0  # about how many, as said in this job or, before anybody knows, in an earlier one
    shown_left: int | None = None  # tries left as the radio's own display says; outranks our count
    shown_used: int | None = None  # codes entered so far as the display says
    limit: int | None = None  # wrong codes before the radio locks for good, from the facts; None: unknown
    waits_until: datetime | None = None
    locked_for_good: bool = False
    changed_code: bool = False  # the code to try differs from the wrong ones

    @property
    def wrong(self) -> int:
        """Wrong codes so far, those before the car arrived included; the radio may know of more."""
        told = self.wrong_here + (self.earlier_count if self.earlier is not YesNo.NO else 0)
        return max(told, self.shown_used or 0)


@dataclass(frozen=True, slots=True)
class MayTry:
    """One code may be entered. `left` is None where the number of tries left is not known for sure."""

    left: int | None
    may_be_last: bool = False  # as far as the facts, the display and the count know


class LastTry(Refused):
    """The next wrong code may lock the radio for good: number and code are looked at once more first."""

    def __init__(self) -> None:
        super().__init__(N_("This may be the last try. Look at number and code once more first."))


def tried_since(before: YesNo | None, told: int, since: YesNo, more: int) -> tuple[YesNo, int]:
    """What is known of tries elsewhere, and about how many, once somebody said what was tried `since`.

    `before` and `told` stood on record; they only ever become more: no answer about the days since takes
    back what was said of the time before.
    """
    told += more if since is YesNo.YES else 0
    if YesNo.UNKNOWN in {before, since}:
        return YesNo.UNKNOWN, told
    return (YesNo.YES if told else YesNo.NO), told


def next_try(record: TryRecord, why: WhyAgain | None, now: datetime) -> MayTry:
    """Whether a code may be entered now; Refused says why not.

    After the first wrong code: stop and read the number again. A second only with a changed code,
    a corrected number or an admitted mistype. No third without the radio's own known limit and at
    least two tries left (the trade facts, corrections, row 1). Tries before the car came count.
    """
    _check_radio(record, now)
    left = tries_left(record)
    if left == 0:
        raise Refused(N_("No further try: this radio has none left. Ask a specialist or the dealer."))
    if record.wrong >= 2 and (left is None or left < 2):
        raise Refused(
            N_(
                "No further try: after two wrong codes this radio may lock for good. Ask a specialist or the dealer."
            )
        )
    if record.wrong >= 1 and why is None:
        raise Refused(
            N_(
                "Stop after a wrong code. Read the serial number again and say what changed before the next try."
            )
        )
    if why is WhyAgain.OTHER_CODE and not record.changed_code:
        raise Refused(N_("This code was entered before and did not work."))
    # Nobody knows about earlier tries: then no number is told, even if the display seems to have one.
    told = None if record.earlier is YesNo.UNKNOWN else left
    return MayTry(
        left=told,
        may_be_last=left == 1 or (left is None and (record.wrong >= 1 or record.earlier is YesNo.UNKNOWN)),
    )


def _check_radio(record: TryRecord, now: datetime) -> None:
    if record.locked_for_good:
        raise Refused(
            N_("This radio is locked for good. No code will open it: specialist, used radio or new radio.")
        )
    if record.earlier is None:
        raise Refused(N_("First: has anyone tried a code already?"))
    if record.waits_until is not None and now < record.waits_until:
        raise Refused(N_("The radio makes you wait. Charger on, leave the radio on until the time is over."))


def tries_left(record: TryRecord) -> int | None:
    """Tries left before the radio locks for good, or None where nobody can know.

    A number on the display outranks our own count; "don't know" about earlier tries, or an
    unknown limit, gives None.
    """
    if record.shown_left is not None:
        return record.shown_left
    counted = record.earlier in {YesNo.YES, YesNo.NO} or record.shown_used is not None
    if counted and record.limit is not None:
        return max(record.limit - record.wrong, 0)
    return None


def as_entered(text: str) -> str:
    """A code as the radio takes it: digits and letters, without spaces and dashes. Leading zeros stay.

    Refused when it is no code at all; the text itself never stands in the answer.
    """
    code = "".join(text.split()).replace("-", "").upper()
    if not code.isascii() or not code.isalnum() or not SHORTEST <= len(code) <= LONGEST:
        raise Refused(
            N_("A code has %(shortest)d to %(longest)d digits or letters."),
            shortest=SHORTEST,
            longest=LONGEST,
        )
    return code
