"""The trade's facts from the shipped files and this garage's corrections, as one frozen catalogue."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from garage.domain.catalogue import Catalogue, Family, OtherNumber, Source, Words
from garage.domain.fact_kinds import FACT_KINDS
from garage.domain.plate import folded
from garage.facts.seed_values import Row
from garage.facts.seed_words import BY_MAKE, changed_words, shipped_changes
from garage.facts.subjects import SUBJECTS

Corrections = Mapping[str, Iterable[Row]]
"""Rows by subject ("codes", "makes" ...): a known id changes a shipped row, a new one adds one, None takes a value away."""


class SeedProblem(ValueError):
    """A seed row that cannot be used; the message names file and row."""


def load(
    directory: Path, corrections: Corrections | None = None, own_sources: Mapping[str, str] | None = None
) -> Catalogue:
    """The catalogue from the TOML files in `directory`, with corrections laid over single rows.

    `own_sources` are the sources that corrections name, by tag. SeedProblem names the file and the row
    that cannot be used.
    """
    changes = corrections or {}
    sources = _tables(directory, "sources").get("sources", {}) | dict(own_sources or {})
    read = {kind: _read_rows(directory, kind, changes.get(kind, ())) for kind in SUBJECTS if kind != "words"}
    catalogue = Catalogue(
        sources={tag: Source(tag, where) for tag, where in sources.items()},
        makes=tuple(read["makes"]),
        families=tuple(read["families"]),
        other_numbers=tuple(read["other_numbers"]),
        facts=tuple(chain.from_iterable(read[kind] for kind in FACT_KINDS)),
        words=_words(directory, changes.get("words", ())),
    )
    _check(catalogue)
    return catalogue


def shipped_rows(directory: Path, kind: str) -> dict[str, Row]:
    """The rows of one subject as they stand in the shipped file, by their key."""
    subject, tables = SUBJECTS[kind], _tables(directory, kind)
    if kind == "words":
        return shipped_changes(tables)
    return {str(row[subject.key]): row for row in tables.get(subject.table, [])}


def _tables(directory: Path, stem: str) -> dict[str, Any]:
    path = directory / f"{stem}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedProblem(f"{path.name} is missing") from None
    except tomllib.TOMLDecodeError as problem:
        raise SeedProblem(f"{path.name}: {problem}") from problem


def _read_rows(directory: Path, kind: str, corrections: Iterable[Row]) -> list[Any]:
    subject = SUBJECTS[kind]
    rows: dict[str, Row] = {}
    for place, row in enumerate(_tables(directory, kind).get(subject.table, []), 1):
        name = str(row.get(subject.key, place))
        if name in rows:
            raise SeedProblem(f"{kind}.toml, row {place} ({name}): this id is there twice")
        rows[name] = row
    for row in corrections:
        merged = {**rows.get(str(row[subject.key]), {}), **row}
        rows[str(row[subject.key])] = {key: value for key, value in merged.items() if value is not None}
    return [_read(kind, place, row) for place, row in enumerate(rows.values(), 1)]


def _read(kind: str, place: int, row: Row) -> Any:
    try:
        return SUBJECTS[kind].read(row)
    except (ValueError, TypeError) as problem:
        name = row.get("id") or row.get("name") or "without id"
        raise SeedProblem(f"{kind}.toml, row {place} ({name}): {problem}") from problem


def _words(directory: Path, corrections: Iterable[Row]) -> Words:
    shipped = {
        subject: {line: tuple(words) for line, words in lines.items()}
        for subject, lines in _tables(directory, "words").items()
    }
    changes = [_read("words", place, row) for place, row in enumerate(corrections, 1)]
    try:
        return changed_words(shipped, changes)
    except ValueError as problem:
        raise SeedProblem(str(problem)) from problem


def _check(catalogue: Catalogue) -> None:
    makes = {make.name for make in catalogue.makes}
    _check_names(catalogue)
    numbers: list[Family | OtherNumber] = [*catalogue.families, *catalogue.other_numbers]
    for row in numbers:
        _check_number(row, makes, {number.id for number in catalogue.other_numbers})
        _known(row.id, "source", row.sources, set(catalogue.sources))
    families = {family.id for family in catalogue.families}
    for fact in catalogue.facts:
        _known(fact.id, "make", fact.scope.makes, makes)
        _known(fact.id, "family", fact.scope.families, families)
        _known(fact.id, "source", fact.sources, set(catalogue.sources))
    for subject in BY_MAKE:
        _known(f"words.{subject}", "make", catalogue.words.get(subject, ()), makes | {"other"})
    for line, words in catalogue.words.get("british", {}).items():
        _known(f"words.british.{line}", "make", words if line != "words" else (), makes)


def _check_names(catalogue: Catalogue) -> None:
    """A name means one make only."""
    makes = {make.name for make in catalogue.makes}
    named = Counter(
        name for make in catalogue.makes for name in {folded(name) for name in (make.name, *make.aliases)}
    )
    for make in catalogue.makes:
        _known(make.name, "make", make.same_as, makes)
        if twice := [name for name in (make.name, *make.aliases) if named[folded(name)] > 1]:
            raise SeedProblem(f"makes.toml: {twice[0]} is the name of two makes")


def _check_number(row: Family | OtherNumber, makes: set[str], others: set[str]) -> None:
    _known(row.id, "make", (*row.makes, *filter(None, [row.usual_make])), makes)
    if isinstance(row, Family):
        _known(row.id, "make", (*row.suppliers, *row.named_by.values()), makes)
        check = row.cross_check
        _known(row.id, "other number", (check.other,) if check else (), others)


def _known(row: str, what: str, names: Iterable[str], known: set[str]) -> None:
    if unknown := [name for name in names if name not in known]:
        raise SeedProblem(f"row {row}: no {what} named {', '.join(unknown)}")
