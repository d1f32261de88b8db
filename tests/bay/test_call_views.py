"""The call sheet at the desk: the number on file, first the question, then the code, and what the customer says."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.domain.job import AfterPower, Battery, YesNo
from garage.domain.people import Role
from garage.intake.models import Job
from garage.radios.models import RadioCode
from garage.staff.models import JournalEntry
from garage.web.settings import Settings
from tests.conftest import FixedClock
from tests.desk import Desk, made_in, open_desk, words
from tests.making import make_code, make_customer, make_head_unit, make_job, make_person

CODE = "0417"


@pytest.fixture
def desk(settings: Settings, clock: FixedClock) -> Iterator[Desk]:
    with open_desk(settings, clock) as opened:
        yield opened


@pytest.fixture
def job(desk: Desk, clock: FixedClock) -> Job:
    """A car that left an hour ago while its radio asked; a code to try has come."""

    def make(session: Session) -> Job:
        unit = make_head_unit(session)
        make_code(session, unit, CODE, entered_at=clock())
        return make_job(
            session,
            head_unit=unit,
            battery=Battery.BACK,
            after_power=AfterPower.ASKED,
            earlier_tries=YesNo.NO,
            left_at=clock(),
        )

    made: Job = made_in(desk.database, make)
    clock.move(minutes=50)
    return made


def version(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found
    return found[1]


def ask_first(desk: Desk, job: Job, **said: str) -> int:
    sheet = desk.get(f"/jobs/{job.number}/call").text
    given = {"earlier": "no", "display_text": "SAFE", "version": version(sheet)} | said
    return desk.post(f"/jobs/{job.number}/call/tried", **given).status_code


def code_id(desk: Desk) -> int:
    with desk.database.reading() as session:
        return session.scalars(sa.select(RadioCode.id)).one()


def test_the_board_leads_to_a_sheet_with_the_number_on_file_and_no_code(desk: Desk, job: Job) -> None:
    assert f'href="/jobs/{job.number}/call"' in desk.get("/").text
    sheet = desk.get(f"/jobs/{job.number}/call")
    assert "01632 960200" in words(sheet)
    assert "Never by phone to a number that called us" in words(sheet)
    assert "Ask first" in words(sheet)
    assert CODE not in sheet.text


def test_the_code_is_shown_only_after_the_question_and_put_on_record(desk: Desk, job: Job) -> None:
    show = f"/jobs/{job.number}/call/codes/{code_id(desk)}/show"
    early = desk.post(show)
    assert (early.status_code, CODE in early.text) == (409, False)
    assert ask_first(desk, job) == 303
    assert CODE not in desk.get(f"/jobs/{job.number}/call").text
    shown = desk.post(show)
    assert shown.status_code == 200
    assert CODE in shown.text
    with desk.database.reading() as session:
        verbs = session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)).all()
    assert verbs[-2:] == ["show_code", "call"]


def test_a_no_since_then_takes_back_no_try_that_was_told_of_before(desk: Desk, job: Job) -> None:
    with desk.database.transaction() as session:
        kept = session.get_one(Job, job.id)
        kept.earlier_tries, kept.earlier_tries_count = YesNo.YES, 2
    assert "tried a code since" in words(desk.get(f"/jobs/{job.number}/call"))
    assert ask_first(desk, job) == 303
    shown = desk.post(f"/jobs/{job.number}/call/codes/{code_id(desk)}/show")
    assert (shown.status_code, CODE in shown.text) == (409, False)


@pytest.mark.parametrize("said", [{"played": "yes"}, {"played": "no", "outcome": "did_not_work"}])
def test_what_the_customer_says_is_a_try_like_in_the_bay(desk: Desk, job: Job, said: dict[str, str]) -> None:
    ask_first(desk, job)
    answer = desk.post(f"/jobs/{job.number}/call/codes/{code_id(desk)}/played", newest_try="0", **said)
    assert answer.location == f"/jobs/{job.number}"
    with desk.database.reading() as session:
        outcome = session.scalars(sa.select(Try.outcome)).one()
    assert outcome.value == said.get("outcome", "worked")


def test_a_wait_needs_its_minutes_and_keeps_what_was_chosen(desk: Desk, job: Job) -> None:
    ask_first(desk, job)
    played = f"/jobs/{job.number}/call/codes/{code_id(desk)}/played"
    answer = desk.post(played, played="no", outcome="waits", newest_try="0", display_text="WAIT")
    assert answer.status_code == 422
    assert "Write the minutes" in words(answer)
    assert 'value="WAIT"' in answer.text


def test_after_the_wait_the_call_goes_on(desk: Desk, job: Job, clock: FixedClock) -> None:
    with desk.database.transaction() as session:
        unit = session.get_one(Job, job.id).head_unit
        assert unit is not None
        unit.waits_until = clock() + timedelta(minutes=20)
    sheet = desk.get(f"/jobs/{job.number}/call").text
    assert f'<a href="/jobs/{job.number}/call">Go on</a>' in sheet


def test_later_keeps_the_job_on_the_board_and_no_try_is_recorded(desk: Desk, job: Job) -> None:
    played = f"/jobs/{job.number}/call/codes/{code_id(desk)}/played"
    assert desk.post(played, played="later").location == "/"
    assert "they try later" in words(desk.get("/"))
    with desk.database.reading() as session:
        assert session.scalars(sa.select(Try)).all() == []


def test_a_stranger_is_read_no_code_before_papers_were_seen(desk: Desk, clock: FixedClock) -> None:
    def make(session: Session) -> Job:
        unit = make_head_unit(session)
        make_code(session, unit, CODE)
        first = make_job(session, head_unit=unit, closed_at=clock())
        stranger = make_customer(session, name="Somebody Else", search="somebodyelse")
        asks = {"battery": Battery.BACK, "after_power": AfterPower.ASKED, "left_at": clock()}
        return make_job(session, vehicle=first.vehicle, customer=stranger, head_unit=unit, **asks)

    job = made_in(desk.database, make)
    assert "Read no code out" in words(desk.get(f"/jobs/{job.number}/call"))
    clock.move(minutes=5)
    desk.post(f"/jobs/{job.number}/papers-seen", back="call")
    assert "Ask first" in words(desk.get(f"/jobs/{job.number}/call"))


def test_after_it_played_the_card_is_posted_or_kept(desk: Desk, job: Job) -> None:
    ask_first(desk, job)
    desk.post(f"/jobs/{job.number}/call/codes/{code_id(desk)}/played", played="yes", newest_try="0")
    page = words(desk.get(f"/jobs/{job.number}"))
    assert "Card is in the post" in page
    desk.post(f"/jobs/{job.number}/card-kept")
    assert "The card waits to be collected" in words(desk.get("/"))
    desk.post(f"/jobs/{job.number}/card-handed-over")
    assert "Done: the radio plays" in words(desk.get(f"/jobs/{job.number}"))


def test_in_the_bay_the_code_of_a_car_that_left_leads_to_the_call_sheet(desk: Desk, job: Job) -> None:
    answer = desk.post(f"/jobs/{job.number}/codes/{code_id(desk)}/show")
    assert answer.location == f"/jobs/{job.number}/call"


def test_what_may_be_the_last_try_is_read_out_by_the_rules_of_the_call_sheet(
    desk: Desk, job: Job, clock: FixedClock
) -> None:
    with desk.database.transaction() as session:
        kept = session.get_one(Job, job.id)
        kept.earlier_tries = YesNo.UNKNOWN
        assert kept.head_unit is not None
        typed = {"serial_number": kept.head_unit.serial_number, "code": CODE, "who": "alone"}
    stop = f"/jobs/{job.number}/codes/{code_id(desk)}/last-try"
    early = desk.post(stop, reason="The dealer read it back", **typed)
    assert early.status_code == 409
    assert "First ask" in words(early)
    ask_first(desk, job, earlier="unknown")
    assert desk.post(f"/jobs/{job.number}/call/codes/{code_id(desk)}/show").location == stop
    shown = desk.post(stop, reason="The dealer read it back", **typed)
    assert CODE in words(shown)
    assert "Did it play?" in words(shown)
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, role=Role.TECHNICIAN)), clock())
    assert desk.get(stop).status_code == desk.post(stop, **typed).status_code == 403


def test_the_code_that_is_on_the_phone_stays_though_another_comes(
    desk: Desk, job: Job, clock: FixedClock
) -> None:
    ask_first(desk, job)
    first = code_id(desk)
    shown = desk.post(f"/jobs/{job.number}/call/codes/{first}/show")
    assert f"/call/codes/{first}/played" in shown.text
    made_in(
        desk.database, lambda s: make_code(s, s.get_one(Job, job.id).head_unit, "0555", entered_at=clock())
    )
    again = desk.post(f"/jobs/{job.number}/call/codes/{first}/played", played="no", outcome="waits")
    assert f"/call/codes/{first}/played" in again.text


def test_technicians_do_not_phone(desk: Desk, job: Job, clock: FixedClock) -> None:
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, role=Role.TECHNICIAN)), clock())
    assert desk.get(f"/jobs/{job.number}/call").status_code == 403
    assert f'href="/jobs/{job.number}"' in desk.get("/").text


def test_a_car_leaves_and_comes_back(desk: Desk, job: Job) -> None:
    desk.post(f"/jobs/{job.number}/came-back")
    assert "A code is here: try it" in words(desk.get("/"))
    assert "We will call this number" in words(desk.get(f"/jobs/{job.number}/let-go"))
    assert desk.post(f"/jobs/{job.number}/let-go", goes_on="ends", reason="").status_code == 409
    assert desk.post(f"/jobs/{job.number}/let-go", goes_on="waits", reason="").status_code == 303
    assert "call the customer" in words(desk.get("/"))
