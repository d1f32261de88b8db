"""The outbox: what goes in, what can be taken back, and what is tried again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage.domain.text import Refused
from garage.outbox.actions import end, mail_in, put_in_outbox, take_out, try_again
from garage.outbox.mail import Attachment, Mail
from garage.outbox.models import MailStatus, OutboxMail
from garage.seal import CodesLocked, Vault
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making

PAPER = Attachment("registration.pdf", "application/pdf", b"an invented paper")
MAIL = Mail("codes@dealer.example", "Radio code 7-1", "Dear Sir or Madam,", (PAPER,))


@pytest.fixture
def row(session, by) -> OutboxMail:
    return put_in_outbox(session, MAIL, by)


def later(by: By, **passed: float) -> By:
    return By(by.site_id, by.person_id, by.at + timedelta(**passed))


def test_a_mail_waits_sealed_with_a_name_of_its_own(session, row, by):
    assert (row.status, row.due_at, row.tries) == (MailStatus.WAITING, by.at, 0)
    assert making.waiting_mails(session) == [row]
    assert mail_in(session, row) == MAIL
    assert "dealer" not in row.content.token
    second = put_in_outbox(session, MAIL, by)
    assert row.message_id != second.message_id
    verbs = session.scalars(sa.select(JournalEntry.verb).where(JournalEntry.kind == "outbox_mail"))
    assert set(verbs) == {"write_mail"}


def test_what_could_become_a_header_is_refused_before_it_waits(session, by):
    with pytest.raises(Refused):
        put_in_outbox(session, Mail("a@b.example", "=?utf-8?q?=0D=0ABcc:_x?=", "t"), by)
    assert making.waiting_mails(session) == []


def test_without_the_code_key_no_mail_can_wait(session, by):
    session.info["vault"] = Vault(None)
    with pytest.raises(CodesLocked):
        put_in_outbox(session, MAIL, by)


def test_a_mail_that_waits_can_be_taken_back_and_its_papers_are_gone(session, row, by):
    take_out(session, row, by)
    assert row.status is MailStatus.TAKEN_OUT
    assert mail_in(session, row).attachments == ()
    assert making.waiting_mails(session) == []


def test_a_mail_that_is_sent_cannot_be_taken_back(session, row, by):
    end(session, row, MailStatus.ACCEPTED, by.at)
    assert mail_in(session, row).attachments == ()
    with pytest.raises(Refused, match="sent already"):
        take_out(session, row, by)
    with pytest.raises(Refused, match="over"):
        try_again(session, row, by)


def test_a_mail_on_its_way_cannot_be_taken_back_whatever_the_clock_says(session, row, by):
    row.sending_since = by.at
    for days in (0, 400, -400):
        with pytest.raises(Refused, match="has begun"):
            take_out(session, row, later(by, days=days))
    assert row.status is MailStatus.WAITING


def test_a_refused_mail_is_tried_again_under_the_same_name(session, row, by):
    name = row.message_id
    row.tries = 7
    end(session, row, MailStatus.REFUSED, by.at)
    try_again(session, row, later(by, days=9))
    assert (row.status, row.tries, row.message_id) == (MailStatus.WAITING, 0, name)
    assert row.due_at == later(by, days=9).at
    assert row.until > row.due_at
    assert mail_in(session, row).attachments == (PAPER,)


def test_copies_of_papers_are_forgotten_in_time_and_then_nothing_is_tried_again(session, by):
    row = put_in_outbox(session, MAIL, by, until=by.at + timedelta(hours=24))
    end(session, row, MailStatus.GIVEN_UP, later(by, hours=25).at)
    assert mail_in(session, row).attachments == ()
    with pytest.raises(Refused, match="deleted"):
        try_again(session, row, later(by, hours=26))
