"""The sentences in which the facts about a make are said."""

from collections.abc import Callable

from garage.domain.catalogue import Catalogue, FactKind, YesNoSometimes
from garage.domain.fact_kinds import (
    CodeFact,
    DealerFact,
    LimitFact,
    PairingFact,
    PlaceFact,
    PowerLossFact,
    Price,
    WayFact,
)
from garage.domain.scope import Scope
from garage.domain.text import N_, Text

Say = Callable[[FactKind], tuple[Text, ...]]

ASKS = {
    YesNoSometimes.YES: N_("Yes: it asks for its code after a power loss."),
    YesNoSometimes.NO: N_("No: it does not ask after a power loss."),
    YesNoSometimes.SOMETIMES: N_("Sometimes: some of these radios ask, some do not."),
}
PAIRED = {
    YesNoSometimes.YES: N_("Yes: it compares its code with the one stored in the car."),
    YesNoSometimes.NO: N_("No: it does not know its car."),
    YesNoSometimes.SOMETIMES: N_("Sometimes: some of these radios compare their code with the car's."),
}
VIN_ALONE = {
    YesNoSometimes.YES: N_("The VIN alone is enough."),
    YesNoSometimes.NO: N_("The VIN alone is not enough: the dealer needs the radio's serial number."),
    YesNoSometimes.SOMETIMES: N_("The VIN alone is enough for some."),
}


def bounds(catalogue: Catalogue, scope: Scope) -> tuple[Text, ...]:
    """For which cars and radios only a fact holds; empty where it holds for the whole make."""
    said = []
    if scope.models:
        said.append(Text(N_("only %(names)s"), {"names": ", ".join(scope.models)}))
    if scope.radios:
        said.append(Text(N_("only radios %(names)s"), {"names": ", ".join(scope.radios)}))
    shapes = [family.name for name in scope.families if (family := catalogue.family(name))]
    if shapes:
        said.append(
            Text(N_("only with such a number: %(names)s"), {"names": tuple(Text(name) for name in shapes)})
        )
    if scope.year_from and scope.year_to:
        said.append(Text(N_("only %(first)d to %(last)d"), {"first": scope.year_from, "last": scope.year_to}))
    elif scope.year_from:
        said.append(Text(N_("only from %(year)d on"), {"year": scope.year_from}))
    elif scope.year_to:
        said.append(Text(N_("only up to %(year)d"), {"year": scope.year_to}))
    return tuple(said)


def _head(label: str) -> Text:
    """A name at the beginning of a line, ended like a sentence."""
    return Text(N_("%(name)s."), {"name": Text(label)})


def place(fact: PlaceFact) -> tuple[Text, ...]:
    """Where the number stands and what it takes to read it there."""
    said = [_head(fact.place.label)]
    if fact.without_removal is True:
        said.append(Text(N_("The radio stays in.")))
    elif fact.without_removal is False:
        said.append(Text(N_("The radio has to come out, its plug left in.")))
    if fact.risks_lock:
        said.append(Text(N_("Do not read it there: that can lock the radio.")))
    elif fact.only_afterwards:
        said.append(Text(N_("It can be read there only after the power was gone.")))
    elif fact.before_power_loss:
        said.append(Text(N_("It can be read before the battery comes off.")))
    return tuple(said)


def code(fact: CodeFact) -> tuple[Text, ...]:
    """How a code looks."""
    lengths = " / ".join(str(length) for length in fact.lengths)
    said = [Text(N_("The code has %(lengths)s digits."), {"lengths": lengths})]
    if fact.digits:
        said.append(
            Text(
                N_("Only digits from %(first)s to %(last)s occur."),
                {"first": min(fact.digits), "last": max(fact.digits)},
            )
        )
    return tuple(said)


def limit(fact: LimitFact) -> tuple[Text, ...]:
    """What wrong codes lead to."""
    said = []
    if fact.free_tries is not None:
        said.append(Text(N_("Wrong codes until it makes you wait: %(tries)d."), {"tries": fact.free_tries}))
    for wait in fact.waits:
        said.append(
            Text(
                N_("Wrong code %(tries)d: wait %(time)s."),
                {"tries": wait.after, "time": duration(wait.seconds)},
            )
        )
    if fact.permanent_after is not None:
        said.append(
            Text(N_("Wrong codes until it is locked for good: %(tries)d."), {"tries": fact.permanent_after})
        )
    if fact.must_stay_on:
        said.append(Text(N_("The wait runs only while the radio is switched on.")))
    return tuple(said)


def duration(seconds: int) -> Text:
    """A length of time in the unit that people would use."""
    if seconds < 60 or seconds % 60:
        return Text(N_("%(n)d s"), {"n": seconds})
    minutes = seconds // 60
    if minutes < 120 or minutes % 60:
        return Text(N_("%(n)d min"), {"n": minutes})
    hours = minutes // 60
    return Text(N_("%(n)d h"), {"n": hours})


def asks(fact: PowerLossFact) -> tuple[Text, ...]:
    """Whether a power loss calls for the code."""
    return (Text(ASKS[fact.asks]),)


def paired(fact: PairingFact) -> tuple[Text, ...]:
    """Whether the radio knows its car."""
    return (Text(PAIRED[fact.paired]),)


def dealer(fact: DealerFact) -> tuple[Text, ...]:
    """What a dealer wants and whom it helps."""
    said = []
    if fact.needs:
        needs = tuple(Text(need.label) for need in fact.needs)
        said.append(Text(N_("The dealer needs: %(needs)s."), {"needs": needs}))
    if fact.vin_alone is not None:
        said.append(Text(VIN_ALONE[fact.vin_alone]))
    if fact.owner_only:
        said.append(Text(N_("It answers only the owner of the car.")))
    if fact.remote_help is True:
        said.append(Text(N_("It helps by phone or mail.")))
    elif fact.remote_help is False:
        said.append(Text(N_("It does not help by phone or mail: somebody has to go there.")))
    return tuple(said)


def way(fact: WayFact) -> tuple[Text, ...]:
    """A way to a code: its name, what it needs, what it cost and how long it took."""
    said = [_head(fact.way.label)]
    if fact.needs:
        needs = tuple(Text(need.label) for need in fact.needs)
        said.append(Text(N_("Needs: %(needs)s."), {"needs": needs}))
    if fact.prices:
        said.append(Text(N_("Price found: %(prices)s."), {"prices": tuple(map(price, fact.prices))}))
    if time := _time_taken(fact):
        said.append(time)
    return tuple(said)


def _time_taken(fact: WayFact) -> Text | None:
    least, most = fact.least_minutes, fact.most_minutes
    if least is None and most is None:
        return None
    if least is not None and most is not None and least != most:
        return Text(
            N_("Takes %(least)s to %(most)s."), {"least": duration(least * 60), "most": duration(most * 60)}
        )
    return Text(N_("Takes about %(time)s."), {"time": duration((least or most or 0) * 60)})


def price(found: Price) -> Text:
    """A price as it was found, in its own currency and year."""
    if found.most == 0:
        return Text(N_("free"))
    amount = str(found.least) if found.least == found.most else f"{found.least}–{found.most}"
    if found.year is None:
        return Text(N_("%(amount)s %(currency)s"), {"amount": amount, "currency": found.currency})
    values = {"amount": amount, "currency": found.currency, "year": found.year}
    return Text(N_("%(amount)s %(currency)s (%(year)d)"), values)
