"""Everything the trade knows, as one frozen catalogue: makes, shapes of numbers, facts with their sources."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from garage.domain.labelled import Labelled
from garage.domain.plate import folded
from garage.domain.scope import RadioInCar, Scope
from garage.domain.text import N_, Text


class Confidence(Labelled):
    """How sure a fact is. Only high and medium ones may become a step."""

    HIGH = "high", N_("well documented")
    MEDIUM = "medium", N_("reported by several")
    LOW = "low", N_("reported once, not checked")

    @property
    def rank(self) -> int:
        """0 for the surest."""
        return list(Confidence).index(self)


class Flag(Labelled):
    """Why a fact is kept but never shown as something to do."""

    CONTRADICTED = "contradicted", N_("contradicted by a better source")
    DANGEROUS = "dangerous", N_("can harm the radio, the car or a person")


class YesNoSometimes(Enum):
    """An answer about radios of one make; unknown is no answer at all (None)."""

    YES = "yes"
    NO = "no"
    SOMETIMES = "sometimes"


class InText(Enum):
    """When a number of some shape may be taken for a serial number inside a message."""

    ALWAYS = "always"
    UNLESS_OTHER_MAKE = "unless_other_make"
    WITH_MAKE = "with_make"
    WITH_LABEL = "with_label"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact stands. `where` is an address or the name of a document."""

    tag: str
    where: str


@dataclass(frozen=True, slots=True)
class Make:
    """A car make, or a maker of radios (`supplier`).

    `same_as` names makes whose cars and radios are sold under both names (Opel, Vauxhall).
    `wmi` are beginnings of a VIN; `vin_names` are the names a VIN reader has for this make.
    """

    name: str
    aliases: tuple[str, ...] = ()
    supplier: bool = False
    same_as: tuple[str, ...] = ()
    wmi: tuple[str, ...] = ()
    vin_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What some characters of a serial number mean; `first` and `last` count from 1."""

    first: int
    last: int
    meaning: str
    values: dict[str, str]
    confidence: Confidence
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """Characters `first` to `last` of the serial number equal those from `other_first` of `other`'s number."""

    first: int
    last: int
    other: str  # id of an OtherNumber
    other_first: int


@dataclass(frozen=True, slots=True)
class Family:
    """A shape of serial numbers.

    `named_by` gives the make that the beginning of a number names; `usual_make` the make that such a
    number alone lets us infer.
    """

    id: str
    name: str
    pattern: re.Pattern[str]
    makes: tuple[str, ...]  # cars it is found in
    examples: tuple[str, ...]
    confidence: Confidence
    sources: tuple[str, ...]
    needs_make: bool  # the shape says nothing unless the make is known
    suppliers: tuple[str, ...] = ()
    named_by: dict[str, str] = field(default_factory=dict)
    usual_make: str = ""
    in_text: InText = InText.ALWAYS
    begins: re.Pattern[str] | None = None  # how a number that was cut short or copied too long begins
    whole: int | None = None  # its usual length
    parts: tuple[Part, ...] = ()
    cross_check: CrossCheck | None = None


@dataclass(frozen=True, slots=True)
class OtherNumber:
    """A number on or near the radio that people give as its serial number though it is not."""

    id: str
    pattern: re.Pattern[str]
    what: str  # a message id: "a Blaupunkt type number"
    examples: tuple[str, ...]
    confidence: Confidence
    sources: tuple[str, ...]
    makes: tuple[str, ...] = ()  # with one of these makes only; empty: always
    usual_make: str = ""  # the make that such a number lets us infer
    part_number: bool = True  # may go into the field for the part number
    perhaps: bool = False  # the shape is a serial number's as well: only a word of doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of the seeds: what is said, for which cars, by whom, how surely. Subclasses add the matter."""

    id: str
    scope: Scope
    confidence: Confidence
    sources: tuple[str, ...]
    flags: tuple[Flag, ...] = ()
    note: str = ""  # free text, in English

    @property
    def usable(self) -> bool:
        """Whether it may become a step or a line on paper: sure enough, not contradicted, not dangerous."""
        return not self.flags and self.confidence is not Confidence.LOW

    def remark(self) -> tuple[Text, ...]:
        """The free note as a text, if there is one."""
        return (Text(self.note),) if self.note else ()


FactKind = TypeVar("FactKind", bound=Fact)
Words = dict[str, dict[str, tuple[str, ...]]]  # by subject and line


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The seeds with this garage's corrections: plain data that can be sent to another process."""

    sources: dict[str, Source]
    makes: tuple[Make, ...]
    families: tuple[Family, ...]
    other_numbers: tuple[OtherNumber, ...]
    facts: tuple[Fact, ...]
    words: Words = field(default_factory=dict)  # for reading messages
    _by_name: dict[str, Make] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        names = {folded(name): make for make in self.makes for name in (make.name, *make.aliases)}
        object.__setattr__(self, "_by_name", names)

    def make(self, name: str | None) -> Make | None:
        """The make by any of its usual names ("vw", "Vauxhall", "Mercedes"), or None."""
        return self._by_name.get(folded(name)) if name else None

    def make_name(self, name: str | None) -> str | None:
        """The make's full name, or None where we do not know it."""
        make = self.make(name)
        return make.name if make else None

    def family(self, family_id: str) -> Family | None:
        """The shape of serial numbers with this id, or None."""
        return next((family for family in self.families if family.id == family_id), None)

    def named(self, tags: Iterable[str]) -> tuple[Source, ...]:
        """The sources behind these tags."""
        return tuple(self.sources[tag] for tag in tags if tag in self.sources)

    def about(self, kind: type[FactKind], radio: RadioInCar) -> tuple[FactKind, ...]:
        """Facts of one kind that hold for this radio in this car: narrowest first, then the surest."""
        make = self.make_name(radio.make) or radio.make
        found = [fact for fact in self.facts if isinstance(fact, kind) and fact.scope.holds_for(make, radio)]
        return tuple(sorted(found, key=lambda fact: (-fact.scope.narrowness, fact.confidence.rank)))

    def usable(self, kind: type[FactKind], radio: RadioInCar) -> tuple[FactKind, ...]:
        """Like `about`, without everything that must never become a step."""
        return tuple(fact for fact in self.about(kind, radio) if fact.usable and not fact.scope.market)

    def of_make(self, kind: type[FactKind], make: str) -> tuple[FactKind, ...]:
        """All facts of one kind that are bound to this make, whatever else they are bound to."""
        return tuple(
            fact for fact in self.facts if isinstance(fact, kind) and self.is_bound(fact.scope, make)
        )

    def is_bound(self, scope: Scope, make: str) -> bool:
        """Whether a scope names this make, or no make but a shape that this make's numbers have."""
        if scope.makes:
            return make in scope.makes
        shapes = (self.family(family_id) for family_id in scope.families)
        return any(make in (*shape.makes, *shape.suppliers) for shape in shapes if shape)
