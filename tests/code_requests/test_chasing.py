"""Chasing on both databases: reminders by themselves, the rest by people, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from garage.code_requests import actions, answers, mailing, sending
from garage.code_requests.chasing import (
    chase_due,
    due_step,
    for_people,
    go_on,
    note_chased,
    steps_of,
    wait_with_it,
)
from garage.code_requests.models import ChaseStep, CodeRequest
from garage.code_requests.sending import take_mail_back
from garage.domain.asking import Channel, Status
from garage.domain.chasing import Chase
from garage.domain.text import Refused
from garage.outbox.actions import end, put_in_outbox
from garage.outbox.mail import Mail
from garage.outbox.mail_server import Outcome, Verdict
from garage.outbox.models import MailStatus, OutboxMail
from garage.outbox.sending import claim, record
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Site
from tests import making
from tests.desk import statements

MAIL = Mail("codes@dealer.example", "Reminder", "Dear Sir or Madam,")


def reminder(session, request, step):
    return MAIL


@pytest.fixture
def request_id(database, clock) -> int:
    return asked(database, clock, Channel.EMAIL)


def asked(database, clock, channel, **fields) -> int:
    """A request sent on Monday at noon."""
    with database.transaction() as session:
        fields.setdefault("dealer", making.make_dealer(session, email="codes@dealer.example", phone="1"))
        request = making.make_code_request(session, channel=channel, **fields)
        by = By(request.site_id, None, clock())
        sending.send(session, request, by)
        if channel is Channel.EMAIL:
            mail = put_in_outbox(session, MAIL, by)
            end(session, mail, MailStatus.ACCEPTED, by.at)
            request.mail_id = mail.id
        return request.id


def due(database, number):
    with database.reading() as session:
        request = session.get_one(CodeRequest, number)
        return due_step(request, steps_of(session, [request])[number], session.get_one(Site, request.site_id))


def run(database, clock, **passed) -> int:
    clock.move(**passed)
    return chase_due(database, clock, reminder)


def deliver(database, clock, status=MailStatus.ACCEPTED) -> int:
    """The mail server answers for every mail that waits and is still wanted."""
    sent = 0
    with database.transaction() as session:
        for row in making.waiting_mails(session):
            if mailing.still_wanted(session, row, clock()):
                end(session, row, status, clock())
                mailing.settle(session, row, By(row.site_id, None, clock()))
                sent += 1
    return sent


def verbs(database, number):
    with database.reading() as session:
        rows = sa.select(JournalEntry.verb).where(
            JournalEntry.kind == "code_request", JournalEntry.row_number == number
        )
        return list(session.scalars(rows.order_by(JournalEntry.id)))


def test_a_place_with_mail_is_reminded_twice_and_then_called(database, request_id, clock):
    assert run(database, clock) == 0
    assert run(database, clock, days=3) == 1
    assert run(database, clock) == 0  # it has not left yet
    assert deliver(database, clock) == 1
    assert run(database, clock, days=1) == 0
    assert run(database, clock, days=3) == 1  # Thursday and two working days: Monday
    deliver(database, clock)
    assert due(database, request_id).step is Chase.PHONE
    assert run(database, clock, days=30) == 0
    assert verbs(database, request_id) == ["send", "remind", "remind"]


def test_a_fault_with_one_request_keeps_no_other_from_being_chased(database, request_id, clock, caplog):
    asked(database, clock, Channel.EMAIL)
    clock.move(days=3)

    def write(session, request, step):
        if request.id == request_id:
            raise sa.exc.IntegrityError("0417", {}, ValueError("0417"))
        return MAIL

    assert chase_due(database, clock, write) == 1
    assert f"no reminder for request {request_id}: IntegrityError" in caplog.text
    assert "sqlalchemy.exc.IntegrityError: " not in caplog.text


@pytest.mark.parametrize("why", ["plays", "locked for good"])
def test_nobody_is_chased_for_a_code_that_helps_nobody_any_more(database, request_id, clock, why):
    def mark(at):
        with database.transaction() as session:
            request = session.get_one(CodeRequest, request_id)
            if why == "plays":
                request.job.plays_at = at
            else:
                request.head_unit.locked_for_good_at = at

    assert run(database, clock, days=3) == 1
    mark(clock())
    with database.reading() as session:
        (reminder_,) = making.waiting_mails(session)
    assert claim(database, reminder_.id, clock(), mailing) is None
    assert due(database, request_id) is None
    assert run(database, clock, days=5) == 0
    with database.reading() as session:
        assert (
            for_people(
                session, [session.get_one(CodeRequest, request_id)], making.first_site(session), clock()
            )
            == {}
        )
    mark(None)  # it asks again, or took a code after all
    assert run(database, clock, days=1) == 1


def test_days_off_are_caught_up_with_one_step(database, request_id, clock):
    assert run(database, clock, days=28) == 1
    deliver(database, clock)
    assert [run(database, clock, minutes=1) for _ in range(5)] == [0] * 5
    assert run(database, clock, days=2) == 1


def test_nobody_is_reminded_at_night_or_on_a_closed_day(database, request_id, clock):
    with database.transaction() as session:
        site = making.first_site(session)
        site.closed_days = "9.3.2026 stocktaking"
    assert run(database, clock, days=4, hours=8) == 0  # Friday, 20:00
    assert run(database, clock, days=1) == 0
    assert run(database, clock, days=2, hours=-8) == 0  # Monday, closed
    assert run(database, clock, days=1) == 1


def test_an_answer_stops_the_chasing_even_while_the_reminder_waits(database, request_id, clock):
    assert run(database, clock, days=3) == 1
    with database.transaction() as session:
        request = session.get_one(CodeRequest, request_id)
        answers.record_answer(session, request, "0831", By(request.site_id, None, clock()))
    with database.reading() as session:
        (reminder_,) = making.waiting_mails(session)
    assert claim(database, reminder_.id, clock(), mailing) is None
    assert due(database, request_id) is None
    assert run(database, clock, days=30) == 0


def test_who_asked_a_fee_gets_no_mail_that_says_nobody_answered(database, request_id, clock):
    assert run(database, clock, days=3) == 1
    with database.transaction() as session:
        request = session.get_one(CodeRequest, request_id)
        answers.ask_fee(session, request, 3500, By(request.site_id, None, clock()))
    assert deliver(database, clock) == 0  # the reminder that still waited stays here
    assert run(database, clock, days=30) == 0
    with database.reading() as session:
        request, site = session.get_one(CodeRequest, request_id), making.first_site(session)
        assert for_people(session, [request], site, clock()).keys() == {request_id}  # a person is told


def test_a_request_sent_after_its_day_has_the_usual_time(sqlite_database, clock):
    number = asked(sqlite_database, clock, Channel.EMAIL)
    with sqlite_database.transaction() as session:
        session.get_one(CodeRequest, number).due_on = clock().date() - timedelta(
            days=2
        )  # the server was down
    assert run(sqlite_database, clock) == 0
    assert run(sqlite_database, clock, days=3) == 1


@pytest.mark.parametrize("channel", [Channel.LETTER, Channel.PHONE, Channel.COUNTER])
def test_where_no_mail_goes_a_person_is_told_and_takes_the_steps(sqlite_database, clock, channel):
    number = asked(sqlite_database, clock, channel)
    taken = []
    while (step := due(sqlite_database, number)).step is not Chase.ELSEWHERE:
        assert run(sqlite_database, clock, days=5) == 0
        with sqlite_database.transaction() as session:
            request = session.get_one(CodeRequest, number)
            note_chased(session, request, step.step, By(request.site_id, None, clock()))
        taken.append(step.step)
    assert taken == [Chase.FIRST, Chase.SECOND, Chase.PHONE]
    assert verbs(sqlite_database, number) == ["send", "chased", "chased", "chased"]


def test_the_customer_is_never_written_to(sqlite_database, clock):
    asked(sqlite_database, clock, Channel.EMAIL, dealer=None)
    assert run(sqlite_database, clock, days=30) == 0
    with sqlite_database.reading() as session:
        assert len(session.scalars(sa.select(OutboxMail)).all()) == 1


def test_two_people_take_a_step_once(database, clock):
    number = asked(database, clock, Channel.PHONE)
    with database.transaction() as session:
        note_chased(session, session.get_one(CodeRequest, number), Chase.FIRST, By(1, None, clock()))
    with pytest.raises(Refused, match="already"), database.transaction() as session:
        note_chased(session, session.get_one(CodeRequest, number), Chase.FIRST, By(1, None, clock()))


def test_a_step_is_on_record_once_whatever_happens(database, request_id, clock):
    assert run(database, clock, days=3) == 1
    with database.reading() as session:
        first = session.scalars(sa.select(ChaseStep)).one()
    again = ChaseStep(code_request_id=request_id, asked_at=first.asked_at, step=first.step, at=clock())
    with pytest.raises(sa.exc.IntegrityError), database.transaction() as session:
        session.add(again)


def test_waiting_has_a_reason_and_moves_the_next_step(database, request_id, clock):
    until = clock() + timedelta(days=10)
    with database.transaction() as session:
        request = session.get_one(CodeRequest, request_id)
        wait_with_it(session, request, until, "their code office is on holiday", By(1, None, clock()))
    assert run(database, clock, days=8) == 0
    assert run(database, clock, days=2) == 1
    for wrong in (clock() - timedelta(days=1), clock() + timedelta(days=400)):
        with pytest.raises(Refused), database.transaction() as session:
            wait_with_it(session, session.get_one(CodeRequest, request_id), wrong, "", By(1, None, clock()))


def put_off(database, clock, number, days=10) -> None:
    with database.transaction() as session:
        until = clock() + timedelta(days=days)
        wait_with_it(session, session.get_one(CodeRequest, number), until, "holiday", By(1, None, clock()))


def mails(database):
    """Every mail but the one that asked: its name and what became of it."""
    with database.reading() as session:
        return [(one.message_id, one.status) for one in session.scalars(sa.select(OutboxMail))][1:]


def test_waiting_holds_back_a_reminder_that_has_not_left_yet(database, request_id, clock):
    assert run(database, clock, days=3) == 1
    ((name, _),) = mails(database)
    put_off(database, clock, request_id)
    assert mails(database) == [(name, MailStatus.TAKEN_OUT)]
    assert due(database, request_id).step is Chase.FIRST
    assert [run(database, clock, days=3), deliver(database, clock)] == [0, 0]
    assert run(database, clock, days=8) == 1
    assert deliver(database, clock) == 1
    assert mails(database) == [(name, MailStatus.ACCEPTED)]  # the same mail, so nobody gets it twice
    assert due(database, request_id).step is Chase.SECOND


def test_who_does_not_wait_any_longer_sends_the_reminder_once(database, request_id, clock):
    run(database, clock, days=3)
    put_off(database, clock, request_id)
    with database.transaction() as session:
        go_on(session, session.get_one(CodeRequest, request_id), By(1, None, clock()))
    assert [run(database, clock, minutes=1) for _ in range(3)] == [1, 0, 0]
    assert deliver(database, clock) == 1
    assert [run(database, clock, minutes=1), deliver(database, clock)] == [0, 0]
    assert [status for _, status in mails(database)] == [MailStatus.ACCEPTED]
    with pytest.raises(Refused, match="Nobody waits"), database.transaction() as session:
        go_on(session, session.get_one(CodeRequest, request_id), By(1, None, clock()))


def test_a_reminder_on_its_way_while_somebody_begins_to_wait_is_not_tried_again_before(
    database, request_id, clock
):
    run(database, clock, days=3)
    with database.reading() as session:
        mail_id = session.scalars(sa.select(OutboxMail.id).order_by(OutboxMail.id.desc())).first()
    claimed = claim(database, mail_id, clock(), mailing)
    put_off(database, clock, request_id)
    record(database, claimed, Verdict(Outcome.LATER, "451 later"), clock(), mailing)
    assert claim(database, mail_id, clock.move(days=1), mailing) is None
    assert run(database, clock, days=10) == 1
    assert claim(database, mail_id, clock(), mailing).message_id == claimed.message_id


def test_a_person_may_remind_while_the_mail_is_held_back(database, request_id, clock):
    run(database, clock, days=3)
    put_off(database, clock, request_id)
    with database.transaction() as session:
        note_chased(session, session.get_one(CodeRequest, request_id), Chase.FIRST, By(1, None, clock()))
    assert due(database, request_id).step is Chase.SECOND
    assert deliver(database, clock) == 0


def test_a_reminder_that_comes_back_is_a_call(database, request_id, clock):
    run(database, clock, days=3)
    assert deliver(database, clock, MailStatus.REFUSED) == 1
    assert due(database, request_id).step is Chase.PHONE
    assert run(database, clock, days=9) == 0
    assert verbs(database, request_id) == ["send", "bounce"]


def test_asked_again_the_chasing_begins_anew(database, request_id, clock):
    run(database, clock, days=3)
    deliver(database, clock)
    with database.transaction() as session:
        request = session.get_one(CodeRequest, request_id)
        by = By(request.site_id, None, clock())
        actions.withdraw(session, request, by)
        actions.ask_again(session, request, by)
        sending.send(session, request, by)
    assert due(database, request_id).step is Chase.FIRST
    assert run(database, clock, days=32) == 1


def test_a_clock_that_jumps_sends_nothing_twice_and_stops_nothing(database, request_id, clock):
    assert run(database, clock, days=400) == 1  # a clock that is wrong
    deliver(database, clock)
    assert run(database, clock, days=-397) == 0
    assert due(database, request_id).step is Chase.SECOND
    assert run(database, clock, days=4) == 1
    with database.reading() as session:
        steps = session.scalars(sa.select(ChaseStep.step).order_by(ChaseStep.id)).all()
    assert steps == [Chase.FIRST, Chase.SECOND]


def test_a_request_sent_by_a_clock_that_was_ahead_is_chased_all_the_same(database, clock):
    clock.move(days=400)
    number = asked(database, clock, Channel.EMAIL)
    assert run(database, clock, days=-400) == 0
    assert run(database, clock, days=3) == 1
    with database.reading() as session:
        assert session.get_one(CodeRequest, number).sent_at < clock()


@pytest.mark.parametrize(
    ("status", "after", "verb"),
    [
        (MailStatus.ACCEPTED, Status.SENT, "send"),
        (MailStatus.REFUSED, Status.DRAFT, "bounce"),
        (MailStatus.GIVEN_UP, Status.DRAFT, "bounce"),
    ],
)
def test_a_request_follows_its_mail_in_the_same_transaction(database, clock, status, after, verb):
    with database.transaction() as session:
        request = making.make_code_request(session, channel=Channel.EMAIL, status=Status.QUEUED)
        request.mail_id = put_in_outbox(session, MAIL, By(request.site_id, None, clock())).id
        number = request.id
    assert deliver(database, clock, status) == 1
    with database.reading() as session:
        request = session.get_one(CodeRequest, number)
        assert (request.status, request.sent_at) == (after, clock() if after is Status.SENT else None)
    assert verbs(database, number) == [verb]


def test_a_mail_whose_request_is_over_is_not_wanted(database, clock):
    with database.transaction() as session:
        request = making.make_code_request(session, channel=Channel.EMAIL, status=Status.WITHDRAWN)
        request.mail_id = put_in_outbox(session, MAIL, By(request.site_id, None, clock())).id
    assert deliver(database, clock) == 0


def test_a_reminder_that_cannot_be_written_keeps_nobody_else(database, request_id, clock, caplog):
    other = asked(database, clock, Channel.EMAIL)

    def write(session, request, step):
        if request.id == request_id:
            raise Refused("their address is no address")
        return MAIL

    clock.move(days=3)
    assert chase_due(database, clock, write) == 1
    assert due(database, other).step is Chase.SECOND
    assert "no address" in caplog.text


def on_its_way(database, clock):
    """A request whose mail a worker is sending this moment: its number, who asked, and the mail as it was claimed."""
    with database.transaction() as session:
        request = making.make_code_request(session, channel=Channel.EMAIL, status=Status.QUEUED)
        by = By(request.site_id, None, clock())
        request.mail = put_in_outbox(session, MAIL, by)
        number, mail_id = request.id, request.mail.id
    return number, by, claim(database, mail_id, clock(), mailing)


def test_an_answer_is_noted_while_the_mail_is_on_its_way_but_they_are_not_asked_twice(database, clock):
    number, by, claimed = on_its_way(database, clock)
    with pytest.raises(Refused, match="has begun"), database.transaction() as session:
        take_mail_back(session, session.get_one(CodeRequest, number), by, even_on_its_way=True)
    with database.transaction() as session:
        actions.withdraw(session, session.get_one(CodeRequest, number), by)
    record(database, claimed, Verdict(Outcome.LATER, "451 later"), clock(), mailing)
    assert (
        claim(database, claimed.mail_id, clock.move(days=1), mailing) is None
    )  # nobody waits for it any more
    assert verbs(database, number) == ["withdraw"]


def test_they_need_more_stays_so_when_the_server_accepts_the_mail_that_was_on_its_way(database, clock):
    number, by, claimed = on_its_way(database, clock)
    with database.transaction() as session:
        answers.need_more(session, session.get_one(CodeRequest, number), "a stamp", by)
    record(database, claimed, Verdict(Outcome.ACCEPTED, "250 OK"), clock(), mailing)
    with database.reading() as session:
        request = session.get_one(CodeRequest, number)
        assert (request.status, request.sent_at) == (Status.DRAFT, None)  # our turn, not theirs
        assert request.mail.status is MailStatus.ACCEPTED
    assert verbs(database, number) == ["need_more", "send"]


YEAR = 365
PLACES = {Channel.EMAIL: 3, Channel.LETTER: 1}
HOLIDAYS = "1.1.\n3.4.2026 Good Friday\n6.4.2026 Easter Monday\n25.12.\n26.12.\n" + "\n".join(
    f"{day}.8.2026 summer" for day in range(3, 15)
)


def test_a_year_of_chasing_keeps_to_hours_holidays_and_distance(sqlite_database, clock):
    """Every quarter of every day of a year: the machine is off at night and in summer, some answer, some never do."""
    clock.at = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)
    with sqlite_database.transaction() as session:
        site = making.first_site(session)
        site.time_zone, site.closed_days = "Europe/Berlin", HOLIDAYS
        week = site.week
    open_ = []
    for hour in range(YEAR * 24):
        local = clock.move(hours=1).astimezone(week.zone)
        if hour % (24 * 12 + 5) == 5:
            open_ += [
                asked(sqlite_database, clock, way) for way, times in PLACES.items() for _ in range(times)
            ]
        if hour % (24 * 17) == 30:
            answered(sqlite_database, clock, open_[:-8] + open_[::3])
        if not 6 <= local.hour < 20 or local.date() in week.closed:
            continue  # switched off
        if hour % 6 == 0:
            chase_due(sqlite_database, clock, reminder)
            deliver(sqlite_database, clock)
    with sqlite_database.reading() as session:
        steps = session.scalars(sa.select(ChaseStep).order_by(ChaseStep.id)).all()
        assert len(steps) > 60
        assert {step.step for step in steps} == {Chase.FIRST, Chase.SECOND}
        last: dict[int, ChaseStep] = {}
        for step in steps:
            assert week.is_open(step.at), step.at
            assert step.request.channel is Channel.EMAIL
            before = last.get(step.code_request_id)
            start, days = (before.at, 2) if before else (step.asked_at, 3)
            assert step.at >= week.after(start, days)
            assert step.step is (Chase.SECOND if before else Chase.FIRST)
            ended = step.request.ended_at
            assert ended is None or step.at <= ended
            last[step.code_request_id] = step
        for request in session.scalars(sa.select(CodeRequest).where(CodeRequest.status == Status.SENT)):
            if clock() - request.sent_at > timedelta(days=40) and request.channel is Channel.EMAIL:
                assert last[request.id].step is Chase.SECOND  # nobody is forgotten
        summer = [step.at for step in steps if step.at.astimezone(week.zone).date() in week.closed]
        assert summer == []


def answered(database, clock, numbers) -> None:
    """Some of them answer."""
    with database.transaction() as session:
        for number in numbers:
            request = session.get_one(CodeRequest, number)
            if request.status is Status.SENT:
                actions.withdraw(session, request, By(request.site_id, None, clock()))


def test_the_worker_looks_at_many_requests_with_as_many_questions_as_at_few(database, clock):
    heard = []
    for more in (2, 5):
        for _ in range(more):
            asked(database, clock, Channel.PHONE)
        with statements(database) as questions:
            assert chase_due(database, clock, reminder) == 0
        heard.append(len(questions))
    assert heard[0] == heard[1]
