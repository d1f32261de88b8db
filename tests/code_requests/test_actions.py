"""Asking for a code, from the first question to the code on file, on both databases."""

from datetime import date

import pytest
import sqlalchemy as sa

from garage.code_requests import actions, answers, one_open, sending
from garage.code_requests.commands import Ask
from garage.code_requests.models import CodeRequest
from garage.code_requests.one_open import AskedAlready
from garage.code_requests.queries import missing_to_ask, open_request
from garage.db import vault_of
from garage.domain.asking import Channel, Refusal, Status
from garage.domain.job import YesNo
from garage.domain.text import Refused
from garage.radios.models import Origin, Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.at_once import at_two_desks

CODE = "0831"


@pytest.fixture
def job(session):
    """A car whose radio is on record."""
    vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
    return making.make_job(
        session, vehicle=vehicle, head_unit=making.make_head_unit(session, vehicle=vehicle)
    )


@pytest.fixture
def dealer(session):
    return making.make_dealer(session)


def question(dealer=None, **fields):
    given = {
        "dealer_id": dealer.id if dealer else None,
        "channel": Channel.LETTER,
        "built_with_this_radio": YesNo.YES,
        "due_on": date(2026, 3, 5),
    }
    return Ask(**given | fields)


def verbs(session, row):
    entries = sa.select(JournalEntry.verb).where(
        JournalEntry.kind == row.__tablename__, JournalEntry.row_number == row.id
    )
    return list(session.scalars(entries.order_by(JournalEntry.id)))


def test_asking_begins_as_not_sent(session, job, dealer, by):
    request = actions.ask(session, job, question(dealer), by)
    assert (request.status, request.dealer, request.sent_at) == (Status.DRAFT, dealer, None)
    assert job.built_with_this_radio is YesNo.YES
    assert verbs(session, request) == ["ask"]


def test_without_a_dealer_the_customer_asks(session, job, by):
    assert actions.ask(session, job, question(), by).channel is Channel.CUSTOMER


def test_nobody_is_asked_without_a_serial_number(session, by):
    bare = making.make_job(session)
    assert [str(what) for what in missing_to_ask(bare)] == ["the radio's serial number"]
    with pytest.raises(Refused, match="serial number"):
        actions.ask(session, bare, question(), by)


def test_a_dealer_who_is_switched_off_is_not_asked(session, job, by):
    with pytest.raises(Refused, match="no longer"):
        actions.ask(session, job, question(making.make_dealer(session, active=False)), by)


@pytest.mark.parametrize("note", ["the code is 4711", f"maybe {CODE}, ask again"])
def test_a_code_in_the_note_is_refused(session, job, dealer, by, note):
    making.make_code(session, job.head_unit, CODE)
    with pytest.raises(Refused, match="code"):
        actions.ask(session, job, question(dealer, note=note), by)


def test_a_second_question_for_the_same_radio_names_the_first(session, job, dealer, by):
    first = actions.ask(session, job, question(dealer), by)
    with pytest.raises(AskedAlready) as no:
        actions.ask(session, job, question(), by)
    assert no.value.request_id == first.id
    assert str(job.number) in str(no.value)
    assert session.scalar(sa.select(sa.func.count()).select_from(CodeRequest)) == 1


def test_two_desks_at_the_same_moment_ask_once(database):
    with database.transaction() as session:
        site = making.first_site(session)
        vehicle = making.make_vehicle(session)
        job = making.make_job(session, vehicle=vehicle, head_unit=making.make_head_unit(session))
        by = By(site.id, None, making.AT)
        number = job.id
    came = at_two_desks(database, number, lambda session, job: actions.ask(session, job, question(), by).id)
    assert sum(isinstance(one, AskedAlready) for one in came) == 1
    with database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(CodeRequest)) == 1


def test_the_index_alone_answers_when_the_look_before_saw_nothing(session, job, dealer, by, monkeypatch):
    first = actions.ask(session, job, question(dealer), by)
    looks = iter([None, first])
    monkeypatch.setattr(one_open, "open_request", lambda *_: next(looks))
    with pytest.raises(AskedAlready):
        actions.ask(session, job, question(), by)
    assert session.scalar(sa.select(sa.func.count()).select_from(CodeRequest)) == 1


def test_the_code_that_came_is_sealed_and_to_be_tried(session, job, dealer, by):
    request = actions.ask(session, job, question(dealer), by)
    sending.send(session, request, by)
    code = answers.record_answer(session, request, " 08-31 ", by)
    assert vault_of(session).open(code.sealed) == CODE
    assert (code.standing, code.origin) == (Standing.TO_TRY, Origin.DEALER)
    assert (request.status, request.sent_at, request.ended_at) == (Status.ANSWERED, by.at, by.at)
    assert verbs(session, request) == ["ask", "send", "answer"]


def test_a_code_from_the_customer_says_so(session, job, by):
    request = actions.ask(session, job, question(), by)
    assert answers.record_answer(session, request, CODE, by).origin is Origin.CUSTOMER


