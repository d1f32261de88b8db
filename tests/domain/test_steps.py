"""Steps at a radio: a closed list, said as sentences."""

import pytest

from garage.domain.steps import CHARGER_FIRST, STEPS, WHILE_WAITING, read_step


def test_a_step_is_said_with_its_values() -> None:
    step = read_step({"do": "hold_together", "keys": "1 + 6", "seconds": 2})
    assert str(step.text()) == "Hold 1 + 6 together for 2 seconds, then let go."


def test_a_plain_step_needs_its_name_only() -> None:
    assert str(read_step("look").text()) == STEPS["look"]


@pytest.mark.parametrize(
    "row",
    [
        "pull_the_plug",
        {"do": "pull_the_plug"},
        {},
        {"do": "press"},
        {"do": "press", "key": 5},
        {"do": "wait_minutes", "minutes": "sixty"},
        {"do": "wait_minutes", "minutes": True},
        {"do": "press", "key": "5", "keys": "6"},
    ],
)
def test_what_is_not_in_the_list_is_no_step(row: object) -> None:
    with pytest.raises(ValueError, match="step"):
        read_step(row)  # type: ignore[arg-type]


def test_every_wait_begins_with_the_charger_and_never_runs_the_engine_indoors() -> None:
    assert [step.name for step in CHARGER_FIRST] == ["connect_charger", "ignition_on", "radio_on"]
    assert "no_engine_indoors" in [step.name for step in WHILE_WAITING]
