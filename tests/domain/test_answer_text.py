"""Finding the code in a pasted answer, and cutting it out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garage.domain.answer_text import MOST_FOUND, codes_in, cut_out
from garage.domain.code_shape import CodeShape
from garage.domain.secrecy import MASK

FOUR = CodeShape((4,))
NEVER = ("142-7", "TMBZZZ6Y000000001", "SKZ1Z2A0123456", "1K0 035 186 AA", "+49 30 5550110", "01632 960300")
CODES = st.from_regex(r"[0-9]{4}", fullmatch=True)


def found(text, shape=FOUR, never=NEVER):
    return [one.code for one in codes_in(text, shape, never)]


@pytest.mark.parametrize(
    "text",
    [
        "Hello, the code is 0831. Regards",
        "Der Code lautet: 0831",
        "Radiocode 0831",
        "code\n\n0831\n",
        "0831 is the code for your radio",
        "Code: 0 8 3 1",
        "CODE=08-31",
        "Kod: 0831.",
        "il codice è 0831",
        "0831",
        "Sehr geehrte Damen und Herren,\n\n  0831\n\nMfG",
        "Ref 142-7, VIN TMBZZZ6Y000000001, serial SKZ1Z2A0123456: code 0831, phone 01632 960300",
        "Serial SKZ 1Z2 A0123456 code 0831 (fee 25.00 EUR, sent 02.03.2026 10:30)",
        "> your reference 142-7\nPIN 0831\n+49 30 5550 110",
    ],
)
def test_the_code_is_found_first(text):
    assert found(text)[:1] == ["0831"]


@pytest.mark.parametrize(
    "text",
    [
        "We have no record of this radio. Our reference 5512.",
        "Your reference 9003-6, the code comes later",
        "Your reference 142-7 and the code will follow",
        "code for SKZ1Z2A0123456 please wait",
        "The code costs 2500 EUR or £ 1200",
        "The code comes on 12.03.2026 at 10:30",
        "Call 01632 960300 for the code",
        "codes@dealer1234.example code https://dealer.example/1234",
        "",
    ],
)
def test_what_is_something_else_is_never_taken_for_the_code(text):
    assert found(text) == []


def test_a_number_that_fits_goes_before_one_that_does_not():
    assert found("code of the RCD310: 083144 or 0831") == ["0831", "083144", "RCD310"]


def test_without_knowing_the_shape_a_short_number_alone_may_be_it():
    assert found("Hello\n08314\nBye", CodeShape()) == ["08314"]
    assert found("Hello\n08314\nBye", FOUR) == []


def test_a_long_list_of_numbers_shows_a_few():
    text = "code " + " ".join(f"{number:05d}" for number in range(7000, 7012))
    assert len(found(text, CodeShape())) <= MOST_FOUND


@pytest.mark.parametrize("text", ["code 0831", "code 08 31!", "0-8-3-1", "it is\n0831"])
def test_the_code_is_cut_out_however_it_is_spaced(text):
    assert MASK in cut_out(text, ["0831"])
    assert "0831" not in re.sub(r"[\s-]", "", cut_out(text, ["0831"]))


def test_a_longer_number_that_holds_the_code_stays():
    assert cut_out("phone 083155512", ["0831"]) == "phone 083155512"


@given(st.text(max_size=300), CODES, st.text(max_size=300))
def test_no_text_is_too_odd_and_nothing_found_is_left_in_it(before, code, after):
    text = f"{before} code {code} {after}"
    codes = {one.code for one in codes_in(text, FOUR, NEVER)} | {code}
    kept = cut_out(text, codes)
    assert not any(re.search(rf"(?<![0-9A-Za-z]){one}(?![0-9A-Za-z])", kept, re.IGNORECASE) for one in codes)


@given(CODES)
def test_a_code_after_its_word_is_always_found(code):
    assert code in found(f"Good morning\nthe code is {code}\nBye", never=())


@pytest.mark.parametrize(
    "hostile", ["code " * 4000, "1 " * 10_000, "code 1-1-1-1-1" * 1400, "(" * 20_000, "0831-" * 4000]
)
def test_hostile_texts_are_read_in_a_moment(hostile):
    cut_out(hostile, [one.code for one in codes_in(hostile, FOUR, NEVER)])
