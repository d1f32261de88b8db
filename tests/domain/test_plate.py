"""Registrations and names are found however they are spelled."""

import pytest

from garage.domain.plate import folded, plate_key, plate_shown


@pytest.mark.parametrize("typed", ["KA-AB 123", "ka ab 123", " KA AB-123 ", "kaab123"])
def test_a_plate_is_the_same_plate_however_it_is_typed(typed: str) -> None:
    assert plate_key(typed) == "KAAB123"


def test_a_plate_is_shown_as_it_is_written_on_the_car() -> None:
    assert plate_shown(" ka-ab   123 ") == "KA-AB 123"


@pytest.mark.parametrize(
    ("typed", "key"),
    [("Dvořák", "dvorak"), ("Łukasz", "lukasz"), ("Groß, Søren", "grosssoren"), ("0170 / 12-3", "0170123")],
)
def test_names_are_found_without_accents_spaces_and_dashes(typed: str, key: str) -> None:
    assert folded(typed) == key
