"""Everything the trade knows, as one frozen catalogue: makes, shapes of numbers, facts with their sources."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from garage.domain.labelled import Labelled
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


class YesNoSometimes(Labelled):
    """An answer about radios of one make; unknown is no answer at all (None)."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    SOMETIMES = "sometimes", N_("Sometimes")


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
class Family:
    """A shape of serial numbers. `named_by` gives the one make that a beginning of the number names."""

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
    drops: tuple[str, ...] = ()  # leading digits of the label that are no part of the number
    begins: re.Pattern[str] | None = None  # how a number that was cut short or copied too long begins
    whole: int | None = None  # its usual length
    parts: tuple[Part, ...] = ()


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
    part_number: bool = True  # may go into the field for the part number


@dataclass(frozen=True, slots=True)
class Scope:
    """The makes, models, radios, years, shapes and market that a fact is bound to; empty: not bound."""

    makes: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    radios: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    market: str = ""

    @property
    def narrowness(self) -> int:
        """How many bounds it has beside the make: the narrower fact goes first."""
        years = self.year_from is not None or self.year_to is not None
        return bool(self.models) * 2 + bool(self.radios) * 2 + years + bool(self.families)


@dataclass(frozen=True, slots=True)
class RadioInCar:
    """What is known of a radio and its car when a fact is looked up; None and "" mean not known."""

    make: str | None = None  # full name, as Make.name
    model: str = ""
    year: int | None = None
    radio: str = ""
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of the seeds: what is said, for which cars, by whom, how surely. Subclasses add the matter."""

    id: str
    scope: Scope
    confidence: Confidence
    sources: tuple[str, ...]
    flags: tuple[Flag, ...] = ()
    note: str = ""  # free text
    note_language: str = "en"

    @property
    def usable(self) -> bool:
        """Whether it may become a step or a line on paper: sure enough, not contradicted, not dangerous."""
        return not self.flags and self.confidence is not Confidence.LOW

    def remark(self) -> tuple[Text, ...]:
        """The free note as a text, if there is one."""
        return (Text(self.note),) if self.note else ()


FactKind = TypeVar("FactKind", bound=Fact)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The seeds with this garage's corrections: plain data that can be sent to another process."""

    sources: dict[str, Source]
    makes: tuple[Make, ...]
    families: tuple[Family, ...]
    other_numbers: tuple[OtherNumber, ...]
    facts: tuple[Fact, ...]
    words: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)  # for reading messages
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
        found = [fact for fact in self.facts if isinstance(fact, kind) and self._holds(fact.scope, radio)]
        return tuple(sorted(found, key=lambda fact: (-fact.scope.narrowness, fact.confidence.rank)))

    def usable(self, kind: type[FactKind], radio: RadioInCar) -> tuple[FactKind, ...]:
        """Like `about`, without everything that must never become a step."""
        return tuple(fact for fact in self.about(kind, radio) if fact.usable and not fact.scope.market)

    def of_make(self, kind: type[FactKind], make: str) -> tuple[FactKind, ...]:
        """All facts of one kind that name this make, whatever else they are bound to."""
        return tuple(fact for fact in self.facts if isinstance(fact, kind) and make in fact.scope.makes)

    def _holds(self, scope: Scope, radio: RadioInCar) -> bool:
        # A bound that the radio says nothing about is not fulfilled: rules never spread.
        make = self.make_name(radio.make) or radio.make
        return (
            (not scope.makes or make in scope.makes)
            and (not scope.models or _names_one(scope.models, radio.model))
            and (not scope.radios or _names_one(scope.radios, radio.radio))
            and (not scope.families or bool(set(scope.families) & set(radio.families)))
            and _in_years(scope, radio.year)
        )


def folded(name: str) -> str:
    """A name without case, accents, spaces and dashes: "Citroën" and "citroen" are the same."""
    apart = unicodedata.normalize("NFKD", name.casefold())  # é becomes e and its accent
    return "".join(letter for letter in apart if letter.isalnum())


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _names_one(names: tuple[str, ...], text: str) -> bool:
    """Whether one of the names stands in the text as whole words ("75" in "Rover 75 2003")."""
    spaced = f" {' '.join(_words(text))} "
    return any(f" {' '.join(_words(name))} " in spaced for name in names)


def _in_years(scope: Scope, year: int | None) -> bool:
    if scope.year_from is None and scope.year_to is None:
        return True
    return year is not None and (scope.year_from or 0) <= year <= (scope.year_to or 9999)
