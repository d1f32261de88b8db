"""Displays: meanings best first, and nobody is sent into a locked radio."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.catalogue import Catalogue
from garage.domain.display import plain_display, read_display
from garage.domain.fact_kinds import DisplayFact
from garage.domain.scope import RadioInCar
from garage.domain.vocabulary import Meaning


@pytest.mark.parametrize(
    ("text", "make", "meaning"),
    [
        ("SAFE", "VW", Meaning.LOCKED_OR_WAITS),
        ("1 SAFE", "Audi", Meaning.ATTEMPT_NUMBER),
        ("CODE", None, Meaning.ASKS),
        ("COdE", "Honda", Meaning.ASKS),
        ("RADIO CODE", None, Meaning.ASKS),
        ("0000", "Renault", Meaning.READY),
        ("PIN", None, Meaning.ASKS),
        ("----", "BMW", Meaning.SHORT_PAUSE),
        ("----", None, Meaning.SHORT_PAUSE),
        ("WAIT", None, Meaning.WAITS),
        ("wait 29:59", "Ford", Meaning.WAITS),
        ("LOCKED10", "Ford", Meaning.LOCKED_AFTER_TEN),
        ("LOCKED 13", "Ford", Meaning.LOCKED_FOR_GOOD),
        ("OFF", "BMW", Meaning.LOCKED_FOR_GOOD),
        ("OFF", "Volvo", Meaning.MAYBE_OFF_BUT_ON),
        ("INOP", None, Meaning.WAITS),
        ("CODE ERR", None, Meaning.WRONG),
        ("CANCHECK", "Fiat", Meaning.CAR_MISSING),
        ("1000", "Skoda", Meaning.ENTRY_START),
        ("BLOCKED", None, Meaning.UNKNOWN),
        ("", None, Meaning.UNKNOWN),
    ],
)
def test_a_display_has_its_meaning(
    catalogue: Catalogue, text: str, make: str | None, meaning: Meaning
) -> None:
    assert read_display(text, catalogue, make)[0].meaning is meaning


def test_a_number_on_the_display_counts(catalogue: Catalogue) -> None:
    assert read_display("5 SAFE", catalogue, "Opel")[0].tries_left == 5
    assert read_display("10 _ _ _ _", catalogue, "Opel")[0].tries_left == 10
    assert read_display("2 SAFE", catalogue, "VW")[0].tries_used == 2
    assert read_display("LOCKED10", catalogue, "Ford")[0].tries_used == 10
    assert read_display("SAFE", catalogue, "Opel")[0].tries_left is None


def test_what_other_makes_mean_is_left_out_when_the_make_is_known(catalogue: Catalogue) -> None:
    for answer in read_display("SAFE", catalogue, "Opel"):
        assert not answer.makes or "Opel" in answer.makes
    assert len(read_display("OFF", catalogue)) > 1


def test_a_meaning_of_one_model_is_not_told_of_others(catalogue: Catalogue) -> None:
    off = next(fact for fact in catalogue.facts if fact.id == "displays.off-bmw")
    narrow = replace(off, scope=replace(off.scope, models=("E34",)))
    bound = replace(catalogue, facts=(narrow,))
    e34, e46 = (RadioInCar(make="BMW", model=model) for model in ("5 E34", "3 E46"))
    assert read_display("OFF", bound, "BMW", e34)[0].meaning is Meaning.LOCKED_FOR_GOOD
    assert read_display("OFF", bound, "BMW", e46)[0].meaning is Meaning.UNKNOWN
    assert read_display("OFF", bound, "BMW")[0].meaning is Meaning.UNKNOWN


def test_every_answer_about_a_locked_display_first_asks_who_tried(catalogue: Catalogue) -> None:
    for fact in catalogue.facts:
        if not isinstance(fact, DisplayFact) or not fact.locked:
            continue
        for text in fact.shown:
            for answer in read_display(text, catalogue, next(iter(fact.scope.makes), None)):
                assert answer.steps[0].name == "ask_who_tried"


def test_every_wait_is_a_safe_one(catalogue: Catalogue) -> None:
    texts = {text for fact in catalogue.facts if isinstance(fact, DisplayFact) for text in fact.shown}
    waits = [
        [step.name for step in answer.steps]
        for text in texts
        for answer in read_display(text, catalogue)
        if any(step.name == "wait_minutes" for step in answer.steps)
    ]
    assert waits
    for names in waits:
        assert names[1:4] == ["connect_charger", "ignition_on", "radio_on"]
        assert names[-3:] == ["on_again", "flat_restarts", "no_engine_indoors"]


def test_ten_wrong_codes_are_for_the_manager_and_never_a_button_to_hold(catalogue: Catalogue) -> None:
    names = [step.name for step in read_display("LOCK10", catalogue, "Ford")[0].steps]
    assert "ask_manager" in names
    assert not any(name.startswith("hold") for name in names)


def test_the_spelling_of_a_display_does_not_matter() -> None:
    assert plain_display("COdE") == plain_display(" code ") == "CODE"
    assert plain_display("10 – – – –") == plain_display("10 ----")


@settings(max_examples=200, deadline=None)
@given(st.text(), st.one_of(st.none(), st.text()))
def test_whatever_the_display_shows_there_is_an_answer(
    catalogue: Catalogue, text: str, make: str | None
) -> None:
    answers = read_display(text, catalogue, make)
    assert answers
    assert all(str(step.text()) for answer in answers for step in answer.steps)
