"""The same person under two spellings, and two people who are not."""

import pytest

from garage.domain.same_person import beginnings, is_phone, perhaps_same, phone_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jo Hill", ""), ("Hill, Jo", "01632 960200")),
        (("Müller, Ute", ""), ("Ute Mueller", "")),
        (("Dvořák", ""), ("Dvorak", "01632 960111")),
        (("Jo Hill", "01632 960200"), ("Joanna Hill-Dale", "+44 1632 960200")),
        (("Jo Hill", "01632 960200"), ("Jo Hill", "01632 960999")),
        (("Kathrin Berger", ""), ("Katrin Berger", "")),
    ],
)
def test_perhaps_the_same(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert perhaps_same(*one, *other)
    assert perhaps_same(*other, *one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Jo Hill", ""), ("Ann Dale", "")),
        (("Kathrin Berger", "01632 960200"), ("Katrin Berger", "01632 960999")),
        (("Jo Hill", "200"), ("Ann Dale", "200")),
    ],
)
def test_not_the_same(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not perhaps_same(*one, *other)


def test_what_a_like_name_begins_with() -> None:
    assert beginnings("Dvořák, J. Anna") == ("an", "dv")
    assert is_phone("+44 (0)1632/96-0200")
    assert not is_phone("96 02")
    assert not is_phone("BP1234567")
    assert phone_key("+44 1632-960200") == phone_key("01632 960200") == "2960200"[-7:]
