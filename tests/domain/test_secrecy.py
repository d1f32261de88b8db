"""Codes are secrets."""

from itertools import product

import pytest

from garage.domain.secrecy import CodeView, check_may_see, refuse_code_in_note, refuse_known_code
from garage.domain.text import Refused


@pytest.mark.parametrize(
    "note",
    [
        "code 4711",
        "Radio code: 0739",
        "the code is 12345",
        "Code=123456",
        "Code lautet 4711",
        "PIN 0739 on the card",
        "Radiocode 4711",
        "kod 0739",
        "Código: 4711",
        "safety-nr. 4711",
    ],
)
def test_a_code_in_a_note_is_refused_without_repeating_it(note: str) -> None:
    with pytest.raises(Refused) as no:
        refuse_code_in_note(note)
    assert not any(word.isdigit() for word in str(no.value).split())


@pytest.mark.parametrize(
    "note",
    [
        "",
        "customer calls back at 1530",
        "code on file, worked in May",
        "no code needed",
        "has the card at home",
        "dealer asked for code; job 4711",
        "1998 model",
    ],
)
def test_a_harmless_note_passes(note: str) -> None:
    refuse_code_in_note(note)


def test_a_code_known_for_the_radio_is_refused_wherever_it_stands() -> None:
    with pytest.raises(Refused):
        refuse_code_in_note("he said 0739 I think", known=["0739"])
    refuse_code_in_note("call 07395", known=["0739"])


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("it was ab12c", "AB12C"),
        ("it was Ab 12-c, he said", "AB12C"),
        ("it was 93 04 17", "930417"),
        ("call 2, then 93-04-17", "930417"),
        ("0 7 3 9", "0739"),
        ("2024-05-02: 0739", "0739"),
    ],
)
def test_a_known_code_is_refused_however_it_is_written(note: str, code: str) -> None:
    with pytest.raises(Refused, match="radio code"):
        refuse_known_code(note, known=[code])


def test_a_row_of_digits_tries_no_more_codes_than_a_list_of_numbers() -> None:
    said = set()
    for digits in ("0 0 0 1 0 0 2 0 0 3", "1 1 1 0 7 3 9 2 2 2", "1 0739 1 1000"):
        with pytest.raises(Refused) as no:
            refuse_known_code(digits, known=["0739"])
        said.add(str(no.value))
    assert len(said) == 1


def test_a_day_is_no_code() -> None:
    refuse_known_code("seen on 2024-07-03 and 2024-06-11", known=["0703", "202407"])


def test_what_a_display_shows_is_no_code_unless_it_is_the_radios_own() -> None:
    refuse_known_code("CODE 1000", known=["0739"])
    with pytest.raises(Refused):
        refuse_known_code("0739", known=["0739"])


@pytest.mark.parametrize("between", [" ", ", ", "-", "/", "; "])
def test_a_list_of_numbers_is_refused_the_same_whether_the_code_is_in_it_or_not(between: str) -> None:
    said = set()
    for numbers in (["1000", "1001", "1002", "1003"], ["1000", "1001", "1002", "0739"]):
        with pytest.raises(Refused) as no:
            refuse_code_in_note(between.join(numbers), known=["0739"])
        said.add(str(no.value))
    assert len(said) == 1


@pytest.mark.parametrize(
    "note",
    [
        "call 01632 960 100 before 1530, car of 1998, at mile 93000",
        "+44 1632 960100 from 2024, was here in 2021 and 2022",
        "seen on 2024-05-02 and 2024-06-11",
    ],
)
def test_phone_numbers_and_years_are_no_list(note: str) -> None:
    refuse_code_in_note(note, known=["0739"])


def test_a_phone_number_is_no_hiding_place_for_the_code() -> None:
    with pytest.raises(Refused):
        refuse_known_code("0739 100 200", known=["0739"])


def allowed(view: CodeView) -> bool:
    """The rule as people say it."""
    if view.stopped or view.another_vehicle:
        return False
    if view.new_customer and not view.papers_seen:
        return False
    return view.in_open_job or (bool(view.reason) and view.fresh)


def every_view() -> list[CodeView]:
    flags = product([False, True], repeat=6)
    return [CodeView(*flag, reason=reason) for flag in flags for reason in ("", "asked by the owner")]  # type: ignore[misc]


@pytest.mark.parametrize("view", every_view())
def test_who_may_see_a_code(view: CodeView) -> None:
    if allowed(view):
        check_may_see(view)
    else:
        with pytest.raises(Refused):
            check_may_see(view)


SEEN = CodeView(
    stopped=False,
    another_vehicle=False,
    new_customer=False,
    papers_seen=False,
    in_open_job=True,
    fresh=False,
    reason="",
)


def test_inside_an_open_job_the_job_is_the_reason() -> None:
    check_may_see(SEEN)


def test_a_blank_reason_is_none() -> None:
    with pytest.raises(Refused, match="Write the reason"):
        check_may_see(CodeView(False, False, False, False, False, True, reason="  "))


def test_outside_a_job_a_password_is_typed_once_more() -> None:
    with pytest.raises(Refused, match="Type your password"):
        check_may_see(CodeView(False, False, False, False, False, False, reason="stolen car, police asked"))
