"""What can be said about a radio: how a code looks, how often one may be wrong, where its number stands."""

from dataclasses import dataclass

from garage.domain.catalogue import Fact, YesNoSometimes
from garage.domain.steps import Step
from garage.domain.vocabulary import Care, Meaning, Need, NumberPlace, Way, When


@dataclass(frozen=True, slots=True)
class Wait:
    """How long the radio makes people wait after so many wrong codes."""

    after: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Price:
    """A price once found; whole units of `currency` in `year`, never converted."""

    least: int
    most: int
    currency: str
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFact(Fact):
    """How a code looks: possible lengths, and the digits that occur ("" is unknown)."""

    lengths: tuple[int, ...]
    digits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerLossFact(Fact):
    """Whether the radio asks for its code after a power loss."""

    asks: YesNoSometimes


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingFact(Fact):
    """Whether the radio compares its code with the car it is in."""

    paired: YesNoSometimes


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFact(Fact):
    """What wrong codes lead to. None is unknown.

    `free_tries` counts wrong codes until a wait of ten minutes or more (or the end), `permanent_after`
    those until the radio is locked for good; `must_stay_on` says whether a wait runs only while it is on.
    """

    free_tries: int | None = None
    permanent_after: int | None = None
    waits: tuple[Wait, ...] = ()
    must_stay_on: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFact(Fact):
    """How a code is entered and confirmed."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact(Fact):
    """Where the serial number is, and when it can be read. None is unknown."""

    place: NumberPlace
    steps: tuple[Step, ...] = ()
    without_removal: bool | None = None
    before_power_loss: bool | None = None
    only_afterwards: bool = False
    risks_lock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DealerFact(Fact):
    """What a dealer needs, and whether it helps anyone but the owner. None is unknown."""

    needs: tuple[Need, ...] = ()
    vin_alone: YesNoSometimes | None = None
    owner_only: bool | None = None
    remote_help: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BatteryFact(Fact):
    """What to mind around the battery, apart from the radio's code."""

    when: When
    cares: tuple[Care, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFact(Fact):
    """One way to a code: `order` within the list, what it needs, what it cost and how long it took."""

    way: Way
    order: int
    needs: tuple[Need, ...] = ()
    prices: tuple[Price, ...] = ()
    least_minutes: int | None = None
    most_minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisplayFact(Fact):
    """A text on the display. `pattern` matches the whole text in capitals without spaces;
    its groups "left" and "used" catch a number of tries."""

    shown: tuple[str, ...]
    pattern: str
    meaning: Meaning
    steps: tuple[Step, ...] = ()
    locked: bool = True


FACT_KINDS: dict[str, type[Fact]] = {
    "codes": CodeFact,
    "power_loss": PowerLossFact,
    "pairing": PairingFact,
    "wrong_codes": LimitFact,
    "entry": EntryFact,
    "number_places": PlaceFact,
    "dealers": DealerFact,
    "battery": BatteryFact,
    "ways": WayFact,
    "displays": DisplayFact,
}
"""The seed file of each kind of fact."""
