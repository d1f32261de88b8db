"""Two people change the same thing: where both values are promised, both stand on the page, in words people read."""

import html
from typing import Any

import pytest
from sqlalchemy.orm import Session

from garage.domain.job import AfterPower, Battery, YesNo
from garage.web.forms import EditingForm
from tests.desk import Desk, made_in, words
from tests.making import (
    AT,
    make_code,
    make_code_request,
    make_customer,
    make_dealer,
    make_head_unit,
    make_job,
    make_vehicle,
)

PROMISE = "Both values stand below"


@pytest.fixture
def paths(desk: Desk) -> dict[str, str]:
    """What is changed on pages, by name: a job with its request, a dealer, a person."""

    def make(session: Session) -> dict[str, str]:
        car = make_vehicle(session, chassis_reason="built 1978", make="Skoda", year=2001)
        unit = make_head_unit(session, serial_number="SKZ1Z2K8399700", vehicle=car)
        owner = make_customer(session, phone="01632 960200")
        told = {"earlier_tries": YesNo.YES, "earlier_tries_count": 3, "display_text": "SAFE"}
        told |= {"battery": Battery.BACK, "after_power": AfterPower.ASKED}
        job = make_job(session, customer=owner, vehicle=car, head_unit=unit, **told)
        away = make_head_unit(session)
        make_code(session, away)
        gone = make_job(session, head_unit=away, left_at=AT, **told)
        request = make_code_request(session, job=job, fee_quoted=3500)
        other = make_customer(session, name="Jo Hil")
        return {
            "job": f"/jobs/{job.number}",
            "gone": f"/jobs/{gone.number}",
            "request": f"/requests/{request.id}",
            "dealer": f"/who-we-ask/{make_dealer(session, channels='phone,email').id}",
            "radio": f"/radios/{unit.id}",
            "customers": f"/customers/{owner.id}/merge/{other.id}",
        }

    return dict(made_in(desk.database, make))


PLACES: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "numbers of car and radio": (
        "{job}/radio",
        {"serial_number": "", "vin": "WVWZZZ1KZ8W000001", "read_how": "papers", "year": 2003},
        ["SKZ1Z2K8399700", "built 1978", "2001"],
    ),
    "customer and car": (
        "{job}/car",
        {"customer_name": "Jo Hall", "work": "starter", "phone": ""},
        ["Jo Hill", "Battery change", "01632 960200"],
    ),
    "earlier tries": ("{job}/tried-before", {"earlier": "no", "display_text": "CODE"}, ["Yes", "3", "SAFE"]),
    "tries told on the phone": ("{gone}/call/tried", {"earlier": "no", "display_text": "CODE"}, ["SAFE"]),
    "dealer": (
        "{dealer}",
        {"name": "Other Cars", "kind": "online", "channels": ["letter"], "language": "de"},
        ["Invented Cars Ltd", "English", "E-mail, Phone", "Yes"],
    ),
    "money": ("{request}/money", {"fee_quoted": "40", "fee_payer": "garage"}, ["35.00"]),
    "letterhead": (
        "/letterhead",
        {"name": "Other", "phone": "1", "language": "de", "time_zone": "Europe/Paris", "currency": "CHF"},
        ["Bridge Street Garage", "English", "EUR · Euro"],
    ),
    "working hours": (
        "/working-hours",
        {"working_days": ["1"], "opens": "09:00", "closes": "18:00", "closed_days": "24.12."},
        ["Monday, Tuesday, Wednesday, Thursday, Friday", "08:00"],
    ),
    "person": (
        "/people/1",
        {"name": "Nobody", "initials": "XX", "role": "technician", "presence": "left"},
        ["Owner"],
    ),
    "look of cards": ("/cards/look", {"colour": "red", "paper": "card", "barcode": "y"}, ["Black", "No"]),
    "own text": (
        "/who-we-ask/texts/request/en",
        {"subject": "Code, please", "body": "Please send the code."},
        [],
    ),
    "fact": (
        "/facts/codes/codes.vag",
        {"text": 'makes = ["Kia"]\nlengths = [6]', "confidence": "low", "source": "x"},
        [],
    ),
}


@pytest.mark.parametrize("place", PLACES)
def test_where_both_values_are_promised_both_stand_on_the_page(
    desk: Desk, paths: dict[str, str], monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    path, typed, theirs = PLACES[place]
    shown: list[str] = []
    show = EditingForm.show_saved_meanwhile

    def listening(form: EditingForm, current: EditingForm) -> None:
        show(form, current)
        shown.extend(field.on_file for field in form if field.on_file)

    monkeypatch.setattr(EditingForm, "show_saved_meanwhile", listening)
    page = desk.post(path.format(**paths), version=99, **typed)
    assert page.status_code == 409
    assert PROMISE in words(page)
    said = html.unescape(words(page))
    for value in {*shown, *theirs}:
        line = f"Saved meanwhile by someone else: {' '.join(value.split())}"
        assert line in said, line
    assert said.count("Saved meanwhile by someone else:") == len(shown) > 0


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("{radio}/stop", {"reason": "stolen"}),
        ("{radio}/car/stop", {"reason": "stolen"}),
        ("{customers}", {"reason": "typed twice", "gone_version": 1}),
        ("/printers/1/numbers", {"right_mm": "1", "down_mm": "1", "scale_x": "1", "scale_y": "1"}),
    ],
)
def test_where_no_value_is_changed_none_is_promised(
    desk: Desk, paths: dict[str, str], path: str, typed: dict[str, Any]
) -> None:
    desk.post("/printers", name="Desk", layout="avery-c32011")
    page = desk.post(path.format(**paths), version=99, **typed)
    assert page.status_code == 409
    assert PROMISE not in words(page)
    assert "Look at it as it stands now" in words(page)


def test_what_two_people_typed_alike_is_no_choice(desk: Desk) -> None:
    alike = {"name": "Bridge Street Garage", "phone": "01632 960100", "address": "Bridge Street 1"}
    page = desk.post(
        "/letterhead", version=99, language="en", time_zone="Europe/London", currency="EUR", **alike
    )
    assert page.status_code == 409
    assert PROMISE not in words(page)
