"""The trade's facts from the shipped files and this garage's corrections, as one frozen catalogue."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from garage.domain.catalogue import Catalogue, Fact, Family, OtherNumber, Source
from garage.domain.fact_kinds import FACT_KINDS
from garage.facts.seed_rows import (
    Row,
    SeedProblem,
    read_fact,
    read_family,
    read_make,
    read_other_number,
)

Read = TypeVar("Read")
Corrections = Mapping[str, Iterable[Row]]
"""Rows by kind ("codes", "entry" ...): the same id changes a shipped row, a new id adds one, None takes a value away."""


def load(
    directory: Path, corrections: Corrections | None = None, own_sources: Mapping[str, str] | None = None
) -> Catalogue:
    """The catalogue from the TOML files in `directory`, with corrections laid over single facts.

    `own_sources` are the sources that corrections name, by tag. SeedProblem names the file and the row
    that cannot be used.
    """
    sources = _tables(directory, "sources").get("sources", {}) | dict(own_sources or {})
    catalogue = Catalogue(
        sources={tag: Source(tag, where) for tag, where in sources.items()},
        makes=_rows(directory, "makes", "make", read_make),
        families=_rows(directory, "families", "family", read_family),
        other_numbers=_rows(directory, "other_numbers", "number", read_other_number),
        facts=tuple(
            chain.from_iterable(
                _facts(directory, kind, list((corrections or {}).get(kind, ()))) for kind in FACT_KINDS
            )
        ),
        words=_words(directory),
    )
    _check(catalogue)
    return catalogue


def shipped_rows(directory: Path, kind: str) -> dict[str, Row]:
    """The rows of one kind of fact as they stand in the shipped file, by id."""
    return {str(row["id"]): row for row in _tables(directory, kind).get("fact", [])}


def _tables(directory: Path, stem: str) -> dict[str, Any]:
    path = directory / f"{stem}.toml"
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedProblem(f"{path.name} is missing") from None
    except tomllib.TOMLDecodeError as problem:
        raise SeedProblem(f"{path.name}: {problem}") from problem


def _rows(directory: Path, stem: str, table: str, read: Callable[[Row], Read]) -> tuple[Read, ...]:
    rows = _tables(directory, stem).get(table, [])
    return tuple(_one(f"{stem}.toml", place, row, read) for place, row in enumerate(rows, 1))


def _one(file: str, place: int, row: Row, read: Callable[[Row], Read]) -> Read:
    try:
        return read(row)
    except (ValueError, TypeError) as problem:
        name = row.get("id") or row.get("name") or "without id"
        raise SeedProblem(f"{file}, row {place} ({name}): {problem}") from problem


def _facts(directory: Path, kind: str, corrections: list[Row]) -> list[Fact]:
    rows: dict[str, dict[str, Any]] = {}
    for place, row in enumerate(_tables(directory, kind).get("fact", []), 1):
        if row.get("id") in rows:
            raise SeedProblem(f"{kind}.toml, row {place} ({row['id']}): this id is there twice")
        rows[str(row.get("id", place))] = row
    for row in corrections:
        merged = {**rows.get(str(row["id"]), {}), **row}
        rows[str(row["id"])] = {key: value for key, value in merged.items() if value is not None}
    return [
        _one(f"{kind}.toml", place, row, lambda row: read_fact(kind, row))
        for place, row in enumerate(rows.values(), 1)
    ]


def _words(directory: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    words = _tables(directory, "words")
    return {
        subject: {name: tuple(values) for name, values in table.items()} for subject, table in words.items()
    }


def _check(catalogue: Catalogue) -> None:
    makes = {make.name for make in catalogue.makes}
    families = {family.id for family in catalogue.families}
    rows: list[Fact | Family | OtherNumber] = [
        *catalogue.facts,
        *catalogue.families,
        *catalogue.other_numbers,
    ]
    for row in rows:
        bound = row.scope.makes if isinstance(row, Fact) else row.makes
        _known(row.id, "make", bound, makes)
        _known(row.id, "source", row.sources, set(catalogue.sources))
        if isinstance(row, Fact):
            _known(row.id, "family", row.scope.families, families)
    for make in catalogue.makes:
        _known(make.name, "make", make.same_as, makes)


def _known(row: str, what: str, names: tuple[str, ...], known: set[str]) -> None:
    if unknown := [name for name in names if name not in known]:
        raise SeedProblem(f"row {row}: no {what} named {', '.join(unknown)}")
