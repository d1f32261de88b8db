"""The make that a VIN names, in our own names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.catalogue import Catalogue
from garage.domain.vin import Vin, read_vin
from garage.facts.vin_make import make_of_vin, makes_disagree


@pytest.mark.parametrize(
    ("wmi", "make"),
    [
        ("WVW", "Volkswagen"),
        ("WV1", "Volkswagen"),
        ("WAU", "Audi"),
        ("TMB", "Skoda"),
        ("VSS", "Seat"),
        ("W0L", "Opel"),
        ("SJN", "Nissan"),
        ("JN1", "Nissan"),
        ("1C3", "Chrysler"),
        ("1J4", "Jeep"),
        ("1B3", "Dodge"),
        ("WDB", "Mercedes-Benz"),
        ("WDD", "Mercedes-Benz"),
        ("ZFA", "Fiat"),
        ("ZAR", "Alfa Romeo"),
        ("ZLA", "Lancia"),
        ("WBA", "BMW"),
        ("WBS", "BMW"),
        ("WMW", "Mini"),
        ("VF1", "Renault"),
        ("UU1", "Dacia"),
        ("WF0", "Ford"),
        ("1HG", "Honda"),
        ("19U", "Acura"),
        ("YV1", "Volvo"),
        ("VF3", "Peugeot"),
        ("VF7", "Citroen"),
        ("WME", "Smart"),
        ("SAL", "Land Rover"),
        ("SAJ", "Jaguar"),
        ("JTH", "Lexus"),
        ("KMH", "Hyundai"),
        ("KNA", "Kia"),
        ("JSA", "Suzuki"),
        ("JMB", "Mitsubishi"),
        ("JMZ", "Mazda"),
        ("YS3", "Saab"),
        ("SB1", "Toyota"),
        ("ZZZ", None),
    ],
)
def test_a_vin_names_its_make(catalogue: Catalogue, wmi: str, make: str | None) -> None:
    assert make_of_vin(read_vin(wmi + "ZZZ00000000000"), catalogue) == make


def test_makes_that_disagree_are_named(catalogue: Catalogue) -> None:
    assert "Ford" in str(makes_disagree(catalogue, "Ford", "Volkswagen"))
    assert makes_disagree(catalogue, "Opel", "Vauxhall") is None
    assert makes_disagree(catalogue, "vw", "Volkswagen") is None
    assert makes_disagree(catalogue, "Nissan", "Blaupunkt") is None
    assert makes_disagree(catalogue, None, "Volkswagen") is None


@settings(max_examples=200)
@given(st.text(max_size=5))
def test_whatever_stands_in_front_there_is_a_make_or_none(catalogue: Catalogue, wmi: str) -> None:
    make = make_of_vin(Vin(wmi, wmi[:3]), catalogue)
    assert make is None or catalogue.make(make) is not None
