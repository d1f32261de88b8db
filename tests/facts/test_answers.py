"""The answers of the command line: plain, complete, ready for JSON."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.catalogue import Catalogue
from garage.facts.answers import display, facts, identify, read_message, vin


def test_identify_answers_with_exactly_these_keys(catalogue: Catalogue) -> None:
    assert identify(catalogue, "skzaz8c 1913984") == {
        "serial_number": "SKZAZ8C1913984",
        "families": ["VAG_14"],
        "make": "Skoda",
        "complete": True,
        "warnings": [],
    }


def test_a_vin_answers_with_exactly_these_keys(catalogue: Catalogue) -> None:
    assert vin(catalogue, "*wvwzzz1jzxw000001*") == {
        "vin": "WVWZZZ1JZXW000001",
        "valid": True,
        "make": "Volkswagen",
        "warnings": [],
    }
    wrong = vin(catalogue, "WVWZZZIJZXW000001")
    assert wrong["valid"] is False
    assert "WVWZZZ1JZXW000001" in wrong["warnings"][0]


def test_facts_come_with_sources_and_confidence(catalogue: Catalogue) -> None:
    answer = facts(catalogue, "vw")
    assert answer["make"] == "Volkswagen"
    assert answer["families"] == ["VAG_14"]
    for rows in answer["facts"].values():
        for row in rows:
            assert row["confidence"] in {"high", "medium", "low"}
            assert all(source["where"] for source in row["sources"])


@pytest.mark.parametrize("make", ["Kia", "Trabant", "Alpine"])
def test_a_make_without_a_sure_answer_says_so_in_one_line(catalogue: Catalogue, make: str) -> None:
    answer = facts(catalogue, make)
    assert answer["known"] is False
    assert answer["in_short"].startswith("We know nothing sure about this make")


def test_facts_that_must_not_become_steps_have_none(catalogue: Catalogue) -> None:
    rows = [
        row
        for make in catalogue.makes
        for rows in facts(catalogue, make.name)["facts"].values()
        for row in rows
    ]
    unfit = [row for row in rows if not row["usable"]]
    assert unfit
    assert not any("steps" in row for row in unfit)


def test_a_display_answers_best_first(catalogue: Catalogue) -> None:
    answer = display(catalogue, "5 SAFE", "opel")
    assert answer["meanings"][0]["tries_left"] == 5
    assert answer["meanings"][0]["next_steps"][0].startswith("Has anyone tried")


def test_a_message_answers_with_exactly_these_keys(catalogue: Catalogue) -> None:
    assert read_message(catalogue, "code for my mondeo please, serial M763412") == {
        "make": "Ford",
        "model": "Mondeo",
        "serial_number": "M763412",
        "part_number": None,
        "vin": None,
        "display": None,
        "language": "en",
        "inferred": ["make"],
        "ask_for": [],
    }


@settings(max_examples=200, deadline=None)
@given(st.text(), st.one_of(st.none(), st.text(max_size=10)))
def test_whatever_is_asked_the_answer_is_json(catalogue: Catalogue, text: str, make: str | None) -> None:
    answers = (
        identify(catalogue, text, make, text),
        vin(catalogue, text),
        facts(catalogue, make or ""),
        display(catalogue, text, make),
        read_message(catalogue, text),
    )
    assert all(json.loads(json.dumps(answer)) == answer for answer in answers)
