"""The demo: one car's papers in a folder, and an invented garage in every state of the workflow."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pypdf
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import paths
from garage.bay.models import Try
from garage.board.queries import closed_since, open_jobs
from garage.board.standing import Lane
from garage.cards.batches import waiting_parts
from garage.cards.models import Card, PrintJob
from garage.code_requests.chasing import for_people
from garage.code_requests.models import CodeRequest
from garage.db import Database, vault_of
from garage.domain.advice import number_readable_only_afterwards
from garage.domain.asking import Channel, Status
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground
from garage.domain.job import Answer, Battery, SameRadio
from garage.domain.paper_kind import PaperKind
from garage.domain.people import Role
from garage.domain.scope import RadioInCar
from garage.domain.text import Refused
from garage.domain.trying import Outcome
from garage.facts import seeds
from garage.intake.models import Customer, Job, Vehicle
from garage.intake.queries import fitted_in
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.first_steps import open_first_steps
from garage.staff.joining import find_link
from garage.staff.models import House, JournalEntry, Person
from garage.upkeep import demo
from garage.upkeep.demo_story import read_story
from garage.upkeep.house import open_house
from garage.web.settings import load_settings
from tests import making
from tests.conftest import NOON

GARAGE = Path(sys.executable).with_name("garage")
NOT_IN_THE_STORY = {
    PaperKind.KEY_SHEET,
    PaperKind.CARD_SHEET,
    PaperKind.CALIBRATION,
    PaperKind.RECEIPT,
    PaperKind.ENTRY_SHEET,
}
PAPERS = [kind for kind in PaperKind if kind not in NOT_IN_THE_STORY]
REAL_RADIOS = {
    ("Volkswagen", "RCD 310", "VWZ1Z2L6683621", ""),
    ("Skoda", "Symphony", "SKZAZ8C1913984", ""),
    ("Skoda", "", "SKZAZ6L0458796", ""),
    ("Skoda", "Beat", "SKZAZ3G4303733", ""),
    ("Becker", "4720", "25109376", ""),
    ("Mercedes-Benz", "Audio 10 CD", "AL2199X0283410", "A 170 820 01 86"),
    ("BMW", "Reverse", "BP9475A2784083", "7649475240"),
    ("Alfa Romeo", "", "BP630289783199", "7646302316"),
    ("Philips", "22RC200/65", "T0G623", ""),
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The shipped facts."""
    return seeds.load(paths.SEEDS)


def invented_garage(folder: Path, catalogue: Catalogue, now: datetime) -> Database:
    """A house of its own on SQLite, filled at that moment."""
    settings = load_settings(folder)
    database = open_house(settings, lambda: now)
    demo.fill(database, catalogue, now)
    return database


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Database]:
    """The invented garage's database."""
    database = invented_garage(tmp_path_factory.mktemp("demo"), catalogue, NOON)
    yield database
    database.close()


