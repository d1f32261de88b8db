"""What a fact is bound to, so that a rule of one car never spreads to another."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RadioInCar:
    """What is known of a radio and its car when a fact is looked up; None and "" mean not known."""

    make: str | None = None  # full name, as Make.name
    model: str = ""
    year: int | None = None
    radio: str = ""
    families: tuple[str, ...] = ()


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

    def holds_for(self, make: str | None, radio: RadioInCar) -> bool:
        """Whether a fact so bound holds for this radio. `make` is the make's full name.

        A bound that the radio says nothing about is not fulfilled: rules never spread.
        """
        return (
            (not self.makes or make in self.makes)
            and (not self.models or _names_one(self.models, radio.model))
            and (not self.radios or _names_one(self.radios, radio.radio))
            and (not self.families or bool(set(self.families) & set(radio.families)))
            and self._in_years(radio.year)
        )

    def _in_years(self, year: int | None) -> bool:
        if self.year_from is None and self.year_to is None:
            return True
        return year is not None and (self.year_from or 0) <= year <= (self.year_to or 9999)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _names_one(names: tuple[str, ...], text: str) -> bool:
    """Whether one of the names stands in the text as whole words ("75" in "Rover 75 2003")."""
    spaced = f" {' '.join(_words(text))} "
    return any(f" {' '.join(_words(name))} " in spaced for name in names)
