"""Ways to a code: what applies to this radio, cheapest trouble first."""

import pytest

from garage.domain.catalogue import Catalogue
from garage.domain.scope import RadioInCar
from garage.domain.vocabulary import Need, Way
from garage.domain.ways import price_warning, ways_to_a_code


def ways(catalogue: Catalogue, make: str | None, **about: object) -> list[Way]:
    return [answer.way for answer in ways_to_a_code(catalogue, RadioInCar(make, **about))]  # type: ignore[arg-type]


def test_card_and_dealer_come_first(catalogue: Catalogue) -> None:
    assert ways(catalogue, "Kia") == [Way.CARD, Way.DEALER, Way.CUSTOMER, Way.SPECIALIST]


def test_where_the_dealer_answers_only_the_owner_the_customer_goes_first(catalogue: Catalogue) -> None:
    found = ways(catalogue, "Jaguar")
    assert found.index(Way.CUSTOMER) < found.index(Way.DEALER)


@pytest.mark.parametrize(
    ("make", "families", "offered"),
    [
        ("Renault", ("RENAULT_LABEL",), True),
        ("Dacia", ("RENAULT_PRECODE",), True),
        ("Ford", ("FORD_MV",), True),
        ("Ford", ("FORD_OLD",), False),
        ("Peugeot", ("RENAULT_LABEL",), False),
        ("Renault", (), False),
        ("Volkswagen", ("VAG_14",), False),
        (None, ("RENAULT_LABEL",), False),
    ],
)
def test_a_calculation_is_offered_for_the_two_verified_families_only(
    catalogue: Catalogue, make: str | None, families: tuple[str, ...], offered: bool
) -> None:
    assert (Way.CALCULATOR in ways(catalogue, make, families=families)) is offered


def test_a_calculation_needs_a_job(catalogue: Catalogue) -> None:
    last = ways_to_a_code(catalogue, RadioInCar("Ford", families=("FORD_MV",)))[-1]
    assert last.way is Way.CALCULATOR
    assert Need.JOB in last.needs


def test_a_tool_is_named_only_for_the_radios_it_reads(catalogue: Catalogue) -> None:
    assert Way.DIAGNOSTIC not in ways(catalogue, "VW")
    assert Way.DIAGNOSTIC in ways(catalogue, "VW", radio="Premium 4")


def test_a_price_keeps_its_currency_and_its_make(catalogue: Catalogue) -> None:
    dealer = {answer.way: answer for answer in ways_to_a_code(catalogue, RadioInCar("Skoda"))}[Way.DEALER]
    assert [(price.least, price.most, price.currency) for price in dealer.prices] == [(30, 45, "GBP")]


def test_a_price_above_the_value_is_said_plainly() -> None:
    assert price_warning(5000, 5000) is None
    assert "more than the radio is worth" in str(price_warning(5001, 5000))
