"""The story of the invented garage, read from its file: who works there, which cars come, what is done when."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from garage.code_requests.commands import WriteDealer
from garage.domain.asking import Channel
from garage.domain.labelled import Labelled
from garage.domain.packet import DealerKind, Insisted
from garage.domain.people import Role
from garage.domain.serial_number import normalise
from garage.domain.vin import read_vin

Row = Mapping[str, Any]
Choice = TypeVar("Choice", bound=Labelled)
_AGO = re.compile(r"(?:(?P<days>\d+)d)?(?:(?P<hours>\d+)h)?(?:(?P<minutes>\d+)m)?")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works in the invented garage; `key` is how the steps call them."""

    key: str
    name: str
    initials: str
    sign_in_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does: how long before the start, who, what, and with which words."""

    ago: timedelta
    today: bool
    who: str
    do: str
    words: dict[str, Any]

    def at(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The moment of this step. What is done today is never earlier than midnight by the garage's clock."""
        moment = now - self.ago
        if not self.today:
            return moment
        midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
        return max(moment, midnight)


@dataclass(frozen=True, slots=True)
class Visit:
    """One car with its radio and customer, and everything that is done with it over the years."""

    registration: str
    customer: str
    steps: tuple[Step, ...]
    vin: str = ""
    make: str = ""
    model: str = ""
    year: int | None = None
    radio: Row = field(default_factory=dict)
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """The whole invented garage: its letterhead, people, dealer book, cars, and the one hard day."""

    garage: Row
    people: tuple[Colleague, ...]  # the owner first
    dealers: dict[str, WriteDealer]
    visits: tuple[Visit, ...]
    day: Visit

    @property
    def zone(self) -> ZoneInfo:
        """The clock on the garage's wall."""
        return ZoneInfo(self.garage["time_zone"])


def read_story(file: Path) -> Story:
    """The story in a TOML file shaped like seeds/demo.toml.

    Raises TypeError, ValueError or KeyError where the file is wrong, Refused for a VIN that is none.
    """
    told = tomllib.loads(file.read_text(encoding="utf-8"))
    return Story(
        garage=told["garage"],
        people=tuple(Colleague(**(row | {"role": one_of(Role, row["role"])})) for row in told["person"]),
        dealers={row["key"]: _dealer(row) for row in told["dealer"]},
        visits=tuple(_visit(row) for row in told["visit"]),
        day=_visit(told["day"]),
    )


def in_order(visits: Iterable[Visit], now: datetime, zone: ZoneInfo) -> list[tuple[datetime, Visit, Step]]:
    """Every step of every car as the clock went, so that numbers and the journal run with time."""
    steps = [(step.at(now, zone), visit, step) for visit in visits for step in visit.steps]
    return sorted(steps, key=lambda one: one[0])  # stable: one car's steps stay in their order


def one_of(choices: type[Choice], value: str) -> Choice:
    """The choice that is stored as `value`. Raises KeyError."""
    return {choice.value: choice for choice in choices}[value]


def _dealer(row: Row) -> WriteDealer:
    values = {name: value for name, value in row.items() if name != "key"}
    values["kind"] = one_of(DealerKind, row.get("kind", "dealer"))
    values["channels"] = tuple(one_of(Channel, value) for value in row.get("channels", ()))
    values["ticks"] = tuple(one_of(Insisted, value) for value in row.get("ticks", ()))
    return WriteDealer(**values)


def _visit(row: Row) -> Visit:
    values = dict(row)
    values["steps"] = tuple(_step(step) for step in row["steps"])
    if values.get("vin"):
        values["vin"] = read_vin(values["vin"]).text
    if "radio" in values:
        radio = dict(values["radio"])
        values["radio"] = radio | {"serial_number": normalise(radio["serial_number"])}
    return Visit(**values)


def _step(row: Row) -> Step:
    words = dict(row)
    ago, who, do = words.pop("ago"), words.pop("who"), words.pop("do")
    found = _AGO.fullmatch(ago)
    if not ago or found is None:
        raise ValueError(f"{ago!r} is no time ago: write it like 2d4h or 1h30m")
    lengths = {unit: int(number) for unit, number in found.groupdict().items() if number}
    return Step(timedelta(**lengths), "days" not in lengths, who, do, words)
