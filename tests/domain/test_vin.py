"""The VIN as people type it and scanners read it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.text import Refused
from garage.domain.vin import read_chassis_number, read_vin

GOLF = "WVWZZZ1JZXW000001"
BUS = "1M8GDM9AXKP042788"  # an example with a right check digit


@pytest.mark.parametrize(
    "typed",
    [GOLF, GOLF.lower(), f"*{GOLF}*", f"I{GOLF}", f" {GOLF[:3]} {GOLF[3:9]}-{GOLF[9:]} ", f"* I{GOLF} *"],
)
def test_a_vin_is_read_however_it_was_typed_or_scanned(typed: str) -> None:
    vin = read_vin(typed)
    assert (vin.text, vin.wmi, vin.warnings) == (GOLF, "WVW", ())


@pytest.mark.parametrize(
    ("typed", "likely"),
    [("WVWZZZIJZXWOOOOO1", GOLF[:-5] + "00001"), ("WVWZZZQJZXW000001", "WVWZZZ0JZXW000001")],
)
def test_i_o_and_q_are_refused_with_the_likely_reading(typed: str, likely: str) -> None:
    with pytest.raises(Refused, match=likely):
        read_vin(typed)


@pytest.mark.parametrize("typed", ["", GOLF[:-1], GOLF + "2", "X" + GOLF, "WVW"])
def test_a_wrong_length_is_refused_with_the_length(typed: str) -> None:
    with pytest.raises(Refused, match=f"this one has {len(typed)}"):
        read_vin(typed)


@pytest.mark.parametrize("strange", ["WVWZZZ1JZXW00000!", "WVWZZZ1JZXW00000É", "WVWZZZ1JZXW00000٣"])
def test_other_characters_are_refused_by_name(strange: str) -> None:
    with pytest.raises(Refused, match=strange[-1]):
        read_vin(strange)


def test_the_check_digit_only_warns_and_only_for_north_america() -> None:
    assert read_vin(BUS).warnings == ()
    assert len(read_vin(BUS[:-1] + "9").warnings) == 1
    assert read_vin(GOLF[:-1] + "9").warnings == ()


def test_an_older_chassis_number_needs_a_reason() -> None:
    assert read_chassis_number(" 113 2002 444 ", "built in 1972") == "1132002444"
    with pytest.raises(Refused, match="Write why"):
        read_chassis_number("1132002444", " ")
    for text in ("123", GOLF, "A B?C", ""):
        with pytest.raises(Refused):
            read_chassis_number(text, "built in 1972")


@settings(max_examples=200)
@given(st.text())
def test_whatever_text_comes_in_a_vin_is_read_or_refused(text: str) -> None:
    try:
        vin = read_vin(text)
    except Refused:
        return
    assert read_vin(vin.text).text == vin.text


@settings(max_examples=200)
@given(st.text(), st.text())
def test_whatever_text_comes_in_a_chassis_number_is_read_or_refused(text: str, reason: str) -> None:
    try:
        number = read_chassis_number(text, reason)
    except Refused:
        return
    assert read_chassis_number(number, reason) == number