@pytest.fixture(scope="module")
def garage(house: Database) -> Iterator[Session]:
    """The invented garage, to be read."""
    with house.reading() as session:
        yield session


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [GARAGE, "demo", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """What `garage demo --out DIR` left, while a real garage's database is named in the environment."""
    folder = tmp_path_factory.mktemp("out") / "a new folder"
    elsewhere = "postgresql://nobody@127.0.0.1:1/the_real_garage"
    return folder, run("--out", str(folder), GARAGE_DATABASE_URL=elsewhere)


def words(file: Path) -> list[str]:
    with pypdf.PdfReader(file) as reader:
        return [word for page in reader.pages for word in page.extract_text().split()]


def test_the_hard_day_leaves_its_papers_and_one_line_for_each(
    left: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    folder, done = left
    assert (done.returncode, done.stderr) == (0, "")
    files = [folder / f"{kind.value}.pdf" for kind in PAPERS]
    assert [line.partition(": ")[0] for line in done.stdout.splitlines()] == [str(file) for file in files]
    assert sorted(folder.iterdir()) == sorted(files)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.value)
def test_every_paper_is_one_page_and_says_sample(
    left: tuple[Path, subprocess.CompletedProcess[str]], kind: PaperKind
) -> None:
    file = left[0] / f"{kind.value}.pdf"
    with pypdf.PdfReader(file) as reader:
        assert len(reader.pages) == 1
    assert "SAMPLE" in words(file)


def test_the_card_has_the_size_of_a_card_and_carries_code_and_number(
    left: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    with pypdf.PdfReader(left[0] / "card.pdf") as reader:
        box = reader.pages[0].mediabox
    assert (float(box.width) / 72 * 25.4, float(box.height) / 72 * 25.4) == pytest.approx(
        (85.60, 53.98), abs=0.01
    )
    assert {"DEMO1", "SKZAZ8C1913984"} <= set(words(left[0] / "card.pdf"))
    assert "DEMO1" in words(left[0] / "handover.pdf")


@pytest.mark.parametrize("kind", [PaperKind.JOB_SHEET, PaperKind.WINDSCREEN_TAG, PaperKind.REQUEST_LETTER])
def test_no_code_stands_on_papers_that_go_around(
    left: tuple[Path, subprocess.CompletedProcess[str]], kind: PaperKind
) -> None:
    assert "DEMO1" not in words(left[0] / f"{kind.value}.pdf")


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    done = run("--out", str(in_the_way))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Cannot write into {in_the_way}: File exists.\n"


def test_the_whole_day_is_in_the_journal(database: Database, catalogue: Catalogue) -> None:
    papers = demo.hard_day(database, catalogue, NOON)
    assert {paper.kind for paper in papers} == set(PAPERS)
    with database.reading() as session:
        said = list(session.scalars(sa.select(JournalEntry).order_by(JournalEntry.id)))
        day = [entry.verb for entry in said if entry.at > NOON - timedelta(days=1)]
        job = session.scalars(sa.select(Job)).one()
        assert job.closed_at is not None
    walk = ["take_in", "record_numbers", "may_come_off", "battery_off", "battery_back", "asks", "ask", "send"]
    walk += ["add_code", "answer", "show_code", "record_try", "close"]
    assert [verb for verb in day if verb in walk] == walk
    assert day.count("print") == len(papers) - 1  # the empty job sheet belongs to no job
    assert all(entry.person_id is not None for entry in said)


def test_the_garage_is_filled_once_and_kept(database: Database, catalogue: Catalogue) -> None:
    assert demo.fill(database, catalogue, NOON)

    def counted() -> dict[str, int]:
        with database.reading() as session:
            tables = (Job, Customer, Vehicle, HeadUnit, RadioCode, Try, CodeRequest, Card, JournalEntry)
            return {
                table.__tablename__: session.scalar(sa.select(sa.func.count(table.id))) or 0
                for table in tables
            }

    filled = counted()
    assert min(filled.values()) > 2
    assert not demo.fill(database, catalogue, NOON + timedelta(days=1))
    assert counted() == filled


def test_a_garage_in_which_people_work_is_left_alone(database: Database, catalogue: Catalogue) -> None:
    with database.transaction() as session:
        making.make_person(session)
    with pytest.raises(Refused, match="People work in this garage already"):
        demo.fill(database, catalogue, NOON)
    with database.reading() as session:
        assert session.scalars(sa.select(House.sample)).one() is False
        assert session.scalar(sa.select(sa.func.count(Vehicle.id))) == 0


def test_every_lane_of_the_board_has_a_car(garage: Session) -> None:
    lanes = open_jobs(garage, 1, NOON.date(), NOON)
    assert [lane for lane in Lane if not lanes[lane]] == []
    assert closed_since(garage, 1, NOON.replace(hour=0))


def test_every_ground_that_can_be_occurs(garage: Session, catalogue: Catalogue) -> None:
    never = {Ground.READ_AFTERWARDS}  # no shipped fact is sure enough for it: see the next line
    asked = [RadioInCar(make=make.name) for make in catalogue.makes]
    assert not any(number_readable_only_afterwards(catalogue, one) for one in asked)
    assert set(garage.scalars(sa.select(Job.ground))) - {None} == set(Ground) - never


@pytest.mark.parametrize(
    ("column", "choices"),
    [
        (
            CodeRequest.status,
            [one for one in Status if one is not Status.QUEUED],
        ),  # a mail waits for moments only
        (Try.outcome, Outcome),
        (Job.answer, Answer),
        (Job.battery, Battery),
        (RadioCode.standing, Standing),
        (Person.role, Role),
    ],
    ids=str,
)
def test_every_state_occurs(
    garage: Session, column: sa.orm.InstrumentedAttribute[object], choices: type
) -> None:
    assert set(garage.scalars(sa.select(column))) == set(choices)


def test_the_nine_radios_are_there_as_people_wrote_them(garage: Session) -> None:
    radios = {
        (unit.make, unit.model, unit.serial_number, unit.part_number)
        for unit in garage.scalars(sa.select(HeadUnit))
    }
    assert radios >= REAL_RADIOS
    invented = {serial for _, _, serial, _ in radios - REAL_RADIOS}
    assert all(serial.startswith("SAMPLE") for serial in invented)


def test_the_make_of_the_car_with_the_philips_radio_is_not_known(garage: Session) -> None:
    philips = garage.scalars(sa.select(HeadUnit).where(HeadUnit.serial_number == "T0G623")).one()
    car = fitted_in(garage, philips)
    assert car is not None
    assert (car.make, car.model) == ("", "")


def test_the_odd_cases_of_the_workflow_are_on_show(garage: Session) -> None:
    def some(*conditions: sa.ColumnElement[bool], of: type = Job) -> bool:
        return garage.scalars(sa.select(of).where(*conditions)).first() is not None

    late = garage.scalars(sa.select(CodeRequest).where(CodeRequest.status == Status.SENT))
    assert for_people(garage, late, making.first_site(garage), NOON)
    assert some(Job.taken_off_without_yes, Job.closed_at.is_(None))
    assert some(Job.in_another_vehicle, Job.closed_at.is_(None))
    assert some(Job.same_radio == SameRadio.YES, Job.closed_at.is_(None))
    assert some(HeadUnit.stopped_at.is_not(None), of=HeadUnit)
    assert some(HeadUnit.waits_until > NOON, of=HeadUnit)
    assert some(HeadUnit.locked_for_good_at.is_not(None), of=HeadUnit)
    assert some(CodeRequest.channel == Channel.CUSTOMER, of=CodeRequest)
    wrong = sa.select(Try.job_id).where(Try.outcome == Outcome.DID_NOT_WORK)
    assert some(CodeRequest.status == Status.DRAFT, CodeRequest.job_id.in_(wrong), of=CodeRequest)
    assert some(Job.plays_at.is_not(None), Job.closed_at.is_(None), Job.id.in_(sa.select(Card.job_id)))


def test_no_code_is_one_that_somebody_could_try(garage: Session) -> None:
    vault = vault_of(garage)
    codes = [vault.open(sealed) for sealed in garage.scalars(sa.select(RadioCode.sealed))]
    assert codes
    assert all(re.fullmatch(r"DEMO\d+", code) for code in codes)
    story = (paths.SEEDS / "demo.toml").read_text(encoding="utf-8")
    assert set(re.findall(r'"(DEMO[0-9]+)"', story)) >= set(codes)


def test_people_cars_and_telephones_are_plainly_invented(garage: Session) -> None:
    assert garage.scalars(sa.select(House.sample)).one() is True
    assert all(plate.startswith("DE00") for plate in garage.scalars(sa.select(Vehicle.registration)))
    phones = list(garage.scalars(sa.select(Customer.phone).where(Customer.phone != "")))
    assert all(re.fullmatch(r"01632 960\d{3}", phone) for phone in phones)
    assert len(set(phones)) == len(phones) - 1  # one person stands there twice, to be made one
    story = read_story(demo.FILE)
    mails = [dealer.email for dealer in story.dealers.values()] + [visit.email for visit in story.visits]
    assert all(mail.endswith((".example.org", "@example.org")) for mail in mails if mail)
    vins = [visit.vin for visit in (story.day, *story.visits) if visit.vin]
    assert all(re.search(r"SAMP|DEM", vin) for vin in vins)


def test_the_journal_runs_with_time_and_names_several_people(garage: Session) -> None:
    entries = list(garage.scalars(sa.select(JournalEntry).order_by(JournalEntry.id)))
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert {entry.person.role for entry in entries if entry.person} == set(Role)
    numbers = list(garage.scalars(sa.select(Job.number).order_by(Job.opened_at, Job.id)))
    assert numbers == sorted(numbers)


def test_nothing_is_left_to_set_up(garage: Session) -> None:
    assert open_first_steps(garage) == []


def test_no_paper_of_the_garage_lacks_its_mark(garage: Session) -> None:
    for row in garage.scalars(sa.select(PrintJob)):
        if waiting_parts(row):
            continue  # of several cards, and not prepared yet
        said = row.says or vault_of(garage).open(row.says_sealed)  # type: ignore[arg-type]
        assert '"sample": true' in said


def test_a_start_just_after_midnight_still_has_cars_done_today(tmp_path: Path, catalogue: Catalogue) -> None:
    early = NOON.replace(hour=0, minute=5)
    database = invented_garage(tmp_path, catalogue, early)
    with database.reading() as session:
        assert len(closed_since(session, 1, NOON.replace(hour=0))) == 2
        latest = session.scalar(sa.select(sa.func.max(JournalEntry.at)))
        assert latest is not None
        assert latest <= early
    database.close()


def test_nobody_has_a_password_but_the_owner_has_a_link(house: Database) -> None:
    with house.transaction() as session:
        token = demo.owners_link(session, NOON)
        link = find_link(session, token, NOON + timedelta(days=2))
        assert link.person is not None
        assert link.person.role is Role.OWNER


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def served(instance: Path) -> Iterator[str]:
    """`garage demo` as somebody starts it; gives what it says first."""
    address = f"127.0.0.1:{free_port()}"
    environment = os.environ | {
        "GARAGE_INSTANCE": str(instance),
        "GARAGE_BIND": address,
        "GARAGE_PUBLIC_URL": f"http://{address}",
        "PYTHONUNBUFFERED": "1",
    }
    log = instance.with_suffix(".log")
    with log.open("w") as out, subprocess.Popen([GARAGE, "demo"], env=environment, stdout=out) as program:
        try:
            yield _first_words(log, program)
        finally:
            program.terminate()
            program.wait(30)


def _first_words(log: Path, program: subprocess.Popen[bytes]) -> str:
    for _ in range(1200):
        said = log.read_text()
        if re.search(r"/welcome/\S+\n", said):
            return said
        assert program.poll() is None, "the demo stopped before it printed the link"
        time.sleep(0.1)
    raise TimeoutError("the demo did not print its link")


def test_the_demo_is_served_from_its_own_folder_with_a_fresh_link(tmp_path: Path) -> None:
    links = []
    for _ in range(2):
        with served(tmp_path / "show") as said:
            links.append(re.findall(r"http://\S+/welcome/\S+", said)[0])
            with urllib.request.urlopen(links[-1], timeout=30) as answer:  # noqa: S310 - our own address
                page = answer.read().decode()
            assert "SAMPLE" in page
            assert "Olive Marsh" in page
    assert links[0] != links[1]
    assert (tmp_path / "show" / "garage.sqlite").is_file()
