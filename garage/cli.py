"""The command line: start the program, let people back in, keep and bring back what is on record."""

import logging
import os
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from garage import clock, paths
from garage.app import close_app, create_app
from garage.db import Database
from garage.domain.text import Refused
from garage.facts import command_line, seeds
from garage.outbox.mail_server import mail_server
from garage.staff.joining import first_invitation, invite
from garage.staff.receipts import RECEIPTS_KEPT, forget_receipts
from garage.upkeep import backup, beside, demo, house, locks, restore, serving, worker, worker_tasks
from garage.upkeep.address import square_code
from garage.upkeep.schema import SchemaProblem
from garage.web.settings import Settings, load_settings


class OneLine(click.Group):
    """Whatever goes wrong is one line on standard error: 1 where it cannot be done, 2 for a wrong call."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command that was typed and end the process with its status."""
        try:
            return super().main(*args, **(kwargs | {"standalone_mode": False}))
        except click.UsageError as error:
            self._stop(error.format_message(), 2)
        except click.ClickException as error:
            self._stop(error.format_message(), 1)
        except (click.Abort, KeyboardInterrupt):
            self._stop("Stopped.", 130)
        except (Refused, SchemaProblem) as error:
            self._stop(str(error), 1)
        except OSError as error:
            self._stop(f"{error.filename or 'This machine'}: {error.strerror or error}", 1)
        except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError):
            self._stop("DATABASE_URL is neither empty nor postgresql://user:password@host/name.", 1)
        except sa.exc.DBAPIError as error:
            self._stop(_say_database(str(error.orig).splitlines()[0]), 1)

    def _stop(self, sentence: str, status: int) -> None:
        click.echo(" ".join(sentence.split()), err=True)
        sys.exit(status)


def _say_database(why: str) -> str:
    if "malformed" in why or "not a database" in why:
        return f"The database file is damaged: {why}. Bring back a backup with garage restore FILE."
    return f"The database does not answer: {why}"


def _settings() -> Settings:
    """The settings, or one line about a mistake in the garage's own sheet of them."""
    try:
        return load_settings()
    except Exception as error:
        raise click.ClickException(f"instance/config.py cannot be used: {error}") from None


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Garage: radio codes on record before the battery comes off."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    keep_children_light()


def keep_children_light() -> None:
    """Let the processes that make papers and photos load what they need, not this whole program once more.

    A spawned process first runs again what its parent was started with, where that has a file or a name.
    """
    started_with = sys.modules["__main__"]
    started_with.__file__ = started_with.__spec__ = None


@main.command("serve")
@click.option("--lan", is_flag=True, help="Serve the workshop's own network, unencrypted.")
@click.option("--demo", "invented", is_flag=True, help="A garage full of invented customers, kept apart.")
@click.option("--worker", "with_worker", is_flag=True, help="Run the worker beside the pages.")
def serve_pages(lan: bool, invented: bool, with_worker: bool) -> None:
    """Start the program; the first start prints the link for the owner."""
    settings = demo.demo_settings() if invented else _settings()
    if lan:
        settings = serving.for_the_workshop(settings)
    mail_server(settings.config)  # a mistake there is said now, not when the first mail waits
    signal.signal(signal.SIGTERM, _end)
    with locks.running(settings.instance), ExitStack() as at_the_end:
        catalogue = seeds.load(paths.SEEDS)
        database = house.open_house(settings)
        at_the_end.callback(database.close)
        if invented:
            demo.fill(database, catalogue, clock.now())
        app = create_app(settings, database, catalogue)
        at_the_end.callback(close_app, app)
        serving.warm_press_after_first_page(app)
        answer = at_the_end.enter_context(serving.listening(app, settings))
        _greet(settings, database, invented)
        if lan:
            _greet_phones(settings)
        if with_worker:
            at_the_end.enter_context(beside.worker_beside(settings))
        answer()


