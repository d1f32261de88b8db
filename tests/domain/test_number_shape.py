"""Shapes of numbers as people write them."""

import pytest

from garage.domain.number_shape import shape_pattern


@pytest.mark.parametrize(
    ("shape", "number", "fits"),
    [
        ("BP####?#######", "BP9475A2784083", True),
        ("BP####?#######", "BP947532784083", True),
        ("BP####?#######", "BP94753278408", False),
        ("@###", "S053", True),
        ("@###", "5053", False),
        ("AB/##", "AB/12", True),
    ],
)
def test_each_sign_stands_for_what_it_says(shape: str, number: str, fits: bool) -> None:
    assert (shape_pattern([shape]).fullmatch(number) is not None) is fits


def test_one_of_several_shapes_is_enough() -> None:
    pattern = shape_pattern(["M######", "V######"])
    assert pattern.fullmatch("V103673")
    assert not pattern.fullmatch("M1036731")


@pytest.mark.parametrize("shapes", [[], [""], ["(A+)+B"], ["ab##"], ["#" * 25], ["#"]])
def test_what_is_no_shape_is_refused(shapes: list[str]) -> None:
    with pytest.raises(ValueError, match="shape"):
        shape_pattern(shapes)
