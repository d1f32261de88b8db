"""Taking in a car: one save, five answers, and questions before anything is mixed up."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import paths
from garage.code_requests import own_ways
from garage.db import vault_of
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground
from garage.domain.job import Answer, Battery, Gone, SameRadio, WhichCar, WhyNotNeeded, Work
from garage.domain.text import Refused
from garage.facts.actions import note_experience
from garage.facts.seeds import load
from garage.intake.actions import WhichCarIsIt, correct_car, take_in
from garage.intake.commands import CorrectCar, TakeIn
from garage.intake.known import known_car
from garage.intake.models import Customer, Job, Vehicle
from garage.radios.models import Origin, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests.making import make_code, make_head_unit, make_job, make_vehicle

VIN = "TMBJJ6Y5X54512345"
OTHER_VIN = "WVWZZZ1JZ3W000001"
UNKNOWN = TakeIn(
    registration="ka-ab 123",
    vin="",
    customer_name="Jo Hill",
    phone="01632 960200",
    email="",
    work=Work.BATTERY,
    answer=Answer.UNKNOWN,
)
CARD = replace(UNKNOWN, vin=VIN, answer=Answer.CARD, serial_number="SKZ1Z2K8399700", radio_code="0417")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.SEEDS)


def test_an_unknown_radio_leaves_the_car_at_stop(session: Session, catalogue: Catalogue, by: By) -> None:
    job = take_in(session, UNKNOWN, catalogue, by, own_ways)
    assert (job.number, job.cleared, job.vehicle.registration, job.customer.name) == (
        1,
        False,
        "KAAB123",
        "Jo Hill",
    )


def test_numbers_of_jobs_go_up(session: Session, catalogue: Catalogue, by: By) -> None:
    numbers = [
        take_in(session, replace(UNKNOWN, registration=f"K {n}"), catalogue, by, own_ways).number
        for n in range(3)
    ]
    assert numbers == [1, 2, 3]


def test_no_code_needed_clears_without_a_vin(session: Session, catalogue: Catalogue, by: By) -> None:
    job = take_in(
        session,
        replace(UNKNOWN, answer=Answer.NOT_NEEDED, why_not_needed=WhyNotNeeded.TOLD),
        catalogue,
        by,
        own_ways,
    )
    assert job.ground is Ground.NOT_NEEDED
    assert job.answer_reason == job.ground_sentence == WhyNotNeeded.TOLD.label


def test_no_code_needed_is_not_proposed_where_nothing_says_so(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    make_vehicle(session, registration="KAAB123")
    command = replace(UNKNOWN, answer=Answer.NOT_NEEDED, why_not_needed=WhyNotNeeded.PROPOSED)
    with pytest.raises(Refused, match="Choose another reason"):
        take_in(session, command, catalogue, by, own_ways)


def test_our_own_experience_proposes_no_code_needed(session: Session, catalogue: Catalogue, by: By) -> None:
    vehicle = make_vehicle(session, registration="KAAB123", model="Fabia", year=2007)
    for _ in range(9):
        note_experience(session, "Skoda", "Fabia", 2007, asked=False, by=by)
    known = known_car(session, catalogue, vehicle.registration, "")
    assert known is not None
    assert known.no_code_needed is not None
    assert "9" in str(known.no_code_needed)


def test_the_code_on_file_clears_the_same_radio(session: Session, catalogue: Catalogue, by: By) -> None:
    vehicle = make_vehicle(session, registration="KAAB123")
    make_code(session, make_head_unit(session, vehicle=vehicle), standing=Standing.WORKED)
    job = take_in(
        session, replace(UNKNOWN, answer=Answer.ON_FILE, same_radio=SameRadio.YES), catalogue, by, own_ways
    )
    assert job.ground is Ground.ON_FILE
    assert job.head_unit is vehicle.head_unit


@pytest.mark.parametrize("same", [SameRadio.NO, SameRadio.CANT_TELL])
def test_another_radio_or_doubt_leaves_the_car_at_stop(
    session: Session, catalogue: Catalogue, by: By, same: SameRadio
) -> None:
    vehicle = make_vehicle(session, registration="KAAB123")
    make_code(session, make_head_unit(session, vehicle=vehicle))
    job = take_in(session, replace(UNKNOWN, answer=Answer.ON_FILE, same_radio=same), catalogue, by, own_ways)
    assert not job.cleared
    assert job.head_unit is None


def test_on_file_needs_a_code_on_file(session: Session, catalogue: Catalogue, by: By) -> None:
    make_vehicle(session, registration="KAAB123")
    with pytest.raises(Refused, match="No code is on file"):
        take_in(
            session,
            replace(UNKNOWN, answer=Answer.ON_FILE, same_radio=SameRadio.YES),
            catalogue,
            by,
            own_ways,
        )


def test_the_customers_card_clears_and_its_code_is_sealed_and_not_tried(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    job = take_in(session, CARD, catalogue, by, own_ways)
    assert job.ground is Ground.CARD
    assert job.head_unit is not None
    code = job.head_unit.code_on_file
    assert code is not None
    assert (code.origin, code.standing) == (Origin.CARD, Standing.TO_TRY)
    assert vault_of(session).open(code.sealed) == "0417"
    assert "0417" not in repr(CARD)


def test_a_card_whose_radio_sits_in_another_car_asks_a_manager_and_keeps_no_code(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    elsewhere = make_head_unit(session, serial_number=CARD.serial_number, vehicle=make_vehicle(session))
    with pytest.raises(Refused, match="ask a manager"):
        take_in(session, CARD, catalogue, by, own_ways)
    assert elsewhere.codes == []


def test_a_radio_that_is_locked_already_leaves_the_car_at_stop(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    job = take_in(session, replace(UNKNOWN, answer=Answer.LOCKED, gone=Gone.LOCKED), catalogue, by, own_ways)
    assert not job.cleared


def test_a_car_that_came_in_without_power_has_nothing_left_to_lose(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    job = take_in(session, replace(UNKNOWN, answer=Answer.LOCKED, gone=Gone.POWER), catalogue, by, own_ways)
    assert (job.ground, job.battery, job.taken_off_without_yes) == (Ground.POWER_LOST, Battery.ON, False)


def test_a_car_that_is_here_is_not_taken_in_twice(session: Session, catalogue: Catalogue, by: By) -> None:
    take_in(session, UNKNOWN, catalogue, by, own_ways)
    with pytest.raises(Refused, match="job 1 is still open"):
        take_in(session, UNKNOWN, catalogue, by, own_ways)


def test_a_plate_with_another_vin_is_asked_about(session: Session, catalogue: Catalogue, by: By) -> None:
    on_file = make_vehicle(session, registration="KAAB123", vin=OTHER_VIN)
    with pytest.raises(WhichCarIsIt):
        take_in(session, replace(UNKNOWN, vin=VIN), catalogue, by, own_ways)
    moved = take_in(
        session, replace(UNKNOWN, vin=VIN, which_car=WhichCar.PLATE_MOVED), catalogue, by, own_ways
    )
    assert moved.vehicle is not on_file
    assert on_file.registration == ""


def test_a_wrong_vin_leads_to_the_car_on_file(session: Session, catalogue: Catalogue, by: By) -> None:
    on_file = make_vehicle(session, registration="KAAB123", vin=OTHER_VIN)
    job = take_in(session, replace(UNKNOWN, vin=VIN, which_car=WhichCar.VIN_WRONG), catalogue, by, own_ways)
    assert job.vehicle is on_file
    assert on_file.vin == OTHER_VIN


def test_a_known_customer_is_not_written_down_twice(session: Session, catalogue: Catalogue, by: By) -> None:
    first = take_in(session, UNKNOWN, catalogue, by, own_ways)
    first.closed_at = by.at
    second = take_in(session, replace(UNKNOWN, customer_name="JO HILL", phone=""), catalogue, by, own_ways)
    assert second.customer is first.customer
    assert second.customer.phone == "01632 960200"


def test_a_reason_with_a_code_in_it_is_refused_and_nothing_is_kept(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    command = replace(
        UNKNOWN, answer=Answer.NOT_NEEDED, why_not_needed=WhyNotNeeded.OTHER, answer_reason="the code is 0417"
    )
    with pytest.raises(Refused, match="radio code"):
        take_in(session, command, catalogue, by, own_ways)
    assert session.scalar(sa.select(sa.func.count(Vehicle.id))) == 0


def test_a_customer_and_the_garages_own_number_make_no_code_together(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    job = take_in(
        session, replace(UNKNOWN, customer_name="Peter Pin", own_number="1234"), catalogue, by, own_ways
    )
    assert (job.customer.name, job.own_number) == ("Peter Pin", "1234")


def test_the_journal_names_rows_and_nothing_else(session: Session, catalogue: Catalogue, by: By) -> None:
    take_in(session, CARD, catalogue, by, own_ways)
    entries = session.scalars(sa.select(JournalEntry).order_by(JournalEntry.id)).all()
    assert {"take_in", "may_come_off"} <= {entry.verb for entry in entries}
    written = " ".join(f"{entry.verb} {entry.kind} {entry.request_id}" for entry in entries)
    for secret in ("0417", VIN, "SKZ1Z2K8399700", "Hill", "KAAB123"):
        assert secret not in written


def test_what_happened_earlier_on_paper_keeps_both_times(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    earlier = by.at.replace(hour=8)
    job = take_in(session, replace(UNKNOWN, happened_at=earlier), catalogue, by, own_ways)
    assert (job.happened_at, job.opened_at) == (earlier, by.at)


def test_a_correction_over_somebody_elses_is_refused(session: Session, catalogue: Catalogue, by: By) -> None:
    job = make_job(session)
    command = CorrectCar("Jo Hill", "", "", "K 1", "Skoda", "Fabia", 2007, Work.AIRBAG, "", job.version)
    correct_car(session, job, command, catalogue, by)
    session.flush()
    with pytest.raises(Refused, match="Saved meanwhile"):
        correct_car(session, job, command, catalogue, by)
    assert session.scalar(sa.select(sa.func.count(Job.id))) == 1
    assert session.scalar(sa.select(Customer.name)) == "Jo Hill"


def test_a_stop_put_on_while_the_page_was_open_keeps_the_battery_on(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    vehicle = make_vehicle(session, registration="KAAB123")
    make_code(session, make_head_unit(session, vehicle=vehicle, stopped_at=by.at))
    with pytest.raises(Refused, match="stop on this radio"):
        take_in(
            session,
            replace(UNKNOWN, answer=Answer.ON_FILE, same_radio=SameRadio.YES),
            catalogue,
            by,
            own_ways,
        )


def test_a_correction_of_the_name_leaves_the_customer_of_other_jobs_alone(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    before = make_job(session, closed_at=by.at)
    job = make_job(session, customer=before.customer, vehicle=before.vehicle)
    command = CorrectCar("Third Person", "", "", "K 1", "Skoda", "Fabia", 2007, Work.BATTERY, "", job.version)
    correct_car(session, job, command, catalogue, by)
    session.flush()
    assert (before.customer.name, job.customer.name) == ("Jo Hill", "Third Person")


def test_work_that_is_no_plain_battery_swap_takes_back_the_yes_for_keeping_the_supply_on(
    session: Session, catalogue: Catalogue, by: By
) -> None:
    job = make_job(session, ground=Ground.SUPPLY_KEPT, cleared_at=by.at)
    command = CorrectCar("Jo Hill", "", "", "K 1", "Skoda", "Fabia", 2007, Work.AIRBAG, "", job.version)
    correct_car(session, job, command, catalogue, by)
    assert not job.cleared


@pytest.mark.parametrize("number", ["", "0", "12"])
def test_a_number_too_short_for_any_radio_is_no_number(
    session: Session, catalogue: Catalogue, by: By, number: str
) -> None:
    with pytest.raises(Refused, match="at least four"):
        take_in(session, replace(CARD, serial_number=number), catalogue, by, own_ways)
