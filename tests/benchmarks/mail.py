"""What the desk notices of a mail server that fails: pages while a worker tries, against pages in peace."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import clock
from garage.code_requests.models import CodeRequest
from garage.domain.asking import Channel, Step
from garage.outbox.actions import put_in_outbox
from garage.outbox.mail import Mail
from garage.outbox.models import OutboxMail
from garage.staff.journal import By
from garage.upkeep.house import open_house
from garage.web.settings import load_settings
from tests import making
from tests.benchmarks.figures import Figure
from tests.desk import Desk, open_desk
from tests.workers import mails_go_to, real_worker

MAILS = 60
PAIRS = 9
HALF = 5.0  # seconds of each half of a pair
BAR = 1.25


def figures(folder: Path) -> list[Figure]:
    """The board and a job's page, in turns while every mail fails and in peace; the median of the pairs' ratios."""
    settings = load_settings(folder / "mail")
    database = open_house(settings)
    with database.transaction() as session:
        pages = ("/", f"/jobs/{fill(session)}")
    database.close()
    with (
        dead_server() as port,
        real_worker(settings, **mails_go_to(port)),
        open_desk(settings, clock.now) as desk,
    ):
        wait_for_worker(desk)
        ratios = [pair(desk, pages, failing_first=bool(number % 2)) for number in range(PAIRS)]
    return [Figure("Pages of the desk while every mail fails, against peace", median(ratios), "times", BAR)]


def pair(desk: Desk, pages: tuple[str, ...], *, failing_first: bool) -> float:
    """How many times longer the pages take while the worker tries mail after mail than when none is due.

    Every other pair begins with the failing half, so that a machine that gets busier weighs on both alike.
    """
    taken = {failing: half(desk, pages, failing=failing) for failing in (failing_first, not failing_first)}
    return taken[True] / taken[False]


def half(desk: Desk, pages: tuple[str, ...], *, failing: bool) -> float:
    """Seconds for the pages while every mail is due and fails, or while none is due."""
    put_off(desk, timedelta(0) if failing else timedelta(hours=1))
    taken = opened(desk, pages)
    if failing:
        assert 0 < due(desk) < MAILS, "the worker did not try mails all the while"
    return taken


def put_off(desk: Desk, pause: timedelta) -> None:
    """Every mail is due then."""
    with desk.database.transaction() as session:
        session.execute(sa.update(OutboxMail).values(due_at=clock.now() + pause, tries=0))


def opened(desk: Desk, pages: tuple[str, ...]) -> float:
    """Seconds for the pages, opened in turns for a while that holds several attempts; the middle of each."""
    taken: dict[str, list[float]] = {url: [] for url in pages}
    end = perf_counter() + HALF
    while perf_counter() < end:
        for url in pages:
            start = perf_counter()
            with desk.get(url) as page:
                assert page.status_code == 200, page.status
            taken[url].append(perf_counter() - start)
    return sum(median(times) for times in taken.values())


def due(desk: Desk) -> int:
    """How many mails wait for an attempt now."""
    with desk.database.reading() as session:
        waiting = sa.select(sa.func.count(OutboxMail.id)).where(OutboxMail.due_at <= clock.now())
        return session.scalar(waiting) or 0


def wait_for_worker(desk: Desk) -> None:
    """The worker has begun: it tried a mail."""
    for _ in range(600):
        if due(desk) < MAILS:
            return
        sleep(0.1)
    raise RuntimeError("the worker tried nothing")


def fill(session: Session) -> int:
    """Requests whose mails wait; the number of one job."""
    for _ in range(MAILS):
        job = making.make_job(session, head_unit=making.make_head_unit(session))
        request = making.make_code_request(session, job=job, channel=Channel.EMAIL)
        request.take(Step.QUEUE)
        by = By(job.site_id, None, clock.now())
        mail = Mail("codes@dealer.example", "Radio code", "Dear Sir or Madam,\n" * 40)
        request.mail_id = put_in_outbox(session, mail, by).id
    assert session.scalar(sa.select(sa.func.count(CodeRequest.id))) == MAILS
    return job.number


@contextmanager
def dead_server() -> Iterator[int]:
    """A mail server that takes every call and hangs up in the middle of its first word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        over = threading.Event()

        def hang_up() -> None:
            while not over.is_set():
                line, _ = listener.accept()
                line.sendall(b"22")
                line.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        port = listener.getsockname()[1]
        try:
            yield port
        finally:
            over.set()
            socket.create_connection(("127.0.0.1", port)).close()
            thread.join()
