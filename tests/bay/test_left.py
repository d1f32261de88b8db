"""Cars that left before their radio played: kept on the board, called, told the code by the same rules as in the bay."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.bay.commands import NoteEarlierTries, RecordTry, ShowCode
from garage.bay.left import call_later, come_back, hand_card_over, keep_card, let_go, post_card, show_on_call
from garage.bay.trying import note_tries_since, record_try
from garage.domain.catalogue import Catalogue
from garage.domain.job import AfterPower, Battery, YesNo
from garage.domain.leaving import GoesOn
from garage.domain.text import Refused
from garage.domain.trying import Outcome
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.bay.conftest import a_job
from tests.conftest import FixedClock


def later(by: By, clock: FixedClock, **passed: float) -> By:
    """The same person some time later."""
    return By(by.site_id, by.person_id, clock.move(**passed), by.request_id)


def left(session: Session, by: By) -> tuple[Job, RadioCode]:
    """A car that left while its radio asks; a code to try has come since."""
    job = a_job(session, by, battery=Battery.BACK, after_power=AfterPower.ASKED, earlier_tries=YesNo.NO)
    assert job.head_unit is not None
    let_go(session, job, GoesOn.WAITS, "", by)
    return job, making.make_code(session, job.head_unit, "0417", entered_at=by.at)


def ask_first(session: Session, job: Job, by: By, about: int = 0) -> None:
    said = YesNo.YES if about else YesNo.NO
    note_tries_since(session, job, NoteEarlierTries(said, about, "", job.version), by)


def test_a_car_whose_customer_waits_stays_on_the_board(session: Session, by: By) -> None:
    job = making.make_job(session)
    let_go(session, job, GoesOn.WAITS, "", by)
    assert (job.left_at, job.is_open) == (by.at, True)
    with pytest.raises(Refused, match="on record already"):
        let_go(session, job, GoesOn.WAITS, "", by)


def test_a_job_is_closed_without_a_playing_radio_only_with_a_reason(session: Session, by: By) -> None:
    job = making.make_job(session)
    with pytest.raises(Refused, match="why"):
        let_go(session, job, GoesOn.ENDS, "  ", by)
    let_go(session, job, GoesOn.ENDS, "Work was not done", by)
    assert job.closed_at == by.at


def test_a_car_whose_code_is_asked_for_stays_on_the_board_whatever_was_chosen(
    session: Session, by: By
) -> None:
    job = making.make_code_request(session).job
    let_go(session, job, GoesOn.ENDS, "In a hurry", by)
    assert (job.left_at, job.is_open) == (by.at, True)


def test_the_reason_why_a_car_leaves_may_not_carry_the_radios_code(
    session: Session, job: Job, by: By
) -> None:
    assert job.head_unit is not None
    making.make_code(session, job.head_unit, "0739")
    with pytest.raises(Refused, match="radio code in this text"):
        let_go(session, job, GoesOn.WAITS, "The owner tries 0739 at home", by)
    assert job.left_at is None


def test_no_code_is_read_out_before_it_was_asked_who_tried_at_home(
    session: Session, by: By, clock: FixedClock, catalogue: Catalogue
) -> None:
    job, code = left(session, by)
    calling = later(by, clock, hours=3)
    with pytest.raises(Refused, match="since the car left"):
        show_on_call(session, job, code, ShowCode(), catalogue, calling)
    ask_first(session, job, calling)
    assert show_on_call(session, job, code, ShowCode(), catalogue, calling).text == "0417"
    verbs = session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)).all()
    assert verbs[-2:] == ["show_code", "call"]


def test_the_next_call_asks_again_who_tried(
    session: Session, by: By, clock: FixedClock, catalogue: Catalogue
) -> None:
    job, code = left(session, by)
    ask_first(session, job, later(by, clock, hours=1))
    call_later(session, job, later(by, clock, minutes=1))
    with pytest.raises(Refused, match="since the car left"):
        show_on_call(session, job, code, ShowCode(), catalogue, later(by, clock, days=1))


def test_tries_at_home_count_on_the_phone_as_well(
    session: Session, by: By, clock: FixedClock, catalogue: Catalogue
) -> None:
    job, code = left(session, by)
    calling = later(by, clock, hours=1)
    ask_first(session, job, calling, about=2)
    with pytest.raises(Refused):
        show_on_call(session, job, code, ShowCode(), catalogue, calling)


def test_a_no_on_the_phone_keeps_the_tries_told_of_at_the_desk(
    session: Session, by: By, clock: FixedClock, catalogue: Catalogue
) -> None:
    job, code = left(session, by)
    job.earlier_tries, job.earlier_tries_count = YesNo.YES, 2
    calling = later(by, clock, hours=1)
    ask_first(session, job, calling)
    assert (job.earlier_tries, job.earlier_tries_count) == (YesNo.YES, 2)
    with pytest.raises(Refused, match="No further try: after two wrong codes"):
        show_on_call(session, job, code, ShowCode(), catalogue, calling)


def test_a_stopped_radios_code_is_not_read_out(
    session: Session, by: By, clock: FixedClock, catalogue: Catalogue
) -> None:
    job, code = left(session, by)
    code.head_unit.stopped_at = by.at
    calling = later(by, clock, hours=1)
    ask_first(session, job, calling)
    with pytest.raises(Refused, match="stop"):
        show_on_call(session, job, code, ShowCode(), catalogue, calling)


def test_a_car_that_is_here_is_not_phoned_about(session: Session, by: By, catalogue: Catalogue) -> None:
    job = a_job(session, by, battery=Battery.BACK, after_power=AfterPower.ASKED, earlier_tries=YesNo.NO)
    assert isinstance(job.head_unit, HeadUnit)
    code = making.make_code(session, job.head_unit)
    with pytest.raises(Refused, match="The car is here"):
        show_on_call(session, job, code, ShowCode(), catalogue, by)
    let_go(session, job, GoesOn.WAITS, "", by)
    come_back(session, job, by)
    assert job.left_at is None


def test_the_card_of_a_car_that_left_is_posted_or_kept_until_it_is_collected(
    session: Session, by: By, clock: FixedClock
) -> None:
    job, code = left(session, by)
    with pytest.raises(Refused, match="does not play yet"):
        post_card(session, job, by)
    record_try(session, job, code, RecordTry(Outcome.WORKED, 0), later(by, clock, hours=1))
    keep_card(session, job, later(by, clock, minutes=5))
    assert (job.card_kept_at, job.is_open) == (clock(), True)
    hand_card_over(session, job, later(by, clock, days=2))
    assert job.closed_at == clock()


def test_a_posted_card_ends_the_job(session: Session, by: By) -> None:
    job, code = left(session, by)
    record_try(session, job, code, RecordTry(Outcome.WORKED, 0), by)
    post_card(session, job, by)
    assert job.closed_at == by.at
