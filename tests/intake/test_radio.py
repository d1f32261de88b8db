"""The radio's number on record: the yes follows, radios move, and another car's radio needs a manager."""

import re
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from garage import paths
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground, Plea
from garage.domain.job import Battery, Elsewhere, ReadHow, YesNo
from garage.domain.people import Role
from garage.domain.text import Refused
from garage.facts.seeds import load
from garage.intake.clearing import give_yes, take_yes_back
from garage.intake.commands import RecordRadio
from garage.intake.models import Job
from garage.intake.radio import WhereFrom, move_radio_here, record_radio
from garage.staff.journal import By
from tests.desk import Desk, made_in, words
from tests.making import AT, make_code, make_head_unit, make_job, make_vehicle

VIN = "TMBJJ6Y5X54512345"
NUMBERS = RecordRadio(
    vin=VIN,
    chassis_reason="",
    make="Skoda",
    model="Fabia",
    year=2007,
    serial_number="SKZ1Z2K8399700",
    radio_make="Skoda",
    radio_model="Symphony",
    part_number="",
    read_how=ReadHow.LABEL,
    built_with_this_radio=YesNo.YES,
    display_text="plays",
    version=1,
)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(paths.SEEDS)


@pytest.fixture
def job(session: Session) -> Job:
    return make_job(session)


def record(session: Session, job: Job, catalogue: Catalogue, by: By, **changes: object) -> None:
    session.flush()
    record_radio(session, job, replace(NUMBERS, version=job.version, **changes), catalogue, by)  # type: ignore[arg-type]


def test_vin_and_serial_number_give_the_yes(session: Session, job: Job, catalogue: Catalogue, by: By) -> None:
    record(session, job, catalogue, by, vin="")
    assert not job.cleared
    record(session, job, catalogue, by)
    assert job.ground is Ground.RECORDED
    assert job.vehicle.head_unit is job.head_unit


