"""Sending to real mail servers that fail in every way: nothing is lost, nothing is called sent that is not."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage.db import Database
from garage.outbox import mail_server, sending
from garage.outbox.actions import end, mail_in, put_in_outbox, take_out
from garage.outbox.mail import Attachment, Mail
from garage.outbox.mail_server import Outcome, Security, Verdict
from garage.outbox.models import MailStatus, OutboxAttempt, OutboxMail
from garage.outbox.sending import claim, forget_papers, hand, pick_up, record, send_due
from garage.seal import Vault
from garage.staff.journal import By
from tests import making

MAIL = Mail(
    "codes@dealer.example",
    "Radio code 7-1 für Škoda",
    "Dear Sir or Madam,\n.\n",
    (Attachment("a.pdf", "application/pdf", b"x"),),
)


class Told:
    """The cause of every mail: remembers what it was told."""

    def __init__(self) -> None:
        self.ends: list[MailStatus] = []
        self.wanted = True

    def still_wanted(self, session, row, at) -> bool:
        return self.wanted

    def settle(self, session, row, by) -> None:
        self.ends.append(row.status)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(mail_server, "ONE_ANSWER", 1.5)
    monkeypatch.setattr(mail_server, "ALTOGETHER", 2.0)


@pytest.fixture
def mail_id(database: Database, clock) -> int:
    return put(database, clock)


def put(database: Database, clock, **given) -> int:
    with database.transaction() as session:
        site = making.first_site(session)
        return put_in_outbox(session, MAIL, By(site.id, None, clock()), **given).id


def row_of(database: Database, mail_id: int) -> OutboxMail:
    with database.reading() as session:
        row = session.get_one(OutboxMail, mail_id)
        _ = row.attempts
        session.expunge_all()
        return row


def test_a_mail_is_accepted_once_and_its_files_are_gone(database, mail_id, box, clock, told):
    post = box("ok")
    assert send_due(database, post.server, clock, told) == 1
    assert send_due(database, post.server, clock, told) == 0
    row = row_of(database, mail_id)
    (accepted,) = post.mails
    assert (accepted["from"], accepted["to"]) == ("garage@garage.example", ["codes@dealer.example"])
    assert f"Message-ID: {row.message_id}" in accepted["made"]
    assert "a.pdf" in accepted["made"]
    assert (row.status, row.refusal, told.ends) == (MailStatus.ACCEPTED, "", [MailStatus.ACCEPTED])
    assert row.attempts[0].answer == "250 OK, yours truly"
    with database.reading() as session:
        assert mail_in(session, session.get_one(OutboxMail, mail_id)).attachments == ()


@pytest.mark.parametrize(
    "mode",
    ["busy", "drop", "odd", "never", "garbage", "endless", "hello", "hang up", "drip", "silent", "down"],
)
def test_what_may_go_right_later_is_tried_later(sqlite_database, box, clock, told, mode):
    mail_id = put(sqlite_database, clock)
    post = box(mode if mode != "down" else "ok")
    server = replace(post.server, port=9) if mode == "down" else post.server
    assert send_due(sqlite_database, server, clock, told) == 1
    row = row_of(sqlite_database, mail_id)
    assert (row.status, row.due_at, told.ends) == (MailStatus.WAITING, clock() + sending.PAUSES[0], [])
    assert row.refusal
    assert row.refusal.isprintable()
    assert post.mails == []
    assert send_due(sqlite_database, server, clock, told) == 0
    good = box("slow")
    clock.move(minutes=1)
    assert send_due(sqlite_database, good.server, clock, told) == 1
    assert row_of(sqlite_database, mail_id).status is MailStatus.ACCEPTED
    assert len(good.mails) == 1


@pytest.mark.parametrize(
    ("mode", "answer"),
    [
        ("sender", "550 5.7.1 You may not send from here <script>"),
        ("recipient", "550 5.1.1 No such mailbox"),
        ("data", "554 5.6.0 Content not wanted"),
    ],
)
def test_a_refusal_for_good_is_kept_for_a_person(sqlite_database, box, clock, told, mode, answer):
    mail_id = put(sqlite_database, clock)
    send_due(sqlite_database, box(mode).server, clock, told)
    row = row_of(sqlite_database, mail_id)
    assert (row.status, row.refusal, told.ends) == (MailStatus.REFUSED, answer, [MailStatus.REFUSED])
    clock.move(days=1)
    assert send_due(sqlite_database, box("ok").server, clock, told) == 0


def test_greylisting_takes_the_second_attempt(sqlite_database, box, clock, told):
    mail_id = put(sqlite_database, clock)
    post = box("greylist")
    for minutes in (0, 1):
        clock.move(minutes=minutes)
        send_due(sqlite_database, post.server, clock, told)
    row = row_of(sqlite_database, mail_id)
    assert [one.answer[:3] for one in row.attempts] == ["451", "250"]
    assert len(post.mails) == 1


def test_pauses_grow_and_in_the_end_a_person_is_told(sqlite_database, clock, told, monkeypatch):
    mail_id = put(sqlite_database, clock)
    monkeypatch.setattr(sending, "hand_over", lambda *_: Verdict(Outcome.LATER, "421 no"))
    pauses, tries = [], 0
    while row_of(sqlite_database, mail_id).status is MailStatus.WAITING:
        tries += send_due(sqlite_database, box_nowhere(), clock, told)
        due = row_of(sqlite_database, mail_id).due_at
        pauses.append(int((due - clock()).total_seconds() / 60))
        clock.move(minutes=pauses[-1])
    assert pauses[:6] == [1, 5, 15, 60, 240, 240]
    assert tries == len(pauses) < 40
    row = row_of(sqlite_database, mail_id)
    assert (row.status, row.refusal, told.ends) == (MailStatus.GIVEN_UP, "421 no", [MailStatus.GIVEN_UP])


def box_nowhere():
    return mail_server.MailServer("127.0.0.1", 9, Security.NONE, "", "", "garage@garage.example")


def test_a_machine_that_was_off_for_weeks_tries_before_it_gives_up(sqlite_database, box, clock, told):
    mail_id = put(sqlite_database, clock)
    clock.move(days=21)
    send_due(sqlite_database, box("ok").server, clock, told)
    assert row_of(sqlite_database, mail_id).status is MailStatus.ACCEPTED


def test_starttls_is_required_and_the_certificate_is_looked_at(
    sqlite_database, box, certificate, clock, told, monkeypatch
):
    mail_id = put(sqlite_database, clock)
    plain = box("ok")
    send_due(sqlite_database, replace(plain.server, security=Security.STARTTLS), clock, told)
    assert "STARTTLS" in row_of(sqlite_database, mail_id).refusal
    stranger = box("password", certificate)
    clock.move(minutes=1)
    send_due(sqlite_database, stranger.server, clock, told)
    assert "CERTIFICATE_VERIFY_FAILED" in row_of(sqlite_database, mail_id).refusal
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    clock.move(minutes=5)
    send_due(sqlite_database, replace(stranger.server, user="garage", password="wrong"), clock, told)
    row = row_of(sqlite_database, mail_id)
    assert (row.status, row.refusal) == (MailStatus.WAITING, "535 5.7.8 Authentication credentials invalid")
    clock.move(minutes=15)
    send_due(sqlite_database, replace(stranger.server, user="garage", password="right"), clock, told)
    assert row_of(sqlite_database, mail_id).status is MailStatus.ACCEPTED
    assert plain.mails == []
    assert [mail["encrypted"] for mail in stranger.mails] == [True]


def test_a_server_that_wants_a_password_is_a_matter_of_settings(
    sqlite_database, box, certificate, clock, told, monkeypatch
):
    mail_id = put(sqlite_database, clock)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    send_due(sqlite_database, box("password", certificate).server, clock, told)
    row = row_of(sqlite_database, mail_id)
    assert (row.status, row.refusal[:3]) == (MailStatus.WAITING, "530")


def test_a_crash_after_acceptance_sends_again_under_the_same_name(database, mail_id, box, clock, told):
    post = box("ok")
    claimed = claim(database, mail_id, clock(), told)
    assert hand(post.server, claimed).outcome is Outcome.ACCEPTED  # and the program ends here
    assert send_due(database, post.server, clock, told) == 0
    clock.move(minutes=1)
    assert send_due(database, post.server, clock, told) == 1
    row = row_of(database, mail_id)
    names = [[line for line in mail["made"].split("\r\n") if "Message-ID" in line] for mail in post.mails]
    assert names == [[f"Message-ID: {row.message_id}"]] * 2
    assert [one.answer for one in row.attempts] == ["", "250 OK, yours truly"]


def test_a_server_that_dies_with_the_mail_in_hand_gets_it_again(sqlite_database, box, clock, told):
    put(sqlite_database, clock)
    post = box("gone")
    send_due(sqlite_database, post.server, clock, told)
    assert (told.ends, len(post.mails)) == ([], 1)


def test_who_comes_second_finds_the_mail_claimed(database, mail_id, clock, told):
    assert claim(database, mail_id, clock(), told) is not None
    assert claim(database, mail_id, clock(), told) is None


def test_a_clock_that_went_back_keeps_no_mail(sqlite_database, box, clock, told):
    clock.move(days=400)
    mail_id = put(sqlite_database, clock)
    clock.move(days=-400)
    send_due(sqlite_database, box("ok").server, clock, told)
    assert row_of(sqlite_database, mail_id).status is MailStatus.ACCEPTED


def test_a_mail_that_nobody_wants_any_more_is_not_sent(sqlite_database, box, clock, told):
    mail_id = put(sqlite_database, clock)
    told.wanted = False
    post = box("ok")
    assert send_due(sqlite_database, post.server, clock, told) == 0
    assert row_of(sqlite_database, mail_id).status is MailStatus.TAKEN_OUT
    assert post.mails == []


def test_a_mail_taken_back_is_not_sent(sqlite_database, box, clock, told):
    mail_id = put(sqlite_database, clock)
    with sqlite_database.transaction() as session:
        row = session.get_one(OutboxMail, mail_id)
        take_out(session, row, By(row.site_id, None, clock()))
    assert send_due(sqlite_database, box("ok").server, clock, told) == 0


def test_what_was_accepted_is_sent_even_where_it_was_given_up_meanwhile(sqlite_database, clock, told):
    mail_id = put(sqlite_database, clock)
    claimed = claim(sqlite_database, mail_id, clock(), told)
    with sqlite_database.transaction() as session:
        end(session, session.get_one(OutboxMail, mail_id), MailStatus.GIVEN_UP, clock())
    record(sqlite_database, claimed, Verdict(Outcome.LATER, "451 no"), clock(), told)
    assert row_of(sqlite_database, mail_id).status is MailStatus.GIVEN_UP
    record(sqlite_database, claimed, Verdict(Outcome.ACCEPTED, "250 OK"), clock(), told)
    assert row_of(sqlite_database, mail_id).status is MailStatus.ACCEPTED


def test_copies_of_papers_are_never_sent_late(sqlite_database, box, clock, told):
    mail_id = put(sqlite_database, clock, until=clock() + timedelta(hours=24))
    forget_papers(sqlite_database, clock(), told)
    assert row_of(sqlite_database, mail_id).status is MailStatus.WAITING
    clock.move(hours=24)
    assert send_due(sqlite_database, box("ok").server, clock, told) == 0
    forget_papers(sqlite_database, clock(), told)
    assert (row_of(sqlite_database, mail_id).status, told.ends) == (
        MailStatus.GIVEN_UP,
        [MailStatus.GIVEN_UP],
    )
    with sqlite_database.reading() as session:
        assert mail_in(session, session.get_one(OutboxMail, mail_id)).attachments == ()


def test_while_codes_are_locked_mails_wait(sqlite_database, settings, box, clock, told):
    mail_id = put(sqlite_database, clock)
    locked = Database(settings.database_url, Vault(None))
    try:
        assert send_due(locked, box("ok").server, clock, told) == 0
    finally:
        locked.close()
    assert row_of(sqlite_database, mail_id).tries == 0


def test_nothing_of_a_mail_is_in_the_log_or_in_its_attempts(sqlite_database, box, clock, told, caplog):
    put(sqlite_database, clock)
    send_due(sqlite_database, box("recipient").server, clock, told)
    with sqlite_database.reading() as session:
        said = " ".join(session.scalars(sa.select(OutboxAttempt.answer)))
    assert "Dear Sir" not in said + caplog.text


def test_a_mail_whose_worker_ended_is_free_again_and_tried_within_a_minute(database, mail_id, clock, told):
    for _ in range(5):
        clock.move(hours=5)
        claim(database, mail_id, clock(), told)
    clock.move(seconds=30)
    pick_up(database, clock())
    row = row_of(database, mail_id)
    assert (row.sending_since, row.due_at) == (None, clock() + sending.PAUSES[0])
    clock.move(seconds=30)
    pick_up(database, clock())
    assert row_of(database, mail_id).due_at == clock() + timedelta(seconds=30)
    with database.transaction() as session:
        mail = session.get_one(OutboxMail, mail_id)
        take_out(session, mail, By(mail.site_id, None, clock()))
