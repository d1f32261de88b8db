"""The board, the first box and the job's page, as the desk sees them."""

from sqlalchemy.orm import Session

from garage.domain.clearance import Ground
from garage.domain.job import AfterPower, Battery
from garage.intake.models import Job
from tests.conftest import FixedClock
from tests.desk import Desk, made_in, words
from tests.making import AT, make_code, make_head_unit, make_job, make_person, make_vehicle

VIN = "TMBJJ6Y5X54512345"


def test_an_empty_board_says_that_nobody_waits(desk: Desk) -> None:
    assert "Nobody is waiting" in words(desk.get("/"))


def test_the_board_reminds_of_a_backup_after_seven_days(desk: Desk, clock: FixedClock) -> None:
    assert "No backup" not in words(desk.get("/"))
    clock.move(days=7, minutes=1)
    desk.sign_in(made_in(desk.database, make_person), clock())
    assert "No backup for more than seven days" in words(desk.get("/"))


def test_the_first_box_opens_the_open_job_of_a_plate(desk: Desk) -> None:
    job = made_in(desk.database, lambda s: make_job(s, vehicle=make_vehicle(s, registration="KAAB12")))
    assert desk.post("/find", text="ka-ab 12").location == f"/jobs/{job.number}"


def test_the_first_box_takes_a_known_car_in_when_no_job_is_open(desk: Desk) -> None:
    def make(session: Session) -> Job:
        car = make_vehicle(session, registration="KAAB12", registration_shown="KA-AB 12")
        return make_job(session, vehicle=car, closed_at=AT)

    made_in(desk.database, make)
    assert desk.post("/find", text="ka ab 12").location == "/new"
    page = desk.get("/new").text
    assert 'value="KA-AB 12"' in page
    assert "Jo Hill" in page


def test_the_first_box_starts_a_new_car_for_a_plate_nobody_knows(desk: Desk) -> None:
    assert desk.post("/find", text="NEW 123").location == "/new"
    assert 'value="NEW 123"' in desk.get("/new").text


def test_the_first_box_puts_a_vin_where_it_belongs(desk: Desk) -> None:
    desk.post("/find", text=VIN)
    assert f'value="{VIN}"' in desk.get("/new").text


def test_a_name_nobody_has_is_said_to_be_unknown(desk: Desk) -> None:
    response = desk.post("/find", text="Nobody")
    assert response.status_code == 200
    assert "Nothing found" in words(response)


def test_a_vin_never_stands_in_an_address(desk: Desk) -> None:
    assert VIN not in desk.post("/find", text=VIN).location


def test_the_job_page_says_the_verdict_and_masks_the_code(desk: Desk) -> None:
    def make(session: Session) -> Job:
        unit = make_head_unit(session)
        make_code(session, unit, "0417")
        return make_job(session, head_unit=unit, ground=Ground.ON_FILE, cleared_at=AT)

    job = made_in(desk.database, make)
    page = desk.get(f"/jobs/{job.number}")
    assert "Battery may come off" in words(page)
    assert "••••" in words(page)
    assert "0417" not in page.text


def test_a_job_nobody_knows_is_not_there(desk: Desk) -> None:
    assert desk.get("/jobs/999").status_code == 404


def test_a_car_whose_radio_is_locked_for_good_can_be_handed_over(desk: Desk) -> None:
    def make(session: Session) -> Job:
        unit = make_head_unit(session, locked_for_good_at=AT)
        return make_job(
            session,
            head_unit=unit,
            battery=Battery.BACK,
            after_power=AfterPower.ASKED,
            ground=Ground.RECORDED,
        )

    job = made_in(desk.database, make)
    page = words(desk.get(f"/jobs/{job.number}"))
    assert "Car handed over" in page
    assert "Enter a code" not in page
    assert desk.post(f"/jobs/{job.number}/handed-over").status_code == 303
    assert "Done" in words(desk.get(f"/jobs/{job.number}"))


def test_the_history_of_a_job_tells_of_its_prints_too(desk: Desk) -> None:
    job = made_in(desk.database, make_job)
    desk.post(f"/jobs/{job.number}/print", kind="windscreen-tag")
    assert "printed" in words(desk.get(f"/jobs/{job.number}"))
