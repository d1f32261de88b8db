"""Search finds cars, radios and customers by any part of what people know, on both databases."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.board.search import FEW, Matches, search
from garage.cards.models import Card
from garage.domain.people import Role
from garage.intake.models import Job
from garage.radios.models import HeadUnit
from garage.staff.journal import By
from tests.conftest import FixedClock
from tests.desk import Desk, made_in, words
from tests.making import AT, make_customer, make_fitting, make_head_unit, make_job, make_person, make_vehicle


def dvoraks_job(session: Session) -> Job:
    """A car of which everything is on file."""
    vehicle = make_vehicle(session, registration="KAXY12", vin="WVWZZZ1JZ3W000001")
    unit = make_head_unit(
        session, serial_number="SKZ1Z2K8399700", part_number="8200 12-34.56b", vehicle=vehicle
    )
    customer = make_customer(session, name="Dvořák", phone="01632 960111", search="dvorak01632960111")
    return make_job(session, vehicle=vehicle, head_unit=unit, customer=customer, own_number="ORDER-7")


@pytest.mark.parametrize(
    "typed",
    [
        "ka-xy 12",
        "y1",
        "wvwzzz1jz3w",
        "2k 83",
        "dvorak",
        "vořá",
        "960 111",
        "+44 1632-960111",
        "order 7",
        "8 200 123",
        "3456B",
    ],
)
def test_a_job_is_found_by_any_part_of_what_people_know(session: Session, by: By, typed: str) -> None:
    job = dvoraks_job(session)
    make_job(session)
    assert search(session, by.site_id, typed) == Matches([job], [], [])


@pytest.mark.parametrize("typed", ["", "x", "%", "_", "%%", "__", "' OR 1=1"])
def test_nothing_is_found_for_nothing(session: Session, by: By, typed: str) -> None:
    make_job(session)
    found = search(session, by.site_id, typed)
    assert not any((found.jobs, found.cars, found.units))


def test_a_job_is_found_by_its_whole_number_even_of_one_digit(session: Session, by: By) -> None:
    job = make_job(session, number=7)
    assert search(session, by.site_id, "7").jobs == [job]


def test_a_search_without_customers_finds_the_car_but_no_name_and_no_phone(session: Session, by: By) -> None:
    job = dvoraks_job(session)
    assert search(session, by.site_id, "xy12", customers=False).jobs == [job]
    assert search(session, by.site_id, "dvorak", customers=False) == Matches([], [], [])
    assert search(session, by.site_id, "960111", customers=False) == Matches([], [], [])


def test_another_sites_car_is_found_but_not_its_job(session: Session, by: By) -> None:
    job = make_job(session, site_id=by.site_id, vehicle=make_vehicle(session, registration="KAXY12"))
    assert search(session, by.site_id + 1, "KAXY12") == Matches([], [job.vehicle], [])


def test_a_radio_without_a_job_is_found_with_its_car_or_alone(session: Session, by: By) -> None:
    car = make_vehicle(session)
    make_head_unit(session, serial_number="BP111222333", vehicle=car)
    loose = make_head_unit(session, serial_number="BP111222444")
    assert search(session, by.site_id, "1112223") == Matches([], [car], [])
    assert search(session, by.site_id, "1112224") == Matches([], [], [loose])


def test_a_card_is_found_however_its_number_was_typed(session: Session, by: By) -> None:
    job = make_job(session, head_unit=make_head_unit(session))
    card = Card(site_id=by.site_id, number="RP-7K3M9Q20", head_unit=job.head_unit, job_id=job.id, made_at=AT)
    session.add(card)
    session.flush()
    assert search(session, by.site_id, "rp 7k3m 9q2O").jobs == [job]
    assert search(session, by.site_id, "7K3M").jobs == [job]


def test_the_newest_few_of_very_many_are_found(session: Session, by: By) -> None:
    jobs = [make_job(session, own_number="W-1") for _ in range(FEW + 2)]
    assert search(session, by.site_id, "ab").jobs == jobs[:1:-1]


def test_a_technician_finds_no_customer_in_the_first_box(desk: Desk, clock: FixedClock) -> None:
    made_in(desk.database, lambda s: (dvoraks_job(s), make_job(s)))
    assert "/jobs/" in desk.post("/find", text="dvorak").location
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, role=Role.TECHNICIAN)), clock())
    page = words(desk.post("/find", text="dvorak"))
    assert "Nothing found" in page
    assert "Customers are found at the desk" in page
    assert "No registration, VIN, serial number, customer" not in page
    assert "/jobs/" in desk.post("/find", text="skz1z").location


def test_one_serial_number_of_two_makes_is_asked_about(desk: Desk) -> None:
    def make(session: Session) -> None:
        for make in ("Skoda", "Volkswagen"):
            make_head_unit(session, serial_number="SKZ1Z2K8399700", make=make, model=f"{make} radio")

    def fit(session: Session) -> None:
        unit = session.scalars(sa.select(HeadUnit).where(HeadUnit.make == "Skoda")).one()
        make_fitting(session, vehicle=make_vehicle(session, model="Skoda radio's car"), head_unit=unit)

    for step in (make, fit):  # also when one of the two sits in a car, the other may be meant
        made_in(desk.database, step)
        page = words(desk.post("/find", text="SKZ1Z2K8399700"))
        assert "Skoda radio" in page
        assert "Volkswagen radio" in page


def test_radios_that_sit_in_no_car_are_listed(desk: Desk) -> None:
    made_in(desk.database, lambda s: [make_head_unit(s, serial_number=f"BP11122{n}") for n in (301, 302)])
    page = words(desk.post("/find", text="bp11122"))
    assert "BP11122301" in page
    assert "BP11122302" in page
