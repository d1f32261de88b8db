"""What every test may ask for: a fresh house on SQLite and on PostgreSQL, a session, somebody who acts."""

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy.orm import Session

from garage.app import close_app, create_app
from garage.db import Database
from garage.seal import Vault, read_key
from garage.staff.journal import By
from garage.staff.models import Person, Site
from garage.upkeep import demo
from garage.upkeep.house import open_house
from garage.web.settings import Settings, load_settings
from tests import making, postgres
from tests.desk import Desk, facts

for name in [name for name in os.environ if name.startswith("GARAGE_")]:
    del os.environ[name]  # a developer's own settings must not decide whether a test passes

RUN_FOLDER = "TEST_RUN_FOLDER"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def pytest_configure() -> None:
    """One folder for the whole run; workers get it from the process that starts them. Templates are compiled once."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="garage-tests-"))
        folder.chmod(0o711)  # the user postgres walks through it to its own folder
        os.environ[RUN_FOLDER] = str(folder)
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # who ends the run gets it cleaned up
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(os.environ[RUN_FOLDER])}


def pytest_unconfigure() -> None:
    """Stop the PostgreSQL of this run and leave nothing behind."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = Path(os.environ.pop(RUN_FOLDER))
        postgres.stop(folder)
        shutil.rmtree(folder)


class FixedClock:
    """A clock that stands still until a test moves it on."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> datetime:
        """Let time pass: ``move(minutes=20)``."""
        self.at += timedelta(**by)
        return self.at


@pytest.fixture(autouse=True)
def numbers_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test makes gets the same numbers whichever tests ran before it."""
    monkeypatch.setattr(making, "NUMBERS", count(1))


@pytest.fixture
def clock() -> FixedClock:
    """Noon on a Monday in March 2026, UTC."""
    return FixedClock(NOON)


@pytest.fixture(scope="session")
def run_folder() -> Path:
    """Shared by all workers of this run."""
    return Path(os.environ[RUN_FOLDER])


@pytest.fixture(scope="session")
def founded(run_folder: Path) -> Settings:
    """A house that was opened once; tests copy it. Its code key opens every test database."""
    with postgres.one_at_a_time(run_folder):
        settings = load_settings(run_folder / "house")
        if not settings.instance.exists():
            open_house(settings, lambda: NOON).close()
        return settings


@pytest.fixture(scope="session")
def postgres_url(run_folder: Path, founded: Settings) -> str:
    """The PostgreSQL of this run, with a founded house as the database `founded`."""
    with postgres.one_at_a_time(run_folder):
        try:
            url = postgres.server_url(run_folder)
        except postgres.NotHere as why:
            pytest.skip(f"NOT TESTED ON POSTGRESQL: {why}")
        if not (run_folder / "founded").exists():
            database_url = postgres.make_database(url, "founded")
            open_house(replace(founded, database_url=database_url), lambda: NOON).close()
            (run_folder / "founded").touch()
        return url


def copy_of(founded: Settings, instance: Path) -> Settings:
    """A copy of the founded house in the folder `instance`."""
    shutil.copytree(founded.instance, instance, ignore=shutil.ignore_patterns("*-wal", "*-shm", "*.lock"))
    return load_settings(instance)


@pytest.fixture
def settings(tmp_path: Path, founded: Settings) -> Settings:
    """The settings of a founded house on SQLite, in a folder of its own."""
    return copy_of(founded, tmp_path / "house")


@pytest.fixture(scope="module")
def demo_house(tmp_path_factory: pytest.TempPathFactory, founded: Settings) -> Iterator[Desk]:
    """The invented garage in every state of the day, its owner signed in."""
    settings = copy_of(founded, tmp_path_factory.mktemp("demo") / "house")
    database = Database(settings.database_url, Vault(read_key(settings.key_file)))
    demo.fill(database, facts(), NOON)
    app = create_app(settings, database, facts(), lambda: NOON)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    desk = Desk(app, database)
    with database.reading() as session:
        owner = session.scalars(sa.select(Person).order_by(Person.id)).first()
    assert owner is not None
    desk.sign_in(owner, NOON)
    yield desk
    close_app(app)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind_of_database(request: pytest.FixtureRequest) -> str:
    """Once "sqlite", once "postgresql"."""
    kind: str = request.param
    return kind


@pytest.fixture
def database_url(request: pytest.FixtureRequest, kind_of_database: str) -> Iterator[str]:
    """The URL of a founded house's database: once a SQLite file, once PostgreSQL."""
    if kind_of_database == "sqlite":
        yield request.getfixturevalue("settings").database_url
        return
    server: str = request.getfixturevalue("postgres_url")
    name = f"test_{uuid4().hex}"
    yield postgres.make_database(server, name, template="founded")
    postgres.drop_database(server, name)


@pytest.fixture
def database(database_url: str, founded: Settings) -> Iterator[Database]:
    """A founded house's database with its codes unlocked, once on SQLite and once on PostgreSQL."""
    opened = Database(database_url, Vault(read_key(founded.key_file)))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def clean_databases(
    request: pytest.FixtureRequest, founded: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Database]]:
    """The founded house's database of each kind, once for all tests of a worker that leave nothing in it."""
    vault, opened = Vault(read_key(founded.key_file)), dict[str, Database]()

    def clean(kind: str) -> Database:
        if kind in opened:
            return opened[kind]
        if kind == "sqlite":
            url = copy_of(founded, tmp_path_factory.mktemp("clean") / "house").database_url
        else:
            server = request.getfixturevalue("postgres_url")
            url = postgres.make_database(server, f"clean_{uuid4().hex}", template="founded")
        return opened.setdefault(kind, Database(url, vault))

    yield clean
    for database in opened.values():
        database.close()


@pytest.fixture
def sqlite_database(settings: Settings) -> Iterator[Database]:
    """Where only SQLite has something to prove."""
    opened = Database(settings.database_url, Vault(read_key(settings.key_file)))
    yield opened
    opened.close()


@pytest.fixture
def session(
    request: pytest.FixtureRequest, kind_of_database: str, clean_databases: Callable[[str], Database]
) -> Iterator[Session]:
    """One open write transaction in the test's own database, or where it has none in a clean one; nothing stays."""
    own = "database" in request.fixturenames
    database = request.getfixturevalue("database") if own else clean_databases(kind_of_database)
    writing = Session(database.engine, info={"vault": database.vault}, expire_on_commit=False)
    with writing:
        yield writing


@pytest.fixture
def site(session: Session) -> Site:
    """The house's only workshop, with a letterhead."""
    only = session.scalars(sa.select(Site)).one()
    only.name, only.phone = "Bridge Street Garage", "01632 960100"
    session.flush()
    return only


@pytest.fixture
def person(session: Session, site: Site) -> Person:
    """The owner."""
    return making.make_person(session, site=site)


@pytest.fixture
def by(site: Site, person: Person, clock: FixedClock) -> By:
    """The owner acts, at noon."""
    return By(site_id=site.id, person_id=person.id, at=clock(), request_id="test")
