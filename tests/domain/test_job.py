"""The steps around the battery."""

from itertools import product

import pytest

from garage.domain.job import Battery, Step, next_battery
from garage.domain.text import Refused

ON, OFF, BACK = Battery.ON, Battery.OFF, Battery.BACK

# every (where the battery is, step) there is; None: the step is refused
WITH_THE_YES = {
    (ON, Step.TAKE_OFF): OFF,
    (ON, Step.ALREADY_OFF): OFF,
    (ON, Step.CONNECT): None,
    (ON, Step.PLAYS): BACK,
    (ON, Step.ASKS): BACK,
    (OFF, Step.TAKE_OFF): None,
    (OFF, Step.ALREADY_OFF): None,
    (OFF, Step.CONNECT): BACK,
    (OFF, Step.PLAYS): BACK,
    (OFF, Step.ASKS): BACK,
    (BACK, Step.TAKE_OFF): None,
    (BACK, Step.ALREADY_OFF): None,
    (BACK, Step.CONNECT): None,
    (BACK, Step.PLAYS): BACK,
    (BACK, Step.ASKS): BACK,
}
NEEDS_THE_YES = {(ON, Step.TAKE_OFF), (ON, Step.PLAYS), (ON, Step.ASKS)}


def test_the_table_names_every_place_and_step() -> None:
    assert set(WITH_THE_YES) == set(product(Battery, Step))


@pytest.mark.parametrize(("battery", "step"), list(product(Battery, Step)))
def test_each_step_leads_where_the_table_says(battery: Battery, step: Step) -> None:
    expected = WITH_THE_YES[battery, step]
    if expected is None:
        with pytest.raises(Refused):
            next_battery(battery, step, cleared=True)
    else:
        assert next_battery(battery, step, cleared=True) is expected


@pytest.mark.parametrize(("battery", "step"), list(product(Battery, Step)))
def test_without_the_yes_only_the_steps_that_need_it_change(battery: Battery, step: Step) -> None:
    expected = WITH_THE_YES[battery, step]
    if expected is None or (battery, step) in NEEDS_THE_YES:
        with pytest.raises(Refused):
            next_battery(battery, step, cleared=False)
    else:
        assert next_battery(battery, step, cleared=False) is expected


def test_taking_off_without_the_yes_is_told_to_stop_and_shown_the_way_out() -> None:
    with pytest.raises(Refused, match=r"Stop: the battery may not come off yet.*If it is off already") as no:
        next_battery(ON, Step.TAKE_OFF, cleared=False)
    assert "blame" not in str(no.value)


def test_a_step_done_twice_says_where_the_battery_is() -> None:
    with pytest.raises(Refused, match="battery off"):
        next_battery(OFF, Step.TAKE_OFF, cleared=True)
