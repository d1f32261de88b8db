"""Requests and mails under crashes, clock jumps and two workers: none lost, none sent twice, in any order of events."""

import shutil
from collections import Counter, defaultdict
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from garage.code_requests import actions, answers, mailing, own_ways, sending
from garage.code_requests.chasing import chase_due, go_on, wait_with_it
from garage.code_requests.commands import Ask
from garage.code_requests.models import ChaseStep, CodeRequest
from garage.code_requests.queries import open_of_job, today_at
from garage.db import Database
from garage.domain.asking import AnswerKind, Channel, Fact, Status, Step
from garage.domain.chasing import Chase
from garage.domain.job import YesNo
from garage.domain.text import Refused
from garage.intake.models import Job
from garage.outbox.mail import Mail
from garage.outbox.mail_server import Outcome, Verdict
from garage.outbox.models import MailStatus, OutboxMail
from garage.outbox.sending import PAUSES, claim, record
from garage.radios.models import Origin, Standing
from garage.seal import Vault, read_key
from garage.staff.journal import By
from garage.upkeep.worker import turns
from garage.web.settings import Settings
from tests import making
from tests.conftest import NOON, FixedClock

MAIL = Mail("codes@dealer.example", "Radio code", "Dear Sir or Madam,")
ANSWERS = {
    "ok": Verdict(Outcome.ACCEPTED, "250 OK"),
    "down": Verdict(Outcome.LATER, "ConnectionRefusedError"),
    "greylist": Verdict(Outcome.LATER, "451 later"),
    "refuses": Verdict(Outcome.REFUSED, "550 no such mailbox"),
}


def hurry(connection, record) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # no power is cut here


class Crash(Exception):
    """The program ends here."""


class Worker:
    """One worker, halted between any two steps: its turn, what it has claimed, and the server's answer."""

    def __init__(self, database: Database, instance: Path) -> None:
        self._turn = turns(database, instance)
        self.end()

    def begin(self) -> bool:
        self.held = ExitStack()
        self.mine = self.held.enter_context(self._turn())
        return self.mine

    def end(self) -> None:
        """Give the turn back; a crash does the same, because the lock dies with its holder."""
        if getattr(self, "held", None) is not None:
            self.held.close()
        self.held, self.mine, self.claimed, self.verdict = None, False, None, None


