"""This garage's own experience: who asked for a code after power was back."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.facts.actions import ENOUGH, LOOK_BACK, experience, note_experience
from garage.facts.models import Experience
from garage.staff.journal import By


def note(session: Session, by: By, *asked: bool, model: str = "Fabia", year: int | None = 2004) -> None:
    for one in asked:
        note_experience(session, "Skoda", model, year, one, by)


def test_the_last_nine_of_nine_did_not_ask(session: Session, by: By) -> None:
    note(session, by, *[True, *[False] * LOOK_BACK])
    assert str(experience(session, "Skoda", "Fabia", 2004).text()) == "Here the last 9 of 9 did not ask."


@pytest.mark.parametrize("cars", range(ENOUGH))
def test_one_or_two_quiet_radios_prove_nothing(session: Session, by: By, cars: int) -> None:
    note(session, by, *[False] * cars)
    assert not experience(session, "Skoda", "Fabia", 2004).none_asked


def test_one_that_asked_is_enough_to_propose_nothing(session: Session, by: By) -> None:
    note(session, by, False, False, True, False)
    assert not experience(session, "Skoda", "Fabia", 2004).none_asked
    assert str(experience(session, "Skoda", "Fabia", 2004).text()) == "Here 1 of the last 4 asked for a code."


def test_other_models_and_distant_years_say_nothing(session: Session, by: By) -> None:
    note(session, by, False, False, False, model="Octavia")
    note(session, by, False, False, False, year=1996)
    assert experience(session, "Skoda", "Fabia", 2004).cars == 0
    assert experience(session, "skoda", "FABIA").cars == 3


def test_without_make_and_model_nothing_is_noted(session: Session, by: By) -> None:
    assert note_experience(session, "", "Fabia", 2004, True, by) is None
    assert note_experience(session, "Skoda", "", 2004, True, replace(by)) is None
    assert session.scalar(sa.select(sa.func.count(Experience.id))) == 0
