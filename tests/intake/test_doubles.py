"""Twice on file: asked about before it happens, made one by a manager afterwards, and nothing is lost."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.code_requests import own_ways
from garage.db import Base
from garage.domain.job import Answer, Elsewhere, Work
from garage.domain.people import Role
from garage.domain.text import Refused
from garage.intake import actions
from garage.intake.actions import SamePerson, take_in
from garage.intake.commands import HeldAgainst, TakeIn
from garage.intake.doubles import double_customers, double_vehicles, held_against, like_customers
from garage.intake.merging import merge_customers, merge_vehicles, what_moves
from garage.intake.models import Customer, Job, Vehicle
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests.conftest import FixedClock
from tests.desk import Desk, facts, made_in, words
from tests.making import AT, make_customer, make_head_unit, make_job, make_person, make_vehicle

VIN = "TMBJJ6Y5X54512345"
NEW = TakeIn(
    registration="KA-AB 123",
    vin="",
    customer_name="Jo Hil",
    phone="",
    email="",
    work=Work.BATTERY,
    answer=Answer.UNKNOWN,
)
WHY = "Looked at both, same papers"


def two(row: Base, other: Base) -> tuple[int, int]:
    return row.version, other.version  # type: ignore[attr-defined]


def test_a_like_customer_is_asked_about_before_anything_is_saved(session: Session, by: By) -> None:
    make_customer(session)
    with pytest.raises(SamePerson):
        take_in(session, NEW, facts(), by, own_ways)


def test_the_answer_decides_who_it_is(session: Session, by: By) -> None:
    hill = make_customer(session)
    same = take_in(session, replace(NEW, customer_id=hill.id), facts(), by, own_ways)
    assert (same.customer, hill.name, hill.phone) == (hill, "Jo Hill", "01632 960200")
    other = take_in(session, replace(NEW, registration="K 2", customer_id=0), facts(), by, own_ways)
    assert other.customer.name == "Jo Hil"


def test_only_who_came_since_is_compared_once_more(session: Session, by: By) -> None:
    hill = make_customer(session)
    assert held_against(session, None, "Jo Hil", "") == HeldAgainst(hill.id, like=True)
    with pytest.raises(SamePerson):
        take_in(session, replace(NEW, held=HeldAgainst(hill.id, like=True)), facts(), by, own_ways)
    before = HeldAgainst(hill.id - 1, like=False)
    with pytest.raises(SamePerson):
        take_in(session, replace(NEW, held=before), facts(), by, own_ways)
    everybody = HeldAgainst(hill.id, like=False)
    assert take_in(session, replace(NEW, held=everybody), facts(), by, own_ways).customer.name == "Jo Hil"


def test_names_are_compared_before_anybody_waits_to_write(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_in(desk.database, make_customer)
    asked: list[int] = []

    def watched(session: Session, *who: str, but: int = 0, after: int = 0) -> list[Customer]:
        asked.append(after)
        return like_customers(session, *who, but=but, after=after)

    monkeypatch.setattr(actions, "like_customers", watched)
    typed = {"registration": "K 7", "customer_name": "Ann Dale", "work": "battery", "answer": "unknown"}
    assert desk.post("/new", **typed).status_code == 303
    assert asked == [1]  # inside: only those after the one customer who was on file


def test_an_answer_about_a_name_typed_before_is_none(session: Session, by: By) -> None:
    hill = make_customer(session)
    moved_on = replace(NEW, customer_id=hill.id, customer_name="Ann Dale", phone="01632 960300")
    assert take_in(session, moved_on, facts(), by, own_ways).customer.name == "Ann Dale"
    assert (hill.name, hill.phone) == ("Jo Hill", "01632 960200")
    merged_away = replace(NEW, registration="K 2", customer_id=hill.id + 1000)
    with pytest.raises(SamePerson):
        take_in(session, merged_away, facts(), by, own_ways)


def test_the_page_asks_and_keeps_what_was_typed(desk: Desk) -> None:
    hill = made_in(desk.database, make_customer)
    typed = {"registration": "KA-AB 123", "customer_name": "Hill, Jo", "work": "battery", "answer": "unknown"}
    page = desk.post("/new", **typed)
    assert page.status_code == 409
    assert "The same person?" in words(page)
    assert "Jo Hill, …200" in words(page)
    assert "Hill, Jo" in page.text
    assert desk.post("/new", **typed, same_customer=10**20).status_code == 422
    assert desk.post("/new", **typed, same_customer=hill.id).status_code == 303
    assert "Jo Hill" in words(desk.get("/jobs/1"))


def test_the_question_comes_while_typing_and_not_for_who_is_clear(desk: Desk) -> None:
    made_in(desk.database, make_customer)
    assert "Jo Hill" in words(desk.post("/new/same-person", customer_name="Jo Hil"))
    clear = desk.post("/new/same-person", customer_name="Jo Hill", contact="01632 960200")
    assert words(clear) == ""


def test_a_pasted_text_is_nobodys_name(desk: Desk) -> None:
    made_in(desk.database, make_customer)
    pasted = desk.post("/new/same-person", customer_name="Jo Hil " * 30, contact="01632 960200")
    assert (pasted.status_code, words(pasted)) == (200, "")


def test_a_technician_is_offered_no_customers_and_takes_the_car_in_all_the_same(
    desk: Desk, clock: FixedClock
) -> None:
    hill = made_in(desk.database, make_customer)
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, role=Role.TECHNICIAN)), clock())
    assert words(desk.post("/new/same-person", customer_name="Jo Hil")) == ""
    typed = {"registration": "KA-AB 123", "customer_name": "Jo Hil", "work": "battery", "answer": "unknown"}
    assert desk.post("/new", **typed, same_customer=hill.id).status_code == 303
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Job)).one().customer.name == "Jo Hil"


def test_two_spellings_become_one_customer_with_all_jobs(session: Session, by: By) -> None:
    kept = make_customer(session, phone="", search="johill")
    gone = make_customer(session, name="Jo Hil", search="johil")
    jobs = [make_job(session, customer=one, closed_at=AT) for one in (kept, gone, gone)]
    assert len(what_moves(session, gone).jobs) == 2
    merge_customers(session, kept, gone, two(kept, gone), WHY, by)
    assert {job.customer_id for job in jobs} == {kept.id}
    assert session.scalars(sa.select(Customer.name)).all() == ["Jo Hill"]
    assert kept.phone == "01632 960200"
    verbs = session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)).all()
    assert verbs == ["merge", "merge_away"]


@pytest.fixture
def cars(session: Session) -> tuple[Vehicle, Vehicle]:
    """One car, once by its plate with a radio, once by its VIN."""
    by_plate = make_vehicle(session, registration="KAAB123", registration_shown="KA-AB 123")
    by_vin = make_vehicle(session, registration="", registration_shown="", vin=VIN, year=2005)
    make_head_unit(session, serial_number="SKZ1Z2K8399700", vehicle=by_plate)
    return by_plate, by_vin


def test_two_entries_become_one_car(session: Session, by: By, cars: tuple[Vehicle, Vehicle]) -> None:
    kept, gone = cars
    before, now = make_job(session, vehicle=kept, closed_at=AT), make_job(session, vehicle=gone)
    merge_vehicles(session, kept, gone, two(kept, gone), WHY, facts(), by)
    assert (kept.vin, kept.year, kept.registration) == (VIN, 2005, "KAAB123")
    assert before.vehicle is now.vehicle is kept
    assert kept.head_unit is not None
    assert session.scalars(sa.select(Vehicle.id)).all() == [kept.id]


def test_a_radio_that_was_in_the_other_entry_is_in_no_other_car(
    session: Session, by: By, cars: tuple[Vehicle, Vehicle]
) -> None:
    kept, gone = cars
    job = make_job(session, vehicle=gone, head_unit=kept.head_unit)
    job.in_another_vehicle, job.elsewhere_said = True, Elsewhere.SWAPPED
    merge_vehicles(session, kept, gone, two(kept, gone), WHY, facts(), by)
    assert not job.in_another_vehicle
    assert job.cleared


def test_of_two_radios_the_one_seen_last_stays(
    session: Session, by: By, clock: FixedClock, cars: tuple[Vehicle, Vehicle]
) -> None:
    kept, gone = cars
    newer = make_head_unit(session, serial_number="SKZ1Z2K8391111", vehicle=gone)
    merge_vehicles(session, kept, gone, two(kept, gone), WHY, facts(), by)
    assert kept.head_unit is newer
    assert len([fitting for fitting in kept.fittings if fitting.until_at is None]) == 1


def test_a_stop_stays_a_stop(session: Session, by: By, cars: tuple[Vehicle, Vehicle]) -> None:
    kept, gone = cars
    gone.stopped_at = AT
    merge_vehicles(session, kept, gone, two(kept, gone), WHY, facts(), by)
    assert kept.stopped_at == AT


def test_two_open_jobs_are_not_merged(session: Session, by: By, cars: tuple[Vehicle, Vehicle]) -> None:
    kept, gone = cars
    make_job(session, vehicle=kept)
    make_job(session, vehicle=gone)
    with pytest.raises(Refused, match="open job"):
        merge_vehicles(session, kept, gone, two(kept, gone), WHY, facts(), by)


def test_a_merge_needs_a_reason_and_what_was_looked_at(
    session: Session, by: By, cars: tuple[Vehicle, Vehicle]
) -> None:
    kept, gone = cars
    with pytest.raises(Refused, match="why"):
        merge_vehicles(session, kept, gone, two(kept, gone), " ", facts(), by)
    with pytest.raises(Refused, match="Saved meanwhile"):
        merge_vehicles(session, kept, gone, (kept.version, gone.version + 1), WHY, facts(), by)


def test_likely_doubles_are_found_and_different_people_are_not(session: Session) -> None:
    make_customer(session, name="Ann Dale", phone="01632 960300", search="anndale01632960300")
    one, other = make_customer(session), make_customer(session, name="Hill Jo", phone="+44 1632 960200")
    assert [(pair.older, pair.newer) for pair in double_customers(session)] == [(one, other)]
    make_vehicle(session, vin=VIN)
    near = make_vehicle(session, vin=VIN[:-1] + "6")
    make_vehicle(session, vin="WVWZZZ1JZ3W000001")
    assert [pair.newer for pair in double_vehicles(session)] == [near]


def test_the_preview_says_what_moves_and_only_a_manager_may(desk: Desk, clock: FixedClock) -> None:
    def make(session: Session) -> tuple[int, int, int]:
        kept, gone = make_customer(session), make_customer(session, name="Jo Hil")
        return kept.id, gone.id, make_job(session, customer=gone).number

    kept, gone, job = made_in(desk.database, make)
    address = f"/customers/{kept}/merge/{gone}"
    page = desk.get(address)
    assert f"1 visit: job {job}" in words(page)
    assert "Jo Hil" in words(desk.get("/doubles"))
    assert desk.post(address, version=1, gone_version=1, reason="").status_code == 422
    assert desk.post(address, version=1, gone_version=1, reason=WHY).status_code == 303
    assert desk.get(address).status_code == 404
    assert str(job) in words(desk.get(f"/customers/{kept}"))
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, role=Role.TECHNICIAN)), clock())
    assert desk.get(f"/customers/{kept}").status_code == 403
    assert desk.get("/doubles").status_code == 403


def test_a_plate_and_a_vin_of_two_entries_are_pointed_out(desk: Desk) -> None:
    def make(session: Session) -> None:
        make_vehicle(session, registration="KAAB123", registration_shown="KA-AB 123")
        make_vehicle(session, registration="", registration_shown="", vin=VIN)

    made_in(desk.database, make)
    said = words(desk.post("/new/known", registration="KA AB 123", vin=VIN))
    assert "on file twice: KA-AB 123" in said


def test_every_row_of_an_entry_that_goes_is_counted(session: Session, cars: tuple[Vehicle, Vehicle]) -> None:
    kept, _gone = cars
    assert what_moves(session, kept).others == 1
    assert session.scalar(sa.select(sa.func.count(Job.id))) == 0
