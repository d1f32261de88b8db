"""Passwords and names: what is taken, what is refused, and with which words."""

import pytest

from garage.domain.text import Refused
from garage.domain.typed import printable_line
from garage.staff.names import propose_sign_in_name, read_initials, read_sign_in_name
from garage.staff.passwords import check_password, hash_password, is_right


def test_a_long_plain_password_is_taken() -> None:
    check_password("three wet garage dogs")
    check_password("  aä 1ß €x")


@pytest.mark.parametrize(
    "password",
    ["short", "123456789", "1234567890", "Password123", "aaaaaaaaaaaa", "1212121212", "ada.marsh.1"],
)
def test_what_anybody_would_guess_is_refused(password: str) -> None:
    with pytest.raises(Refused):
        check_password(password, sign_in_name="ada.marsh.1")


def test_only_the_right_password_fits_its_hash() -> None:
    stored = hash_password("three wet garage dogs")
    assert "dogs" not in stored
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_right("three wet garage dogs", stored)
    assert not is_right("Three wet garage dogs", stored)


def test_nobody_has_no_right_password() -> None:
    assert not is_right("", None)
    assert not is_right("three wet garage dogs", None)
    assert not is_right("three wet garage dogs", "not a hash")


def test_letters_composed_differently_are_the_same_password() -> None:
    assert is_right("scho\u0308ne gruene hunde", hash_password("sch\u00f6ne gruene hunde"))


def test_initials_come_from_the_name_when_none_are_typed() -> None:
    assert read_initials("", "Ada Marsh") == "AM"
    assert read_initials("", "Jürgen von der Österheide") == "JVD"
    assert read_initials("am", "Ada Marsh") == "AM"


@pytest.mark.parametrize("typed", ["A1", "ADAMS", "A M", "."])
def test_initials_are_one_to_four_letters(typed: str) -> None:
    with pytest.raises(Refused):
        read_initials(typed, "Ada Marsh")


def test_a_sign_in_name_is_kept_in_small_letters() -> None:
    assert read_sign_in_name("Ada.Marsh") == "ada.marsh"


def test_a_name_that_cannot_be_typed_everywhere_is_refused_with_the_likely_one() -> None:
    with pytest.raises(Refused, match="juergen"):
        read_sign_in_name("Jürgen")
    with pytest.raises(Refused, match="two letters"):
        read_sign_in_name("x")
    assert propose_sign_in_name("Łukasz Nowak") == "lukasz"


def test_signs_that_cannot_be_printed_are_refused() -> None:
    assert printable_line("12 Bridge Street\r\nNewtown", lines=True) == "12 Bridge Street\nNewtown"
    for text in ("a\x00b", "a\x1bb", "a\nb"):
        with pytest.raises(Refused):
            printable_line(text)
