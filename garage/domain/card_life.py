"""The life of a card: for which driver it is, when printing it once more needs a reason, how it ends."""

from datetime import datetime, timedelta

from garage.domain.labelled import Labelled
from garage.domain.text import N_

JAM = timedelta(hours=1)  # within this time, printing once more is put down to the printer

LOST_CARD = N_("The code on a lost card still works: whoever finds it with the radio can use it.")


class Driver(Labelled):
    """Whose card it is: two people drive one car."""

    FIRST = "first", N_("First driver")
    SECOND = "second", N_("Second driver")


class WhyNotCurrent(Labelled):
    """Why a card is no longer our current one."""

    REPLACED = "replaced", N_("A newer card was printed")
    VOID = "void", N_("Somebody said that it is gone")


def needs_reason(last_printed_at: datetime | None, now: datetime) -> bool:
    """Whether printing a card with a code once more needs a typed reason.

    Not for its first print (None), which may be one for each of two drivers, and not while the last press
    is so near that the paper jammed.
    """
    return last_printed_at is not None and now - last_printed_at > JAM
