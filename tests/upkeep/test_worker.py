"""The worker: tasks that fail go round again, turns on both databases, and real processes with a real mail server."""

import time
from contextlib import ExitStack
from threading import Event

import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import clock as real_clock
from garage.code_requests.models import CodeRequest
from garage.db import Database
from garage.domain.asking import Channel, Status
from garage.outbox.actions import put_in_outbox
from garage.outbox.mail import Mail
from garage.outbox.models import MailStatus, OutboxMail
from garage.staff.journal import By
from garage.upkeep.worker import Task, turns, work
from garage.upkeep.worker_tasks import tasks
from garage.web.settings import Settings
from tests import making
from tests.outbox.conftest import mail_box
from tests.workers import mails_go_to, real_worker


def test_a_task_that_fails_stops_neither_the_others_nor_itself(caplog):
    stop, runs = Event(), []

    def fails() -> None:
        runs.append("fails")
        code = "0417"
        raise ValueError(code)

    def counts() -> None:
        runs.append("counts")
        if len(runs) > 5:
            stop.set()

    work([Task("a", 0, fails), Task("b", 0, counts)], lambda: Turn(True), stop, tick=0)
    assert runs == ["fails", "counts"] * 3
    assert "a failed: ValueError" in caplog.text
    assert "raise ValueError(code)" in caplog.text  # the place, but not what stood there
    assert "ValueError: 0417" not in caplog.text


def test_what_a_dead_worker_held_is_freed_also_without_a_mail_server(sqlite_database, clock):
    with sqlite_database.transaction() as session:
        site = making.first_site(session)
        mail = put_in_outbox(
            session, Mail("codes@dealer.example", "Radio code", "Hello"), By(site.id, None, clock())
        )
        mail.sending_since = clock()
    for task in tasks(sqlite_database, None, clock, Event()):
        task.run()
    with sqlite_database.reading() as session:
        assert session.scalars(sa.select(OutboxMail.sending_since)).all() == [None]


class Turn:
    """Whose turn it is."""

    def __init__(self, mine: bool) -> None:
        self.mine = mine

    def __enter__(self) -> bool:
        return self.mine

    def __exit__(self, *_: object) -> None:
        return None


def test_a_database_that_does_not_answer_ends_nothing(monkeypatch):
    monkeypatch.setattr("garage.upkeep.worker.AFTER_TROUBLE", 0)
    stop, rounds = Event(), []

    def turn():
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        raise sa.exc.OperationalError("", {}, Exception("the server is gone"))

    work([], turn, stop, tick=0)
    assert len(rounds) == 3


def test_out_of_turn_nothing_is_done():
    stop, done = Event(), []

    def turn():
        stop.set()
        return Turn(False)

    work([Task("a", 0, lambda: done.append(1))], turn, stop, tick=0)
    assert done == []


def test_only_one_worker_has_the_turn_and_a_crash_gives_it_back(database, tmp_path):
    first, second = turns(database, tmp_path), turns(database, tmp_path)
    with first() as mine, second() as also:
        assert (mine, also) == (True, False)
    with second() as mine:
        assert mine
    crashed = ExitStack()
    assert crashed.enter_context(first())
    crashed.close()
    with second() as mine:
        assert mine


def test_two_real_workers_send_every_mail_once(settings: Settings, sqlite_database, tmp_path) -> None:
    with mail_box("slow", tmp_path) as box:
        mails = mails_go_to(box.server.port)
        with real_worker(settings, **mails), real_worker(settings, **mails):
            with sqlite_database.transaction() as session:
                for _ in range(4):
                    mail_that_waits(session)
            wait_until_nothing_waits(sqlite_database)
        sent = [mail["made"].split("Message-ID: ")[1].split("\r\n")[0] for mail in box.mails]
    with sqlite_database.reading() as session:
        names = session.scalars(sa.select(OutboxMail.message_id)).all()
        assert sorted(sent) == sorted(names)
        assert set(session.scalars(sa.select(CodeRequest.status))) == {Status.SENT}


def mail_that_waits(session: Session) -> None:
    request = making.make_code_request(session, channel=Channel.EMAIL, status=Status.QUEUED)
    by = By(request.site_id, None, real_clock.now())
    request.mail = put_in_outbox(session, Mail("codes@dealer.example", "Radio code", "Hello"), by)


def wait_until_nothing_waits(database: Database) -> None:
    waiting = sa.select(OutboxMail.id).where(OutboxMail.status == MailStatus.WAITING)
    for _ in range(600):
        with database.reading() as session:
            if not session.scalars(waiting).all():
                return
        time.sleep(0.1)
    raise TimeoutError("some mails were not sent")
