"""The bay's pages through the browser: buttons, codes, the radio's memory."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from garage.bay.models import Try
from garage.db import Database
from garage.domain.job import AfterPower, Battery, YesNo
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry, SignIn
from tests import making
from tests.bay.conftest import Visitor, a_job

CANARY = "0739"
WORDS = ("clearance", "head unit", "candidate", "reveal", "lock-out", "override", "journal", "memory keeper")


@pytest.fixture
def put(house: Database, people: By) -> Callable[..., Job]:
    """Put a job on file; with `code` its radio has that code to try."""

    def put_job(code: str = "", **fields: Any) -> Job:
        with house.transaction() as session:
            job = a_job(session, people, **fields)
            if code:
                assert job.head_unit is not None
                making.make_code(session, job.head_unit, code)
            return job

    return put_job


def asking(**more: Any) -> dict[str, Any]:
    """The radio asks, and nobody tried before."""
    said = {"battery": Battery.BACK, "after_power": AfterPower.ASKED, "earlier_tries": YesNo.NO}
    return said | more


def stored(house: Database, job: Job) -> Job:
    with house.reading() as session:
        return session.get_one(Job, job.id)


def code_of(house: Database, job: Job) -> RadioCode:
    with house.reading() as session:
        return session.scalars(sa.select(RadioCode).where(RadioCode.head_unit_id == job.head_unit_id)).one()


def test_one_tap_closes_the_easy_car(technician: Visitor, house: Database, put: Callable[..., Job]) -> None:
    job = put()
    page = technician.get(f"/jobs/{job.number}/bay")
    assert "Battery may come off" in page.text
    answer = technician.post(f"/jobs/{job.number}/plays")
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job.number}")
    assert stored(house, job).closed_at is not None


def test_a_button_on_the_phone_stays_on_the_phones_page(technician: Visitor, put: Callable[..., Job]) -> None:
    job = put()
    steps = ("battery-off", "battery-back", "asks")
    for step in steps:
        answer = technician.post(f"/jobs/{job.number}/{step}", back="bay")
        assert (answer.status_code, answer.location) == (303, f"/jobs/{job.number}/bay")
    assert "It asks for a code" in technician.get(f"/jobs/{job.number}/bay").text


def test_the_second_person_to_tap_is_told(technician: Visitor, put: Callable[..., Job]) -> None:
    job = put()
    assert technician.post(f"/jobs/{job.number}/battery-off").status_code == 303
    second = technician.post(f"/jobs/{job.number}/battery-off")
    assert second.status_code == 409
    assert "battery off" in second.text


def test_without_the_yes_the_phone_says_stop_and_offers_the_way_out(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(ground=None, cleared_at=None, head_unit=None)
    page = technician.get(f"/jobs/{job.number}/bay").text
    assert "Stop: read the radio number first" in page
    assert "Slide the radio out with its plug left in" in page
    assert f"/jobs/{job.number}/battery-off" not in page
    assert technician.post(f"/jobs/{job.number}/battery-off").status_code == 409
    answer = technician.post(f"/jobs/{job.number}/already-off")
    assert answer.location == f"/jobs/{job.number}/already-off"
    said = technician.get(answer.location).text
    for words in ("number now", "Enter nothing", "Tell the desk", "plug left in"):
        assert words in said
    assert stored(house, job).taken_off_without_yes


def test_who_has_read_the_number_is_not_told_to_read_it(technician: Visitor, put: Callable[..., Job]) -> None:
    without_vin = put(ground=None, cleared_at=None)
    for page in ("", "/bay"):
        said = technician.get(f"/jobs/{without_vin.number}{page}").text
        assert "Stop: write down the VIN first" in said
        assert "Stop: read the radio number first" not in said
    assert "Write down the VIN first" in technician.get("/").text


def test_a_yes_that_was_taken_back_leads_to_the_numbers_and_nowhere_else(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(ground=None, cleared_at=None)
    with house.transaction() as session:
        session.get_one(Job, job.id).vehicle.vin = "TMBJJ6Y5X54512345"
    page = technician.get(f"/jobs/{job.number}").text
    assert "Stop: check the numbers first" in page
    assert f"/jobs/{job.number}/radio" in page
    assert f"/jobs/{job.number}/yes" not in page
    asked = technician.get(f"/jobs/{job.number}/yes").text
    assert "Look at both once more" in asked
    assert "Or go without the number" not in asked


def test_a_technician_is_not_offered_to_take_the_yes_back(
    technician: Visitor, put: Callable[..., Job]
) -> None:
    job = put()
    assert "/yes/back" not in technician.get(f"/jobs/{job.number}").text


def test_a_manager_can_look_at_another_cars_radio_also_after_the_battery(
    desk: Visitor, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking(in_another_vehicle=True))
    assert f'href="/jobs/{job.number}/moved"' in desk.get(f"/jobs/{job.number}").text
    codes = desk.get(f"/jobs/{job.number}/codes").text
    assert "Ask a manager" in codes
    assert 'class="masked"' not in codes  # nothing of its code is shown, not even that there is one


def test_a_closed_job_offers_nothing_that_it_refuses(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put()
    assert technician.post(f"/jobs/{job.number}/plays").status_code == 303
    page = technician.get(f"/jobs/{job.number}").text
    codes = technician.get(f"/jobs/{job.number}/codes").text
    assert "Done: the radio plays" in page
    for refused in ("/radio", "/ask"):
        assert f'href="/jobs/{job.number}{refused}"' not in page + codes
    assert "Keep the code" not in codes
    assert "No: it asks for a code" in page  # a wrong tap on "Plays" is put right where it was made
    assert technician.post(f"/jobs/{job.number}/asks").status_code == 303
    assert stored(house, job).closed_at is None


def test_without_a_number_the_phone_asks_for_it_before_any_code(
    technician: Visitor, put: Callable[..., Job]
) -> None:
    number = put(**asking(head_unit=None)).number
    page = technician.get(f"/jobs/{number}/bay").text
    first, codes = (
        re.search(rf'class="([^"]*)"[^>]*href="/jobs/{number}/{page_of}"', page)
        for page_of in ("radio", "codes")
    )
    assert first
    assert "btn-primary" in first[1]
    assert codes
    assert "btn-primary" not in codes[1]


def test_the_first_look_always_begins_with_the_charger(technician: Visitor, put: Callable[..., Job]) -> None:
    page = technician.get(f"/jobs/{put(battery=Battery.BACK).number}/bay").text
    places = [
        page.index(words)
        for words in ("charger first", "ignition on", "radio on", "Wait 2 minutes", "Look at")
    ]
    assert places == sorted(places)


def test_a_code_is_masked_until_it_is_shown_on_purpose(
    technician: Visitor, house: Database, put: Callable[..., Job], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    job = put(CANARY, **asking())
    code = code_of(house, job)
    for page in ("codes", "bay", f"codes/{code.id}/entered", ""):
        assert CANARY not in technician.get(f"/jobs/{job.number}/{page}".rstrip("/")).text
    assert CANARY not in technician.get(f"/radios/{job.head_unit_id}").text
    shown = technician.post(f"/jobs/{job.number}/codes/{code.id}/show")
    assert shown.status_code == 200
    assert CANARY in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert CANARY not in caplog.text
    with house.reading() as session:
        lines = session.scalars(sa.select(JournalEntry).where(JournalEntry.verb == "show_code")).all()
        assert [(line.kind, line.row_number) for line in lines] == [("radio_code", code.id)]


def test_who_must_sign_in_again_beside_a_shown_code_comes_back_to_the_codes(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    code = f"/jobs/{job.number}/codes/{code_of(house, job).id}"
    technician.get(f"/jobs/{job.number}/codes")
    with house.transaction() as session:
        session.execute(sa.update(SignIn).values(ended_at=making.AT))
    shown = {"Referer": f"http://localhost{code}/show"}
    sent = technician.client.post(f"{code}/entered", data={"csrf_token": technician.token}, headers=shown)
    assert sent.location == "/sign-in"
    technician.get("/sign-in")
    answer = technician.post("/sign-in", name="tom", password=making.PASSWORD)
    assert answer.location == f"/jobs/{job.number}/codes"


def test_showing_a_code_is_never_a_get(technician: Visitor, house: Database, put: Callable[..., Job]) -> None:
    job = put(CANARY, **asking())
    assert technician.get(f"/jobs/{job.number}/codes/{code_of(house, job).id}/show").status_code == 405


def test_before_a_code_is_shown_somebody_says_who_tried(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking(earlier_tries=None))
    page = technician.get(f"/jobs/{job.number}/codes").text
    assert "Has anyone tried a code already?" in page
    assert "/show" not in page
    refused = technician.post(f"/jobs/{job.number}/codes/{code_of(house, job).id}/show")
    assert refused.status_code == 409
    assert CANARY not in refused.text
    missing = technician.post(f"/jobs/{job.number}/tried-before", earlier="yes", version=job.version)
    assert missing.status_code == 422
    assert "about how many" in missing.text
    told = technician.post(f"/jobs/{job.number}/tried-before", earlier="unknown", version=job.version)
    assert told.status_code == 303
    page = technician.get(f"/jobs/{job.number}/codes").text
    assert "One try, then stop." in page
    assert "tries left" not in page


def test_saved_meanwhile_shows_both_answers(technician: Visitor, put: Callable[..., Job]) -> None:
    job = put(CANARY, **asking(earlier_tries=None))
    path = f"/jobs/{job.number}/tried-before"
    technician.post(path, earlier="no", display_text="SAFE", version=job.version)
    second = technician.post(path, earlier="unknown", display_text="CODE", version=job.version)
    assert second.status_code == 409
    assert "Saved meanwhile" in second.text
    assert "SAFE" in second.text
    assert 'value="CODE"' in second.text


def test_an_outcome_is_recorded_once_however_often_it_is_sent(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    code = code_of(house, job)
    said = {"form_key": "k1", "newest_try": "0", "outcome": "worked", "display_text": "plays"}
    path = f"/jobs/{job.number}/codes/{code.id}/entered"
    for _ in range(2):
        assert technician.post(path, **said).status_code == 303
    with house.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Try.id))) == 1
    assert code_of(house, job).standing is Standing.WORKED
    assert stored(house, job).plays_at is not None


def test_two_people_recording_the_same_try_meet(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    path = f"/jobs/{job.number}/codes/{code_of(house, job).id}/entered"
    first = {"form_key": "k1", "newest_try": "0", "outcome": "did_not_work"}
    assert technician.post(path, **first).status_code == 303
    second = technician.post(path, **(first | {"form_key": "k2", "display_text": "SAFE"}))
    assert second.status_code == 409
    assert "Somebody else has recorded a try meanwhile" in second.text
    assert 'value="SAFE"' in second.text
    again = second.text.split('name="newest_try"')[1].split('value="')[1].split('"')[0]
    assert again != "0"


def test_a_wait_needs_its_minutes_and_then_says_what_to_do(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    path = f"/jobs/{job.number}/codes/{code_of(house, job).id}/entered"
    said = {"form_key": "k1", "newest_try": "0", "outcome": "waits"}
    missing = technician.post(path, **said)
    assert missing.status_code == 422
    assert "Write the minutes" in missing.text
    answer = technician.post(path, **said, wait_minutes="60")
    assert answer.location == f"/jobs/{job.number}/codes"
    page = technician.get(answer.location).text
    for words in (
        "makes you wait until 13:00",
        'data-until="2026-03-02T13:00:00+00:00"',
        "charger",
        "ignition on",
        "Never run the engine indoors",
        "flat battery restarts",
    ):
        assert words in page
    assert "/show" not in page


def test_an_odd_code_must_be_checked_and_nothing_typed_is_lost(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(**asking())
    said = {"form_key": "k1", "code": "073912", "code_again": "073912", "origin": "dealer"}
    path = f"/jobs/{job.number}/codes"
    asked = desk.post(path, **said)
    assert asked.status_code == 422
    assert "I have checked it" in asked.text
    assert 'value="073912"' in asked.text
    assert desk.post(path, **said, checked="y").status_code == 303
    assert code_of(house, job).standing is Standing.TO_TRY


def test_two_different_codes_are_read_again(desk: Visitor, put: Callable[..., Job]) -> None:
    job = put(**asking())
    answer = desk.post(
        f"/jobs/{job.number}/codes", form_key="k1", code="0739", code_again="0793", origin="dealer"
    )
    assert answer.status_code == 422
    assert "not the same" in answer.text


def test_a_code_that_was_wrong_is_not_kept_again(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    desk.post(
        f"/jobs/{job.number}/codes/{code_of(house, job).id}/entered",
        form_key="k1",
        newest_try="0",
        outcome="did_not_work",
    )
    said = {"form_key": "k2", "code": CANARY, "code_again": CANARY, "origin": "card"}
    answer = desk.post(f"/jobs/{job.number}/codes", **said)
    assert answer.status_code == 409
    assert "did not work" in answer.text


def test_a_new_customer_shows_papers_before_anything_shows(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking(closed_at=making.AT))
    with house.transaction() as session:
        again = making.make_job(
            session, vehicle_id=job.vehicle_id, head_unit_id=job.head_unit_id, **asking(ground=job.ground)
        )
    page = desk.get(f"/jobs/{again.number}/codes").text
    assert "different customer" in page
    assert "/show" not in page
    path = f"/jobs/{again.number}/codes/{code_of(house, job).id}/show"
    assert desk.post(path).status_code == 409
    seen = desk.post(f"/jobs/{again.number}/papers-seen", back="codes")
    assert seen.location == f"/jobs/{again.number}/codes"
    assert CANARY in desk.post(path).text


def test_another_radios_code_is_not_found_from_this_job(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    mine, other = put("4711", **asking()), put(CANARY, **asking())
    answer = desk.post(f"/jobs/{mine.number}/codes/{code_of(house, other).id}/show")
    assert answer.status_code == 404


def test_a_managers_stop_hides_every_code_until_it_is_taken_off(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    code = code_of(house, job)
    radio = f"/radios/{job.head_unit_id}"
    assert desk.post(f"{radio}/stop", version="1").status_code == 422
    assert desk.post(f"{radio}/stop", version="1", reason="owner reports it stolen").status_code == 303
    assert "owner reports it stolen" in desk.get(radio).text
    path = f"/jobs/{job.number}/codes/{code.id}/show"
    assert desk.post(path).status_code == 409
    assert desk.post(f"{radio}/stop", version="1", reason="late").status_code == 409  # saved meanwhile
    assert desk.post(f"{radio}/stop", version="2", reason="cleared up", lift="yes").status_code == 303
    assert desk.post(f"{radio}/car/stop", version="1", reason="the car is disputed").status_code == 303
    assert desk.post(path).status_code == 409


def test_only_managers_put_stops(technician: Visitor, put: Callable[..., Job]) -> None:
    job = put(CANARY, **asking())
    assert "Stop for this radio" not in technician.get(f"/radios/{job.head_unit_id}").text
    assert technician.post(f"/radios/{job.head_unit_id}/stop", version="1", reason="x").status_code == 403


def test_without_a_job_a_code_needs_a_reason_and_a_fresh_password(
    desk: Visitor, house: Database, put: Callable[..., Job], clock: Any
) -> None:
    job = put(CANARY, **asking(plays_at=making.AT, closed_at=making.AT))
    radio, code = f"/radios/{job.head_unit_id}", code_of(house, job)
    path = f"{radio}/codes/{code.id}/show"
    assert desk.post(path, reason="").status_code == 422
    shown = desk.post(path, reason="the owner called, papers on file")
    assert CANARY in shown.text
    clock.move(minutes=6)
    assert "Type the password" in desk.get(radio).text
    stale = desk.post(path, reason="the owner called again")
    assert stale.status_code == 303
    assert stale.location.startswith("/password")
    assert desk.post(path, reason=f"code {CANARY}").status_code == 303
    with house.reading() as session:
        verbs = list(session.scalars(sa.select(JournalEntry.verb).where(JournalEntry.verb == "show_code")))
        assert verbs == ["show_code"]


def test_a_radio_whose_car_is_at_another_site_says_where_and_asks_for_nothing(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    with house.transaction() as session:
        session.get_one(Job, job.id).site = making.make_site(session, name="Bridge Street")
    page = desk.get(f"/radios/{job.head_unit_id}").text
    assert "Its car is at Bridge Street now" in page
    assert "Type the password" not in page
    assert f"/jobs/{job.number}" not in page


def test_locked_for_good_offers_nothing_to_anyone(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    path = f"/jobs/{job.number}/codes/{code_of(house, job).id}"
    desk.post(f"{path}/entered", form_key="k1", newest_try="0", outcome="locked_for_good")
    page = desk.get(f"/jobs/{job.number}/codes").text
    assert "Locked for good" in page
    assert "/show" not in page
    assert "Keep the code" not in page
    assert desk.post(f"{path}/show").status_code == 409


def test_a_manager_takes_locked_for_good_off_and_nobody_else_does(
    desk: Visitor, program: Flask, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking())
    with house.transaction() as session:
        session.get_one(HeadUnit, job.head_unit_id).locked_for_good_at = making.AT
    radio = f"/radios/{job.head_unit_id}"
    tom = Visitor(program.test_client()).sign_in("tom")
    assert "/not-locked" not in tom.get(radio).text
    assert tom.post(f"{radio}/not-locked", version="2", reason="x").status_code == 403
    assert f"{radio}/not-locked" in desk.get(radio).text
    assert desk.post(f"{radio}/not-locked", version="2").status_code == 422
    assert desk.post(f"{radio}/not-locked", version="1", reason="Wrong button").status_code == 409
    assert desk.post(f"{radio}/not-locked", version="2", reason="Wrong button").status_code == 303
    assert "/show" in desk.get(f"/jobs/{job.number}/codes").text


def test_the_page_of_codes_offers_what_an_earlier_job_was_told(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY, **asking(earlier_tries=YesNo.YES, earlier_tries_count=7, closed_at=making.AT))
    with house.transaction() as session:
        again = making.make_job(
            session,
            vehicle_id=job.vehicle_id,
            customer_id=job.customer_id,
            head_unit_id=job.head_unit_id,
            **asking(earlier_tries=None),
        )
    page = desk.get(f"/jobs/{again.number}/codes").text
    assert re.search(r'name="about"[^>]*value="7"', page)


def test_the_radios_page_sends_to_the_job_while_its_car_is_here(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put(CANARY)
    path = f"/radios/{job.head_unit_id}/codes/{code_of(house, job).id}/show"
    answer = desk.post(path, reason="the owner called")
    assert answer.status_code == 409
    assert CANARY not in answer.text


def test_no_inner_word_stands_on_the_bays_pages(
    desk: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    jobs = [
        put(CANARY, **asking()),
        put(CANARY, **asking(earlier_tries=None)),
        put(),
        put(ground=None, head_unit=None),
        put(battery=Battery.OFF, taken_off_without_yes=True, ground=None),
    ]
    pages = [
        f"/jobs/{job.number}/{page}" for job in jobs for page in ("bay", "codes", "photo", "already-off")
    ]
    for path in [*pages, *(f"/radios/{job.head_unit_id}" for job in jobs if job.head_unit_id)]:
        answer = desk.get(path)
        assert answer.status_code == 200, path
        text = answer.text.lower()
        assert not [word for word in WORDS if word in text], path


def test_a_job_of_nobody_is_not_found(technician: Visitor) -> None:
    for page in ("bay", "codes", "photo", "already-off"):
        assert technician.get(f"/jobs/999/{page}").status_code == 404
    assert technician.get("/radios/999").status_code == 404
    assert technician.post("/jobs/999/plays").status_code == 404


def test_a_form_without_its_token_changes_nothing(
    technician: Visitor, house: Database, put: Callable[..., Job]
) -> None:
    job = put()
    technician.token = "forged"
    assert technician.post(f"/jobs/{job.number}/plays").status_code == 400
    assert stored(house, job).battery is Battery.ON
