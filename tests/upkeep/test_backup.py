"""A backup holds everything but the key, was read again, and comes back only while nothing runs."""

import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from garage.domain.text import Refused
from garage.intake.models import Customer
from garage.seal import CodeKey, read_key, write_key
from garage.staff.models import House, JournalEntry
from garage.upkeep import backup, copies, locks
from garage.upkeep.backup import back_up
from garage.upkeep.house import open_house
from garage.upkeep.restore import restore
from garage.web.settings import Settings
from tests import making, postgres

AT = datetime(2026, 3, 2, 18, 5, tzinfo=UTC)


def take_in(settings: Settings, name: str) -> None:
    database = open_house(settings)
    with database.transaction() as session:
        making.make_code(session, making.make_head_unit(session), "0417")
        making.make_job(session, customer=making.make_customer(session, name=name))
    database.close()


def customers(settings: Settings) -> list[str]:
    database = open_house(settings)
    with database.reading() as session:
        names = list(session.scalars(sa.select(Customer.name).order_by(Customer.id)))
    database.close()
    return names


def test_a_backup_is_one_private_file_named_after_its_moment(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, "Jo Hill")
    made = back_up(settings, tmp_path / "usb stick", AT)
    assert made.file == tmp_path / "usb stick" / "garage-2026-03-02-180500.sqlite"
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert made.codes_opened
    assert list(made.file.parent.iterdir()) == [made.file]


def test_a_backup_never_holds_the_code_key(settings: Settings, tmp_path: Path) -> None:
    key = read_key(settings.key_file)
    assert key is not None
    content = back_up(settings, tmp_path / "stick", AT).file.read_bytes()
    assert key.secret not in content
    assert key.secret.hex().encode() not in content


def test_the_board_can_tell_when_the_last_backup_was_made(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "stick", AT)
    database = open_house(settings)
    with database.reading() as session:
        assert session.scalars(sa.select(House.backed_up_at)).one() == AT
        assert session.scalars(sa.select(JournalEntry.verb)).all() == ["back_up"]
    database.close()


def test_people_go_on_writing_while_a_backup_is_made(settings: Settings, tmp_path: Path) -> None:
    """What is in the write-ahead log and not in the file yet is in the backup."""
    running = open_house(settings)
    with running.transaction() as session:
        making.make_customer(session, name="In the log")
    made = back_up(settings, tmp_path / "stick", AT)
    with running.transaction() as session:
        making.make_customer(session, name="Afterwards")
    running.close()
    with closing(sqlite3.connect(made.file)) as copied:
        assert copied.execute("SELECT name FROM customer").fetchall() == [("In the log",)]


