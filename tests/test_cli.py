"""The command line: what a person types, what is answered, and one plain line when it cannot be done."""

import json
import logging
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from garage import clock, paths
from garage.cli import main
from garage.domain.key_sheet import key_lines
from garage.facts.models import FactCorrection
from garage.seal import read_key
from garage.staff.models import House
from garage.upkeep.house import open_house
from garage.web.settings import Settings
from tests import making
from tests.workers import environment_of, real_worker

GARAGE = Path(sys.executable).with_name("garage")


@dataclass(frozen=True)
class Answer:
    """What a command said, and its status."""

    status: int
    out: str
    err: str


@pytest.fixture
def garage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Answer]]:
    """Type ``garage ...`` in a founded house: ``garage("invite", "ada")``. Within this process, which is quicker."""
    monkeypatch.setattr(logging, "basicConfig", lambda **_: None)

    def typed(*words: str, stdin: str = "", **environment: str) -> Answer:
        done = CliRunner().invoke(main, words, input=stdin, env=environment_of(settings, **environment))
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    before = signal.getsignal(signal.SIGTERM)
    yield typed
    signal.signal(signal.SIGTERM, before)


@contextmanager
def running(settings: Settings, *words: str, **environment: str) -> Iterator[tuple[str, str]]:
    """The program while it serves: its address and what it said until the first page came."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    url = f"http://{address}"
    said = settings.instance / "said.txt"
    with said.open("w") as out:
        program = subprocess.Popen(
            [GARAGE, "serve", *words],
            env=environment_of(settings, GARAGE_BIND=address, GARAGE_PUBLIC_URL=url, **environment),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"{url}/", program, said)
        yield url, said.read_text()
    finally:
        program.send_signal(signal.SIGTERM)
        assert program.wait(60) == 0, said.read_text()


def wait_for(url: str, program: subprocess.Popen[bytes], said: Path) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=30).close()  # noqa: S310 - our own address
            return
        except urllib.error.URLError:
            assert program.poll() is None, said.read_text()
            time.sleep(0.1)
    raise AssertionError(said.read_text())


def hire(settings: Settings, name: str) -> None:
    database = open_house(settings)
    with database.transaction() as session:
        making.make_person(session, sign_in_name=name)
    database.close()


def one_line(text: str) -> bool:
    return text.count("\n") == 1 and "Traceback" not in text


def test_the_first_start_prints_one_link_and_the_pages_are_there(settings: Settings) -> None:
    with running(settings) as (url, said):
        link = re.search(rf"^{url}/welcome/\S+$", said, re.MULTILINE)
        assert link, said
        with urllib.request.urlopen(link[0], timeout=60) as page:  # noqa: S310 - our own address
            assert page.status == 200


def test_once_somebody_works_here_no_link_is_printed(settings: Settings) -> None:
    hire(settings, "ada")
    with running(settings) as (_, said):
        assert "welcome" not in said


def test_without_its_key_the_program_starts_and_says_how_to_bring_it_back(settings: Settings) -> None:
    settings.key_file.unlink()
    with running(settings) as (_, said):
        assert "Codes are locked" in said
        assert "garage key" in said
    assert not settings.key_file.exists()


def test_in_the_workshops_network_it_says_plainly_that_nothing_is_encrypted(settings: Settings) -> None:
    with running(settings, "--lan") as (_, said):
        assert "NOT encrypted" in said
        assert "PUBLIC_URL" in said
        assert "█" in said


def test_nothing_is_restored_under_a_running_program(
    settings: Settings, garage: Callable[..., Answer], tmp_path: Path
) -> None:
    assert garage("backup", str(tmp_path)).status == 0
    (backup,) = tmp_path.glob("garage-*.sqlite")
    with running(settings):
        answer = garage("restore", str(backup))
    assert answer.status == 1
    assert "Stop it first" in answer.err
    assert garage("restore", str(backup)).status == 0


def test_a_taken_address_is_said_in_one_line(settings: Settings) -> None:
    with running(settings) as (url, _):
        done = subprocess.run(
            [GARAGE, "serve"],
            env=environment_of(settings, GARAGE_BIND=url.removeprefix("http://")),
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (1, "")
    assert one_line(done.stderr)
    assert "GARAGE_BIND" in done.stderr


def test_a_lost_password_gets_a_new_link(settings: Settings, garage: Callable[..., Answer]) -> None:
    hire(settings, "Ada")
    answer = garage("invite", "ada", GARAGE_PUBLIC_URL="https://garage.example")
    assert re.fullmatch(r"https://garage\.example/welcome/\S+\n", answer.out)


def test_the_code_key_comes_back_from_the_key_sheet(
    settings: Settings, garage: Callable[..., Answer]
) -> None:
    key = read_key(settings.key_file)
    assert key is not None
    settings.key_file.unlink()
    lines = list(key_lines(key.secret))
    wrong = garage("key", stdin="\n".join([*lines[:4], "ABCD EFGH", *lines[5:]]))
    assert (wrong.status, one_line(wrong.err)) == (1, True)
    assert "Line 5" in wrong.err
    assert garage("key", stdin="\n".join(lines)).status == 0
    assert read_key(settings.key_file) == key
    assert key.secret.hex() not in wrong.err


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["invite", "nobody"], 1),
        (["restore", "no such file"], 1),
        (["backup", "/proc/nowhere"], 1),
        (["key"], 1),
        (["nonsense"], 2),
        (["invite"], 2),
        (["serve", "--nonsense"], 2),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_one_line_and_no_traceback(
    garage: Callable[..., Answer], words: list[str], status: int
) -> None:
    answer = garage(*words)
    assert (answer.status, answer.out) == (status, "")
    assert one_line(answer.err), answer.err


def test_a_display_of_dashes_is_a_display_and_no_option(garage: Callable[..., Answer]) -> None:
    said = garage("display", "----", "--make", "Ford")
    assert (said.status, json.loads(said.out)["meanings"][0]["meaning"]) == (0, "It makes you wait.")
    assert garage("display", "----", "--mkae", "Ford").status == 2


def test_a_database_that_does_not_answer_is_one_line(garage: Callable[..., Answer]) -> None:
    answer = garage("invite", "ada", GARAGE_DATABASE_URL="postgresql://nobody:secret@127.0.0.1:9/none")
    assert answer.status == 1
    assert one_line(answer.err)
    assert "secret" not in answer.err


def test_a_damaged_database_says_what_brings_it_back(
    settings: Settings, garage: Callable[..., Answer]
) -> None:
    assert settings.sqlite_file is not None
    settings.sqlite_file.write_bytes(b"no database" * 500)
    answer = garage("serve")
    assert answer.status == 1
    assert one_line(answer.err)
    assert "garage restore" in answer.err


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("GARAGE_DATABASE_URL", "nonsense"),
        ("GARAGE_DATABASE_URL", "mysql2://somewhere/garage"),
        ("GARAGE_BIND", "the desk"),
        ("GARAGE_THREADS", "many"),
    ],
)
def test_a_setting_that_makes_no_sense_is_one_line(
    garage: Callable[..., Answer], setting: str, value: str
) -> None:
    answer = garage("serve", **{setting: value})
    assert answer.status == 1
    assert one_line(answer.err), answer.err


def test_a_mistake_in_the_garages_own_settings_is_one_line(
    settings: Settings, garage: Callable[..., Answer]
) -> None:
    (settings.instance / "config.py").write_text("BIND = (\n")
    answer = garage("invite", "ada")
    assert answer.status == 1
    assert one_line(answer.err)
    assert "config.py" in answer.err


def test_make_alone_lists_every_target() -> None:
    done = subprocess.run(
        ["make"], cwd=paths.CHECKOUT, capture_output=True, text=True, check=True, timeout=120
    )
    for target in ("setup", "run", "demo", "test", "lint", "bench"):
        assert re.search(rf"^  make {target} +\w", done.stdout, re.MULTILINE)


def test_a_message_in_any_encoding_is_read(garage: Callable[..., Answer], tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-16", "cp1252"):
        file = tmp_path / encoding
        file.write_bytes("Für meinen Škoda: SKZ1Z2K8399700".encode(encoding))
        answer = json.loads(garage("read-message", str(file)).out)
        assert (answer["make"], answer["serial_number"]) == ("Skoda", "SKZ1Z2K8399700"), encoding


def correct_skoda(settings: Settings) -> None:
    """This garage found codes of five digits."""
    database = open_house(settings)
    with database.transaction() as session:
        row = '{"makes": ["Skoda"], "lengths": [5], "confidence": "high"}'
        session.add(
            FactCorrection(kind="codes", fact_id="codes.vag", body=row, source="ours", at=clock.now())
        )
    database.close()


def test_answers_hold_this_garages_corrections(garage: Callable[..., Answer], settings: Settings) -> None:
    assert json.loads(garage("facts", "skoda").out)["facts"]["codes"][0]["lengths"] == [4]
    correct_skoda(settings)
    answer = json.loads(garage("facts", "skoda").out)["facts"]["codes"][0]
    assert answer["lengths"] == [5]
    assert answer["sources"] == [{"tag": "our own: codes.vag", "where": "ours"}]


@pytest.mark.parametrize("broken", ["absent", "damaged", "locked", "unreadable address", "settings"])
def test_answers_need_no_database_and_make_none(
    garage: Callable[..., Answer], settings: Settings, broken: str
) -> None:
    correct_skoda(settings)
    file = settings.sqlite_file
    assert file is not None
    environment, holder = {}, None
    if broken == "absent":
        for part in file.parent.glob("garage.sqlite*"):
            part.unlink()
    elif broken == "damaged":
        file.write_text("no database")
    elif broken == "locked":
        holder = sqlite3.connect(file, isolation_level=None)
        holder.execute("PRAGMA journal_mode=DELETE")
        holder.execute("BEGIN EXCLUSIVE")
    elif broken == "settings":
        (settings.instance / "config.py").write_text("1 / 0")
    else:
        environment = {"GARAGE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    answer = garage("facts", "skoda", **environment)
    assert (answer.status, answer.err) == (0, "")
    assert json.loads(answer.out)["facts"]["codes"][0]["lengths"] == [4]
    assert file.exists() is (broken != "absent")
    if holder:
        holder.close()


def seen(settings: Settings) -> bool:
    """Whether a worker gave a sign of life, waiting a while for it."""
    database = open_house(settings)
    try:
        for _ in range(600):
            with database.reading() as session:
                if session.scalars(sa.select(House.worker_seen_at)).one():
                    return True
            time.sleep(0.1)
        return False
    finally:
        database.close()


def children_of(process: int) -> set[str]:
    return set(Path(f"/proc/{process}/task/{process}/children").read_text().split())


def test_two_workers_live_side_by_side_and_nothing_is_restored_under_them(
    settings: Settings, garage: Callable[..., Answer], tmp_path: Path
) -> None:
    assert garage("backup", str(tmp_path)).status == 0
    (backup,) = tmp_path.glob("garage-*.sqlite")
    with real_worker(settings), real_worker(settings):
        assert seen(settings)
        answer = garage("restore", str(backup))
        assert answer.status == 1
        assert "Stop it first" in answer.err
    assert garage("restore", str(backup)).status == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_the_worker_beside_the_pages_ends_with_them(settings: Settings, how: signal.Signals) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    program = subprocess.Popen(
        # a run in the background ignores Ctrl+C, and what it starts would as well
        ["env", "--default-signal=INT", GARAGE, "serve", "--worker"],
        env=environment_of(settings, GARAGE_BIND=address, GARAGE_PUBLIC_URL=f"http://{address}"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert seen(settings)
        (beside,) = children_of(program.pid)
    finally:
        program.send_signal(how)
        program.wait(60)
    for _ in range(100):
        if not Path(f"/proc/{beside}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{beside}").exists()


def test_a_mistake_about_the_mail_server_is_one_line(
    settings: Settings, garage: Callable[..., Answer]
) -> None:
    for command in ("serve", "worker"):
        answer = garage(command, GARAGE_SMTP_HOST="mail.garage.example")
        assert (answer.status, one_line(answer.err)) == (1, True)
        assert "SMTP_SENDER" in answer.err
