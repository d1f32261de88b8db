"""Whatever goes wrong gets a clear page with the right status, and never a stack trace."""

import sqlite3
from dataclasses import replace
from unittest.mock import Mock

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from garage.domain.people import Role
from garage.intake.models import Vehicle
from garage.web.settings import Settings
from tests import making
from tests.conftest import FixedClock
from tests.desk import Desk, made_in, open_desk, words
from tests.making import make_job, make_person


def test_an_unknown_page_is_404(desk: Desk) -> None:
    response = desk.get("/no-such-page")
    assert response.status_code == 404
    assert "There is no such page" in words(response)


def test_a_page_for_managers_is_403_for_a_technician(desk: Desk, clock: FixedClock) -> None:
    desk.sign_in(
        made_in(desk.database, lambda s: make_person(s, name="Tom Bay", role=Role.TECHNICIAN)), clock()
    )
    response = desk.get("/people")
    assert response.status_code == 403
    assert "Ask a manager" in words(response)


def test_nobody_signed_in_is_sent_to_the_door(desk: Desk) -> None:
    desk.post("/sign-out")
    assert desk.get("/").location == "/sign-in"
    assert desk.post("/find", text="x").location == "/sign-in"


def test_a_forged_form_is_400_and_changes_nothing(desk: Desk) -> None:
    desk.app.config["WTF_CSRF_ENABLED"] = True
    response = desk.post("/new", registration="FORGED 1", customer_name="Eve", answer="unknown")
    assert response.status_code == 400
    assert "too old" in words(response)
    desk.app.config["WTF_CSRF_ENABLED"] = False
    assert "Nothing found" in words(desk.post("/find", text="Eve"))


def test_a_form_that_is_too_large_is_413(desk: Desk) -> None:
    response = desk.client.post("/find", data={"text": "x" * 1_100_000})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "address",
    [
        "/cards/several?day=9999-12-31",
        "/cards/several?day=0001-01-01",
        "/makes/ford?model=Focus&year=99999999999999999999",
        "/makes/ford?model=%00",
        "/new?car=99999999999999999999",
        "/who-did-what?before=99999999999999999999",
    ],
)
def test_an_address_with_what_no_row_can_have_is_no_fault_of_ours(
    settings: Settings, database_url: str, clock: FixedClock, address: str
) -> None:
    with open_desk(replace(settings, database_url=database_url), clock) as desk:
        assert desk.get(address).status_code in {200, 400}


def test_a_form_with_what_no_row_can_have_is_no_fault_of_ours(
    settings: Settings, database_url: str, clock: FixedClock
) -> None:
    with open_desk(replace(settings, database_url=database_url), clock) as desk:
        assert desk.post("/find", text="AB\0C12").status_code in {303, 400}
        for name in ("job", "radio"):
            answer = desk.post("/cards/several", paper="avery-c32011", **{name: "99999999999999999999"})
            assert answer.status_code == 422
        with desk.database.transaction() as session:
            making.first_site(session).time_zone = "America/New_York"
        late = {"registration": "AB12CDE", "customer_name": "Jo Hill", "answer": "unknown", "work": "battery"}
        answer = desk.post("/new", **late, happened_at="9999-12-31T23:59")
        assert answer.status_code == 422
        assert "a time that has passed" in words(answer)


def test_a_rule_that_says_no_is_409_with_its_reason(desk: Desk) -> None:
    job = made_in(desk.database, make_job)
    response = desk.post(f"/jobs/{job.number}/battery-off")
    assert response.status_code == 409
    assert "may not come off yet" in words(response)


def test_a_busy_database_is_503_and_says_that_nothing_was_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise OperationalError("", {}, sqlite3.OperationalError("database is locked"))

    monkeypatch.setattr("garage.board.views_board.open_jobs", busy)
    response = desk.get("/")
    assert response.status_code == 503
    assert "Nothing was lost" in words(response)


