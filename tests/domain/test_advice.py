"""What people are told: only what is sure, and in the order that harms nothing."""

from dataclasses import replace

import pytest

from garage.domain.advice import (
    PLUG_LEFT_IN,
    after_power,
    before_battery,
    entry_steps,
    gives_codes_only_to_owner,
    no_code_needed_hint,
    number_readable_only_afterwards,
    what_the_dealer_needs,
    where_is_the_number,
)
from garage.domain.catalogue import Catalogue, Confidence, YesNoSometimes
from garage.domain.fact_kinds import EntryFact, PlaceFact, PowerLossFact
from garage.domain.scope import RadioInCar, Scope
from garage.domain.vocabulary import NumberPlace

OCTAVIA_2012 = PowerLossFact(
    id="test.no",
    scope=Scope(makes=("Skoda",), models=("Octavia",), year_from=2012, year_to=2014),
    confidence=Confidence.HIGH,
    sources=("SKODA-MAN",),
    asks=YesNoSometimes.NO,
)


def knowing(catalogue: Catalogue, *facts: object) -> Catalogue:
    return replace(catalogue, facts=(*catalogue.facts, *facts))  # type: ignore[arg-type]


def test_no_code_needed_never_follows_from_the_make_alone(catalogue: Catalogue) -> None:
    whole_make = replace(OCTAVIA_2012, scope=Scope(makes=("Skoda",)))
    assert no_code_needed_hint(knowing(catalogue, whole_make), RadioInCar("Skoda", "Octavia", 2013)) is None
    assert all(no_code_needed_hint(catalogue, RadioInCar(make.name)) is None for make in catalogue.makes)


def test_no_code_needed_is_proposed_where_a_sure_fact_names_model_and_years(catalogue: Catalogue) -> None:
    known = knowing(catalogue, OCTAVIA_2012)
    assert no_code_needed_hint(known, RadioInCar("Skoda", "Octavia", 2013)) is not None
    assert no_code_needed_hint(known, RadioInCar("Skoda", "Octavia", 2015)) is None
    assert no_code_needed_hint(known, RadioInCar("Skoda", "Octavia")) is None
    assert no_code_needed_hint(known, RadioInCar("Skoda", "Fabia", 2013)) is None


def test_a_middling_or_contradicted_fact_proposes_nothing(catalogue: Catalogue) -> None:
    middling = replace(OCTAVIA_2012, confidence=Confidence.MEDIUM)
    against = replace(OCTAVIA_2012, id="test.yes", asks=YesNoSometimes.YES)
    assert no_code_needed_hint(knowing(catalogue, middling), RadioInCar("Skoda", "Octavia", 2013)) is None
    assert (
        no_code_needed_hint(knowing(catalogue, OCTAVIA_2012, against), RadioInCar("Skoda", "Octavia", 2013))
        is None
    )


def test_no_number_is_readable_only_afterwards_as_long_as_a_label_can_be_reached(
    catalogue: Catalogue,
) -> None:
    assert not any(
        number_readable_only_afterwards(catalogue, RadioInCar(make.name)) for make in catalogue.makes
    )
    screen = PlaceFact(
        id="test.screen",
        scope=Scope(makes=("Kia",), models=("Picanto",)),
        confidence=Confidence.HIGH,
        sources=("SEED",),
        place=NumberPlace.DISPLAY,
        only_afterwards=True,
    )
    assert number_readable_only_afterwards(knowing(catalogue, screen), RadioInCar("Kia", "Picanto"))
    low = replace(screen, confidence=Confidence.MEDIUM)
    assert not number_readable_only_afterwards(knowing(catalogue, low), RadioInCar("Kia", "Picanto"))


def test_entry_steps_come_from_sure_facts_only(catalogue: Catalogue) -> None:
    steps = entry_steps(catalogue, RadioInCar("Ford", radio="6000CD RDS EON"))
    assert [str(step.text()) for step in steps][-1] == "Press 5."
    assert entry_steps(catalogue, RadioInCar("Ford")) == ()
    for make in ("Volkswagen", "BMW", "Nissan", "Fiat", "Chrysler", "Volvo", "Kia", None):
        assert entry_steps(catalogue, RadioInCar(make)) == ()


def test_two_ways_to_enter_a_code_are_no_way(catalogue: Catalogue) -> None:
    other = EntryFact(
        id="test.entry",
        scope=Scope(makes=("Audi",)),
        confidence=Confidence.HIGH,
        sources=("TTF",),
        steps=(),
    )
    assert entry_steps(catalogue, RadioInCar("Audi"))
    assert entry_steps(knowing(catalogue, other), RadioInCar("Audi")) == ()


@pytest.mark.parametrize("make", ["Volkswagen", "Kia", "BMW", None])
def test_after_power_is_back_everybody_waits_two_minutes_first(
    catalogue: Catalogue, make: str | None
) -> None:
    said = [str(text) for text in after_power(catalogue, RadioInCar(make))]
    assert said[:5] == [
        "Connect a charger first.",
        "Switch the ignition on.",
        "Switch the radio on.",
        "Wait 2 minutes.",
        "Look at the display.",
    ]


def test_opposite_rules_stay_with_their_models(catalogue: Catalogue) -> None:
    assert any("3 minutes" in str(text) for text in before_battery(catalogue, RadioInCar("Citroen", "C8")))
    for make in ("Citroen", "Peugeot", "Opel"):
        said = " ".join(str(text) for text in before_battery(catalogue, RadioInCar(make, "C3")))
        assert "3 minutes" not in said
        assert "15 seconds" not in said
    assert "15 seconds" not in " ".join(map(str, before_battery(catalogue, RadioInCar("Opel", "Crossland"))))


def test_a_new_battery_is_registered_on_a_bmw(catalogue: Catalogue) -> None:
    assert any("Register" in str(text) for text in after_power(catalogue, RadioInCar("BMW")))
    assert not any("Register" in str(text) for text in after_power(catalogue, RadioInCar("Ford")))


def test_every_answer_about_the_number_ends_with_the_plug_left_in(catalogue: Catalogue) -> None:
    for make in catalogue.makes:
        assert where_is_the_number(catalogue, RadioInCar(make.name))[-1] == PLUG_LEFT_IN


def test_a_way_to_read_the_number_never_costs_tries(catalogue: Catalogue) -> None:
    nissan = " ".join(map(str, where_is_the_number(catalogue, RadioInCar("Nissan"))))
    assert "wrong codes" not in nissan
    honda = " ".join(map(str, where_is_the_number(catalogue, RadioInCar("Honda"))))
    assert "COdE" not in honda  # works only when it is locked already


def test_the_easiest_place_comes_first(catalogue: Catalogue) -> None:
    assert "tester" in str(where_is_the_number(catalogue, RadioInCar("VW"))[0])
    assert "papers" in str(where_is_the_number(catalogue, RadioInCar("Opel"))[0])


def test_the_dealer_is_told_what_it_needs(catalogue: Catalogue) -> None:
    assert [str(need) for need in what_the_dealer_needs(catalogue, RadioInCar("VW"))] == [
        "the radio's serial number",
        "the VIN",
    ]
    assert "the VIN" in [str(need) for need in what_the_dealer_needs(catalogue, RadioInCar("Kia"))]
    assert gives_codes_only_to_owner(catalogue, RadioInCar("Jaguar"))
    assert not gives_codes_only_to_owner(catalogue, RadioInCar("VW"))
