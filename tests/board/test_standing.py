"""Where a job stands: every car is in one lane, and the words say what comes next."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from garage.board.queries import open_jobs
from garage.board.standing import Lane, Tone, standing
from garage.domain.asking import Payer, Status
from garage.domain.chasing import Chase, Due
from garage.domain.clearance import Ground
from garage.domain.job import AfterPower, Answer, Battery
from garage.intake.models import Job
from garage.outbox.actions import end, put_in_outbox
from garage.outbox.mail import Mail
from garage.outbox.models import MailStatus
from garage.radios.models import Standing
from garage.staff.journal import By
from tests.making import (
    AT,
    make_code,
    make_code_request,
    make_head_unit,
    make_job,
)

TODAY = AT.date()


def lane(job: Job) -> Lane:
    return standing(job, None, TODAY, AT).lane


def test_a_car_without_a_yes_stands_at_stop(session: Session) -> None:
    assert lane(make_job(session)) is Lane.STOP


def test_a_car_with_a_yes_is_the_bays(session: Session) -> None:
    assert lane(make_job(session, ground=Ground.RECORDED)) is Lane.BAY
    assert lane(make_job(session, ground=Ground.RECORDED, battery=Battery.OFF)) is Lane.BAY


def test_a_battery_taken_off_without_a_yes_stands_apart_until_the_number_is_read(session: Session) -> None:
    off = {"battery": Battery.OFF, "taken_off_without_yes": True}
    assert lane(make_job(session, **off)) is Lane.OFF_WITHOUT_YES
    assert lane(make_job(session, head_unit=make_head_unit(session), **off)) is Lane.BAY


def test_a_fee_that_the_customer_has_not_agreed_to_is_our_turn_and_nobody_is_chased(session: Session) -> None:
    unit = make_head_unit(session)
    job = make_job(session, head_unit=unit, battery=Battery.BACK, after_power=AfterPower.ASKED)
    request = make_code_request(session, job=job, status=Status.SENT, sent_at=AT, fee_quoted=3500)
    late = Due(Chase.FIRST, AT)
    row = standing(job, request, TODAY, AT, chase=late)
    assert (row.lane, str(row.words)) == (Lane.CODE, "They ask a fee: ask the customer")
    request.fee_yes_at = AT
    assert standing(job, request, TODAY, AT, chase=late).lane is Lane.OVERDUE
    request.fee_yes_at, request.fee_payer = None, Payer.GARAGE
    assert standing(job, request, TODAY, AT).tone is Tone.WAIT


def test_a_radio_that_asks_says_what_it_waits_for(session: Session) -> None:
    asks = {"battery": Battery.BACK, "after_power": AfterPower.ASKED}
    unit = make_head_unit(session)
    job = make_job(session, head_unit=unit, **asks)
    assert (lane(job), str(standing(job, None, TODAY, AT).words)) == (Lane.CODE, "Ask for the code")
    code = make_code(session, unit)
    assert "try it" in str(standing(job, None, TODAY, AT).words)
    code.standing = Standing.DID_NOT_WORK
    assert str(standing(job, None, TODAY, AT).words) == "Ask for the code"
    unit.locked_for_good_at = AT
    assert "Locked for good" in str(standing(job, None, TODAY, AT).words)
    assert "number first" in str(standing(make_job(session, **asks), None, TODAY, AT).words)


@pytest.mark.parametrize(
    ("status", "due", "expected"),
    [
        (Status.DRAFT, None, Lane.CODE),
        (Status.SENT, TODAY, Lane.CODE),
        (Status.DRAFT, TODAY - timedelta(days=1), Lane.OVERDUE),
    ],
)
def test_a_request_that_was_not_sent_by_its_day_is_overdue(
    session: Session, status: Status, due: date | None, expected: Lane
) -> None:
    job = make_job(session, head_unit=make_head_unit(session), ground=Ground.RECORDED)
    request = make_code_request(session, job=job, status=status, due_on=due, sent_at=AT)
    assert standing(request.job, request, TODAY, AT).lane is expected


@pytest.mark.parametrize("step", [step for step in Chase if step is not Chase.LATER])
def test_nobody_answered_and_the_row_says_what_a_person_does_now(session: Session, step: Chase) -> None:
    job = make_job(session, head_unit=make_head_unit(session), ground=Ground.RECORDED)
    request = make_code_request(session, job=job, status=Status.SENT, sent_at=AT)
    row = standing(job, request, TODAY, AT, chase=Due(step, AT))
    assert (row.lane, row.tone) == (Lane.OVERDUE, Tone.STOP)
    assert "Invented Cars Ltd" in str(row.words)
    assert str(row.briefly) == step.label  # a name may be too long for the wall


def test_a_mail_that_came_back_is_said_at_once(session: Session, by: By) -> None:
    job = make_job(session, head_unit=make_head_unit(session), ground=Ground.RECORDED)
    mail = put_in_outbox(session, Mail("codes@dealer.example", "Radio code", "Hello"), by)
    end(session, mail, MailStatus.REFUSED, AT)
    request = make_code_request(session, job=job, status=Status.DRAFT, mail=mail)
    assert "came back" in str(standing(job, request, TODAY, AT).words)


def test_the_board_tells_a_person_to_chase_where_no_mail_does_it(session: Session, by: By) -> None:
    job = make_job(session, head_unit=make_head_unit(session), ground=Ground.RECORDED)
    make_code_request(session, job=job, status=Status.SENT, sent_at=AT - timedelta(days=7))
    lanes = open_jobs(session, by.site_id, TODAY, AT)
    assert [str(row.words) for row in lanes[Lane.OVERDUE]] == ["No answer: remind Invented Cars Ltd"]


def test_a_radio_that_makes_you_wait_says_so_before_anything_else(session: Session) -> None:
    unit = make_head_unit(session, waits_until=AT + timedelta(minutes=30))
    make_code(session, unit)
    job = make_job(session, head_unit=unit, battery=Battery.BACK, after_power=AfterPower.ASKED)
    row = standing(job, None, TODAY, AT)
    assert (row.lane, row.until) == (Lane.WAIT, AT + timedelta(minutes=30))
    assert "try it" in str(standing(job, None, TODAY, AT + timedelta(hours=1)).words)


def test_a_code_under_a_stop_is_not_offered(session: Session) -> None:
    unit = make_head_unit(session, stopped_at=AT)
    make_code(session, unit)
    job = make_job(session, head_unit=unit, battery=Battery.BACK, after_power=AfterPower.ASKED)
    assert "Ask a manager" in str(standing(job, None, TODAY, AT).words)


def test_a_radio_that_is_locked_already_waits_for_its_code_once_its_number_is_read(session: Session) -> None:
    job = make_job(session, answer=Answer.LOCKED, ground=Ground.RECORDED, head_unit=make_head_unit(session))
    assert lane(job) is Lane.CODE


def test_a_radio_that_plays_is_ready_once_its_card_is_printed(session: Session) -> None:
    assert lane(make_job(session, battery=Battery.BACK, plays_at=AT)) is Lane.READY
    job = make_job(session, head_unit=make_head_unit(session), battery=Battery.BACK, plays_at=AT)
    assert lane(job) is Lane.CARD
    assert standing(job, None, TODAY, AT, carded=True).lane is Lane.READY


def test_a_car_that_left_is_called_about_once_a_code_is_there(session: Session) -> None:
    unit = make_head_unit(session)
    job = make_job(session, head_unit=unit, ground=Ground.RECORDED, left_at=AT)
    assert (lane(job), str(standing(job, None, TODAY, AT).words)) == (Lane.CODE, "Ask for the code")
    code = make_code(session, unit, entered_at=AT + timedelta(hours=1))
    row = standing(job, None, TODAY, AT)
    assert (row.lane, row.since) == (Lane.CUSTOMER, code.entered_at)
    job.called_at = AT + timedelta(hours=2)
    assert "try later" in str(standing(job, None, TODAY, AT).words)
    unit.waits_until = AT + timedelta(hours=4)
    assert standing(job, None, TODAY, AT).lane is Lane.WAIT
    unit.waits_until, unit.stopped_at = None, AT
    assert "Ask a manager" in str(standing(job, None, TODAY, AT).words)


def test_a_car_that_left_stays_on_the_board_until_its_card_is_with_the_customer(session: Session) -> None:
    job = make_job(session, head_unit=make_head_unit(session), left_at=AT, plays_at=AT)
    assert lane(job) is Lane.CARD
    assert "Post the card" in str(standing(job, None, TODAY, AT, carded=True).words)
    job.card_kept_at = AT
    assert "collected" in str(standing(job, None, TODAY, AT, carded=True).words)


def test_the_board_shows_open_jobs_longest_waiting_first(session: Session, by: By) -> None:
    newer = make_job(session, happened_at=AT)
    older = make_job(session, happened_at=AT - timedelta(hours=2))
    make_job(session, closed_at=AT)
    lanes = open_jobs(session, by.site_id, TODAY, AT)
    assert [row.job for row in lanes[Lane.STOP]] == [older, newer]
    assert sum(len(rows) for rows in lanes.values()) == 2