def test_a_fault_of_ours_shows_no_details_and_logs_no_values(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "0417"

    def broken(*_: object) -> None:
        raise RuntimeError(f"the code is {secret}")

    monkeypatch.setattr("garage.board.views_board.open_jobs", broken)
    desk.app.config["TESTING"] = False
    response = desk.get("/")
    assert response.status_code == 500
    assert "That was our fault" in words(response)
    assert f"is {secret}" not in response.text + caplog.text
    assert "RuntimeError" in caplog.text


def broken_by(session: Session, **fields: object) -> IntegrityError:
    """What the database says to two such cars."""
    session.add_all([Vehicle(**fields), Vehicle(**fields)])
    with pytest.raises(IntegrityError) as no:
        session.flush()
    session.rollback()
    return no.value


def test_two_desks_that_make_the_same_are_told_and_any_other_broken_rule_is_our_fault(
    session: Session, desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    seen = {409: broken_by(session, vin="TMBJJ6Y5X54512345"), 500: broken_by(session, stop_reason_id=10**6)}
    desk.app.config["TESTING"] = False
    for status, error in seen.items():
        monkeypatch.setattr("garage.board.views_board.open_jobs", Mock(side_effect=error))
        assert desk.get("/").status_code == status
    assert caplog.text.count("IntegrityError") == 1
    assert "INSERT" not in caplog.text


@pytest.mark.parametrize("url", ["/", "/new", "/sign-in", "/static/garage.css", "/no-such-page"])
def test_every_answer_carries_the_headers(desk: Desk, url: str) -> None:
    with desk.get(url) as response:
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        stored = response.headers["Cache-Control"]
        assert ("immutable" in stored) if url.startswith("/static") else stored == "no-store"


def test_no_page_stays_behind_when_a_name_of_the_host_is_invented(desk: Desk) -> None:
    assert desk.client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


def test_the_programs_own_address_may_be_written_with_capitals(settings: Settings, clock: FixedClock) -> None:
    with open_desk(replace(settings, public_url="http://Garage.Local:8000"), clock) as desk:
        assert desk.client.get("/sign-in", headers={"Host": "garage.local:8000"}).status_code == 200


@pytest.mark.parametrize(
    "url", ["/jobs/99999999999999999999", "/radios/99999999999999999999", "/photos/4294967296.jpg"]
)
def test_a_number_no_row_can_have_is_an_unknown_page(desk: Desk, url: str) -> None:
    assert desk.get(url).status_code == 404


def test_a_number_too_long_for_any_field_gets_a_sentence(desk: Desk) -> None:
    job = made_in(desk.database, make_job)
    response = desk.post(
        f"/jobs/{job.number}/car", customer_name="Jo", work="battery", version=1, year="9" * 400
    )
    assert response.status_code == 422
    assert "smaller number" in words(response)


@pytest.mark.parametrize("typed", ["0001-01-01T00:00", "2999-01-01T00:00"])
def test_a_car_did_not_come_in_another_century(desk: Desk, typed: str) -> None:
    response = desk.post(
        "/new", registration="K 1", customer_name="Jo", work="battery", answer="unknown", happened_at=typed
    )
    assert response.status_code == 422
    assert "a time that has passed" in words(response)


def test_a_time_that_nobody_can_read_gets_a_sentence(desk: Desk) -> None:
    typed = {"registration": "K 1", "customer_name": "Jo", "work": "battery", "answer": "unknown"}
    response = desk.post("/new", **typed, happened_at="2.3.2026 14:00")
    assert response.status_code == 422
    assert "like this: 2026-03-02 14:00" in words(response)
    assert 'value="2.3.2026 14:00"' in response.text


def test_what_is_typed_in_later_is_kept_to_the_minute(desk: Desk) -> None:
    with desk.database.transaction() as session:
        making.first_site(session).time_zone = "Europe/Berlin"
    desk.post(
        "/new",
        registration="K 1",
        customer_name="Jo",
        work="battery",
        answer="unknown",
        happened_at="2026-03-02T09:30",
    )
    assert "2 Mar 2026, 09:30" in words(desk.get("/jobs/1"))
