"""Chasing, mails and working hours on their pages."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage.code_requests.models import ChaseStep, CodeRequest
from garage.code_requests.sending import mail_of, mark_of, queue_mail
from garage.domain.asking import Channel, Status
from garage.domain.chasing import Chase
from garage.outbox.actions import end, put_in_outbox
from garage.outbox.mail import Mail
from garage.outbox.models import MailStatus, OutboxMail
from garage.seal import Vault
from garage.staff.journal import By
from garage.staff.models import House, Site
from garage.upkeep.worker import sign_of_life
from tests import making
from tests.desk import statements, words


@pytest.fixture
def sent(desk, clock) -> str:
    """A request sent by letter on Monday at noon."""
    with desk.database.transaction() as session:
        job = making.make_job(session, head_unit=making.make_head_unit(session))
        dealer = making.make_dealer(session, phone="01632 960300")
        request = making.make_code_request(
            session, job=job, dealer=dealer, status=Status.SENT, sent_at=clock()
        )
        return f"/requests/{request.id}"


@pytest.fixture
def queued(desk, clock) -> str:
    """A request whose mail waits."""
    with desk.database.transaction() as session:
        making.first_site(session).email = "desk@garage.example"
        dealer = making.make_dealer(session, email="codes@dealer.example")
        request = making.make_code_request(session, channel=Channel.EMAIL, dealer=dealer)
        seen = mark_of(mail_of(session, request, clock().date()))
        queue_mail(session, request, seen, By(request.site_id, None, clock()))
        return f"/requests/{request.id}"


def later(desk, clock, **passed) -> None:
    clock.move(**passed)
    with desk.database.reading() as session:
        owner = session.get_one(making.Person, 1)
    desk.sign_in(owner, clock())


def test_the_page_says_what_comes_next_and_a_person_notes_it(desk, clock, sent):
    assert "Next: First reminder, 5 Mar 2026, 12:00" in words(desk.get(sent))
    later(desk, clock, days=3)
    assert "Now: First reminder" in words(desk.get(sent))
    assert "remind Invented Cars Ltd" in words(desk.get("/"))
    for _ in range(2):
        assert desk.post(f"{sent}/chased", chase_step="first_reminder", form_key="c").status_code == 303
    page = words(desk.get(sent))
    assert "5 Mar 2026: First reminder AM" in page
    assert "Next: Second reminder, 9 Mar 2026, 12:00" in page
    assert "remind Invented" not in words(desk.get("/"))
    assert "asked the dealer for the answer" in words(desk.get(f"/jobs/{job_of(desk)}"))


def test_the_page_and_the_board_say_the_same(desk, clock, sent):
    with desk.database.transaction() as session:
        session.scalars(sa.select(CodeRequest)).one().due_on = clock().date() + timedelta(days=1)
    later(desk, clock, days=2)
    assert "Overdue: chase it" in words(desk.get(sent))
    assert "The answer was due on 3 Mar 2026." in words(desk.get(sent))
    assert "remind Invented Cars Ltd" in words(desk.get("/"))
    desk.post(f"{sent}/wait", until_on="2026-03-16", reason="their code office is shut")
    page = words(desk.get(sent))
    assert "Waiting for the answer" in page
    assert "Overdue" not in page
    assert "remind Invented" not in words(desk.get("/"))
    later(desk, clock, days=20)
    for step in ("first_reminder", "second_reminder"):
        desk.post(f"{sent}/chased", chase_step=step)
        later(desk, clock, days=7)
    page = words(desk.get(sent))
    assert "Overdue: chase it" in page
    assert "Now: Call them" in page


def test_the_usual_day_for_an_answer_counts_our_own_working_days(desk, clock):
    with desk.database.transaction() as session:
        making.first_site(session).closed_days = "3.3.2026 stocktaking"
        number = making.make_job(session, head_unit=making.make_head_unit(session)).number
    assert 'value="2026-03-06"' in desk.get(f"/jobs/{number}/ask").text


def job_of(desk) -> int:
    with desk.database.reading() as session:
        return session.scalars(sa.select(CodeRequest)).one().job.number


def test_a_step_taken_at_another_desk_is_not_taken_again(desk, clock, sent):
    later(desk, clock, days=3)
    desk.post(f"{sent}/chased", chase_step="first_reminder")
    page = desk.post(f"{sent}/chased", chase_step="first_reminder")
    assert (page.status_code, "already" in words(page)) == (409, True)
    assert desk.post(f"{sent}/chased", chase_step="nonsense").status_code == 409


def test_waiting_needs_a_day_to_come_and_a_reason(desk, clock, sent):
    for fields in (
        {"until_on": "", "reason": "holiday"},
        {"until_on": "2026-03-02", "reason": "holiday"},
        {"until_on": "2026-03-16", "reason": ""},
        {"until_on": "2026-03-16", "reason": "radio code 4711"},
    ):
        assert desk.post(f"{sent}/wait", **fields).status_code == 422
    assert desk.post(f"{sent}/wait", until_on="2028-03-16", reason="holiday").status_code == 409
    answer = desk.post(f"{sent}/wait", until_on="2026-03-16", reason="their code office is shut")
    assert (answer.status_code, answer.location) == (303, sent)
    page = words(desk.get(sent))
    assert "Wait until 16 Mar 2026" in page
    assert "their code office is shut" in page
    assert "Next: First reminder, 16 Mar 2026, 08:00" in page
    with desk.database.reading() as session:
        assert session.scalars(sa.select(ChaseStep)).one().until is not None
    assert "Do not wait any longer" in page
    assert desk.post(f"{sent}/wait/over").status_code == 303
    page = words(desk.get(sent))
    assert "Next: First reminder, 5 Mar 2026" in page
    assert "Do not wait any longer" not in page
    assert desk.post(f"{sent}/wait/over").status_code == 409


def test_a_mail_that_waits_can_be_taken_back(desk, queued):
    assert "Do not send it" in words(desk.get(queued))
    assert desk.post(f"{queued}/take-mail-back").status_code == 303
    assert "Not sent yet" in words(desk.get(queued))
    assert desk.post(f"{queued}/take-mail-back").status_code == 303  # nothing waits: nothing happens
    with desk.database.reading() as session:
        assert session.scalars(sa.select(OutboxMail)).one().status is MailStatus.TAKEN_OUT


def test_a_refusal_is_shown_to_a_person_and_can_be_tried_again(desk, clock, queued):
    with desk.database.transaction() as session:
        row = session.scalars(sa.select(OutboxMail)).one()
        row.refusal = "550 5.1.1 No such mailbox <script>alert(1)</script>"
        end(session, row, MailStatus.REFUSED, clock())
        session.scalars(sa.select(CodeRequest)).one().status = Status.DRAFT
    for url in (queued, "/mails"):
        page = desk.get(url)
        assert "No such mailbox &lt;script&gt;" in page.text
        assert "Refused by the mail server" in words(page)
    assert "came back" in words(desk.get("/"))
    assert desk.post("/mails/1/now").location == "/mails"
    assert "Waiting to be sent" in words(desk.get(queued))
    with desk.database.reading() as session:
        assert session.scalars(sa.select(CodeRequest)).one().status is Status.QUEUED


def test_a_mail_that_would_be_another_one_today_is_not_sent_again(desk, clock, queued):
    with desk.database.transaction() as session:
        row = session.scalars(sa.select(OutboxMail)).one()
        end(session, row, MailStatus.REFUSED, clock())
        request = session.scalars(sa.select(CodeRequest)).one()
        request.status = Status.DRAFT
        request.dealer.email = "right@dealer.example"
    page = desk.post("/mails/1/now")
    assert (page.status_code, "would be another one today" in words(page)) == (409, True)
    with desk.database.transaction() as session:
        unit = session.scalars(sa.select(CodeRequest)).one().head_unit
        unit.locked_for_good_at = clock()
    assert "locked for good" in words(desk.post("/mails/1/now"))
    with desk.database.reading() as session:
        assert session.scalars(sa.select(OutboxMail)).one().status is MailStatus.REFUSED
        assert session.scalars(sa.select(CodeRequest)).one().status is Status.DRAFT


def test_a_mail_whose_request_is_over_is_not_sent_again(desk, clock, queued):
    desk.post(f"{queued}/not-needed")
    page = desk.post("/mails/1/now")
    assert page.status_code == 409
    assert desk.post("/mails/99/now").status_code == 404


SERVER = {
    "SMTP_HOST": "mail.garage.example",
    "SMTP_SENDER": "garage@garage.example",
    "SMTP_PASSWORD": "an invented one",
}


def test_the_board_says_why_mails_wait(desk, clock, queued):
    settings = desk.app.extensions["garage.settings"].config
    settings.update(SERVER)
    assert "Mails" not in trouble(desk)
    later(desk, clock, minutes=6)
    assert "is not running" in trouble(desk)
    with_key, desk.database.vault = desk.database.vault, Vault(None)
    assert "until the code key is back" in trouble(desk)
    settings["SMTP_HOST"] = ""
    assert "no mail server is set" in trouble(desk)
    desk.database.vault = with_key
    settings.update(SERVER)
    sign_of_life(desk.database, clock())
    assert "Mails" not in trouble(desk)
    clock.move(minutes=56)
    sign_of_life(desk.database, clock())
    assert "more than an hour" in trouble(desk)
    with desk.database.transaction() as session:
        other = making.make_site(session, name="Mill Lane")
        session.scalars(sa.select(OutboxMail)).one().site_id = other.id
    assert "Mails" not in trouble(desk)


def trouble(desk) -> str:
    """What the board is alarmed about."""
    return " ".join(re.findall(r'role="alert">(.*?)</div>', desk.get("/").text, re.DOTALL))


def test_managers_see_where_mails_go_and_whether_somebody_sends_them(desk, clock, queued):
    assert "No mail server is set" in words(desk.get("/mails"))
    desk.app.extensions["garage.settings"].config.update(SERVER)
    page = desk.get("/mails")
    assert "mail.garage.example, port 587" in words(page)
    assert "invented one" not in page.text
    assert "is not running" in words(page)
    sign_of_life(desk.database, clock())
    assert "sends them is running" in words(desk.get("/mails"))
    clock.move(days=-1)  # the clock was ahead when it was last seen
    with desk.database.reading() as session:
        assert session.scalars(sa.select(House.worker_seen_at)).one() - clock() == timedelta(days=1)


HOURS = {"working_days": ["1", "2", "6"], "opens": "07:30", "closes": "16:00", "closed_days": "24.12. Eve"}


def test_working_hours_are_written_and_every_due_time_follows(desk, clock, sent):
    version = re.search(r'name="version"[^>]*value="(\d+)"', desk.get("/working-hours").text)[1]
    assert desk.post("/working-hours", version=version, **HOURS).status_code == 303
    with desk.database.reading() as session:
        site = session.scalars(sa.select(Site)).one()
        assert (site.working_days, site.opens.minute, site.closed_days) == ("126", 30, "24.12. Eve")
    assert "Next: First reminder, 9 Mar 2026, 12:00" in words(desk.get(sent))  # Tue, Sat, Mon
    page = desk.post("/working-hours", version=version, **HOURS | {"closes": "18:00"})
    assert page.status_code == 409
    assert 'value="18:00"' in page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"working_days": []}, "at least one day"),
        ({"closes": "07:00"}, "must end after"),
        ({"closes": ""}, "Write a time"),
        ({"closed_days": "Christmas"}, "is no day"),
        ({"working_days": ["9"]}, "9"),
    ],
)
def test_hours_that_make_no_sense_are_said_beside_their_field(desk, wrong, sentence):
    page = desk.post("/working-hours", version="2", **HOURS | wrong)
    assert page.status_code == 422
    assert sentence in words(page)


def test_the_page_of_many_mails_asks_the_database_no_more_than_that_of_few(desk, clock):
    heard = []
    for more in (2, 5):
        with desk.database.transaction() as session:
            by = By(making.first_site(session).id, None, clock())
            for _ in range(more):
                dealer = making.make_dealer(session, email="codes@dealer.example")
                first = making.make_code_request(session, channel=Channel.EMAIL, dealer=dealer)
                first.mail = put_in_outbox(session, Mail(dealer.email, "Code", "Dear Sir or Madam,"), by)
                again = making.make_code_request(session, channel=Channel.EMAIL)
                reminder = put_in_outbox(session, Mail(dealer.email, "Reminder", "Dear Sir or Madam,"), by)
                step = ChaseStep(request=again, asked_at=by.at, step=Chase.FIRST, at=by.at, mail=reminder)
                session.add(step)
        with statements(desk.database) as questions:
            assert words(desk.get("/mails")).count("since 2 Mar") == sum((2, 5)[: len(heard) + 1]) * 2
        heard.append(len(questions))
    assert heard[0] == heard[1]
