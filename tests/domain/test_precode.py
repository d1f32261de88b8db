"""The two verified calculations, over their whole range."""

from contextlib import suppress
from itertools import product
from string import ascii_uppercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.precode import FORD_SQUARE, ford_m_code, renault_code
from garage.domain.text import Refused

DIGITS = "0123456789"


@pytest.mark.parametrize(
    ("precode", "code"),
    [
        ("S053", "7913"),
        ("V188", "4839"),
        ("Q420", "9588"),
        ("A123", "0086"),
        ("B456", "0709"),
        ("Z999", "0060"),
        ("A199", "0000"),
        (" s053 ", "7913"),
    ],
)
def test_a_renault_pre_code_gives_its_code(precode: str, code: str) -> None:
    assert renault_code(precode) == code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("M763412", "9174"),
        ("M000000", "1558"),
        ("M123456", "2487"),
        ("M471749", "5688"),
        ("M191099", "4634"),
        ("m0763412", "9174"),
    ],
)
def test_a_ford_number_gives_its_code(number: str, code: str) -> None:
    assert ford_m_code(number) == code


def test_every_valid_pre_code_gives_four_digits() -> None:
    codes, refused = [], []
    for letter, *digits in product(ascii_uppercase, DIGITS, DIGITS, DIGITS):
        try:
            codes.append(renault_code(letter + "".join(digits)))
        except Refused:
            refused.append(letter + "".join(digits))
    assert len(codes) == 25_900
    assert refused == [f"A0{number:02d}" for number in range(100)]
    assert all(len(code) == 4 and code.isdecimal() for code in codes)
    assert sum(code.startswith("0") for code in codes) == 5_800
    assert len(set(codes)) == 10_000


def test_the_ford_square_holds_each_digit_once_in_every_row_and_column() -> None:
    for line in (*FORD_SQUARE, *map("".join, zip(*FORD_SQUARE, strict=True))):
        assert sorted(line) == list(DIGITS)


def test_all_ford_numbers_together_give_9840_codes() -> None:
    codes = {ford_m_code(f"M{number:06d}") for number in range(1_000_000)}
    assert len(codes) == 9_840
    assert all(len(code) == 4 and code.isdecimal() for code in codes)


@pytest.mark.parametrize(
    "text",
    ["A000", "A099", "S05", "S0533", "", "0053", "SS53", "S05٣", "T0G62", "TG6233", "S053\n0"],
)
def test_any_other_pre_code_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        renault_code(text)


@pytest.mark.parametrize("label", ["TS053", "T0S053"])
def test_the_t_of_a_label_is_asked_about_and_never_taken_away(label: str) -> None:
    with pytest.raises(Refused, match="S053"):
        renault_code(label)
    assert renault_code("T903") != ""


@pytest.mark.parametrize(
    "text",
    ["V763412", "C820191", "50702000", "m87042", "M1763412", "M00763412", "", "M76341٣", "FDMCAICV005067"],
)
def test_any_other_ford_number_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        ford_m_code(text)


@settings(max_examples=200)
@given(st.text())
def test_whatever_text_comes_in_there_is_a_code_or_a_refusal(text: str) -> None:
    for calculate in (renault_code, ford_m_code):
        with suppress(Refused):
            assert len(calculate(text)) == 4
