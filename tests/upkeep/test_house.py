"""Opening the house: founded once, never over an old one, and honest about a missing key."""

import stat
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
import sqlalchemy as sa

from garage.db import Database
from garage.domain.key_sheet import key_lines
from garage.domain.text import Refused
from garage.seal import CodeKey, read_key, write_key
from garage.staff.models import House, Site
from garage.upkeep import house, schema
from garage.upkeep.house import bring_key_back, key_trouble, open_house
from garage.web.settings import Settings, load_settings
from tests import making, postgres

AT = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """Settings of a garage that was never opened; its folder has a space and an accent in its name."""
    return load_settings(tmp_path / "my gäräge")


def rows(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        return (
            session.scalars(sa.select(sa.func.count(House.id))).one(),
            session.scalars(sa.select(sa.func.count(Site.id))).one(),
        )


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_house_has_keys_tables_and_one_site(empty: Settings) -> None:
    database = open_house(empty, lambda: AT)
    assert rows(database) == (1, 1)
    assert not database.vault.locked
    assert schema.is_current(empty.database_url)
    database.close()


def test_nobody_else_on_the_machine_can_read_what_lies_in_the_house(empty: Settings) -> None:
    open_house(empty).close()
    assert mode(empty.instance) == 0o700
    assert empty.sqlite_file is not None
    for path in (empty.key_file, empty.secret_file, empty.sqlite_file):
        assert mode(path) == 0o600


def test_opening_again_changes_nothing(empty: Settings) -> None:
    open_house(empty).close()
    keys = empty.key_file.read_text(), empty.secret_file.read_text()
    database = open_house(empty)
    assert rows(database) == (1, 1)
    assert (empty.key_file.read_text(), empty.secret_file.read_text()) == keys
    database.close()


def test_an_old_database_without_its_key_opens_with_codes_locked_and_gets_no_new_key(empty: Settings) -> None:
    open_house(empty).close()
    empty.key_file.unlink()
    database = open_house(empty)
    assert database.vault.locked
    assert not empty.key_file.exists()
    with database.reading() as session:
        sentence = str(key_trouble(session, empty.key_file))
    assert str(empty.key_file) in sentence
    assert "garage key" in sentence
    database.close()


@pytest.mark.parametrize("content", ["0badcafe:" + 64 * "7", "", "nonsense", "12345678:abc"])
def test_a_key_that_does_not_open_this_house_locks_the_codes(empty: Settings, content: str) -> None:
    open_house(empty).close()
    empty.key_file.write_text(content)
    database = open_house(empty)
    assert database.vault.locked
    assert empty.key_file.read_text() == content
    database.close()


def test_a_key_left_from_an_older_database_is_kept_for_its_backup(empty: Settings) -> None:
    empty.instance.mkdir()
    key = CodeKey.new()
    write_key(empty.key_file, key)
    database = open_house(empty)
    assert read_key(empty.key_file) == key
    assert not database.vault.locked
    database.close()


def test_a_missing_secret_is_made_anew(empty: Settings) -> None:
    open_house(empty).close()
    before = empty.secret_file.read_text()
    empty.secret_file.unlink()
    open_house(empty).close()
    assert empty.secret_file.read_text() != before
    assert mode(empty.secret_file) == 0o600


def test_the_key_comes_back_from_its_sheet(empty: Settings) -> None:
    open_house(empty).close()
    key = read_key(empty.key_file)
    assert key is not None
    empty.key_file.unlink()
    bring_key_back(empty, list(key_lines(key.secret)))
    assert read_key(empty.key_file) == key
    assert mode(empty.key_file) == 0o600


def test_the_sheet_of_another_house_is_not_taken(empty: Settings) -> None:
    open_house(empty).close()
    empty.key_file.unlink()
    with pytest.raises(Refused, match="another database"):
        bring_key_back(empty, list(key_lines(CodeKey.new().secret)))
    assert not empty.key_file.exists()


def test_a_key_that_is_there_is_never_written_over(empty: Settings) -> None:
    open_house(empty).close()
    before = empty.key_file.read_text()
    with pytest.raises(Refused, match="already"):
        bring_key_back(empty, list(key_lines(CodeKey.new().secret)))
    assert empty.key_file.read_text() == before


def open_and_say(settings: Settings) -> tuple[bool, tuple[int, int]]:
    database = open_house(settings)
    try:
        return database.vault.locked, rows(database)
    finally:
        database.close()


def test_two_that_open_a_new_house_at_once_found_it_once(empty: Settings) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(open_and_say, [empty] * 2)) == [(False, (1, 1))] * 2


def test_two_machines_found_a_house_on_postgresql_once(
    empty: Settings, postgres_url: str, tmp_path: Path
) -> None:
    """Each machine has its own folder: the one that came second waits for the key of the first."""
    url = postgres.make_database(postgres_url, "two_machines")
    machines = [
        replace(empty, instance=tmp_path / f"machine {number}", database_url=url) for number in range(2)
    ]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        answers = list(pool.map(open_and_say, machines))
    assert [found for _, found in answers] == [(1, 1)] * 2
    assert sorted(locked for locked, _ in answers) == [False, True]
    assert sum(machine.key_file.exists() for machine in machines) == 1
    postgres.drop_database(postgres_url, "two_machines")


def test_a_house_that_could_not_be_founded_is_founded_at_the_next_start(
    empty: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(house, "write_key", full)
        with pytest.raises(OSError, match="No space"):
            open_house(empty)
    database = open_house(empty)
    assert rows(database) == (1, 1)
    assert not database.vault.locked
    database.close()


def test_what_was_sealed_before_opens_after_a_restart(settings: Settings) -> None:
    database = open_house(settings)
    with database.transaction() as session:
        code = making.make_code(session, making.make_head_unit(session), "0417")
    database.close()
    again = open_house(settings)
    with again.reading() as session:
        found = session.get_one(type(code), code.id)
        assert again.vault.open(found.sealed) == "0417"
    again.close()
