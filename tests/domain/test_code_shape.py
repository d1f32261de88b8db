"""How a code looks, and the questions that an odd one raises."""

import pytest

from garage.domain.catalogue import Catalogue
from garage.domain.code_shape import CodeShape, code_shape, doubts
from garage.domain.scope import RadioInCar


@pytest.mark.parametrize(
    ("make", "lengths", "digits"),
    [
        ("VW", (4,), ""),
        ("Honda", (5,), "123456"),
        ("BMW", (4, 5), "123456"),
        ("Mercedes", (4, 5), ""),
        ("Chrysler", (), ""),  # sources disagree: 4 or 5
        ("Kia", (), ""),
        (None, (), ""),
    ],
)
def test_the_shape_of_a_code_is_what_sure_facts_say(
    catalogue: Catalogue, make: str | None, lengths: tuple[int, ...], digits: str
) -> None:
    assert code_shape(catalogue, RadioInCar(make)) == CodeShape(lengths, digits)


def test_a_model_with_a_rule_of_its_own_has_only_that_rule(catalogue: Catalogue) -> None:
    assert code_shape(catalogue, RadioInCar("Peugeot", "505")) == CodeShape((5,), "12345")
    assert code_shape(catalogue, RadioInCar("Peugeot", "306")).lengths == (4,)


def test_where_nothing_is_known_no_code_is_odd() -> None:
    assert doubts("1234567", CodeShape()) == ()


def test_a_code_that_fits_is_not_questioned() -> None:
    assert doubts(" 1234 ", CodeShape((4, 5), "123456")) == ()


def test_an_odd_code_is_questioned_without_saying_it() -> None:
    asked = doubts("98765", CodeShape((4,), "123456"))
    assert len(asked) == 2
    assert not any("98765" in str(question) for question in asked)
    assert "4 digits" in str(asked[0])


def test_a_code_with_letters_is_questioned() -> None:
    assert "not all digits" in str(doubts("12A4", CodeShape((4,)))[0])
