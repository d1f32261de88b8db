"""Serial numbers: one spelling, the shapes that fit, and what people really do wrong."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.catalogue import Catalogue
from garage.domain.look_alikes import readings
from garage.domain.serial_number import identify, normalise, whole_families

EXAMPLES = [
    json.loads(line) for line in (Path(__file__).parent / "serial_examples.jsonl").read_text().splitlines()
]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("skzaz8c 1913984", "SKZAZ8C1913984"),
        ("AL 2199 X 02 83410", "AL2199X0283410"),
        ("VWZ1Z2-L6.683621", "VWZ1Z2L6683621"),
        ("815BP632232924563", "BP632232924563"),
        ("014 VWZ1Z2L6683621", "VWZ1Z2L6683621"),
        ("U1234 L5678", "12345678"),
        ("L5678/U1234", "12345678"),
        ("# bp027319932259,", "BP027319932259"),
        ("81512345", "81512345"),
        ("22RC200/65", "22RC200/65"),
    ],
)
def test_a_number_has_one_spelling(typed: str, number: str) -> None:
    assert normalise(typed) == number


@settings(max_examples=200)
@given(st.one_of(st.text(), st.text("UL0123456789815BPCMVWZ .-#/", max_size=25)))
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["serial"])
def test_every_known_shape_is_recognised(catalogue: Catalogue, example: dict[str, str]) -> None:
    reading = identify(example["serial"], catalogue)
    family = catalogue.family(example["format"])
    assert family is not None
    assert example["format"] in reading.families[: 2 if family.needs_make else 1]
    assert reading.complete
    assert reading.warnings == ()


def test_the_make_says_which_shape_is_likelier(catalogue: Catalogue) -> None:
    assert identify("Z027950", catalogue, "Ford").families == ("FORD_OLD",)
    assert identify("TM93027015928888", catalogue, "Toyota").families[0] == "TOYOTA_ERC"


@pytest.mark.parametrize(
    ("number", "make"),
    [
        ("VWZ1Z2L6683621", "Volkswagen"),
        ("SKZAZ8C1913984", "Skoda"),
        ("M013344", "Ford"),
        ("GM0303R2530832", "Opel"),
        ("T0G623", None),  # Renault or Peugeot: nobody can say
        ("BP630289783199", None),
        ("25109376", None),
    ],
)
def test_a_make_is_named_only_where_the_number_names_it(
    catalogue: Catalogue, number: str, make: str | None
) -> None:
    assert identify(number, catalogue).make == make


def test_a_type_number_and_a_serial_number_check_each_other(catalogue: Catalogue) -> None:
    assert identify("BP630289783199", catalogue, None, "7646302316").warnings == ()
    assert identify("Bp9475a2784083", catalogue, "BMW", "7649475240").warnings == ()
    wrong = identify("BP630289783199", catalogue, None, "7646303316")
    assert "do not belong together" in str(wrong.warnings[0])
    swapped = identify("7646302316", catalogue, None, "BP630289783199")
    assert any("swapped" in str(warning) for warning in swapped.warnings)


@pytest.mark.parametrize(
    ("number", "make", "word"),
    [
        ("7649475240", None, "Blaupunkt type number"),
        ("3B0 035 191 G", None, "Volkswagen group"),
        ("A 170 820 01 86", "Mercedes", "Mercedes-Benz part number"),
        ("WVWZZZ1JZXW000001", None, "a VIN"),
        ("VWZZZ1JZXW000001", None, "first letter is missing"),
        ("50702000", "Ford", "software number"),
        ("DPMV5H255", "Ford", "configuration number"),
        ("VWZ7Z0D9081711", "VW", "instrument cluster"),
        ("24434773", "Opel", "Opel part number"),
        ("22RC200/65", None, "Philips type number"),
        ("BP27210784", "Nissan", "Too short"),
        ("M87269", "Ford", "Too short"),
        ("M0559505", "Ford", "Too long"),
        ("hello", None, "no radio number"),
        ("", None, "no number"),
        ("VWZ1Z2L6683621", "Ford", "usual for Volkswagen"),
    ],
)
def test_what_people_do_wrong_is_said(catalogue: Catalogue, number: str, make: str | None, word: str) -> None:
    warnings = identify(number, catalogue, make).warnings
    assert any(word in str(warning) for warning in warnings)


def test_an_odd_number_is_kept_and_marked(catalogue: Catalogue) -> None:
    reading = identify("Bp27210784", catalogue, "Nissan")
    assert reading.serial_number == "BP27210784"
    assert not reading.complete
    assert reading.families == ("BLAUPUNKT_14",)


def test_vauxhall_and_opel_are_not_held_against_each_other(catalogue: Catalogue) -> None:
    assert identify("GM0303R2530832", catalogue, "Vauxhall").warnings == ()


def test_look_alikes_are_shown_and_never_taken(catalogue: Catalogue) -> None:
    reading = identify("TOG623", catalogue)
    assert reading.serial_number == "TOG623"
    assert reading.other_readings == ("T0G623",)
    assert set(identify("T00818", catalogue).other_readings) == {"T0O818", "T0Q818"}
    assert identify("SKZAZBC1913984", catalogue).other_readings == ("SKZAZ8C1913984",)


def test_readings_of_a_long_text_are_not_sought(catalogue: Catalogue) -> None:
    assert readings("0" * 21, [family.pattern for family in catalogue.families]) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(), st.one_of(st.none(), st.text()), st.one_of(st.none(), st.text()))
def test_whatever_text_comes_in_a_number_is_described(
    catalogue: Catalogue, text: str, make: str | None, part_number: str | None
) -> None:
    reading = identify(text, catalogue, make, part_number)
    assert reading.serial_number == normalise(text)
    assert all(str(warning) for warning in reading.warnings)


@pytest.mark.parametrize(
    "number", [*(one["serial"] for one in EXAMPLES), "", "4711", "VWZ1Z2L668368", "1K0035186"]
)
@pytest.mark.parametrize("make", [None, "Ford", "Volkswagen"])
def test_facts_are_asked_about_the_shapes_of_a_whole_number_only(
    catalogue: Catalogue, number: str, make: str | None
) -> None:
    reading = identify(number, catalogue, make)
    assert whole_families(number, catalogue, make) == (reading.families if reading.complete else ())
