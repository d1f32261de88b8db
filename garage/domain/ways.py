"""Ways to a code, in the order that suits this radio, and when its price passes the radio's value."""

from dataclasses import dataclass

from garage.domain.catalogue import Catalogue, Confidence
from garage.domain.fact_kinds import Price, WayFact
from garage.domain.scope import RadioInCar
from garage.domain.text import N_, Text
from garage.domain.vocabulary import Need, Way


@dataclass(frozen=True, slots=True)
class WayAnswer:
    """One way to a code: what it needs, what it cost where somebody wrote it down, how long it took."""

    way: Way
    needs: tuple[Need, ...]
    prices: tuple[Price, ...]
    least_minutes: int | None
    most_minutes: int | None
    notes: tuple[Text, ...]
    confidence: Confidence
    sources: tuple[str, ...]


def ways_to_a_code(catalogue: Catalogue, asked: RadioInCar) -> tuple[WayAnswer, ...]:
    """The ways that apply, best first; of each way the narrowest sure fact. Never empty."""
    facts: dict[Way, WayFact] = {}
    for fact in sorted(catalogue.usable(WayFact, asked), key=_width):
        facts.setdefault(fact.way, fact)
    return tuple(_answer(fact) for fact in sorted(facts.values(), key=lambda fact: fact.order))


def _width(fact: WayFact) -> tuple[int, bool]:
    return (-fact.scope.narrowness, not fact.scope.makes)


def _answer(fact: WayFact) -> WayAnswer:
    return WayAnswer(
        fact.way,
        fact.needs,
        fact.prices,
        fact.least_minutes,
        fact.most_minutes,
        fact.remark(),
        fact.confidence,
        fact.sources,
    )


def price_warning(quoted: int, value: int) -> Text | None:
    """A plain word when the quoted price passes the value of the radio (both in minor units of one currency)."""
    if quoted <= value:
        return None
    return Text(N_("This costs more than the radio is worth. Ask the customer before going on."))