class NeverLost(RuleBasedStateMachine):
    """What people, two workers, a mail server and a clock do, in any order."""

    database: Database
    instance: Path

    @initialize()
    def open_garage(self) -> None:
        self.clock = FixedClock(NOON)
        self.workers = [Worker(self.database, self.instance) for _ in range(2)]
        self.mode = "ok"
        self.accepted: Counter[str] = Counter()  # what the server has, by Message-ID
        self.excused: Counter[str] = Counter()  # crashes between acceptance and record
        self.got: dict[tuple[int, Chase | None], set[str]] = defaultdict(
            set
        )  # by request and step; None: asked
        self.rested: dict[str, datetime] = {}  # no attempt before, by Message-ID
        self.mine: list[int] = []
        self.own: list[int] = []  # jobs whose customer wrote
        self.queued: Counter[int] = Counter()
        self.again: Counter[int] = Counter()
        with self.database.transaction() as session:
            making.first_site(session).email = "desk@garage.example"

    def by(self) -> By:
        return By(1, None, self.clock())

    # people

    @precondition(lambda self: len(self.mine) < 4)
    @rule(crash=st.booleans())
    def ask(self, crash: bool) -> None:
        try:
            with self.database.transaction() as session:
                job = making.make_job(session, site_id=1, head_unit=making.make_head_unit(session))
                dealer = making.make_dealer(session, email=MAIL.to)
                request = making.make_code_request(session, job=job, dealer=dealer, channel=Channel.EMAIL)
                self._queue(session, request)
                number = request.id
                if crash:
                    raise Crash
        except Crash:
            return
        self.mine.append(number)
        self.queued[number] += 1

    def _queue(self, session, request) -> None:
        shown = sending.mail_of(session, request, today_at(request.job.site, self.clock()))
        sending.queue_mail(session, request, sending.mark_of(shown), self.by())

    def _act(self, which: int, act) -> bool:
        """A person does something to one request; a rule may say no."""
        try:
            with self.database.transaction() as session:
                act(session, session.get_one(CodeRequest, self.mine[which % len(self.mine)]))
        except Refused:
            return False
        return True

    @precondition(lambda self: self.mine)
    @rule(which=st.integers(0, 3))
    def send_once_more(self, which: int) -> None:
        if self._act(which, self._queue):
            self.queued[self.mine[which % len(self.mine)]] += 1

    @precondition(lambda self: self.mine)
    @rule(
        which=st.integers(0, 3),
        what=st.sampled_from(["refused", "more", "withdraw", "again", "back", "same", "wait", "go on"]),
    )
    def do(self, which: int, what: str) -> None:
        by, until = self.by(), self.clock() + timedelta(days=3)
        done = self._act(
            which,
            {
                "refused": lambda session, request: request.take(Step.REFUSE),
                "more": lambda session, request: answers.need_more(session, request, "a stamp", by),
                "withdraw": lambda session, request: actions.withdraw(session, request, by),
                "again": lambda session, request: actions.ask_again(session, request, by),
                "back": lambda session, request: mailing.take_back(session, request.mail, by),
                "same": lambda session, request: mailing.send_again(session, request.mail, by),
                "wait": lambda session, request: wait_with_it(session, request, until, "holiday", by),
                "go on": lambda session, request: go_on(session, request, by),
            }[what],
        )
        if done and what in {"again", "more"}:
            self.again[self.mine[which % len(self.mine)]] += 1
        if what == "same":
            self.rested.clear()  # a person does not want to wait

    @precondition(lambda self: len(self.own) < 3)
    @rule(known=st.booleans(), asked=st.booleans())
    def customer_writes(self, known: bool, asked: bool) -> None:
        """A car about which its customer wrote; whether its radio's number is known, and what is asked back."""
        with self.database.transaction() as session:
            unit = making.make_head_unit(session) if known else None
            job = making.make_job(session, site_id=1, head_unit=unit)
            own_ways.message_in(session, job, [Fact.VIN] if asked else [], self.by())
            self.own.append(job.id)

    @precondition(lambda self: self.own)
    @rule(
        which=st.integers(0, 2),
        what=st.sampled_from(["writes", "back", "answers", "number", "card", "wrong", "dealer", "closes"]),
    )
    def go_on_with_own_way(self, which: int, what: str) -> None:
        """A message, a question, an answer, a code and what came of it, a dealer after all, the end: in any order."""
        try:
            with self.database.transaction() as session:
                self._go_on(session, session.get_one(Job, self.own[which % len(self.own)]), what)
        except Refused:
            return

    def _go_on(self, session, job: Job, what: str) -> None:
        by, open_ = self.by(), open_of_job(session, job)
        if what == "writes":
            own_ways.message_in(session, job, [], by)
        elif what == "number":
            job.head_unit = job.head_unit or making.make_head_unit(session)
        elif what == "card":
            code = f"{1000 + len(job.head_unit.codes if job.head_unit else [])}"
            own_ways.keep_code(session, job, code, Origin.CARD, by)
        elif what == "wrong" and job.head_unit and job.head_unit.codes:
            job.head_unit.codes[-1].standing = Standing.DID_NOT_WORK
            actions.reopen_after_wrong_code(session, job.head_unit.codes[-1], by)
        elif what == "dealer":
            actions.ask(session, job, Ask(None, Channel.CUSTOMER, YesNo.UNKNOWN, None), by)
        elif what == "closes":
            own_ways.end_own_ways(session, job, by)
        elif open_ is not None and what == "back":
            own_ways.ask_back(session, open_, [Fact.VIN], by)
        elif open_ is not None and what == "answers":
            own_ways.customer_wrote(session, open_, by)

    # the world

    @rule(mode=st.sampled_from(["ok", "ok", *ANSWERS]))
    def server_turns(self, mode: str) -> None:
        self.mode = mode

    @rule(minutes=st.sampled_from([1, 5, 60, 240, 60 * 24, 60 * 24 * 3]))
    def time_passes(self, minutes: int) -> None:
        self.clock.move(minutes=minutes)

    @rule(hours=st.sampled_from([-1, 1, -24, 24, 24 * 400, -24 * 400]))
    def clock_jumps(self, hours: int) -> None:
        self.clock.move(hours=hours)
        self.rested.clear()

    # the workers

    @precondition(lambda self: self.mine)
    @rule(
        moves=st.lists(
            st.sampled_from([0, 1, 0, 1, "minutes", "jump ahead", "jump back"]), min_size=6, max_size=12
        )
    )
    def both_at_once(self, moves: list[int | str]) -> None:
        """Two workers between claiming, sending and recording, while time passes or jumps."""
        for move in moves:
            if isinstance(move, int):
                self.go_one_step_on(move)
            elif move == "minutes":
                self.time_passes(5)
            else:
                self.clock_jumps(24 if move == "jump ahead" else -24)

    @rule(which=st.integers(0, 1))
    def go_one_step_on(self, which: int) -> None:
        """A worker takes its turn, claims a mail, hands it over, puts the answer on record: whichever is next."""
        worker = self.workers[which]
        if not worker.mine:
            self._begin_turn(which)
        elif worker.claimed is None:
            self._claim_one(worker)
        elif worker.verdict is None:
            worker.verdict = ANSWERS[self.mode]
            if worker.verdict.outcome is Outcome.ACCEPTED:
                self._accept(worker.claimed)
        else:
            record(self.database, worker.claimed, worker.verdict, self.clock(), mailing)
            worker.claimed = worker.verdict = None

    def _begin_turn(self, which: int) -> None:
        self.workers[which].end()
        self.workers[which].begin()

    def _claim_one(self, worker: Worker) -> None:
        with self.database.reading() as session:
            numbers = session.scalars(sa.select(OutboxMail.id).order_by(OutboxMail.id)).all()
        found = (claim(self.database, number, self.clock(), mailing) for number in numbers)
        worker.claimed = next(filter(None, found), None)
        if worker.claimed is not None:
            name = worker.claimed.message_id
            assert self.clock() >= self.rested.get(name, self.clock())
            self.rested[name] = self.clock() + PAUSES[0]

    def _accept(self, claimed) -> None:
        """The server has the mail now; what it was written for is looked up at this moment."""
        self.accepted[claimed.message_id] += 1
        with self.database.reading() as session:
            step = session.scalar(sa.select(ChaseStep).where(ChaseStep.mail_id == claimed.mail_id))
            asked = session.scalar(sa.select(CodeRequest.id).where(CodeRequest.mail_id == claimed.mail_id))
            number = step.code_request_id if step else asked
            assert number is not None  # nobody's mail: its request has another one by now
            self.got[number, step.step if step else None].add(claimed.message_id)

    @rule(which=st.integers(0, 1))
    def chase(self, which: int) -> None:
        if self.workers[which].mine and self.workers[which].claimed is None:
            chase_due(self.database, self.clock, lambda *_: MAIL)

    @rule(which=st.integers(0, 1))
    def crash(self, which: int) -> None:
        worker = self.workers[which]
        if worker.verdict is not None and worker.verdict.outcome is Outcome.ACCEPTED:
            self.excused[worker.claimed.message_id] += 1
        worker.end()

    @rule(which=st.integers(0, 1))
    def end_turn(self, which: int) -> None:
        if self.workers[which].claimed is None:
            self.workers[which].end()

    # what always holds

    @invariant()
    def none_is_sent_twice_but_after_a_crash(self) -> None:
        for name, times in self.accepted.items():
            assert times <= 1 + self.excused[name]

    @invariant()
    def nobody_gets_two_mails_for_one_step_of_asking(self) -> None:
        for (number, _), names in self.got.items():
            assert len(names) <= 1 + self.again[number] + sum(self.excused[name] for name in names)

    @invariant()
    def requests_and_mails_tell_the_truth(self) -> None:
        handed = {worker.claimed.message_id for worker in self.workers if worker.claimed}
        with self.database.reading() as session:
            for request in session.scalars(sa.select(CodeRequest).where(CodeRequest.id.in_(self.mine))):
                mail = request.mail
                if request.status is Status.QUEUED:
                    assert mail.status is MailStatus.WAITING  # not lost: it waits
                if request.status is Status.SENT:
                    assert mail.status is MailStatus.ACCEPTED
                if mail.status is MailStatus.ACCEPTED:
                    assert self.accepted[mail.message_id]
                elif self.accepted[mail.message_id] and mail.message_id not in handed:
                    assert self.excused[mail.message_id]

    @invariant()
    def a_way_of_the_customers_own_never_waits_for_a_place(self) -> None:
        with self.database.reading() as session:
            asked = sa.select(CodeRequest).where(CodeRequest.job_id.in_(self.own))
            rows = session.scalars(asked).all()
            for job_id in self.own:
                assert sum(row.job_id == job_id and row.status.is_open for row in rows) <= 1
            for row in rows:
                assert row.mail_id is None
                assert row.status is not Status.FACTS or (row.questions and row.due_on is not None)
                if not row.channel.is_place:
                    assert row.status in {Status.DRAFT, Status.FACTS, Status.ANSWERED, Status.WITHDRAWN}
                    came = [answer for answer in row.answers if answer.kind is AnswerKind.CODE]
                    assert came or row.status is not Status.ANSWERED

    @invariant()
    def every_reminder_is_one_step_of_one_asking(self) -> None:
        with self.database.reading() as session:
            steps = session.scalars(
                sa.select(ChaseStep).where(
                    ChaseStep.code_request_id.in_(self.mine), ChaseStep.step != Chase.LATER
                )
            ).all()
            once = {(step.code_request_id, step.asked_at, step.step) for step in steps}
            assert len(once) == len(steps)
            asked = Counter(step.code_request_id for step in steps if step.step is Chase.FIRST)
            for number, times in asked.items():
                assert times <= self.queued[number] + self.excused.total()

    def teardown(self) -> None:
        """Everything is mended: after a while nothing waits, and whoever is not asked is a person's to do."""
        if not hasattr(self, "workers"):
            return
        for worker in self.workers:
            if worker.verdict is not None and worker.verdict.outcome is Outcome.ACCEPTED:
                self.excused[worker.claimed.message_id] += 1
            worker.end()
        self.mode = "ok"
        for _ in range(60):
            self.go_one_step_on(0)
            if self.workers[0].claimed is None:
                self.clock.move(hours=4)
                if not self._waiting():
                    break
        self.workers[0].end()
        self.none_is_sent_twice_but_after_a_crash()
        self.requests_and_mails_tell_the_truth()
        with self.database.transaction() as session:
            for request in session.scalars(sa.select(CodeRequest).where(CodeRequest.id.in_(self.mine))):
                assert request.status is not Status.QUEUED
                request.status = Status.WITHDRAWN
        assert not self._waiting()

    def _waiting(self) -> list[int]:
        with self.database.reading() as session:
            rows = sa.select(OutboxMail.id).where(OutboxMail.status == MailStatus.WAITING)
            return list(session.scalars(rows))


def test_no_request_is_lost_and_none_is_sent_twice(settings: Settings, tmp_path: Path) -> None:
    houses = iter(range(10_000))
    key = Vault(read_key(settings.key_file))

    class OnSqlite(NeverLost):
        def __init__(self) -> None:
            super().__init__()
            self.instance = tmp_path / f"house-{next(houses)}"
            self.instance.mkdir()
            file = self.instance / "garage.sqlite"
            shutil.copy(settings.sqlite_file, file)
            self.database = Database(f"sqlite:///{file}", key)
            sa.event.listen(self.database.engine, "connect", hurry)

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                self.database.close()
                shutil.rmtree(self.instance)

    run_state_machine_as_test(OnSqlite, settings=EFFORT)


EFFORT = effort(
    max_examples=20,
    stateful_step_count=35,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_the_same_holds_on_postgresql(database: Database, tmp_path: Path) -> None:
    class OnPostgresql(NeverLost):
        def __init__(self) -> None:
            super().__init__()
            self.database, self.instance = database, tmp_path

    run_state_machine_as_test(OnPostgresql, settings=effort(EFFORT, max_examples=5, stateful_step_count=25))
