"""What the trade's facts answer on the command line: JSON on standard output, with this garage's corrections."""

import json
from typing import Any, BinaryIO

import click

from garage import paths
from garage.db import glance_engine
from garage.domain.catalogue import Catalogue
from garage.domain.encoding import decoded
from garage.facts import answers, living, seeds
from garage.web.settings import load_settings


def _facts() -> Catalogue:
    """The facts with this garage's corrections where its database answers at once, else as shipped."""
    try:
        engine = glance_engine(load_settings().database_url)
    except Exception:
        return seeds.load(paths.SEEDS)
    return living.on_file(engine)


def _answer(given: Any) -> None:
    click.echo(json.dumps(given, ensure_ascii=False, indent=2))


@click.command("identify")
@click.argument("serial_number")
@click.option("--make")
@click.option("--part-number")
def identify_radio(serial_number: str, make: str | None, part_number: str | None) -> None:
    """What a radio's serial number says, as JSON."""
    _answer(answers.identify(_facts(), serial_number, make, part_number))


@click.command("vin")
@click.argument("vin")
def read_vin(vin: str) -> None:
    """What a VIN says, as JSON."""
    _answer(answers.vin(_facts(), vin))


@click.command("facts")
@click.argument("make")
def tell_facts(make: str) -> None:
    """Everything known about a make, as JSON."""
    _answer(answers.facts(_facts(), make))


@click.command("display", context_settings={"ignore_unknown_options": True})  # "----" is a display
@click.argument("text")
@click.option("--make")
def read_display(text: str, make: str | None) -> None:
    """What a radio's display means and what to do next, as JSON."""
    _answer(answers.display(_facts(), text, make))


@click.command("read-message")
@click.argument("file", default="-", type=click.File("rb"))
def read_message(file: BinaryIO) -> None:
    """What a customer's message in FILE, or typed in, says, as JSON."""
    _answer(answers.read_message(_facts(), decoded(file.read())))


COMMANDS = (identify_radio, read_vin, tell_facts, read_display, read_message)
