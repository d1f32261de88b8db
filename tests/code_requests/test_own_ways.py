"""Codes that no place is asked for: the customer's card, the calculator, a message, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage.bay.actions import close, is_asked_for
from garage.bay.history import code_history
from garage.bay.models import Try
from garage.board import figures
from garage.board.queries import around, open_jobs
from garage.board.standing import Lane, standing
from garage.code_requests import actions, answers, mailing, own_ways, sending
from garage.code_requests.chasing import chase_due, for_people
from garage.code_requests.commands import Ask
from garage.code_requests.models import CodeRequest, FactsAsked
from garage.db import vault_of
from garage.domain.asking import AnswerKind, Channel, Fact, Status, Step
from garage.domain.job import AfterPower, Battery, YesNo
from garage.domain.text import Refused
from garage.domain.trying import Outcome
from garage.radios.models import Origin, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.at_once import at_two_desks
from tests.making import AT, later

CODE = "4917"
MISSING = (Fact.SERIAL_NUMBER, Fact.VIN)
TODAY = AT.date()


@pytest.fixture
def job(session, site):
    return making.make_job(session, head_unit=making.make_head_unit(session))


@pytest.fixture
def unknown(session, site):
    """A car about whose radio nothing is on record."""
    return making.make_job(session)


def question(dealer=None):
    channel = Channel.LETTER if dealer else Channel.CUSTOMER
    return Ask(dealer.id if dealer else None, channel, YesNo.UNKNOWN, None)


def requests(session):
    return session.scalars(sa.select(CodeRequest).order_by(CodeRequest.id)).all()


def verbs(session, request):
    session.flush()
    return session.scalars(
        sa.select(JournalEntry.verb)
        .where(JournalEntry.kind == "code_request", JournalEntry.row_number == request.id)
        .order_by(JournalEntry.id)
    ).all()


@pytest.mark.parametrize("origin", own_ways.WAYS)
def test_a_code_comes_with_its_way_in_one_go(session, job, by, origin):
    code = own_ways.keep_code(session, job, CODE, origin, by)
    (request,) = requests(session)
    assert (request.channel, request.status) == (own_ways.WAYS[origin], Status.ANSWERED)
    assert (request.head_unit, request.ended_at, request.mail_id) == (job.head_unit, by.at, None)
    assert [answer.radio_code for answer in request.answers] == [code]
    assert (code.origin, code.standing) == (origin, Standing.TO_TRY)
    assert verbs(session, request) == ["code_came"]


@pytest.mark.parametrize("origin", [origin for origin in Origin if origin not in own_ways.WAYS])
def test_a_code_of_a_place_or_of_our_books_has_no_way_of_the_customers_own(session, job, by, origin):
    assert own_ways.keep_code(session, job, CODE, origin, by).origin is origin
    assert requests(session) == []


def test_a_code_typed_twice_came_once_and_one_that_failed_brings_nothing(session, job, by):
    first = own_ways.keep_code(session, job, CODE, Origin.CARD, by)
    assert own_ways.keep_code(session, job, CODE, Origin.CARD, by) is first
    assert len(requests(session)) == 1
    first.standing = Standing.DID_NOT_WORK
    with pytest.raises(Refused, match="did not work"):
        own_ways.keep_code(session, job, CODE, Origin.CARD, by)


def test_a_card_that_did_not_work_is_open_again_until_somebody_else_is_asked(session, job, by):
    code = own_ways.keep_code(session, job, CODE, Origin.CARD, by)
    (card,) = requests(session)
    assert actions.reopen_after_wrong_code(session, code, by, "SAFE 2") is card
    assert (card.status, card.due_on, card.wrong_code_display) == (Status.DRAFT, None, "SAFE 2")
    dealer = making.make_dealer(session)
    asked = actions.ask(session, job, question(dealer), by)
    assert (card.status, asked.status) == (Status.WITHDRAWN, Status.DRAFT)
    assert verbs(session, card) == ["code_came", "open_again", "withdraw"]


def test_a_card_found_while_a_dealer_is_asked_leaves_the_dealer_asked(session, job, by):
    asked = actions.ask(session, job, question(), by)
    code = own_ways.keep_code(session, job, CODE, Origin.CARD, by)
    assert [request.status for request in requests(session)] == [Status.DRAFT, Status.ANSWERED]
    assert actions.reopen_after_wrong_code(session, code, by) is None  # the dealer is asked already
    assert asked.status.is_open


def test_message_in_facts_asked_answer_in_code_tried_did_not_work_open_again(session, unknown, by):
    job = unknown
    request = own_ways.message_in(session, job, (), by)
    assert (request.status, request.head_unit) == (Status.DRAFT, None)
    own_ways.ask_back(session, request, MISSING, later(by, minutes=1))
    assert (request.status, request.due_on) == (Status.FACTS, TODAY + timedelta(days=3))
    (asked,) = session.scalars(sa.select(FactsAsked)).all()
    assert (asked.facts, asked.person_id, asked.at) == (MISSING, by.person_id, AT + timedelta(minutes=1))
    answers.record_message(session, request, later(by, minutes=2), f"It is SKZ1Z2A0123456, code {CODE}")
    assert (request.status, request.due_on) == (Status.DRAFT, None)
    kept = vault_of(session).open(request.answers[-1].pasted)
    assert CODE not in kept  # cut out before the text is kept
    assert "SKZ1Z2A0123456" in kept
    job.head_unit = making.make_head_unit(session)
    code = own_ways.keep_code(session, job, CODE, Origin.CALCULATOR, later(by, minutes=3))
    assert (request.status, request.head_unit) == (Status.ANSWERED, job.head_unit)
    assert actions.reopen_after_wrong_code(session, code, later(by, minutes=4)) is request
    tried = Try(job=job, radio_code=code, outcome=Outcome.DID_NOT_WORK, at=AT + timedelta(minutes=4))
    session.add(tried)
    session.flush()
    assert [str(one.words) for one in reversed(code_history(session, job.head_unit))] == [
        "The customer wrote",
        "The customer was asked for: Serial number, VIN",
        "The customer wrote",
        f"Code on file. It came from: {Origin.CALCULATOR.label}",
        f"Code entered ({Origin.CALCULATOR.label}): {Outcome.DID_NOT_WORK.label}",
    ]
    told = [entry.verb for entry in around(session, job, TODAY, AT).entries]
    assert told[:4] == ["message_in", "ask_back", "customer_wrote", "add_code"]
    assert verbs(session, request)[-2:] == ["code_came", "open_again"]


def test_a_code_in_the_customers_answer_is_a_code_to_try(session, job, by):
    request = own_ways.message_in(session, job, MISSING, by)
    code = answers.record_answer(session, request, CODE, by, f"the code is {CODE}")
    assert (request.status, code.origin) == (Status.ANSWERED, Origin.CUSTOMER)
    assert verbs(session, request) == ["ask_back", "code_came"]


def test_a_code_without_the_radios_number_is_refused_and_nothing_moves(session, unknown, by):
    request = own_ways.message_in(session, unknown, MISSING, by)
    with pytest.raises(Refused, match="serial number first"):
        answers.record_answer(session, request, CODE, by)
    assert request.status is Status.FACTS


def test_a_message_is_noted_where_a_dealer_is_asked_and_the_dealer_stays_asked(session, job, by):
    asked = actions.ask(session, job, question(), by)
    sending.send(session, asked, by)
    due_on = asked.due_on
    assert own_ways.message_in(session, job, MISSING, by) is asked
    assert (asked.status, asked.due_on) == (Status.SENT, due_on)
    assert [answer.kind for answer in asked.answers] == [AnswerKind.MESSAGE]
    assert [question.facts for question in asked.questions] == [MISSING]
    assert verbs(session, asked) == ["ask", "send", "customer_wrote", "ask_back"]
    assert len(requests(session)) == 1
    assert not mailing.answered_since(asked, AT)  # the dealer has said nothing: chasing goes on


def test_a_second_message_is_the_answer_to_what_was_asked_back(session, unknown, by):
    first = own_ways.message_in(session, unknown, MISSING, by)
    assert own_ways.message_in(session, unknown, (), by) is first
    assert first.status is Status.DRAFT
    with pytest.raises(Refused, match="nothing to ask"):
        own_ways.ask_back(session, first, (), by)


def test_no_step_towards_a_mail_is_taken_and_nobody_is_chased(session, job, by):
    request = own_ways.message_in(session, job, MISSING, by)
    with pytest.raises(Refused):
        sending.send(session, request, by)
    with pytest.raises(Refused):
        sending.queue_mail(session, request, "", by)
    for step in (Step.QUEUE, Step.SEND, Step.BOUNCE):
        with pytest.raises(Refused, match="Waiting for the customer"):
            request.take(step)
    assert for_people(session, [request], job.site, AT + timedelta(days=90)) == {}


def test_the_program_writes_to_no_customer_however_long_they_take(database, clock):
    with database.transaction() as session:
        by = By(making.first_site(session).id, None, clock())
        own_ways.message_in(session, making.make_job(session), MISSING, by)
    clock.move(days=60)
    assert chase_due(database, clock, pytest.fail) == 0


def test_the_board_waits_for_the_customer_and_later_says_ask_again(session, unknown, by):
    job = unknown
    request = own_ways.message_in(session, job, (), by)
    assert str(standing(job, request, TODAY, AT).words) == "Read the radio number first"
    own_ways.ask_back(session, request, MISSING, by)
    row = standing(job, request, TODAY, AT)
    assert (row.lane, str(row.words)) == (Lane.STOP, "Waiting for the customer's answer")
    job.battery, job.after_power = Battery.BACK, AfterPower.ASKED
    row = standing(job, request, TODAY, AT)
    assert (row.lane, str(row.words), row.since) == (Lane.CODE, "Waiting for the customer's answer", by.at)
    late = standing(job, request, request.due_on + timedelta(days=1), AT)
    assert (late.lane, str(late.words)) == (Lane.OVERDUE, "The customer has not answered: ask again")


def test_the_board_shows_the_open_request_whatever_came_later(session, job, by):
    job.battery, job.after_power = Battery.BACK, AfterPower.ASKED
    asked = actions.ask(session, job, question(), by)
    sending.send(session, asked, by)
    code = own_ways.keep_code(session, job, CODE, Origin.CARD, by)
    code.standing = Standing.DID_NOT_WORK
    (row,) = open_jobs(session, job.site_id, TODAY, AT)[Lane.CODE]
    assert (row.request, str(row.words)) == (asked, "Asked, waiting for the answer")


def test_figures_say_how_often_each_way_played(session, job, by, site):
    failed = own_ways.keep_code(session, job, "1111", Origin.CARD, by)
    failed.standing = Standing.DID_NOT_WORK
    own_ways.keep_code(session, job, "2222", Origin.CARD, by).standing = Standing.WORKED
    own_ways.keep_code(session, job, "3333", Origin.CALCULATOR, by)
    answers.record_answer(session, actions.ask(session, job, question(), by), "4444", by)
    told = figures.own_ways(session, site, figures.Period.MONTH, AT)
    assert told == [(Origin.CARD, 2, 1), (Origin.CALCULATOR, 1, 0)]


def test_a_message_keeps_no_car_here(session, job, by):
    request = own_ways.message_in(session, job, MISSING, by)
    assert not is_asked_for(session, job)
    close(session, job, by)
    assert (request.status, request.ended_at) == (Status.WITHDRAWN, by.at)


def test_two_desks_note_two_messages_on_one_request(database):
    with database.transaction() as session:
        site = making.first_site(session).id
        number = making.make_job(session).id
    by = By(site, None, AT)
    first, second = at_two_desks(
        database, number, lambda session, job: own_ways.message_in(session, job, (), by).id
    )
    assert first == second
    with database.reading() as session:
        (request,) = requests(session)
        assert [answer.kind for answer in request.answers] == [AnswerKind.MESSAGE]


def test_two_desks_ask_after_a_message_and_one_dealer_is_asked(database):
    with database.transaction() as session:
        by = By(making.first_site(session).id, None, AT)
        job = making.make_job(session, head_unit=making.make_head_unit(session))
        own_ways.message_in(session, job, MISSING, by)
        number = job.id
    came = at_two_desks(database, number, lambda session, job: actions.ask(session, job, question(), by).id)
    assert sum(isinstance(one, Refused) for one in came) == 1
    with database.reading() as session:
        assert [one.status for one in requests(session)] == [Status.WITHDRAWN, Status.DRAFT]