def test_numbers_read_after_the_battery_came_off_give_no_yes(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    job.battery = Battery.OFF
    record(session, job, catalogue, by)
    assert job.head_unit is not None
    assert not job.cleared


def test_a_radio_that_was_changed_ends_the_old_fitting(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    old = make_head_unit(session, vehicle=job.vehicle)
    record(session, job, catalogue, by)
    session.refresh(job.vehicle, ["fittings"])
    assert job.vehicle.head_unit is job.head_unit
    assert [f.until_at for f in job.vehicle.fittings if f.head_unit is old] == [by.at]


def test_another_cars_radio_waits_for_a_manager(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    other = make_vehicle(session)
    make_head_unit(session, serial_number=NUMBERS.serial_number, vehicle=other)
    record(session, job, catalogue, by, elsewhere=Elsewhere.UNCLEAR)
    assert job.in_another_vehicle
    assert job.elsewhere_said is Elsewhere.UNCLEAR
    assert not job.cleared
    move_radio_here(session, job, "Bought from the other owner, receipt seen", catalogue, by)
    session.refresh(other, ["fittings"])
    session.refresh(job.vehicle, ["fittings"])
    assert job.cleared
    assert other.head_unit is None
    assert job.vehicle.head_unit is job.head_unit


def test_another_cars_radio_is_asked_about_before_its_number_is_kept(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    make_head_unit(session, serial_number=NUMBERS.serial_number, vehicle=make_vehicle(session))
    with pytest.raises(WhereFrom, match="on file in another car"):
        record(session, job, catalogue, by)


def test_what_was_said_of_another_cars_radio_goes_with_a_corrected_number(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    make_head_unit(session, serial_number=NUMBERS.serial_number, vehicle=make_vehicle(session))
    record(session, job, catalogue, by, elsewhere=Elsewhere.SWAPPED)
    record(session, job, catalogue, by, serial_number="SKZ1Z2K8399722")
    assert (job.in_another_vehicle, job.elsewhere_said) == (False, None)


def test_what_was_said_of_one_cars_radio_is_not_said_of_the_next(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    for ending in ("0", "1"):
        make_head_unit(session, serial_number=f"SKZ1Z2K839970{ending}", vehicle=make_vehicle(session))
    record(session, job, catalogue, by, elsewhere=Elsewhere.SWAPPED)
    record(session, job, catalogue, by)  # the same number once more: the answer holds
    assert job.elsewhere_said is Elsewhere.SWAPPED
    with pytest.raises(WhereFrom):
        record(session, job, catalogue, by, serial_number="SKZ1Z2K8399701")


def test_an_answer_about_another_cars_radio_is_not_filled_in_again(desk: Desk) -> None:
    def make(session: Session) -> Job:
        return make_job(session, in_another_vehicle=True, elsewhere_said=Elsewhere.SWAPPED)

    page = desk.get(f"/jobs/{made_in(desk.database, make).number}/radio").text
    assert 'name="elsewhere"' in page
    assert not re.search(r'<input[^>]*checked[^>]*name="elsewhere"', page)


def test_the_vin_of_another_car_is_not_taken(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    make_vehicle(session, vin=VIN)
    with pytest.raises(Refused, match="another car"):
        record(session, job, catalogue, by)


def test_two_desks_cannot_overwrite_each_other(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    stale = replace(NUMBERS, version=job.version)
    record(session, job, catalogue, by, display_text="SAFE")
    session.flush()
    with pytest.raises(Refused, match="Saved meanwhile"):
        record_radio(session, job, stale, catalogue, by)


def test_an_exit_is_kept_with_its_sentence_and_can_be_taken_back(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    agreed = Plea(Ground.CUSTOMER_AGREES, "Needs the car today", "Mr Hill", "by phone", "Ada")
    give_yes(session, job, catalogue, by, agreed, Role.FRONT_DESK)
    assert (job.ground, job.ground_sentence, job.agreed_who) == (
        agreed.ground,
        agreed.sentence,
        agreed.who_said,
    )
    take_yes_back(session, job, "He called again", by)
    assert (job.ground, job.agreed_who, job.cleared_at) == (None, "", None)


def test_a_yes_is_saved_once_more_after_the_job_was_changed_meanwhile(desk: Desk) -> None:
    job = made_in(desk.database, make_job)
    said = {"ground": "not_needed", "sentence": "It says so in the handbook"}
    with desk.database.transaction() as session:
        session.get_one(Job, job.id).display_text = "SAFE"
    page = desk.post(f"/jobs/{job.number}/yes", **said, version=job.version)
    assert page.status_code == 409
    assert "changed this job meanwhile" in words(page)
    assert said["sentence"] in page.text
    found = re.search(r'name="version"[^>]*value="(\d+)"', page.text)
    assert found
    assert desk.post(f"/jobs/{job.number}/yes", **said, version=found[1]).status_code == 303


def test_the_end_of_one_answer_and_the_beginning_of_the_next_are_no_code(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    agreed = Plea(Ground.CUSTOMER_AGREES, "Customer has no code", "01632 960200", "By phone", "Ada")
    give_yes(session, job, catalogue, by, agreed)
    assert job.cleared


def test_a_yes_is_not_taken_back_once_the_battery_is_off(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    give_yes(session, job, catalogue, by, Plea(Ground.NOT_NEEDED, "Handbook"), Role.TECHNICIAN)
    job.battery = Battery.OFF
    with pytest.raises(Refused, match="no yes"):
        take_yes_back(session, job, "Too late", by)


def test_the_numbers_of_a_closed_job_stay_as_they_were(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    job.closed_at = by.at
    with pytest.raises(Refused, match="closed"):
        record(session, job, catalogue, by)


def test_a_second_yes_does_not_replace_the_first(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    give_yes(session, job, catalogue, by, Plea(Ground.MANAGER, "I know this car"), Role.OWNER)
    with pytest.raises(Refused, match="already"):
        give_yes(session, job, catalogue, by, Plea(Ground.NOT_NEEDED, "Whatever"), Role.TECHNICIAN)


def test_a_corrected_number_from_another_car_takes_the_yes_back(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    record(session, job, catalogue, by)
    make_head_unit(session, serial_number="SKZ1Z2K8399711", vehicle=make_vehicle(session))
    record(session, job, catalogue, by, serial_number="SKZ1Z2K8399711", elsewhere=Elsewhere.SWAPPED)
    assert not job.cleared


def test_a_radio_that_was_moved_takes_the_yes_of_the_car_it_came_from(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    record(session, job, catalogue, by)
    assert job.cleared
    other = make_job(session)
    record(session, other, catalogue, by, vin="TMBJJ6Y5X54512346", elsewhere=Elsewhere.SWAPPED)
    move_radio_here(session, other, "Bought from the other owner, receipt seen", catalogue, by)
    assert other.cleared
    assert job.in_another_vehicle
    assert not job.cleared
    record(session, job, catalogue, by, serial_number="SKZ1Z2K8399711")
    assert job.cleared


def test_the_same_number_of_another_make_is_another_radio(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    other = make_head_unit(
        session, serial_number=NUMBERS.serial_number, make="Volkswagen", vehicle=make_vehicle(session)
    )
    record(session, job, catalogue, by)
    assert job.head_unit is not other
    assert not job.in_another_vehicle
    record(session, job, catalogue, by, radio_make="Volkswagen", elsewhere=Elsewhere.SWAPPED)
    assert job.head_unit is other
    assert job.in_another_vehicle


def test_two_desks_that_correct_one_car_see_both_values(desk: Desk) -> None:
    job = made_in(desk.database, make_job)
    car = {"customer_name": "Jo Hill", "make": "Skoda", "work": "battery", "registration": "AB12 CDE"}
    radio = {"read_how": "label", "built_with_this_radio": "unknown"}
    for page, fields, name, first, second in (
        ("car", car, "model", "Fabia", "Octavia"),
        ("radio", radio, "vin", VIN, "TMBJJ6Y5X54512346"),
    ):
        found = re.search(r'name="version"[^>]*value="(\d+)"', desk.get(f"/jobs/{job.number}/{page}").text)
        assert found
        fields["version"] = found[1]
        assert desk.post(f"/jobs/{job.number}/{page}", **fields, **{name: first}).status_code == 303
        refused = desk.post(f"/jobs/{job.number}/{page}", **fields, **{name: second})
        assert refused.status_code == 409
        assert f"Saved meanwhile by someone else: {first}" in words(refused)
        assert f'value="{second}"' in refused.text


def test_a_reason_that_is_refused_stays_on_its_page(desk: Desk) -> None:
    job = made_in(desk.database, lambda s: make_job(s, ground=Ground.RECORDED, cleared_at=AT))
    page = desk.post(f"/jobs/{job.number}/yes/back", reason="the code is 7391")
    assert page.status_code == 409
    assert "radio code" in words(page)
    page = desk.post(f"/jobs/{job.number}/moved", reason="The owner moved it")
    assert page.status_code == 409
    assert 'value="The owner moved it"' in page.text


def test_no_sentence_on_a_job_keeps_a_code_of_its_radio(
    session: Session, job: Job, catalogue: Catalogue, by: By
) -> None:
    job.head_unit = make_head_unit(session)
    make_code(session, job.head_unit, "7391")
    with pytest.raises(Refused, match="radio code"):
        give_yes(session, job, catalogue, by, Plea(Ground.NOT_NEEDED, "tried 7391, played"), Role.OWNER)
    give_yes(session, job, catalogue, by, Plea(Ground.NOT_NEEDED, "played at once"), Role.OWNER)
    with pytest.raises(Refused, match="radio code"):
        take_yes_back(session, job, "7391 failed", by)
    assert job.cleared
