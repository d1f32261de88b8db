"""Wrong codes: what is known is told, what is unknown stays unknown, every wait is a safe one."""

from dataclasses import replace

import pytest

from garage.domain.catalogue import Catalogue, Confidence
from garage.domain.fact_kinds import LimitFact, Wait
from garage.domain.lock_out import TryLimit, try_limit, waiting_steps
from garage.domain.scope import RadioInCar


def test_volkswagen_takes_two_codes_and_nobody_knows_when_it_locks_for_good(catalogue: Catalogue) -> None:
    limit = try_limit(catalogue, RadioInCar("VW", families=("VAG_14",)))
    assert (limit.free_tries, limit.permanent_after, limit.wait) == (2, None, (Wait(2, 3600),))
    assert limit.confidence is Confidence.MEDIUM
    assert "unknown" in str(limit.text())


def test_the_lock_for_good_is_said_first(catalogue: Catalogue) -> None:
    assert try_limit(catalogue, RadioInCar("Opel")).permanent_after == 10
    assert try_limit(catalogue, RadioInCar("Nissan")).permanent_after == 24
    assert "Locked for good after 10" in str(try_limit(catalogue, RadioInCar("Ford")).text())


@pytest.mark.parametrize("make", ["Kia", "Chrysler", "Suzuki", "Mazda", "Skoda", "Citroen", None])
def test_what_nobody_reported_is_unknown_and_never_none(catalogue: Catalogue, make: str | None) -> None:
    limit = try_limit(catalogue, RadioInCar(make))
    assert limit == TryLimit()
    assert "Limit unknown" in str(limit.text())


def test_a_handbook_of_one_radio_speaks_for_that_radio_only(catalogue: Catalogue) -> None:
    assert try_limit(catalogue, RadioInCar("BMW")).permanent_after is None
    assert try_limit(catalogue, RadioInCar("BMW", radio="Bavaria C Reverse RDS")).permanent_after == 19


def test_the_family_of_the_number_narrows_the_limit(catalogue: Catalogue) -> None:
    assert try_limit(catalogue, RadioInCar("Fiat")).free_tries is None
    assert try_limit(catalogue, RadioInCar("Fiat", families=("BLAUPUNKT_14",))).free_tries == 3


def test_no_flagged_or_low_fact_reaches_a_limit(catalogue: Catalogue) -> None:
    left_out = [fact for fact in catalogue.facts if isinstance(fact, LimitFact) and not fact.usable]
    without = replace(catalogue, facts=tuple(fact for fact in catalogue.facts if fact not in left_out))
    assert left_out
    for scope in (fact.scope for fact in left_out):
        model, radio = " ".join(scope.models[:1]), " ".join(scope.radios[:1])
        for make in scope.makes:
            asked = RadioInCar(make, model, scope.year_from, radio, scope.families[:1])
            assert try_limit(catalogue, asked) == try_limit(without, asked)


def test_that_the_radio_must_stay_on_is_said_only_where_it_is_known(catalogue: Catalogue) -> None:
    assert try_limit(catalogue, RadioInCar("Ford")).must_stay_on
    assert try_limit(catalogue, RadioInCar("Renault")).must_stay_on
    assert try_limit(catalogue, RadioInCar("Kia")).must_stay_on is None
    assert not try_limit(catalogue, RadioInCar("Grundig", radio="WKC 5100")).must_stay_on


@pytest.mark.parametrize(
    ("make", "tries", "said"),
    [
        ("Renault", 2, "Wait 2 minutes."),
        ("Opel", 1, "Wait 10 seconds."),
        ("VW", None, "Wait 60 minutes."),
        ("VW", 2, "Wait 60 minutes."),
    ],
)
def test_a_known_wait_is_said(catalogue: Catalogue, make: str, tries: int | None, said: str) -> None:
    assert said in [str(step.text()) for step in waiting_steps(try_limit(catalogue, RadioInCar(make)), tries)]


@pytest.mark.parametrize("make", ["VW", "Ford", "Fiat", "Kia", None])
def test_every_wait_is_a_safe_one(catalogue: Catalogue, make: str | None) -> None:
    names = [
        step.name
        for step in waiting_steps(try_limit(catalogue, RadioInCar(make, families=("BLAUPUNKT_14",))), 3)
    ]
    assert names[:3] == ["connect_charger", "ignition_on", "radio_on"]
    assert names[-3:] == ["on_again", "flat_restarts", "no_engine_indoors"]
