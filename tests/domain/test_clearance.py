"""Battery may come off: the number rule, the honest exits, and never a yes afterwards."""

from dataclasses import replace
from itertools import product

import pytest

from garage.domain.clearance import Ground, Plea, Situation, decide, exits, missing, recorded_ground
from garage.domain.job import Battery, SameRadio, Work
from garage.domain.people import Role
from garage.domain.text import Refused

NOTHING = Situation(battery=Battery.ON, work=Work.BATTERY)
PLEAS = [ground for ground in Ground if ground not in {Ground.RECORDED, Ground.ON_FILE, Ground.CARD}]


def plea(ground: Ground) -> Plea:
    return Plea(ground, "A sentence.", who_said="Mr Hill", how="by phone", heard_by="Ada")


def test_vin_and_serial_number_on_record_are_enough() -> None:
    assert decide(replace(NOTHING, vin=True, serial_number=True)) is Ground.RECORDED


@pytest.mark.parametrize(("vin", "serial"), [(False, False), (True, False), (False, True)])
def test_what_is_missing_is_named(vin: bool, serial: bool) -> None:
    situation = replace(NOTHING, vin=vin, serial_number=serial)
    with pytest.raises(Refused) as no:
        decide(situation)
    for name in missing(situation):
        assert name in str(no.value)
    assert len(missing(situation)) == 2 - vin - serial


@pytest.mark.parametrize("same", list(SameRadio))
def test_a_code_on_file_clears_only_for_the_same_radio(same: SameRadio) -> None:
    situation = replace(NOTHING, serial_number=True, code_on_file=True, same_radio=same)
    assert (recorded_ground(situation) is Ground.ON_FILE) is (same is SameRadio.YES)


def test_the_customers_card_clears_with_vin_and_number() -> None:
    card = replace(NOTHING, card_code=True, vin=True, serial_number=True)
    assert decide(card) is Ground.CARD
    assert recorded_ground(replace(card, vin=False)) is None


@pytest.mark.parametrize(("battery", "ground"), product([Battery.OFF, Battery.BACK], PLEAS))
def test_a_battery_that_is_off_is_never_turned_into_a_yes(battery: Battery, ground: Ground) -> None:
    situation = replace(
        NOTHING, battery=battery, vin=True, serial_number=True, only_afterwards=True, role=Role.OWNER
    )
    with pytest.raises(Refused, match="off already"):
        decide(situation, plea(ground))


@pytest.mark.parametrize("ground", PLEAS)
def test_no_exit_without_a_sentence(ground: Ground) -> None:
    situation = replace(NOTHING, role=Role.OWNER, only_afterwards=True)
    with pytest.raises(Refused, match="sentence"):
        decide(situation, replace(plea(ground), sentence="  "))
    assert decide(situation, plea(ground)) is ground


@pytest.mark.parametrize("work", [work for work in Work if work is not Work.BATTERY])
def test_the_supply_is_kept_on_for_a_plain_battery_swap_only(work: Work) -> None:
    situation = replace(NOTHING, work=work)
    with pytest.raises(Refused, match="plain battery swap"):
        decide(situation, plea(Ground.SUPPLY_KEPT))
    assert Ground.SUPPLY_KEPT not in exits(situation)


@pytest.mark.parametrize("left_out", ["who_said", "how", "heard_by"])
def test_the_customers_yes_needs_who_how_and_who_heard_it(left_out: str) -> None:
    with pytest.raises(Refused, match="who said yes"):
        decide(NOTHING, replace(plea(Ground.CUSTOMER_AGREES), **{left_out: ""}))


@pytest.mark.parametrize("role", [None, Role.FRONT_DESK, Role.TECHNICIAN])
def test_only_a_manager_goes_ahead_anyway(role: Role | None) -> None:
    with pytest.raises(Refused, match="manager"):
        decide(replace(NOTHING, role=role), plea(Ground.MANAGER))
    assert Ground.MANAGER not in exits(replace(NOTHING, role=role))


def test_reading_afterwards_is_an_exit_only_where_the_facts_say_so() -> None:
    with pytest.raises(Refused, match="Read it first"):
        decide(NOTHING, plea(Ground.READ_AFTERWARDS))
    assert Ground.READ_AFTERWARDS in exits(replace(NOTHING, only_afterwards=True))


def test_a_number_from_another_vehicle_gives_no_yes_by_itself() -> None:
    situation = replace(NOTHING, vin=True, serial_number=True, code_on_file=True, another_vehicle=True)
    assert recorded_ground(replace(situation, same_radio=SameRadio.YES)) is None
    with pytest.raises(Refused, match="another vehicle"):
        decide(situation)


@pytest.mark.parametrize("ground", [Ground.RECORDED, Ground.ON_FILE, Ground.CARD])
def test_a_ground_that_records_give_cannot_be_pleaded(ground: Ground) -> None:
    with pytest.raises(Refused, match="Missing"):
        decide(NOTHING, plea(ground))


@pytest.mark.parametrize(("work", "only", "role"), product(Work, [True, False], [None, *Role]))
def test_every_exit_that_is_offered_is_open_and_no_other(work: Work, only: bool, role: Role | None) -> None:
    situation = Situation(battery=Battery.ON, work=work, only_afterwards=only, role=role)
    for ground in PLEAS:
        if ground in exits(situation):
            assert decide(situation, plea(ground)) is ground
        else:
            with pytest.raises(Refused):
                decide(situation, plea(ground))