def test_a_copy_that_lost_rows_is_not_called_a_backup(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(source: sqlite3.Connection, target: Path) -> copies.Counts:
        counts = whole(source, target)
        with closing(sqlite3.connect(target, isolation_level=None)) as copied:
            copied.execute("DELETE FROM radio_code")
        return counts

    whole = copies.copy
    take_in(settings, "Jo Hill")
    monkeypatch.setattr(backup.copies, "copy", lossy)
    with pytest.raises(Refused, match="as many rows"):
        back_up(settings, tmp_path / "stick", AT)
    assert list((tmp_path / "stick").iterdir()) == []
    database = open_house(settings)
    with database.reading() as session:
        assert session.scalars(sa.select(House.backed_up_at)).one() is None
    database.close()


def test_a_restored_house_is_as_it_was_and_keeps_what_was_there_meanwhile(
    settings: Settings, tmp_path: Path
) -> None:
    take_in(settings, "Jo Hill")
    made = back_up(settings, tmp_path / "stick", AT)
    take_in(settings, "Came later")
    done = restore(settings, made.file, AT)
    assert customers(settings) == ["Jo Hill"]
    assert not done.codes_locked
    assert done.put_aside is not None
    with closing(sqlite3.connect(done.put_aside)) as aside:
        assert aside.execute("SELECT count(*) FROM customer").fetchone() == (2,)


def test_a_restore_into_an_empty_folder_is_a_house_again(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, "Jo Hill")
    made = back_up(settings, tmp_path / "stick", AT)
    assert settings.sqlite_file is not None
    for path in (settings.sqlite_file, settings.key_file):
        path.unlink()
    done = restore(settings, made.file, AT)
    assert done.put_aside is None
    assert done.codes_locked
    assert customers(settings) == ["Jo Hill"]
    assert not settings.key_file.exists()


def test_nothing_is_restored_while_the_program_runs(settings: Settings, tmp_path: Path) -> None:
    made = back_up(settings, tmp_path / "stick", AT)
    with locks.running(settings.instance), pytest.raises(Refused, match="Stop it first"):
        restore(settings, made.file, AT)


def test_a_backup_whose_codes_the_key_does_not_open_is_refused(settings: Settings, tmp_path: Path) -> None:
    take_in(settings, "Jo Hill")
    made = back_up(settings, tmp_path / "stick", AT)
    settings.key_file.unlink()
    write_key(settings.key_file, CodeKey.new())
    with pytest.raises(Refused, match="does not open the codes"):
        restore(settings, made.file, AT)
    assert customers(settings) == ["Jo Hill"]


@pytest.mark.parametrize("place", [0, 5000, 100_000])
def test_a_damaged_backup_is_refused_and_the_database_stays(
    settings: Settings, tmp_path: Path, place: int
) -> None:
    take_in(settings, "Jo Hill")
    made = back_up(settings, tmp_path / "stick", AT)
    damaged = bytearray(made.file.read_bytes())
    damaged[place : place + 4096] = b"\xff" * 4096
    made.file.write_bytes(damaged)
    with pytest.raises(Refused):
        restore(settings, made.file, AT)
    assert customers(settings) == ["Jo Hill"]


def test_what_is_no_backup_is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear dealer")
    with pytest.raises(Refused, match="not a garage's database"):
        restore(settings, tmp_path / "letter.txt", AT)
    with pytest.raises(Refused, match="no file"):
        restore(settings, tmp_path / "nothing.sqlite", AT)


@pytest.fixture
def on_postgres(settings: Settings, postgres_url: str) -> Iterator[Settings]:
    """The same house on PostgreSQL."""
    url = postgres.make_database(postgres_url, "backed_up", template="founded")
    yield replace(settings, database_url=url)
    postgres.drop_database(postgres_url, "backed_up")


def test_a_garage_on_postgresql_is_dumped_counted_and_comes_back(
    on_postgres: Settings, postgres_url: str, tmp_path: Path
) -> None:
    take_in(on_postgres, "Jo \\. Hill\nCOPY")
    made = back_up(on_postgres, tmp_path / "stick", AT)
    assert made.file.name == "garage-2026-03-02-180500.dump"
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    url = postgres.make_database(postgres_url, "brought_back")
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={url}", made.file], check=True)
    assert customers(replace(on_postgres, database_url=url)) == ["Jo \\. Hill\nCOPY"]
    postgres.drop_database(postgres_url, "brought_back")


def test_a_dump_that_lost_rows_is_not_called_a_backup(
    on_postgres: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one_more(url: str, target: Path) -> copies.Counts:
        return whole(url, target) | {"customer": 1}

    whole = backup.postgres_copies.copy
    monkeypatch.setattr(backup.postgres_copies, "copy", one_more)
    with pytest.raises(Refused, match="as many rows"):
        back_up(on_postgres, tmp_path / "stick", AT)
    assert list((tmp_path / "stick").iterdir()) == []


def test_postgresql_is_brought_back_by_its_own_program(on_postgres: Settings, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="pg_restore"):
        restore(on_postgres, tmp_path / "any.dump", AT)


def test_a_password_that_does_not_fit_is_not_shown(on_postgres: Settings, tmp_path: Path) -> None:
    wrong = on_postgres.database_url.replace("garage@", "nobody:hunter22@")
    with pytest.raises(Refused) as refused:
        backup.postgres_copies._run("pg_dump", wrong)
    assert "hunter22" not in str(refused.value)
