"""The press: papers made elsewhere, a hanging or dying worker replaced, nothing left behind."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import pytest
from flask import Flask

from garage.cards.press import Press, PressFailed
from garage.domain.paper import BlankJobSheet, Paper
from garage.domain.paper_kind import PaperKind
from garage.upkeep.serving import warm_press_after_first_page

SHEET = BlankJobSheet(garage="Garage Nord")


def hangs_or_dies(paper: Paper) -> bytes:
    """A worker that does what the name of the garage says."""
    said = getattr(paper, "garage", "")
    if said == "hang":
        time.sleep(60)
    if said == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if said == "complain":
        raise RuntimeError("the code is 0739")
    return f"{said} {os.getpid()}".encode()


papers = count(1)


def counts(paper: Paper) -> bytes:
    """A worker that counts what it made."""
    return str(next(papers)).encode()


@pytest.fixture(scope="module")
def troubled():
    with Press(workers=1, seconds=5, render=hangs_or_dies) as press:
        yield press


def test_a_paper_comes_out_of_the_press(press, sample) -> None:
    assert press.print(sample(PaperKind.CARD)).startswith(b"%PDF-1.7")


def test_equal_papers_are_equal_bytes_from_many_desks_at_once(press, sample) -> None:
    card = sample(PaperKind.CARD)
    with ThreadPoolExecutor(4) as desks:
        assert len(set(desks.map(press.print, [card] * 8))) == 1


@pytest.mark.parametrize("trouble", ["hang", "die", "complain"])
def test_after_a_worker_in_trouble_the_next_paper_is_printed(troubled, trouble: str) -> None:
    with pytest.raises(PressFailed):
        troubled.print(replace(SHEET, garage=trouble))
    assert troubled.print(replace(SHEET, garage="fine")).startswith(b"fine")


def test_a_hanging_worker_is_ended_and_not_left_running(troubled) -> None:
    before = int(troubled.print(replace(SHEET, garage="fine")).split()[1])
    with pytest.raises(PressFailed, match="too long"):
        troubled.print(replace(SHEET, garage="hang"))
    assert int(troubled.print(replace(SHEET, garage="fine")).split()[1]) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_what_went_wrong_is_said_without_what_stood_on_the_paper(troubled, caplog) -> None:
    with pytest.raises(PressFailed) as failed:
        troubled.print(replace(SHEET, garage="complain"))
    assert "0739" not in str(failed.value) + caplog.text
    assert failed.value.__cause__ is None
    assert "RuntimeError" in str(failed.value)


def test_a_number_that_would_be_cut_is_named_by_its_field(press, sample) -> None:
    with pytest.raises(PressFailed, match="the code cannot be printed whole") as failed:
        press.print(replace(sample(PaperKind.CARD), code="7" * 40))
    assert "777" not in str(failed.value)


def test_the_press_starts_with_the_first_paper_and_ends_clean() -> None:
    press = Press(workers=1, seconds=60, render=hangs_or_dies)
    workers = len(multiprocessing.active_children())
    threads = threading.active_count()
    press.close()
    assert press.print(SHEET)
    assert len(multiprocessing.active_children()) > workers
    press.close()
    press.close()
    assert len(multiprocessing.active_children()) == workers
    assert threading.active_count() == threads


def test_a_paper_that_never_comes_back_is_given_up(monkeypatch) -> None:
    press = Press(seconds=0.01)
    lost = SimpleNamespace(schedule=lambda *_, **__: Future())  # as when the press is closed at that moment
    monkeypatch.setattr(press, "_started", lambda: lost)
    with pytest.raises(PressFailed, match="too long"):
        press.print(SHEET)


def test_a_press_that_is_warmed_starts_once_and_keeps_nobody_waiting() -> None:
    with Press(workers=1, seconds=60, render=hangs_or_dies) as press:
        workers = len(multiprocessing.active_children())
        press.warm()
        press.warm()
        assert press.print(SHEET)
        assert len(multiprocessing.active_children()) == workers + 1


def test_a_paper_that_was_begun_is_made_once_and_fetched_once() -> None:
    with Press(workers=1, seconds=60, render=counts) as press:
        press.begin(SHEET)  # cold: nobody waits for it, so nothing starts
        assert press.print(replace(SHEET, garage="another")) == b"1"
        press.begin(SHEET)
        assert press.print(replace(SHEET, garage="a third")) == b"3"  # the begun one was the second
        assert press.print(SHEET) == b"2"
        assert press.print(SHEET) == b"4"


def test_papers_that_nobody_fetches_do_not_pile_up() -> None:
    with Press(workers=1, seconds=60, render=counts) as press:
        press.print(SHEET)
        for name in ("first", "second", "third"):
            press.begin(replace(SHEET, garage=name))
            press.print(SHEET)
        assert press.print(replace(SHEET, garage="second")) == b"4"
        assert press.print(replace(SHEET, garage="first")) == b"8"


def test_a_paper_that_went_wrong_ahead_fails_when_it_is_fetched(troubled) -> None:
    assert troubled.print(replace(SHEET, garage="fine"))
    troubled.begin(replace(SHEET, garage="complain"))
    with pytest.raises(PressFailed, match="RuntimeError"):
        troubled.print(replace(SHEET, garage="complain"))


def test_the_press_is_warm_once_a_page_was_answered() -> None:
    app, warmed = Flask(__name__), []
    app.extensions["garage.press"] = SimpleNamespace(warm=lambda: warmed.append(1))
    app.add_url_rule("/", view_func=lambda: "the first page")
    warm_press_after_first_page(app)
    with app.test_client().get("/") as page:
        assert (page.text, warmed) == ("the first page", [])
    assert warmed == [1]


def test_a_process_that_makes_papers_does_not_load_the_program_once_more(tmp_path) -> None:
    (tmp_path / "loaded.py").write_text(
        "import sys\ndef loaded(paper): return ' '.join(sys.modules).encode()\n"
    )
    program = tmp_path / "started_with.py"
    program.write_text(
        "from garage.cards.press import Press\n"
        "from garage.cli import keep_children_light\n"
        "from garage.domain.paper import BlankJobSheet\n"
        "from loaded import loaded\n"
        "if __name__ == '__main__':\n"
        "    keep_children_light()\n"
        "    with Press(workers=1, seconds=60, render=loaded) as press:\n"
        "        print(press.print(BlankJobSheet(garage='Garage Nord')).decode())\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=120)
    assert "weasyprint" in done.stdout, done.stderr
    assert not {"flask", "sqlalchemy", "click"} & set(done.stdout.split())


def test_the_command_line_can_print_and_leaves_nothing_behind(tmp_path) -> None:
    program = tmp_path / "print_one.py"
    program.write_text(
        "from garage.cards.press import Press\n"
        "from garage.domain.paper import BlankJobSheet\n"
        "if __name__ == '__main__':\n"
        "    with Press(seconds=60) as press:\n"
        "        print(len(press.print(BlankJobSheet(garage='Garage Nord'))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", str(program)], capture_output=True, text=True, check=True, timeout=120
    )
    assert int(done.stdout) > 10_000
    assert done.stderr == ""
