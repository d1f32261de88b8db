"""What they answered, on both databases: each kind moves the request on, and no code is kept in a text."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from garage.bay.commands import AddCodeToTry
from garage.bay.trying import add_code_to_try
from garage.board import figures
from garage.code_requests import actions, answers, sending
from garage.code_requests.commands import RecordMoney
from garage.code_requests.models import RequestAnswer
from garage.code_requests.promising import promised, usually_by
from garage.code_requests.record import NEWEST, records
from garage.db import SavedMeanwhile, vault_of
from garage.domain.answer_times import Promise
from garage.domain.asking import AnswerKind, Channel, Payer, Refusal, Status
from garage.domain.packet import DealerKind
from garage.domain.text import Refused
from garage.outbox.models import MailStatus
from garage.radios.models import Origin, Standing
from tests import making
from tests.desk import facts
from tests.making import later

PASTED = "Hello,\nthe code is 0831, thank you.\nPhone 01632 960300"


@pytest.fixture
def request_(session, site, by):
    site.email = "desk@garage.example"
    dealer = making.make_dealer(session, email="codes@dealer.example", phone="01632 960300")
    unit = making.make_head_unit(session, serial_number="SKZ1Z2A0123456")
    job = making.make_job(session, site=site, head_unit=unit)
    asked = making.make_code_request(session, job=job, dealer=dealer, channel=Channel.EMAIL)
    sending.send(session, asked, by)
    return asked


def test_the_code_is_cut_out_before_the_text_is_kept(session, request_, by):
    code = answers.record_answer(session, request_, "0831", by, PASTED)
    session.flush()
    kept = session.scalars(sa.select(RequestAnswer)).one()
    assert vault_of(session).open(kept.pasted) == PASTED.replace("0831", "••••")
    assert (kept.kind, kept.radio_code, kept.asked_at) == (AnswerKind.CODE, code, by.at)
    assert code.standing is Standing.TO_TRY


def test_every_number_that_may_be_a_code_is_cut_out_however_many_there_are(session, request_, by):
    pasted = "\n".join(f"radio {number}: code 48{number}6" for number in range(10, 19))
    answers.record_refusal(session, request_, Refusal.NO_RECORD, by, pasted)
    session.flush()
    kept = vault_of(session).open(session.scalars(sa.select(RequestAnswer)).one().pasted)
    assert [number for number in range(10, 19) if f"48{number}6" in kept] == []


@pytest.mark.parametrize(
    ("kind", "origin"),
    [
        (DealerKind.DEALER, Origin.DEALER),
        (DealerKind.ONLINE, Origin.ONLINE),
        (DealerKind.SPECIALIST, Origin.SPECIALIST),
    ],
)
def test_a_code_says_who_gave_it(session, request_, by, kind, origin):
    request_.dealer.kind = kind
    assert answers.record_answer(session, request_, "0831", by).origin is origin


def test_needing_more_makes_it_ours_again(session, request_, by):
    answers.need_more(session, request_, "a stamp", by, PASTED)
    assert (request_.status, request_.sent_at, request_.answers[-1].needs) == (Status.DRAFT, None, "a stamp")
    with pytest.raises(Refused, match="code"):
        answers.need_more(session, request_, "code 4711 and a stamp", by)


def test_a_day_to_wait_for_puts_the_chasing_off(session, request_, by):
    answers.wait_until(session, request_, date(2026, 3, 20), by)
    assert (request_.status, request_.due_on) == (Status.SENT, date(2026, 3, 20))
    assert request_.answers[-1].until_on == date(2026, 3, 20)


def test_a_fee_is_quoted_and_a_refusal_has_its_reason(session, request_, by):
    answers.ask_fee(session, request_, 3500, by)
    assert (request_.status, request_.fee_quoted) == (Status.SENT, 3500)
    answers.record_refusal(session, request_, Refusal.FEE_NOT_AGREED, by)
    assert [one.kind for one in request_.answers] == [AnswerKind.FEE, AnswerKind.REFUSED]


def test_an_answer_takes_the_mail_out_that_still_waits(session, request_, by):
    request_.status, request_.sent_at = Status.DRAFT, None
    row = sending.queue_mail(
        session, request_, sending.mark_of(sending.mail_of(session, request_, by.at.date())), by
    )
    answers.record_answer(session, request_, "0831", by)
    assert row.status is MailStatus.TAKEN_OUT


def test_money_is_written_down_with_who_heard_the_yes(session, request_, by):
    told = RecordMoney(request_.version, 3500, 3500, Payer.CUSTOMER, 2000, "Ada")
    actions.record_money(session, request_, told, by)
    session.flush()
    assert (request_.fee_paid, request_.fee_payer, request_.radio_value) == (3500, Payer.CUSTOMER, 2000)
    assert (request_.fee_yes_heard_by, request_.fee_yes_at) == ("Ada", by.at)
    with pytest.raises(SavedMeanwhile):
        actions.record_money(session, request_, told, by)


def test_the_customers_yes_never_outlives_the_price(session, request_, by):
    told = RecordMoney(request_.version, 3500, None, Payer.CUSTOMER, None, "Ada")
    actions.record_money(session, request_, told, by)
    answers.ask_fee(session, request_, 3500, by)
    assert request_.fee_yes_at == by.at
    answers.ask_fee(session, request_, 8000, by)
    assert (request_.fee_quoted, request_.fee_yes_heard_by, request_.fee_yes_at) == (8000, "", None)
    session.flush()
    later = making.later(by, days=1)
    actions.record_money(session, request_, replace(told, version=request_.version, quoted=8000), later)
    assert request_.fee_yes_at == later.at
    session.flush()
    last = making.later(by, days=2)
    actions.record_money(session, request_, replace(told, version=request_.version, quoted=9000), last)
    assert (request_.fee_yes_heard_by, request_.fee_yes_at) == ("Ada", last.at)


def test_the_own_record_for_place_and_make_is_promised(session, request_, by):
    for _ in range(3):
        other = making.make_code_request(session, dealer=request_.dealer)
        making.make_answer(session, other, asked_at=by.at - timedelta(days=3), at=by.at - timedelta(days=2))
    usual = usually_by(session, request_, facts(), by.at)
    assert usual is not None
    assert usual.own_record
    request_.job.vehicle.make = "Saab"
    assert usually_by(session, request_, facts(), by.at) != usual


def test_a_promise_is_made_from_the_newest_answers(session, request_, by):
    def answered(number, days, long_ago):
        for _ in range(number):
            other = making.make_code_request(session, dealer=request_.dealer)
            came = by.at - timedelta(days=long_ago)
            making.make_answer(session, other, asked_at=came - timedelta(days=days), at=came)

    answered(20, days=90, long_ago=200)
    slow = usually_by(session, request_, facts(), by.at)
    answered(NEWEST * 9 // 10 - 1, days=0, long_ago=7)
    making.make_answer(
        session, making.make_code_request(session, dealer=request_.dealer)
    )  # its time is not known
    assert usually_by(session, request_, facts(), by.at) == slow
    answered(1, days=0, long_ago=7)
    quick = usually_by(session, request_, facts(), by.at)
    assert slow is not None
    assert quick is not None
    assert quick.by < slow.by


def test_nothing_is_promised_where_nobody_knows(session, request_, by):
    request_.dealer.kind = DealerKind.SPECIALIST
    request_.job.vehicle.make = "Nobody"
    assert promised(session, request_, facts(), by.at) is None


def test_the_text_for_the_customer_speaks_both_languages_and_holds_no_code(session, request_, by):
    answers.record_answer(session, request_, "0831", by, PASTED)
    told = promised(session, request_, facts(), by.at)
    assert told is not None
    assert [language for language, _ in told.texts] == ["en", "de"]
    assert all("0831" not in text and "Jo Hill" in text for _, text in told.texts)


def test_whose_car_has_left_is_asked_to_call(session, request_, by):
    answers.record_answer(session, request_, "0831", by)
    request_.job.left_at = by.at
    told = promised(session, request_, facts(), by.at)
    assert told is not None
    assert "Please call us" in told.texts[0][1]


def test_a_radio_that_plays_or_is_locked_for_good_leaves_nothing_to_tell(session, request_, by):
    answers.record_answer(session, request_, "0831", by)
    request_.job.plays_at = by.at
    assert promised(session, request_, facts(), by.at) is None
    request_.job.plays_at, request_.head_unit.locked_for_good_at = None, by.at
    assert promised(session, request_, facts(), by.at) is None


def test_we_never_say_that_we_have_asked_where_the_customer_asks(session, request_, by, monkeypatch):
    usual = Promise(date(2026, 3, 5), own_record=True)
    monkeypatch.setattr("garage.code_requests.promising.usually_by", lambda *_: usual)
    request_.status, request_.channel = Status.SENT, Channel.CUSTOMER
    told = promised(session, request_, facts(), by.at)
    assert told is not None
    assert (told.by, told.texts) == (usual, ())


def test_a_promise_is_said_with_its_day(session, request_, by, monkeypatch):
    usual = Promise(date(2026, 3, 5), own_record=True)
    monkeypatch.setattr("garage.code_requests.promising.usually_by", lambda *_: usual)
    told = promised(session, request_, facts(), by.at)
    assert told is not None
    assert "Thursday, 5 March" in told.texts[0][1]
    assert "Donnerstag, 5. März" in told.texts[1][1]


def typed_at_the_car(session, job, origin, by):
    return add_code_to_try(session, job, AddCodeToTry("4917", origin, checked=True), facts(), by)


def test_a_dealers_code_typed_at_the_car_is_the_answer_of_the_dealer_who_was_asked(session, request_, by):
    later_on = later(by, hours=3)
    code = typed_at_the_car(session, request_.job, Origin.DEALER, later_on)
    session.flush()
    [answer] = request_.answers
    assert (request_.status, request_.ended_at, answer.radio_code) == (Status.ANSWERED, later_on.at, code)
    assert records(session, request_.job.site.week)[request_.dealer_id].answers == 1
    assert figures.figures(session, request_.job.site, figures.Period.ALL, later_on.at, str)[0].days == [0]


def elsewhere(session, request_):
    request_.site_id = making.make_site(session).id


def number_corrected(session, request_):
    request_.job.head_unit = making.make_head_unit(session, serial_number="SKZ1Z2A0123457")


def not_sent(session, request_):
    request_.status = Status.DRAFT


def only_the_owner_gets_it(session, request_):
    request_.channel = Channel.CUSTOMER


@pytest.mark.parametrize("other", [elsewhere, number_corrected, not_sent, only_the_owner_gets_it])
def test_a_dealers_code_answers_nothing_that_was_not_asked_of_a_dealer_for_this_radio(
    session, request_, by, other
):
    other(session, request_)
    session.flush()
    typed_at_the_car(session, request_.job, Origin.DEALER, by)
    assert not request_.answers


@pytest.mark.parametrize("origin", [Origin.ONLINE, Origin.OWN_RECORDS, Origin.CARD])
def test_a_code_from_elsewhere_leaves_the_dealer_asked(session, request_, by, origin):
    typed_at_the_car(session, request_.job, origin, by)
    assert (request_.status, list(request_.answers)) == (Status.SENT, [])