def test_a_code_that_did_not_work_before_is_no_answer(session, job, dealer, by):
    making.make_code(session, job.head_unit, CODE, standing=Standing.DID_NOT_WORK)
    request = actions.ask(session, job, question(dealer), by)
    with pytest.raises(Refused, match="did not work"):
        answers.record_answer(session, request, CODE, by)


def test_no_code_keeps_its_reason_and_can_be_asked_again(session, job, dealer, by):
    request = actions.ask(session, job, question(dealer), by)
    sending.send(session, request, by)
    answers.record_refusal(session, request, Refusal.NO_RECORD, by)
    assert (request.status, request.refusal) == (Status.REFUSED, Refusal.NO_RECORD)
    actions.ask_again(session, request, by)
    assert (request.status, request.refusal, request.sent_at) == (Status.DRAFT, None, None)
    assert request.due_on == date(2026, 3, 5)  # three working days after Monday


def test_asking_again_is_refused_while_somebody_else_is_asked(session, job, dealer, by):
    request = actions.ask(session, job, question(dealer), by)
    actions.withdraw(session, request, by)
    second = actions.ask(session, job, question(), by)
    with pytest.raises(AskedAlready) as no:
        actions.ask_again(session, request, by)
    assert no.value.request_id == second.id
    assert request.status is Status.WITHDRAWN


def test_a_step_that_does_not_follow_is_refused_and_leaves_no_trace(session, job, dealer, by):
    request = actions.ask(session, job, question(dealer), by)
    actions.withdraw(session, request, by)
    for step in (sending.send, actions.withdraw):
        with pytest.raises(Refused, match="Not needed any more"):
            step(session, request, by)
    assert verbs(session, request) == ["ask", "withdraw"]


def test_a_wrong_code_opens_the_request_that_brought_it_again(session, job, dealer, by):
    old = actions.ask(session, job, question(dealer), by)
    answers.record_answer(session, old, CODE, by)
    new = actions.ask(session, job, question(), by)
    code = answers.record_answer(session, new, CODE, by)
    assert actions.reopen_after_wrong_code(session, code, by) is new
    assert (new.status, old.status) == (Status.DRAFT, Status.ANSWERED)
    assert open_request(session, job.head_unit) is new
    assert actions.reopen_after_wrong_code(session, code, by) is None  # asked for already


def test_a_wrong_code_from_elsewhere_opens_nothing(session, job, dealer, by):
    card = making.make_code(session, job.head_unit, "4711")
    assert actions.reopen_after_wrong_code(session, card, by) is None
    request = actions.ask(session, job, question(dealer), by)
    answers.record_refusal(session, request, Refusal.MAKE_GIVES_NONE, by)
    assert actions.reopen_after_wrong_code(session, card, by) is None


def test_a_wrong_code_never_opens_the_request_that_brought_another(session, job, dealer, by):
    card = making.make_code(session, job.head_unit, "4711")
    request = actions.ask(session, job, question(dealer), by)
    first = answers.record_answer(session, request, CODE, by)
    assert actions.reopen_after_wrong_code(session, card, by) is None
    assert (request.status, request.wrong_code_at) == (Status.ANSWERED, None)
    assert actions.reopen_after_wrong_code(session, first, by) is request
    second = answers.record_answer(session, request, "0832", by)
    assert actions.reopen_after_wrong_code(session, first, by) is None  # entered once more: theirs is untried
    assert actions.reopen_after_wrong_code(session, second, by) is request


def test_a_request_from_before_answers_were_kept_is_opened_by_any_wrong_code(session, job, by):
    request = making.make_code_request(session, job=job, status=Status.ANSWERED)
    code = making.make_code(session, job.head_unit, CODE)
    assert actions.reopen_after_wrong_code(session, code, by) is request


def test_no_code_stands_in_the_journal_or_in_plain_columns(session, job, dealer, by):
    request = actions.ask(session, job, question(dealer, note="they know us"), by)
    answers.record_answer(session, request, "083159", by)
    session.flush()
    for table in sa.inspect(session.connection()).get_table_names():
        rows = session.execute(sa.text(f'SELECT * FROM "{table}"')).all()  # noqa: S608 - names from the database
        assert not any("083159" in str(value) for row in rows for value in row), table


def test_a_request_of_a_closed_job_stays_answered_when_its_code_fails_later(session, by):
    request = making.make_code_request(session, status=Status.ANSWERED)
    code = making.make_code(session, request.head_unit)
    making.make_answer(session, request, radio_code=code)
    request.job.closed_at = by.at
    assert actions.reopen_after_wrong_code(session, code, by) is None
    assert request.status is Status.ANSWERED


def test_nobody_is_asked_about_another_cars_radio_before_a_manager_has_looked(session, job, by):
    job.in_another_vehicle = True
    with pytest.raises(Refused, match="Ask a manager"):
        actions.ask(session, job, Ask(None, Channel.CUSTOMER, YesNo.UNKNOWN, None), by)
