"""Everything that is kept about a make, or about all of them, as rows that a manager can correct."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from garage.domain.catalogue import Catalogue, Confidence, Fact, Family, Flag, OtherNumber
from garage.domain.fact_kinds import (
    BatteryFact,
    CodeFact,
    DealerFact,
    DisplayFact,
    EntryFact,
    LimitFact,
    PairingFact,
    PlaceFact,
    PowerLossFact,
    WayFact,
)
from garage.domain.scope import Scope
from garage.domain.text import N_, Text
from garage.facts import make_words
from garage.facts.seed_words import BY_MAKE
from garage.facts.subjects import SUBJECTS

WORDS = {
    "models": N_("Names of cars"),
    "radios": N_("Names of radios"),
    "other_scripts": N_("Names in other scripts"),
    "ambiguous_makes": N_("Names that are everyday words too"),
    "model_patterns": N_("Names that count only with what stands beside them"),
    "only_capital": N_("Cars that count only with a capital letter"),
    "with_make": N_("Cars that count only beside their make"),
    "no_make_before": N_("Words after which a name is no make"),
    "labels": N_("What stands before a number"),
    "display": N_("What may stand on a display"),
    "languages": N_("Everyday words of a language"),
    "british": N_("Words of somebody in Britain"),
}
_OF_ALL = ("makes", "families", "other_numbers", "battery", "ways", "displays", "words")
_SAY: dict[type[Fact], Callable[[Any], tuple[Text, ...]]] = {
    BatteryFact: lambda fact: (Text(fact.when.label),),
    CodeFact: make_words.code,
    DealerFact: make_words.dealer,
    DisplayFact: lambda fact: (_list(fact.shown), Text(fact.meaning.label)),
    EntryFact: lambda fact: tuple(step.text() for step in fact.steps[:1]),
    LimitFact: make_words.limit,
    PairingFact: make_words.paired,
    PlaceFact: make_words.place,
    PowerLossFact: make_words.asks,
    WayFact: make_words.way,
}
_MANY = 12  # words shown of a line


@dataclass(frozen=True, slots=True)
class Kept:
    """One row: what it is about, what it says in short, and how sure it is."""

    kind: str
    fact_id: str
    about: tuple[Text, ...]
    says: tuple[Text, ...] = ()
    note: str = ""
    confidence: Confidence | None = None
    usable: bool = True
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Shelf:
    """The rows of one subject. `may_add` says whether another one can be put beside them."""

    kind: str
    label: str
    rows: tuple[Kept, ...]
    may_add: bool = True


def shelves(catalogue: Catalogue, make: str) -> tuple[Shelf, ...]:
    """What is kept about one make, or, where `make` is empty, about no make in particular."""
    return tuple(
        Shelf(kind, subject.label, tuple(_rows(catalogue, kind, make)), _may_add(kind, make))
        for kind, subject in SUBJECTS.items()
        if make or kind in _OF_ALL
    )


def home_of(catalogue: Catalogue, kind: str, fact_id: str) -> str:
    """The make on whose list a row stands; "" where it stands on the list of all makes."""
    for make in catalogue.makes:
        if any(row.fact_id == fact_id for row in _rows(catalogue, kind, make.name)):
            return make.name
    return ""


def _may_add(kind: str, make: str) -> bool:
    return not make if kind == "makes" else kind != "words"


def _rows(catalogue: Catalogue, kind: str, make: str) -> Iterator[Kept]:
    other = {"makes": _makes, "families": _families, "other_numbers": _numbers, "words": _words}
    return other[kind](catalogue, make) if kind in other else _facts(catalogue, kind, make)


def _makes(catalogue: Catalogue, make: str) -> Iterator[Kept]:
    for row in catalogue.makes:
        if row.name == make:
            yield Kept("makes", f"makes.{row.name}", (_list([row.name]),), (_list(row.aliases),))


def _families(catalogue: Catalogue, make: str) -> Iterator[Kept]:
    for row in catalogue.families:
        if _stands_here(make, (*row.makes, *row.suppliers)):
            yield _number("families", row, row.name)


def _numbers(catalogue: Catalogue, make: str) -> Iterator[Kept]:
    for row in catalogue.other_numbers:
        if _stands_here(make, (*row.makes, *filter(None, [row.usual_make]))):
            yield _number("other_numbers", row, row.what)


def _number(kind: str, row: Family | OtherNumber, said: str) -> Kept:
    examples = (_list(row.examples),) if row.examples else ()
    return Kept(kind, f"{kind}.{row.id}", (Text(said),), examples, confidence=row.confidence)


def _facts(catalogue: Catalogue, kind: str, make: str) -> Iterator[Kept]:
    for row in catalogue.facts:
        if isinstance(row, SUBJECTS[kind].made) and _is_about(catalogue, row.scope, make):
            about = make_words.bounds(catalogue, row.scope)
            about = about or ((_list(row.scope.makes),) if row.scope.makes else ())
            says = _SAY[type(row)](row)
            yield Kept(kind, row.id, about, says, row.note, row.confidence, row.usable, row.flags)


def _is_about(catalogue: Catalogue, scope: Scope, make: str) -> bool:
    return catalogue.is_bound(scope, make) if make else not (scope.makes or scope.families)


def _words(catalogue: Catalogue, make: str) -> Iterator[Kept]:
    for subject, label in WORDS.items():
        lines = catalogue.words.get(subject, {})
        if make:
            named = [make] if subject in BY_MAKE else []
        else:
            named = [line for line in lines if not catalogue.make(line)]
        for line in named:
            words = lines.get(line, ())
            one_of_many = not make and len(lines) > 1 and subject != "british"
            about = (Text(label), *([Text(line)] if one_of_many else []))
            yield Kept("words", f"words.{subject}.{line}", about, (_list(words[:_MANY]),))


def _stands_here(make: str, makes: Iterable[str]) -> bool:
    named = tuple(makes)
    return make in named if make else not named


def _list(names: Iterable[str]) -> Text:
    return Text(N_("%(names)s"), {"names": ", ".join(names)})
