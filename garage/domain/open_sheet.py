"""The open sheet: which places of a bought sheet are used, and what comes next after the paper jammed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused


class CameOut(Labelled):
    """How a printed sheet came out."""

    ALL = "all", N_("All")
    SOME = "some", N_("Some")
    NONE = "none", N_("None")


@dataclass(frozen=True, slots=True)
class Sorted:
    """The cards of a print: those that are good, and those to shred and print once more."""

    good: frozenset[int]
    spoiled: frozenset[int]


def free(places: int, used: Collection[int]) -> tuple[int, ...]:
    """The places of a sheet that are not used yet, counted from 0 in the order of reading."""
    return tuple(place for place in range(places) if place not in used)


def take(places: int, used: Collection[int], wanted: Collection[int], count: int) -> tuple[int, ...]:
    """Places for `count` cards: those `wanted`, or else the next free ones.

    `places` is how many the sheet has. Refused when a wanted place is used or not there, when the number of
    wanted places is another than that of the cards, and when too few are free.
    """
    left = free(places, used)
    for place in wanted:
        if place not in left:
            raise Refused(
                N_("Place %(place)d of the sheet is used or not there. Choose another."), place=place + 1
            )
    if wanted and len(set(wanted)) != count:
        raise Refused(N_("Choose as many places as there are cards: %(n)d."), n=count)
    if len(left) < count:
        raise Refused(N_("Too few places are free on this sheet: %(n)d."), n=len(left))
    return tuple(sorted(wanted)) if wanted else left[:count]


def sort_out(printed: Iterable[int], came_out: CameOut, ticked: Collection[int] = ()) -> Sorted:
    """Which cards of a print are good: all, none, or those that were ticked.

    Refused when "some" is said without ticking, or with every card ticked.
    """
    cards = frozenset(printed)
    good = {CameOut.ALL: cards, CameOut.NONE: frozenset[int]()}.get(came_out, cards & frozenset(ticked))
    if came_out is CameOut.SOME and not good:
        raise Refused(N_("Tick the cards that are good, or say “None”."))
    if came_out is CameOut.SOME and good == cards:
        raise Refused(N_("Every card is ticked: then say “All”."))
    return Sorted(good, cards - good)
