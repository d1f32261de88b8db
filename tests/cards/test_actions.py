"""Printing: what is put on record, what the papers say, and that no code leaks beside them, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from garage.bay.models import Try
from garage.cards import actions
from garage.cards.actions import PrintCard, PrintPaper, print_again, print_card, print_for_job, print_request
from garage.cards.models import Card
from garage.cards.records import file_name, paper_of
from garage.cards.rules import may_fetch
from garage.code_requests.chasing import note_chased
from garage.code_requests.letter_words import numbers_as_lines, own_text, request_mail
from garage.code_requests.own_texts import write_text
from garage.code_requests.reminding import TEXTS
from garage.db import vault_of
from garage.domain.asking import Channel, Status
from garage.domain.card import HandOver, RadioPass
from garage.domain.catalogue import Catalogue, Make
from garage.domain.chasing import Chase
from garage.domain.clearance import Ground
from garage.domain.job import Battery, YesNo
from garage.domain.packet import TextKind
from garage.domain.paper import Answer
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Refused
from garage.domain.trying import Outcome
from garage.radios.models import Standing
from garage.seal import CodesLocked, Vault
from garage.staff.models import House, JournalEntry, Reason
from tests import making

CODE = "930417"
VIN = "TMBZZZ6Y000000001"
CATALOGUE = Catalogue(sources={}, makes=(Make("Skoda"),), families=(), other_numbers=(), facts=())
CARD = PrintPaper(PaperKind.CARD)
SHEET = PrintPaper(PaperKind.HAND_OVER)
WITH_CODE = (PaperKind.CARD, PaperKind.HAND_OVER)
EVERY = (*WITH_CODE, *actions.FOR_A_JOB)


@pytest.fixture
def job(session, site):
    vehicle = making.make_vehicle(session, vin=VIN)
    return making.make_job(
        session, site=site, vehicle=vehicle, head_unit=making.make_head_unit(session, vehicle=vehicle)
    )


@pytest.fixture
def code(session, job):
    return making.make_code(session, job.head_unit, CODE)


def say_it_worked(session, job, code, at):
    code.standing, code.worked_at = Standing.WORKED, at
    session.add(Try(job=job, radio_code=code, outcome=Outcome.WORKED, at=at))
    session.flush()


def printed(session, job, by, command=CARD):
    if command.kind in WITH_CODE:
        row = print_card(session, job, CATALOGUE, PrintCard(command.kind.value, command.plea), by)
    else:
        row = print_for_job(session, job, CATALOGUE, command, by)
    session.flush()
    return row


def test_a_card_gets_its_number_and_says_the_code(session, job, code, by):
    row = printed(session, job, by)
    paper = paper_of(session, row)
    assert isinstance(paper, RadioPass)
    assert (paper.code, paper.serial_number, paper.vin_tail) == (CODE, job.head_unit.serial_number, VIN[-8:])
    assert paper.card_number == row.card.number
    assert row.card.number.startswith("RP-")
    assert row.card.radio_code is code


def test_the_hand_over_sheet_carries_the_same_card(session, job, code, by):
    paper = paper_of(session, printed(session, job, by, SHEET))
    assert isinstance(paper, HandOver)
    assert (paper.card.code, paper.printed_on) == (CODE, date(2026, 3, 2))


def test_without_a_code_it_is_a_radio_number_card(session, job, by):
    row = printed(session, job, by)
    assert paper_of(session, row).code is None
    assert row.says_sealed is None
    assert row.card.radio_code is None


def test_a_code_that_was_never_tried_says_no_day(session, job, code, by):
    assert paper_of(session, printed(session, job, by)).worked_on is None


def test_worked_in_this_car_is_said_with_the_day_at_the_garage(session, site, job, code, by):
    site.time_zone = "Pacific/Auckland"
    say_it_worked(session, job, code, datetime(2026, 3, 1, 12, 30, tzinfo=UTC))
    assert paper_of(session, printed(session, job, by)).worked_on == date(2026, 3, 2)


def test_worked_in_another_car_is_not_worked_in_this_car(session, job, code, by):
    elsewhere = making.make_job(session, head_unit=job.head_unit, customer=job.customer)
    say_it_worked(session, elsewhere, code, by.at)
    assert paper_of(session, printed(session, job, by)).worked_on is None


def test_a_paper_with_a_code_is_sealed_and_the_others_are_not(session, job, code, by):
    for kind in EVERY:
        row = printed(session, job, by, PrintPaper(kind))
        assert (row.says is None) == (kind in WITH_CODE), kind
        assert (row.says_sealed is None) == (kind not in WITH_CODE), kind


def test_the_same_print_says_the_same_again(session, job, code, by):
    row = printed(session, job, by, SHEET)
    before = paper_of(session, row)
    say_it_worked(session, job, code, by.at)
    print_again(session, row, CATALOGUE, SHEET, by)
    assert paper_of(session, row) == before
    entries = sa.select(JournalEntry.verb).where(JournalEntry.kind == "print_job")
    assert list(session.scalars(entries.order_by(JournalEntry.id))) == ["print", "print_again"]


def test_a_card_whose_code_did_not_work_is_not_printed_again(session, job, code, by):
    row = printed(session, job, by)
    code.standing = Standing.DID_NOT_WORK
    with pytest.raises(Refused, match="did not work"):
        print_again(session, row, CATALOGUE, CARD, by)


def test_under_a_stop_nothing_prints_with_a_code(session, job, code, by):
    row = printed(session, job, by)
    for thing in (job.head_unit, job.vehicle):
        thing.stopped_at = by.at
        for press in (
            lambda: printed(session, job, by),
            lambda: print_again(session, row, CATALOGUE, CARD, by),
            lambda: may_fetch(session, row, CATALOGUE, by),
        ):
            with pytest.raises(Refused, match="stop"):
                press()
        thing.stopped_at = None
    assert session.scalar(sa.select(sa.func.count()).select_from(Card)) == 1


def presses(session, job, row, by):
    """Every way to a card with a code."""
    return (
        lambda: printed(session, job, by),
        lambda: printed(session, job, by, SHEET),
        lambda: print_again(session, row, CATALOGUE, CARD, by),
        lambda: may_fetch(session, row, CATALOGUE, by),
    )


def radio_asks(job):
    job.battery, job.earlier_tries = Battery.BACK, YesNo.NO


def test_while_the_radio_asks_a_card_follows_the_rules_of_trying(session, job, code, by):
    row = printed(session, job, by)  # it played when the car came in
    radio_asks(job)
    job.earlier_tries = None
    for press in presses(session, job, row, by):
        with pytest.raises(Refused, match="has anyone tried a code already"):
            press()
    job.earlier_tries, job.earlier_tries_count = YesNo.YES, 1
    for press in presses(session, job, row, by):
        with pytest.raises(Refused, match="Stop after a wrong code"):
            press()
    say_it_worked(session, job, code, by.at)
    job.plays_at = by.at
    for press in presses(session, job, row, by):
        press()


def test_while_the_radio_waits_or_is_locked_no_card_carries_a_code(session, job, code, by):
    row = printed(session, job, by)
    radio_asks(job)
    job.head_unit.waits_until = by.at + timedelta(minutes=60)
    for press in presses(session, job, row, by):
        with pytest.raises(Refused, match="makes you wait"):
            press()
    job.head_unit.waits_until, job.head_unit.locked_for_good_at = None, by.at
    for press in presses(session, job, row, by):
        with pytest.raises(Refused, match="locked for good"):
            press()


def test_a_card_of_another_radio_is_not_printed_again(session, job, code, by):
    row = printed(session, job, by)
    job.head_unit.stopped_at = by.at
    job.head_unit = making.make_head_unit(session)
    session.flush()
    with pytest.raises(Refused, match="another radio"):
        print_again(session, row, CATALOGUE, CARD, by)
    with pytest.raises(Refused, match="another radio"):
        may_fetch(session, row, CATALOGUE, by)


def test_a_reason_tells_nothing_about_codes_to_who_may_not_see_them(session, job, code, by):
    row = printed(session, job, by)
    job.head_unit.stopped_at = by.at
    for kind in (PaperKind.JOB_SHEET, PaperKind.WINDSCREEN_TAG):
        printed(session, job, by, PrintPaper(kind, reason=f"{CODE} guessed"))
    guess = PrintPaper(PaperKind.CARD, reason=f"{CODE} guessed")
    with pytest.raises(Refused, match="put a stop"):
        printed(session, job, by, guess)
    with pytest.raises(Refused, match="put a stop"):
        print_again(session, row, CATALOGUE, guess, by)
    assert list(session.scalars(sa.select(Reason.text))) == []


def test_a_radio_known_in_another_car_prints_nothing_with_a_code(session, job, code, by):
    job.in_another_vehicle = True
    with pytest.raises(Refused, match="another vehicle"):
        printed(session, job, by)


def test_a_radio_that_moved_on_prints_nothing_from_the_old_car(session, site, job, code, by):
    for fitting in job.vehicle.fittings:
        fitting.until_at = by.at
    session.flush()
    making.make_fitting(session, vehicle=making.make_vehicle(session), head_unit=job.head_unit)
    with pytest.raises(Refused, match="another vehicle"):
        printed(session, job, by)


def test_another_customer_than_last_time_shows_papers_first(session, site, job, code, by):
    now = making.make_job(
        session,
        site=site,
        vehicle=job.vehicle,
        head_unit=job.head_unit,
        customer=making.make_customer(session, name="Kim Vale", search="kimvale"),
    )
    with pytest.raises(Refused, match="papers"):
        printed(session, now, by)
    now.papers_seen_at = by.at
    assert printed(session, now, by).card is not None


def test_outside_an_open_job_a_reason_and_a_fresh_password_are_asked(session, job, code, by):
    job.closed_at = by.at
    with pytest.raises(Refused, match="reason"):
        printed(session, job, by, replace(CARD, is_fresh=True))
    with pytest.raises(Refused, match="password"):
        printed(session, job, by, replace(CARD, reason="lost the card"))
    row = printed(session, job, by, PrintPaper(PaperKind.CARD, "lost the card", is_fresh=True))
    entry = session.scalars(sa.select(JournalEntry).where(JournalEntry.row_number == row.id)).one()
    assert session.get_one(Reason, entry.reason_id).text == "lost the card"
    printed(session, job, by, PrintPaper(PaperKind.JOB_SHEET))  # no code on it: no reason asked


def test_a_code_in_the_reason_is_refused(session, job, code, by):
    row = printed(session, job, by)
    job.closed_at = by.at
    spelled = PrintPaper(PaperKind.CARD, f"{CODE} is lost", is_fresh=True)
    with pytest.raises(Refused, match="Codes are kept sealed"):
        printed(session, job, by, spelled)
    with pytest.raises(Refused, match="Codes are kept sealed"):
        print_again(session, row, CATALOGUE, spelled, by)


def test_only_who_printed_a_code_reads_it_and_only_soon(session, site, job, code, by):
    row = printed(session, job, by)
    may_fetch(session, row, CATALOGUE, by)
    other = replace(by, person_id=making.make_person(session, site=site, name="Bo Lund").id)
    later = replace(by, at=by.at + timedelta(minutes=11))
    for who in (other, later):
        with pytest.raises(Refused, match="print again"):
            may_fetch(session, row, CATALOGUE, who)
    print_again(session, row, CATALOGUE, CARD, other)
    may_fetch(session, row, CATALOGUE, other)


def test_everybody_here_reads_a_job_sheet(session, job, by):
    row = printed(session, job, by, PrintPaper(PaperKind.JOB_SHEET))
    may_fetch(session, row, CATALOGUE, replace(by, person_id=None, at=by.at + timedelta(days=9)))


def test_a_card_needs_the_serial_number(session, site, by):
    with pytest.raises(Refused, match="serial number"):
        printed(session, making.make_job(session, site=site), by)


def test_a_paper_needs_the_letterhead(session, site, job, by):
    site.phone = ""
    with pytest.raises(Refused, match="letterhead"):
        printed(session, job, by)


def test_while_codes_are_locked_job_sheets_print_and_cards_say_why_not(session, job, code, by):
    session.flush()
    session.info["vault"] = Vault(None)
    with pytest.raises(CodesLocked):
        printed(session, job, by)
    row = printed(session, job, by, PrintPaper(PaperKind.JOB_SHEET))
    assert paper_of(session, row).job_number == str(job.number)


@pytest.mark.parametrize(
    ("fields", "answer"),
    [
        ({}, Answer.NOT_YET),
        ({"ground": Ground.MANAGER}, Answer.MAY_COME_OFF),
        ({"battery": Battery.OFF}, Answer.ALREADY_OFF),
        ({"battery": Battery.OFF, "ground": Ground.MANAGER}, Answer.ALREADY_OFF),
        ({"battery": Battery.BACK, "ground": Ground.MANAGER}, Answer.MAY_COME_OFF),
        ({"in_another_vehicle": True}, Answer.NOT_YET),
        ({"head_unit": None}, Answer.READ_NUMBER_FIRST),
    ],
    ids=str,
)
def test_job_sheet_and_tag_say_the_same_big_words(session, job, by, fields, answer):
    for name, value in fields.items():
        setattr(job, name, value)
    session.flush()
    sheet = paper_of(session, printed(session, job, by, PrintPaper(PaperKind.JOB_SHEET)))
    tag = paper_of(session, printed(session, job, by, PrintPaper(PaperKind.WINDSCREEN_TAG)))
    assert (sheet.answer, tag.answer) == (answer, answer)


def test_the_tag_names_neither_customer_nor_vin_nor_serial_number(session, job, code, by):
    says = printed(session, job, by, PrintPaper(PaperKind.WINDSCREEN_TAG)).says
    for secret in (job.customer.name, VIN, job.head_unit.serial_number, CODE):
        assert secret not in says


def test_the_letter_says_what_the_dealer_needs(session, job, by):
    dealer = making.make_dealer(session, address="Elm Road 1", insists_on="A stamp\nA smile")
    request = making.make_code_request(session, job=job, dealer=dealer, due_on=date(2026, 3, 5))
    row = print_request(session, request, CATALOGUE, PaperKind.REQUEST_LETTER, by)
    paper = paper_of(session, row)
    assert (paper.dealer, paper.vin, paper.serial_number) == (dealer.name, VIN, job.head_unit.serial_number)
    assert "Please answer by 5 March 2026." in paper.after
    assert ("Is it the radio the car was built with?", "Don't know") in paper.numbers
    assert paper.before.endswith("Please tell us the anti-theft code that belongs to its radio.\n\n")
    assert [str(thing) for thing in paper.insists_on] == ["proof of ownership", "A stamp", "A smile"]
    translated = paper.insists_on[-1].say(lambda message: message.replace("smile", "Lächeln"))
    assert translated == "A smile"  # what somebody typed is no text of ours
    assert paper.our_reference == f"{job.number}-{request.id}"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("kind", TextKind)
def test_letter_and_email_say_the_same_whatever_the_garage_writes(session, job, by, kind, language):
    dealer = making.make_dealer(session, email="a@dealer.example", language=language, customer_number="K-7")
    request = making.make_code_request(session, job=job, dealer=dealer, due_on=date(2026, 3, 5))
    if kind is TextKind.AFTER_WRONG_CODE:
        request.wrong_code_at = by.at
    if kind in TEXTS.values():
        request.status, request.sent_at, request.due_on = Status.SENT, by.at - timedelta(days=30), None
    if kind is TextKind.SECOND_REMINDER:
        note_chased(session, request, Chase.FIRST, making.later(by, days=-20))
    for own in (
        None,
        "Moin,\n\n{numbers}\n\n{display}\n{papers seen}\n{dealer}",
        "No list, only {serial number}.",
    ):
        if own is not None:
            row = own_text(session, kind, language)
            write_text(session, kind, language, "{reference}!", own, row.version if row else 0, by)
            session.flush()
        paper = paper_of(session, print_request(session, request, CATALOGUE, PaperKind.REQUEST_LETTER, by))
        day = None if kind in TEXTS.values() else date(2026, 3, 5)
        mail = request_mail(session, request, kind, answer_by=day)
        listed = numbers_as_lines(paper.numbers) + "\n" if paper.numbers else ""
        assert (paper.subject, paper.before + listed + paper.after) == (mail.subject, mail.text)
        assert bool(paper.numbers) == ("No list" not in (own or ""))


def test_where_the_customer_asks_there_is_a_page_to_take_along_and_no_letter(session, job, by):
    request = making.make_code_request(session, job=job, dealer=None, channel=Channel.CUSTOMER)
    page = paper_of(session, print_request(session, request, CATALOGUE, PaperKind.TAKE_TO_DEALER, by))
    assert "an identity card or passport" in [str(thing) for thing in page.bring]
    with pytest.raises(Refused, match="Take this to your dealer"):
        print_request(session, request, CATALOGUE, PaperKind.REQUEST_LETTER, by)


def test_a_number_that_does_not_fit_is_named(session, job, by):
    job.head_unit.part_number = "9" * 40
    request = making.make_code_request(session, job=job)
    with pytest.raises(Refused, match="part number"):
        print_request(session, request, CATALOGUE, PaperKind.REQUEST_LETTER, by)


def test_a_sample_garage_prints_samples(session, job, code, by):
    session.scalars(sa.select(House)).one().sample = True
    for kind in EVERY:
        assert paper_of(session, printed(session, job, by, PrintPaper(kind))).sample, kind


def test_no_code_lies_open_anywhere_after_printing(session, job, code, by):
    rows = [printed(session, job, by, PrintPaper(kind)) for kind in EVERY]
    for row in rows:
        assert CODE not in file_name(row)
        assert job.customer.name not in file_name(row)
        assert CODE not in repr(row) + repr(paper_of(session, row))
    for table in sa.inspect(session.connection()).get_table_names():
        found = session.execute(sa.text(f'SELECT * FROM "{table}"')).all()  # noqa: S608 - names from the database
        assert not any(CODE in str(value) for row in found for value in row), table
    assert sum(CODE in vault_of(session).open(row.says_sealed) for row in rows if row.says_sealed) == 2
