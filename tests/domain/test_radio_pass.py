"""What the card says."""

import pickle
from datetime import date

import pytest

from garage.domain.card import RadioPass
from garage.domain.key_sheet import key_from_lines, key_lines
from garage.domain.paper import KeySheet
from garage.domain.radio_pass import (
    ALPHABET,
    card_title,
    make_radio_pass,
    new_card_number,
    read_card_number,
    vin_tail,
)
from garage.domain.text import Refused, Text

KEY = bytes(range(32))


def a_pass(**changes: object) -> RadioPass:
    said: dict[str, object] = {
        "garage": "Garage Nord",
        "phone": "+49 30 5550 110",
        "radio_make": "VW",
        "radio_model": "RCD 310",
        "serial_number": "VWZ1Z2L6683621",
        "vin": "WVWZZZ1KZ9W123456",
        "card_number": "RP-7K3M9Q2X",
        "code": "0739",
    }
    return make_radio_pass(**(said | changes))  # type: ignore[arg-type]


def test_a_card_number_is_rp_and_eight_letters_nobody_confuses() -> None:
    number = new_card_number(b"\x00\x44\x32\x14\xc7")
    assert number.startswith("RP-")
    assert len(number) == 11
    assert set(number[3:]) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


def test_every_bit_of_chance_shows_in_the_card_number() -> None:
    assert new_card_number(b"\x00" * 5) == "RP-00000000"
    assert new_card_number(b"\xff" * 5) == "RP-ZZZZZZZZ"
    assert new_card_number(b"\x00\x00\x00\x00\x01") == "RP-00000001"


def test_a_card_number_typed_by_hand_is_found_again() -> None:
    assert read_card_number(" rp-7k3m 9q2x ") == "RP-7K3M9Q2X"
    assert read_card_number("RP7K3M-OQ2I") == "RP-7K3M0Q21"
    assert read_card_number("7K3M9Q2X") == "RP-7K3M9Q2X"


@pytest.mark.parametrize("typed", ["", "RP-", "RP-7K3M9Q2", "RP-7K3M9Q2XX", "RP-7K3M9Q2?"])
def test_what_cannot_be_a_card_number_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        read_card_number(typed)


def test_only_the_last_eight_of_the_vin_are_on_the_card() -> None:
    assert a_pass().vin_tail == "9W123456"
    assert vin_tail("12345") == "12345"


def test_no_code_stands_in_the_repr_of_a_card_or_a_key_sheet() -> None:
    assert "0739" not in repr(a_pass())
    sheet = KeySheet(garage="G", key_name="1", made_on=date(2026, 11, 21), lines=key_lines(KEY))
    assert sheet.lines[0] not in repr(sheet)


def test_no_name_vin_serial_or_code_stands_in_the_title() -> None:
    title = str(card_title(a_pass()))
    assert title == "Radio Pass RP-7K3M9Q2X"
    assert str(card_title(a_pass(code=None))) == "Radio number card RP-7K3M9Q2X"


def test_a_code_of_digits_says_so() -> None:
    assert a_pass(code="0739").digits_only
    assert not a_pass(code="07B9").digits_only
    assert not a_pass(code=None).digits_only


def test_a_card_without_a_code_never_claims_that_it_worked() -> None:
    card = a_pass(code="", worked_on=date(2026, 11, 21), leave_radio_on=True, entry_steps=(Text("x"),))
    assert card.code is None
    assert card.worked_on is None
    assert not card.leave_radio_on
    assert card.entry_steps == ()


def test_long_names_are_shortened_but_never_code_or_serial_number() -> None:
    card = a_pass(garage="G" * 400, radio_model="M" * 400, serial_number="S" * 26, code="1" * 12)
    assert len(card.garage) == 60
    assert card.garage.endswith("…")
    assert card.serial_number == "S" * 26
    assert card.code == "1" * 12
    with pytest.raises(Refused):
        a_pass(code="1" * 13)
    with pytest.raises(Refused):
        a_pass(serial_number="S" * 27)
    with pytest.raises(Refused):
        a_pass(serial_number="")


def test_what_a_paper_says_can_go_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(a_pass())) == a_pass()  # noqa: S301 - our own bytes


def test_the_key_comes_back_from_its_nine_lines() -> None:
    lines = key_lines(KEY)
    assert len(lines) == 9
    assert key_from_lines(lines) == KEY
    assert key_from_lines([line.lower().replace(" ", "-") for line in lines]) == KEY


def test_a_mistyped_line_of_the_key_sheet_is_named() -> None:
    lines = list(key_lines(KEY))
    lines[2] = ("8" if lines[2][0] != "8" else "9") + lines[2][1:]
    with pytest.raises(Refused) as refused:
        key_from_lines(lines)
    assert "Line 3" in str(refused.value.text)


def test_two_lines_of_the_key_sheet_changed_over_are_noticed() -> None:
    first, second, *rest = key_lines(KEY)
    with pytest.raises(Refused):
        key_from_lines([second, first, *rest])


@pytest.mark.parametrize(
    "lines", [(), key_lines(KEY)[:8], (*key_lines(KEY)[:8], "0000 0000"), ("7K3", *key_lines(KEY)[1:])]
)
def test_an_unfinished_key_sheet_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        key_from_lines(lines)
