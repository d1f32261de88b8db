"""Help while typing: recognised, doubted, never corrected, and silent about what is not finished."""

import pytest
from sqlalchemy.orm import Session

from garage.intake.second_look import Numbers, second_look
from tests.desk import Desk, facts, made_in, words
from tests.making import make_head_unit, make_job, make_vehicle

VIN = "TMBJJ6Y5X54512345"
SERIAL = "SKZ1Z2K8399700"


def doubts(session: Session, **typed: str) -> str:
    return " ".join(str(text) for text in second_look(session, facts(), Numbers(**typed)).doubts)


def test_a_serial_number_is_recognised_with_its_make(session: Session) -> None:
    look = second_look(session, facts(), Numbers(vin=VIN, serial_number=SERIAL))
    assert [str(text) for text in look.known] == [
        "VIN: Skoda",
        "Radio number: Volkswagen group, 14 characters",
    ]
    assert look.doubts == ()
    assert "SKZIZ2K8399700, SKZLZ2K8399700 would fit as well" in str(look.alike[0])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"serial_number": "SKZ1Z2KB399700"}, "SKZ1Z2K8399700"),  # B read for 8: shown, not changed
        ({"serial_number": SERIAL[:-1]}, "Too short"),
        ({"vin": VIN[:-1] + "O"}, "I, O and Q never stand in a VIN"),
        ({"vin": VIN, "make": "Opel"}, "the make written here is Opel"),
        ({"vin": VIN, "radio_make": "Opel"}, "Is this radio from another car"),
        ({"vin": VIN, "serial_number": "GM020312345678"}, "not for Skoda"),
        ({"serial_number": SERIAL, "part_number": SERIAL}, "are the same"),
        ({"serial_number": VIN}, "looks like"),
    ],
)
def test_what_is_odd_is_said(session: Session, typed: dict[str, str], said: str) -> None:
    assert said in doubts(session, **typed)


@pytest.mark.parametrize(
    "typed",
    [
        {"serial_number": "SKZ1Z", "typing": "serial_number"},
        {"vin": "TMBJJ", "typing": "vin"},
        {"vin": VIN, "make": "Op", "typing": "make"},
        {"vin": "1234567", "old_car": "built 1978"},
        {},
    ],
)
def test_nothing_is_said_about_what_is_not_finished(session: Session, typed: dict[str, str]) -> None:
    assert doubts(session, **typed) == ""


def test_a_number_on_file_in_another_car_is_said_and_in_this_car_not(session: Session) -> None:
    car = make_vehicle(session, registration_shown="KA-AB 12", vin=VIN)
    make_head_unit(session, serial_number=SERIAL, vehicle=car)
    assert "on file in another car: KA-AB 12" in doubts(session, serial_number=SERIAL)
    assert doubts(session, serial_number=SERIAL, vin=VIN) == ""


def test_a_number_of_another_open_job_is_said(session: Session) -> None:
    job = make_job(session, head_unit=make_head_unit(session, serial_number=SERIAL))
    assert f"Job {job.number} is open with this very number" in doubts(session, serial_number=SERIAL)


def test_a_vin_of_another_car_is_said_on_the_page_of_numbers(desk: Desk) -> None:
    made_in(desk.database, lambda s: make_vehicle(s, vin=VIN, registration_shown="KA-AB 12"))
    job = made_in(desk.database, make_job)
    said = words(desk.post("/numbers/help", vin=VIN, job=job.number))
    assert "on file for another car: KA-AB 12" in said
    assert "Is it the same car?" in said
    assert desk.post("/numbers/help", vin=VIN, job=999).status_code == 404
