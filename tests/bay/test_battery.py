"""The steps around the battery, as the technician takes them."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from garage.bay.actions import (
    already_off,
    asks,
    connect,
    did_not_ask,
    hand_over,
    note_papers_seen,
    plays,
    take_off,
)
from garage.bay.models import Try
from garage.db import Database
from garage.domain.asking import Status
from garage.domain.clearance import Ground
from garage.domain.job import AfterPower, Battery
from garage.domain.text import Refused
from garage.domain.trying import Outcome
from garage.facts.models import Experience
from garage.intake.models import Job
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.bay.conftest import a_job


def journal(session: Session, job: Job) -> list[str]:
    lines = sa.select(JournalEntry.verb).where(JournalEntry.kind == "job", JournalEntry.row_number == job.id)
    return list(session.scalars(lines.order_by(JournalEntry.id)))


def experiences(session: Session) -> list[bool]:
    return list(session.scalars(sa.select(Experience.asked)))


def later(by: By, **time: float) -> By:
    return By(by.site_id, by.person_id, by.at + timedelta(**time), by.request_id)


def test_off_back_and_plays_is_the_long_way(session: Session, job: Job, by: By) -> None:
    take_off(session, job, by)
    assert (job.battery, job.battery_off_at, job.taken_off_without_yes) == (Battery.OFF, by.at, False)
    connect(session, job, later(by, minutes=30))
    assert (job.battery, job.power_back_at) == (Battery.BACK, by.at + timedelta(minutes=30))
    plays(session, job, later(by, minutes=33))
    assert job.plays_at == job.closed_at == by.at + timedelta(minutes=33)
    assert journal(session, job) == ["battery_off", "battery_back", "plays", "close"]


def test_one_tap_closes_the_easy_car(session: Session, job: Job, by: By) -> None:
    plays(session, job, by)
    assert job.battery is Battery.BACK
    assert job.after_power is AfterPower.PLAYED
    assert job.plays_at == job.power_back_at == job.closed_at == by.at


def test_without_the_yes_nobody_takes_it_off(session: Session, by: By) -> None:
    stopped = a_job(session, by, ground=None, cleared_at=None)
    for step in (take_off, plays, asks):
        with pytest.raises(Refused, match="may not come off yet"):
            step(session, stopped, by)
    assert stopped.battery is Battery.ON
    assert journal(session, stopped) == []


def test_a_battery_that_is_off_already_is_kept_without_a_yes(session: Session, by: By) -> None:
    stopped = a_job(session, by, ground=None, cleared_at=None)
    already_off(session, stopped, by)
    assert stopped.taken_off_without_yes
    assert not stopped.cleared
    connect(session, stopped, by)
    assert not stopped.cleared


def test_already_off_after_the_yes_is_no_battery_taken_off_without_one(
    session: Session, job: Job, by: By
) -> None:
    already_off(session, job, by)
    assert not job.taken_off_without_yes


def test_a_radio_that_asks_keeps_its_car_open(session: Session, job: Job, by: By) -> None:
    asks(session, job, by)
    assert (job.battery, job.after_power, job.is_open) == (Battery.BACK, AfterPower.ASKED, True)
    plays(session, job, later(by, minutes=5))
    assert job.plays_at is not None
    assert job.after_power is AfterPower.ASKED
    assert job.is_open  # its card is still to be handed over
    hand_over(session, job, later(by, minutes=6))
    assert not job.is_open


def test_a_car_whose_code_is_asked_for_stays_open(session: Session, job: Job, by: By) -> None:
    request = making.make_code_request(session, job=job)
    plays(session, job, by)
    assert job.is_open
    with pytest.raises(Refused, match="still being asked for"):
        hand_over(session, job, by)
    request.status = Status.WITHDRAWN
    hand_over(session, job, by)
    assert not job.is_open


def test_a_car_whose_radio_does_not_play_is_not_handed_over(session: Session, job: Job, by: By) -> None:
    asks(session, job, by)
    with pytest.raises(Refused, match="does not play yet"):
        hand_over(session, job, by)


def test_a_car_whose_radio_is_locked_for_good_can_be_handed_over(session: Session, job: Job, by: By) -> None:
    asks(session, job, by)
    assert job.head_unit is not None
    job.head_unit.locked_for_good_at = by.at
    hand_over(session, job, by)
    assert not job.is_open


def test_a_radio_that_plays_and_then_asks_opens_its_job_again_today_only(
    session: Session, job: Job, by: By
) -> None:
    plays(session, job, by)
    asks(session, job, later(by, hours=3))
    assert (job.closed_at, job.plays_at, job.after_power) == (None, None, AfterPower.ASKED)
    other = a_job(session, by)
    plays(session, other, by)
    with pytest.raises(Refused, match="closed"):
        asks(session, other, later(by, days=1))


def test_a_closed_job_takes_no_more_steps(session: Session, job: Job, by: By) -> None:
    plays(session, job, by)
    for step in (take_off, already_off, connect, plays, hand_over, note_papers_seen):
        with pytest.raises(Refused, match="closed"):
            step(session, job, by)


def test_what_the_radio_did_is_kept_as_experience_once_and_a_wrong_tap_corrects_it(
    session: Session, job: Job, by: By
) -> None:
    plays(session, job, by)
    assert experiences(session) == [False]
    asks(session, job, later(by, minutes=5))
    assert experiences(session) == [True]
    asks(session, job, later(by, minutes=6))
    plays(session, job, later(by, minutes=9))  # it plays now, but it did ask
    assert experiences(session) == [True]


def test_a_wrong_tap_on_asks_is_taken_back(session: Session, job: Job, by: By) -> None:
    with pytest.raises(Refused, match="nothing to take back"):
        did_not_ask(session, job, by)
    asks(session, job, by)
    did_not_ask(session, job, later(by, minutes=1))
    assert experiences(session) == [False]
    assert (job.after_power, job.plays_at) == (AfterPower.PLAYED, by.at + timedelta(minutes=1))
    assert job.closed_at is not None
    assert journal(session, job) == ["asks", "did_not_ask", "close"]


def test_once_a_code_was_entered_the_radio_did_ask(session: Session, job: Job, by: By) -> None:
    asks(session, job, by)
    assert job.head_unit is not None
    code = making.make_code(session, job.head_unit)
    session.add(Try(job=job, radio_code=code, outcome=Outcome.DID_NOT_WORK, at=by.at))
    session.flush()
    with pytest.raises(Refused, match="nothing to take back"):
        did_not_ask(session, job, by)
    assert experiences(session) == [True]


def test_kept_supply_is_no_experience(session: Session, by: By) -> None:
    kept = a_job(session, by, ground=Ground.SUPPLY_KEPT)
    plays(session, kept, by)
    assert kept.after_power is AfterPower.PLAYED
    assert experiences(session) == []


def test_papers_seen_says_who_and_when(session: Session, job: Job, by: By) -> None:
    note_papers_seen(session, job, by)
    assert (job.papers_seen_at, job.papers_seen_by_id) == (by.at, by.person_id)
    assert journal(session, job) == ["papers_seen"]


def test_two_people_at_once_take_a_step_only_once(database: Database, clock: object) -> None:
    with database.transaction() as session:
        by = By(making.first_site(session).id, making.make_person(session).id, making.AT)
        job_id = a_job(session, by).id
    at_once, said = Barrier(2), []

    def tap(moment: datetime) -> None:
        try:
            with database.transaction() as session:
                job = session.get_one(Job, job_id)
                if database.engine.dialect.name == "postgresql":
                    at_once.wait(60)  # both have read it; SQLite lets one writer in at a time
                take_off(session, job, By(by.site_id, by.person_id, moment))
            said.append("done")
        except (Refused, StaleDataError, OperationalError) as no:
            said.append(type(no).__name__)

    people = [Thread(target=tap, args=(making.AT + timedelta(minutes=n),)) for n in (1, 2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(said)[-1] == "done"
    assert said.count("done") == 1
    with database.reading() as session:
        taken = sa.select(sa.func.count()).where(JournalEntry.verb == "battery_off")
        assert session.scalar(taken) == 1


def test_a_job_does_not_open_again_while_the_car_is_here_for_another(session: Session, by: By) -> None:
    before = making.make_job(session, closed_at=by.at, battery=Battery.BACK, ground=Ground.NOT_NEEDED)
    again = making.make_job(session, vehicle=before.vehicle)
    with pytest.raises(Refused, match=f"job {again.number}"):
        asks(session, before, by)
