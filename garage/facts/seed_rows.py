"""One fact of the seeds, read strictly: a wrong key or value is named."""

from dataclasses import fields
from typing import Any

from garage.domain.catalogue import Fact, Flag, YesNoSometimes
from garage.domain.fact_kinds import FACT_KINDS, Price, Wait
from garage.domain.scope import Scope
from garage.domain.steps import read_step
from garage.domain.vocabulary import Care, Meaning, Need, NumberPlace, Way, When
from garage.facts.seed_values import (
    EVIDENCE,
    NUMBER,
    TEXT,
    YES_NO,
    Reader,
    Row,
    compiled,
    each,
    one_of,
    table,
    texts,
)


def _pattern(value: Any) -> str:
    return compiled(value).pattern


_SCOPE: dict[str, Reader] = {
    "makes": texts,
    "models": texts,
    "radios": texts,
    "families": texts,
    "year_from": NUMBER,
    "year_to": NUMBER,
    "market": TEXT,
}
_FACT: dict[str, Reader] = {
    **EVIDENCE,
    "id": TEXT,
    "flags": each(one_of(Flag)),
    "note": TEXT,
}
_MATTER: dict[str, Reader] = {
    "lengths": each(NUMBER),
    "digits": TEXT,
    "asks": one_of(YesNoSometimes),
    "paired": one_of(YesNoSometimes),
    "vin_alone": one_of(YesNoSometimes),
    "free_tries": NUMBER,
    "permanent_after": NUMBER,
    "waits": each(lambda value: Wait(**table(value, {"after": NUMBER, "seconds": NUMBER}))),
    "must_stay_on": YES_NO,
    "steps": each(read_step),
    "place": one_of(NumberPlace),
    "without_removal": YES_NO,
    "before_power_loss": YES_NO,
    "only_afterwards": YES_NO,
    "risks_lock": YES_NO,
    "needs": each(one_of(Need)),
    "owner_only": YES_NO,
    "remote_help": YES_NO,
    "when": one_of(When),
    "cares": each(one_of(Care)),
    "way": one_of(Way),
    "order": NUMBER,
    "prices": each(
        lambda value: Price(
            **table(value, {"least": NUMBER, "most": NUMBER, "currency": TEXT, "year": NUMBER})
        )
    ),
    "least_minutes": NUMBER,
    "most_minutes": NUMBER,
    "shown": texts,
    "pattern": _pattern,
    "meaning": one_of(Meaning),
    "locked": YES_NO,
}


def read_fact(kind: str, row: Row) -> Fact:
    """A fact from the file of this kind ("codes", "entry" ...)."""
    made = FACT_KINDS[kind]
    matter = {field.name for field in fields(made)} & set(_MATTER)
    values = table(row, {**_FACT, **_SCOPE, **{name: _MATTER[name] for name in matter}})
    scope = Scope(**{name: values.pop(name) for name in _SCOPE if name in values})
    if not (scope.makes or scope.families or kind in {"ways", "displays", "battery"}):
        raise ValueError("must name the makes or families it is bound to")
    if not values.get("sources"):
        raise ValueError("must name its sources")
    return made(scope=scope, **values)