@main.command("worker")
@click.option("--beside", "is_beside", is_flag=True, hidden=True)
def run_worker(is_beside: bool) -> None:
    """Send mails, chase answers and tidy up, until told to end. Safe to run twice."""
    settings = _settings()
    server = mail_server(settings.config)
    stop = beside.stop_when_told(beside=is_beside)
    os.nice(10)  # whoever stands at the desk goes first
    with locks.running(settings.instance), ExitStack() as at_the_end:
        database = house.open_house(settings)
        at_the_end.callback(database.close)
        todo = worker_tasks.tasks(database, server, clock.now, stop)
        worker.work(todo, worker.turns(database, settings.instance), stop)


def _end(*_: object) -> None:
    """Told to end: once is enough, or the second time would disturb the closing of the first."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit(0)


def _greet(settings: Settings, database: Database, invented: bool) -> None:
    click.echo(f"Garage runs at {settings.public_url} (to stop it: Ctrl+C)")
    with database.reading() as session:
        trouble = house.key_trouble(session, settings.key_file)
    if trouble:
        click.echo(str(trouble))
    with database.transaction() as session:
        forget_receipts(session, clock.now() - RECEIPTS_KEPT)
        if invented:
            token: str | None = demo.owners_link(session, clock.now())
            why = "Everything here is invented. Open this link once to sign in as the owner:"
        else:
            token = first_invitation(session, clock.now())
            why = "Nobody works here yet. Open this link once, within seven days:"
    if token:
        click.echo(f"{why}\n\n{_link(settings, token)}\n")


def _greet_phones(settings: Settings) -> None:
    click.echo(f"Phones and other computers in the workshop: {settings.public_url}")
    if not settings.is_https:
        click.echo(
            "This is NOT encrypted: whoever is in this network can read along, and phones do not open the"
            " camera for scanning.\nTo change that, put a reverse proxy with a certificate in front and set"
            " PUBLIC_URL to its https:// address; docs/running.md shows how."
        )
    for line in square_code(settings.public_url):
        click.echo(click.style(line, fg="black", bg="bright_white"))


def _link(settings: Settings, token: str) -> str:
    return f"{settings.public_url}/welcome/{token}"


@main.command("demo")
@click.option(
    "--out",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Start nothing: live one car's day and leave its papers in DIR.",
)
@click.option("--lan", is_flag=True, help="Serve the workshop's own network, unencrypted.")
@click.pass_context
def show_demo(context: click.Context, folder: Path | None, lan: bool) -> None:
    """Start a garage full of invented customers, or leave one car's papers in a folder."""
    if folder is None:
        context.invoke(serve_pages, lan=lan, invented=True, with_worker=False)
        return
    for file, paper in demo.leave_papers(folder, seeds.load(paths.SEEDS), clock.now()):
        click.echo(f"{file}: {paper.kind.label}")


@main.command("invite")
@click.argument("name")
def invite_person(name: str) -> None:
    """Print a new one-time link for the person who signs in as NAME."""
    settings = _settings()
    database = house.open_house(settings)
    try:
        with database.transaction() as session:
            token = invite(session, name)
    finally:
        database.close()
    click.echo(_link(settings, token))


@main.command("key")
def bring_key_back() -> None:
    """Bring the code key back: type the nine lines of the key sheet, then Ctrl+D."""
    settings = _settings()
    lines = [line.strip() for line in sys.stdin if line.strip()]
    house.bring_key_back(settings, lines)
    click.echo("The code key is back. Start Garage again.")


@main.command("backup")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def back_up(folder: Path) -> None:
    """Copy the database into DIR while people work, and check the copy. The code key is not in it."""
    made = backup.back_up(_settings(), folder, clock.now())
    codes = "its codes were opened" if made.codes_opened else "its codes were NOT opened: no code key here"
    click.echo(f"{made.file}: {made.rows} rows, read again from end to end, {codes}.")


@main.command("restore")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def bring_back(file: Path) -> None:
    """Put the backup FILE in the database's place. Only while Garage is stopped."""
    done = restore.restore(_settings(), file, clock.now())
    click.echo(f"Restored: {done.rows} rows, checked.")
    if done.put_aside:
        click.echo(f"What was there before lies in {done.put_aside}")
    if done.codes_locked:
        click.echo("Codes are locked: bring the code key back with `garage key`.")


for command in command_line.COMMANDS:
    main.add_command(command)

if __name__ == "__main__":
    main()
