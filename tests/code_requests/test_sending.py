"""Sending: what is missing blocks it, what was looked at goes out, and copies of papers are forgotten."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from garage.code_requests import actions, answers, sending
from garage.code_requests.models_packet import PapersCopy, RequestText
from garage.code_requests.own_texts import give_back, write_text
from garage.db import SavedMeanwhile
from garage.domain.asking import Channel, Status
from garage.domain.packet import DealerKind, Lack, TextKind
from garage.domain.text import Refused
from garage.outbox.actions import mail_in
from garage.outbox.models import MailStatus
from garage.radios.actions import keep_photo
from garage.radios.models import PhotoKind
from garage.radios.photo_worker import Developed
from tests import making

TODAY = date(2026, 3, 2)
JPEG = b"\xff\xd8\xff invented picture"


@pytest.fixture
def job(session, site):
    """A car of a named customer, its radio and VIN on record."""
    site.email = "desk@garage.example"
    customer = making.make_customer(session, name="Josephine Quill", phone="01632 960222")
    vehicle = making.make_vehicle(
        session, vin="TMBZZZ6Y000000001", registration="AB12CDE", registration_shown="AB12 CDE"
    )
    unit = making.make_head_unit(
        session, vehicle=vehicle, serial_number="SKZ1Z2A0123456", part_number="1J0035"
    )
    return making.make_job(session, site=site, vehicle=vehicle, head_unit=unit, customer=customer)


@pytest.fixture
def ask(session, job):
    """Begin a request to somebody in the book."""

    def begin(channel=Channel.EMAIL, **dealer):
        dealer = making.make_dealer(session, **({"email": "codes@dealer.example"} | dealer))
        return making.make_code_request(session, job=job, dealer=dealer, channel=channel)

    return begin


def send_mail(session, request, by):
    return sending.queue_mail(session, request, sending.mark_of(sending.mail_of(session, request, TODAY)), by)


def test_a_day_that_passed_while_the_request_lay_here_is_moved_on(session, ask, by):
    request = ask()
    request.due_on = TODAY - timedelta(days=3)
    text = sending.mail_of(session, request, TODAY).text
    assert "Please answer by 5 March 2026." in text
    send_mail(session, request, by)
    assert request.due_on == date(2026, 3, 5)


def test_a_mail_that_its_request_has_left_behind_is_not_sent_beside_the_new_one(session, ask, by):
    request = ask()
    first = send_mail(session, request, by)
    first.sending_since = by.at  # the worker has it in hand
    actions.withdraw(session, request, by)
    actions.ask_again(session, request, by)
    with pytest.raises(Refused, match="Sending this mail has begun"):
        send_mail(session, request, by)
    first.sending_since = None  # the server was down
    second = send_mail(session, request, by)
    assert (first.status, second.status) == (MailStatus.TAKEN_OUT, MailStatus.WAITING)


def test_the_mail_that_was_looked_at_waits_in_the_outbox_byte_for_byte(session, ask, by):
    request = ask()
    shown = sending.mail_of(session, request, TODAY)
    row = sending.queue_mail(session, request, sending.mark_of(shown), by)
    assert mail_in(session, row) == shown
    assert (request.status, request.mail, request.sent_at) == (Status.QUEUED, row, None)


def test_a_mail_that_changed_since_it_was_looked_at_does_not_go(session, ask, by):
    request = ask()
    seen = sending.mark_of(sending.mail_of(session, request, TODAY))
    request.head_unit.part_number = "1J0099"
    with pytest.raises(Refused, match="has changed"):
        sending.queue_mail(session, request, seen, by)
    assert request.status is Status.DRAFT


def test_a_dealer_is_told_everything_but_whose_car_it_is(session, ask):
    text = sending.mail_of(session, ask(), TODAY).text
    for known in ("SKZ1Z2A0123456", "TMBZZZ6Y000000001", "AB12 CDE", "1J0035"):
        assert known in text
    assert "Quill" not in text
    assert "960222" not in text


@pytest.mark.parametrize(("ticks", "vin"), [("", False), ("vin", True), ("vin,papers,photo", True)])
def test_an_online_service_learns_the_number_and_only_what_it_insists_on(session, ask, by, ticks, vin):
    request = ask(kind=DealerKind.ONLINE, ticks=ticks)
    keep_photo(session, PhotoKind.LABEL, Developed(JPEG), by, request.head_unit)
    mail = sending.mail_of(session, request, TODAY)
    assert "SKZ1Z2A0123456" in mail.text
    assert ("TMBZZZ6Y000000001" in mail.text) == vin
    for private in ("Quill", "960222", "AB12", "Fabia"):
        assert private not in mail.text
    assert [one.name for one in mail.attachments] == (["label.jpg"] if "photo" in ticks else [])
    with pytest.raises(Refused, match="papers"):
        sending.keep_copy(session, request, JPEG, "Ada", by)


@pytest.mark.parametrize(
    ("ticks", "lack"),
    [
        ("vin", Lack.VIN),
        ("part_number", Lack.PART_NUMBER),
        ("photo", Lack.PHOTO),
        ("papers", Lack.PAPERS_SEEN),
        ("fee", Lack.FEE_PAID),
    ],
)
def test_what_they_insist_on_and_is_missing_blocks_every_way_of_sending(session, ask, by, ticks, lack):
    request = ask(ticks=ticks)
    request.job.vehicle.vin, request.head_unit.part_number = None, ""
    assert sending.missing(session, request)[0] is lack
    for send in (send_mail, lambda *given: sending.send(*given)):
        with pytest.raises(
            Refused, match=lack.label.split(":", maxsplit=1)[0].split("(", maxsplit=1)[0][:20]
        ):
            send(session, request, by)
    assert request.status is Status.DRAFT


def test_nothing_is_missing_once_everything_is_there(session, ask, by):
    request = ask(ticks="vin,part_number,photo,papers,fee,serial_number")
    keep_photo(session, PhotoKind.LABEL, Developed(JPEG), by, request.head_unit)
    request.job.papers_seen_at, request.fee_paid = by.at, 0
    assert sending.missing(session, request) == (Lack.PAPERS_COPY,)
    sending.keep_copy(session, request, JPEG, "Ada", by)
    assert sending.missing(session, request) == ()


def test_without_an_address_nothing_goes_out_but_a_person_may_say_it_is_sent(session, ask, by):
    request = ask(email="")
    with pytest.raises(Refused, match="e-mail address is missing"):
        send_mail(session, request, by)
    sending.send(session, request, by)
    assert request.status is Status.SENT


def test_a_wrong_code_blocks_until_the_number_was_read_again(session, ask, by):
    request = ask()
    code = answers.record_answer(session, request, "0418", by)
    actions.reopen_after_wrong_code(session, code, by, "SAFE 2")
    assert sending.missing(session, request) == (Lack.NUMBER_READ_AGAIN,)
    assert request.wrong_code_display == "SAFE 2"
    later = making.later(by, minutes=5)
    actions.confirm_number(session, request, later)
    assert sending.missing(session, request) == ()
    mail = sending.mail_of(session, request, TODAY)
    assert "did not work" in mail.subject
    assert "SAFE 2" in mail.text


def test_a_corrected_number_has_to_be_asked_for(session, ask, by):
    request = ask()
    request.job.head_unit = making.make_head_unit(session, serial_number="SKZ1Z2A0123465")
    assert sending.missing(session, request) == (Lack.SAME_NUMBER,)
    actions.follow_number(session, request, by)
    assert sending.missing(session, request) == ()
    assert "SKZ1Z2A0123465" in sending.mail_of(session, request, TODAY).text


def with_copy(session, ask, by):
    request = ask(ticks="papers")
    request.job.papers_seen_at = by.at
    sending.keep_copy(session, request, JPEG, "Ada heard it", by)
    return request


def copies(session):
    return session.scalars(sa.select(PapersCopy)).all()


def test_a_copy_goes_along_sealed_and_with_the_yes(session, ask, by):
    request = with_copy(session, ask, by)
    kept = copies(session)[0]
    assert kept.yes_heard_by == "Ada heard it"
    assert "invented" not in kept.jpeg.token
    row = send_mail(session, request, by)
    assert [(one.name, one.content) for one in mail_in(session, row).attachments] == [("papers-1.jpg", JPEG)]
    assert row.papers
    assert row.until == by.at + timedelta(hours=24)


@pytest.mark.parametrize(
    ("hours", "left"), [(0, 1), (23, 1), (24, 0)], ids=["at once", "almost a day", "after a day"]
)
def test_a_copy_that_nobody_sent_is_forgotten_after_a_day(session, ask, by, hours, left):
    with_copy(session, ask, by)
    sending.forget_copies(session, by.at + timedelta(hours=hours))
    session.flush()
    assert len(copies(session)) == left


def test_a_copy_is_forgotten_once_its_mail_was_accepted(session, ask, by):
    row = send_mail(session, with_copy(session, ask, by), by)
    assert sending.forget_copies(session, by.at) == 0
    row.status, row.ended_at = MailStatus.ACCEPTED, by.at
    assert sending.forget_copies(session, by.at) == 1


def test_a_copy_is_deleted_at_once_when_it_was_sent_by_hand(session, ask, by):
    sending.send(session, with_copy(session, ask, by), by)
    session.flush()
    assert copies(session) == []


def test_where_no_copy_is_insisted_on_none_is_kept(session, ask, by):
    with pytest.raises(Refused, match="shown, not stored"):
        sending.keep_copy(session, ask(), JPEG, "Ada", by)


def test_a_withdrawn_request_takes_its_mail_out_of_the_outbox(session, ask, by):
    request = ask()
    row = send_mail(session, request, by)
    actions.withdraw(session, request, by)
    assert row.status is MailStatus.TAKEN_OUT


def test_the_garages_own_text_goes_out_in_the_language_of_the_place(session, ask, by):
    write_text(
        session, TextKind.REQUEST, "de", "Radiocode {reference}", "Moin,\n{serial number}\n{enclosed}", 0, by
    )
    request = ask()
    english = sending.mail_of(session, request, TODAY)
    request.dealer.language = "de"
    german = sending.mail_of(session, request, TODAY)
    assert german.text == "Moin,\nSKZ1Z2A0123456\n"
    assert german.subject.startswith("Radiocode ")
    assert english.text.startswith("Dear Sir or Madam,\n")


def test_a_text_with_an_unknown_place_or_a_code_is_refused(session, by):
    for body in ("{customer}", "{VIN}", "the radio code is 4711"):
        with pytest.raises(Refused):
            write_text(session, TextKind.REQUEST, "en", "Code", body, 0, by)
    assert session.scalars(sa.select(RequestText)).all() == []


def test_who_saves_a_text_over_somebody_elses_is_told(session, by):
    write_text(session, TextKind.REQUEST, "en", "Theirs", "Hello", 0, by)
    session.flush()
    with pytest.raises(SavedMeanwhile):
        write_text(session, TextKind.REQUEST, "en", "Mine", "Hello", 0, by)
    give_back(session, TextKind.REQUEST, "en", by)
    session.flush()
    with pytest.raises(Refused, match="shipped"):
        give_back(session, TextKind.REQUEST, "en", by)


def test_a_header_smuggled_into_a_subject_never_leaves(session, ask, by):
    write_text(session, TextKind.REQUEST, "en", "=?utf-8?q?a=0ABcc:x@y.example?=", "Hello", 0, by)
    request = ask()
    with pytest.raises(Refused):
        send_mail(session, request, by)
    assert request.status is Status.DRAFT
