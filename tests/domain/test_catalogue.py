"""The catalogue: names of makes, and facts that stay with the cars they were said of."""

import pickle
from dataclasses import replace

import pytest

from garage.domain.catalogue import Catalogue, Confidence, Flag, YesNoSometimes
from garage.domain.fact_kinds import CodeFact, LimitFact, PowerLossFact
from garage.domain.scope import RadioInCar, Scope


@pytest.mark.parametrize(
    ("typed", "make"),
    [
        ("vw", "Volkswagen"),
        ("VOLKSWAGEN", "Volkswagen"),
        ("Mercedes", "Mercedes-Benz"),
        ("mercedes benz", "Mercedes-Benz"),
        ("Citroën", "Citroen"),
        ("Škoda", "Skoda"),
        ("vauxhall", "Vauxhall"),
        ("landrover", "Land Rover"),
        ("alfa", "Alfa Romeo"),
        ("Trabant", None),
        ("", None),
        (None, None),
    ],
)
def test_a_make_answers_to_its_usual_names(catalogue: Catalogue, typed: str, make: str | None) -> None:
    assert catalogue.make_name(typed) == make


def test_the_catalogue_can_be_sent_to_another_process(catalogue: Catalogue) -> None:
    assert pickle.loads(pickle.dumps(catalogue)) == catalogue  # noqa: S301 (our own bytes)


def test_a_fact_of_one_model_never_spreads_to_others(catalogue: Catalogue) -> None:
    others = [RadioInCar("Peugeot"), RadioInCar("Peugeot", "5051"), RadioInCar("Citroen", "505")]
    assert any(fact.scope.models for fact in catalogue.about(CodeFact, RadioInCar("Peugeot", "505 GTI")))
    for other in others:
        assert not any(fact.scope.models for fact in catalogue.about(CodeFact, other))


@pytest.mark.parametrize(
    ("year", "known"), [(2008, False), (2009, True), (2011, True), (2012, False), (None, False)]
)
def test_a_fact_of_some_years_never_spreads_to_others(
    catalogue: Catalogue, year: int | None, known: bool
) -> None:
    facts = catalogue.about(LimitFact, RadioInCar("Acura", "TL", year))
    assert any(fact.id == "wrong_codes.acura-tl" for fact in facts) is known


def test_a_fact_of_another_market_is_known_but_never_used(catalogue: Catalogue) -> None:
    hyundai = RadioInCar("Hyundai")
    assert catalogue.about(CodeFact, hyundai)
    assert catalogue.usable(CodeFact, hyundai) == ()


@pytest.mark.parametrize("flag", list(Flag))
def test_a_flagged_fact_is_not_usable_however_sure_it_is(flag: Flag) -> None:
    fact = PowerLossFact(
        id="x",
        scope=Scope(makes=("Ford",)),
        confidence=Confidence.HIGH,
        sources=("SEED",),
        asks=YesNoSometimes.YES,
    )
    assert fact.usable
    assert not replace(fact, flags=(flag,)).usable
    assert not replace(fact, confidence=Confidence.LOW).usable
