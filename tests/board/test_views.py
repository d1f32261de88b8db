"""The board, the first box and the job's page, as the desk sees them."""

from datetime import datetime
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.cards.models import Card
from garage.domain.clearance import Ground
from garage.domain.job import AfterPower, Battery
from garage.intake.models import Job
from garage.radios.models import Standing
from tests.conftest import FixedClock
from tests.desk import Desk, made_in, words
from tests.making import AT, make_code, make_customer, make_head_unit, make_job, make_person, make_vehicle

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
    opened = desk.post("/find", text="ka ab 12").location
    page = desk.get(opened).text
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


@pytest.fixture
def known(desk: Desk) -> int:
    """A car that was here, with a radio and a card; gives the row of the car."""

    def make(session: Session) -> int:
        car = make_vehicle(session, registration="KAAB12", registration_shown="KA-AB 12", vin=VIN)
        unit = make_head_unit(session, serial_number="SKZ1Z2K8399700", part_number="8200123456", vehicle=car)
        job = make_job(session, vehicle=car, head_unit=unit, closed_at=AT, own_number="ORDER 7")
        session.add(
            Card(site_id=job.site_id, number="RP-7K3M9Q20", head_unit=unit, job_id=job.id, made_at=AT)
        )
        return car.id

    return int(made_in(desk.database, make))


def test_a_scanned_card_leads_to_its_car_and_its_own_page_is_one_click_away(desk: Desk, known: int) -> None:
    page = desk.get(desk.post("/find", text="RP-7K3M9Q20").location).text
    assert '<a href="/cards/RP-7K3M9Q20">Card RP-7K3M9Q20</a>' in page
    with desk.database.transaction() as session:
        session.scalars(select(Card)).one().not_current_at = AT
    page = desk.get(desk.post("/find", text="RP-7K3M9Q20").location).text
    assert "Card RP-7K3M9Q20: no longer current" in page


@pytest.mark.parametrize(
    "typed",
    ["*SKZ1Z2K8399700*", f"*I{VIN}*", "rp-7k3m9q20", "jo hill", "01632 960200", "8200123456", "skz-1z2k"],
)
def test_the_first_box_knows_a_car_by_whatever_is_known_of_it(desk: Desk, known: int, typed: str) -> None:
    opened = desk.post("/find", text=typed).location
    assert opened == f"/new?car={known}"
    page = desk.get(opened).text
    for filled in ("KA-AB 12", VIN, "Jo Hill", "01632 960200"):
        assert f'value="{filled}"' in page
    assert "ending 9700" in page


def test_the_garages_own_number_opens_that_job(desk: Desk, known: int) -> None:
    assert desk.post("/find", text="order7").location.startswith("/jobs/")


def test_the_square_code_of_a_job_sheet_opens_its_job(desk: Desk) -> None:
    job = made_in(desk.database, make_job)
    assert desk.post("/find", text=f"http://192.168.1.5/jobs/{job.number}").location == f"/jobs/{job.number}"
    assert "Nothing found" in words(desk.post("/find", text="http://192.168.1.5/jobs/999"))


@pytest.mark.parametrize("typed", ["{}", "#{}", "job {}", "Auftrag {}"])
def test_a_job_is_found_by_its_number(desk: Desk, typed: str) -> None:
    job = made_in(desk.database, make_job)
    assert desk.post("/find", text=typed.format(job.number)).location == f"/jobs/{job.number}"


def test_several_cars_are_a_list_to_pick_from(desk: Desk) -> None:
    def make(session: Session) -> Job:
        customer = make_customer(session)
        make_job(
            session, customer=customer, vehicle=make_vehicle(session, registration_shown="K 1"), closed_at=AT
        )
        return make_job(session, customer=customer, vehicle=make_vehicle(session, registration_shown="K 2"))

    job = made_in(desk.database, make)
    page = desk.post("/find", text="hill")
    assert "2 cars found" in words(page)
    assert "K 1" in words(page)
    assert f'href="/jobs/{job.number}"' in page.text
    assert f'href="/new?car={job.vehicle_id - 1}"' in page.text


def test_a_car_that_another_customer_brought_last_is_shown_and_not_filled_in(desk: Desk) -> None:
    def make(session: Session) -> None:
        sold = make_vehicle(session)
        make_job(session, vehicle=sold, closed_at=AT)
        make_job(
            session,
            vehicle=sold,
            customer=make_customer(session, name="Ann Dale", search="anndale"),
            closed_at=AT,
        )

    made_in(desk.database, make)
    page = desk.post("/find", text="Jo Hill")
    assert "1 car found" in words(page)
    assert "Ann Dale" in words(page)


def test_a_radio_that_sits_in_no_car_opens_by_its_number(desk: Desk) -> None:
    unit = made_in(desk.database, lambda s: make_head_unit(s, serial_number="SKZ1Z2K8399700"))
    assert desk.post("/find", text="SKZ1Z2K8399700").location == f"/radios/{unit.id}"


def test_the_number_of_an_unknown_radio_goes_with_the_new_car(desk: Desk) -> None:
    assert desk.post("/find", text="SKZ1Z2K8399700").location == "/new"
    assert 'value="SKZ1Z2K8399700"' in desk.get("/new").text


def test_an_unknown_phone_is_filled_in_as_one(desk: Desk) -> None:
    desk.post("/find", text="01632 960777")
    assert 'name="contact" type="text" value="01632 960777"' in desk.get("/new").text


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


def test_a_radio_whose_make_nobody_wrote_down_is_said_to_be_not_known(desk: Desk) -> None:
    job = made_in(desk.database, lambda s: make_job(s, head_unit=make_head_unit(s, make="", model="")))
    assert "Radio Radio not known Serial number" in words(desk.get(f"/jobs/{job.number}"))


def test_a_dealer_is_offered_until_a_code_worked(desk: Desk) -> None:
    def make(session: Session, worked_at: datetime | None) -> int:
        unit = make_head_unit(session)
        make_code(
            session, unit, worked_at=worked_at, standing=Standing.WORKED if worked_at else Standing.TO_TRY
        )
        return make_job(session, head_unit=unit).number

    for worked_at in (None, AT):
        number = made_in(desk.database, partial(make, worked_at=worked_at))
        assert ("Ask for the code" in words(desk.get(f"/jobs/{number}"))) == (worked_at is None)


def test_no_dealer_is_offered_until_a_manager_looked_at_a_radio_of_another_car(desk: Desk) -> None:
    def make(session: Session) -> Job:
        return make_job(session, head_unit=make_head_unit(session), in_another_vehicle=True)

    job = made_in(desk.database, make)
    assert f'href="/jobs/{job.number}/ask"' not in desk.get(f"/jobs/{job.number}").text


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
