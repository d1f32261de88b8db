"""What to tell people about this radio: before the battery, after it, where the number is, what a dealer needs."""

from garage.domain.catalogue import Catalogue, Confidence, Fact, YesNoSometimes
from garage.domain.fact_kinds import BatteryFact, DealerFact, EntryFact, PlaceFact, PowerLossFact
from garage.domain.scope import RadioInCar
from garage.domain.steps import CHARGER_FIRST, Step
from garage.domain.text import N_, Text, each_once
from garage.domain.vocabulary import Need, When

PLUG_LEFT_IN = Text(
    N_(
        "Slide the radio out with its plug left in. Pulling the plug locks it exactly like taking the battery off."
    )
)
NOTHING_SURE = Text(N_("We know nothing sure about this make: read the number, ask the dealer."))


def is_known(catalogue: Catalogue, make: str | None) -> bool:
    """Whether any sure enough fact names this make; else NOTHING_SURE is all there is to say."""
    name = catalogue.make_name(make)
    return name is not None and any(
        fact.usable and not fact.scope.market for fact in catalogue.of_make(Fact, name)
    )


def no_code_needed_hint(catalogue: Catalogue, asked: RadioInCar) -> Text | None:
    """Why "no code needed" may be proposed, or None.

    Only a well documented fact bound to models, radios or years says so; the make alone never does.
    """
    facts = catalogue.usable(PowerLossFact, asked)
    bound = [fact for fact in facts if _is_bound(fact)]
    if not bound or any(fact.asks is not YesNoSometimes.NO for fact in bound):
        return None
    if bound[0].confidence is not Confidence.HIGH:
        return None
    return Text(N_("The maker's papers say that this radio asks for no code after a power loss."))


def _is_bound(fact: Fact) -> bool:
    scope = fact.scope
    return bool(scope.makes) and bool(scope.models or scope.radios or scope.year_from)


def number_readable_only_afterwards(catalogue: Catalogue, asked: RadioInCar) -> bool:
    """Whether the number can be read only after the power was lost; False unless well documented.

    A label on the casing can be read before (radio out, plug in), so one such place is enough for False.
    """
    places = catalogue.about(PlaceFact, asked)
    sure = [place for place in places if place.only_afterwards and not place.flags]
    return any(place.confidence is Confidence.HIGH for place in sure) and all(
        place.only_afterwards for place in places
    )


def entry_steps(catalogue: Catalogue, asked: RadioInCar) -> tuple[Step, ...]:
    """How to enter a code on this radio; empty where we do not know it well enough for paper.

    Where two equally narrow facts differ we do not know which one holds: empty.
    """
    facts = catalogue.usable(EntryFact, asked)
    if not facts:
        return ()
    narrow = [fact for fact in facts if fact.scope.narrowness == facts[0].scope.narrowness]
    if len({fact.steps for fact in narrow}) > 1:
        return ()
    return narrow[0].steps


def before_battery(catalogue: Catalogue, asked: RadioInCar) -> tuple[Text, ...]:
    """What to mind before the battery comes off."""
    return _cares(catalogue, asked, When.BEFORE)


def after_power(catalogue: Catalogue, asked: RadioInCar) -> tuple[Text, ...]:
    """What to do when power is back. Always begins: charger, ignition, radio on, two minutes, look."""
    first = (*CHARGER_FIRST, Step("wait_minutes", (("minutes", 2),)), Step("look"))
    return (*(step.text() for step in first), *_cares(catalogue, asked, When.AFTER))


def _cares(catalogue: Catalogue, asked: RadioInCar, when: When) -> tuple[Text, ...]:
    cares = [
        care for fact in catalogue.usable(BatteryFact, asked) if fact.when is when for care in fact.cares
    ]
    return tuple(Text(care.label) for care in dict.fromkeys(cares))


def where_is_the_number(catalogue: Catalogue, asked: RadioInCar) -> tuple[Text, ...]:
    """Where the serial number is, easiest place first; ends with how to slide the radio out."""
    places = catalogue.usable(PlaceFact, asked)
    order = sorted(places, key=lambda fact: (not fact.without_removal, not fact.before_power_loss))
    said: list[Text] = []
    for fact in order:
        if fact.risks_lock or fact.only_afterwards:
            continue  # not a way to read it before the battery comes off
        said += [Text(fact.place.label), *(step.text() for step in fact.steps), *fact.remark()]
    return (*each_once(said), PLUG_LEFT_IN)


def what_the_dealer_needs(catalogue: Catalogue, asked: RadioInCar) -> tuple[Text, ...]:
    """What a dealer of this make wants, as names of things; VIN and serial number where nothing is known."""
    facts = catalogue.usable(DealerFact, asked)
    needs = next((fact.needs for fact in facts if fact.needs), (Need.SERIAL_NUMBER, Need.VIN, Need.OWNERSHIP))
    return tuple(Text(need.label) for need in needs)


def gives_codes_only_to_owner(catalogue: Catalogue, asked: RadioInCar) -> bool:
    """Whether this make's dealers answer only the owner, as far as a sure enough fact says."""
    facts = catalogue.usable(DealerFact, asked)
    return next((fact.owner_only for fact in facts if fact.owner_only is not None), False)
