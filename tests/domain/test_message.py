"""Reading a customer's message: what it says, where it says so, and nothing invented."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garage.domain.catalogue import Catalogue
from garage.domain.message import ASK, MessageReading, read_message, reply

HERE = Path(__file__).parent
Message = dict[str, str | None]


def messages(name: str) -> list[Message]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["messages.jsonl", "more_messages.jsonl"])
def test_messages_of_many_languages_are_read(catalogue: Catalogue, name: str) -> None:
    read = [(message, read_message(str(message["text"]), catalogue)) for message in messages(name)]
    with_number = [pair for pair in read if pair[0]["serial"]]
    right = [reading.serial_number == message["serial"] for message, reading in with_number]
    invented = [reading.serial_number for message, reading in read if not message["serial"]]
    makes = [reading.make == message["make"] for message, reading in read]
    languages = [reading.language == message["lang"] for message, reading in read]
    assert sum(right) >= 0.95 * len(right)
    assert sum(number is not None for number in invented) <= 0.02 * len(read)
    assert sum(makes) >= 0.9 * len(makes)
    assert sum(languages) >= 0.9 * len(languages)
    assert all(reading.vin == message["vin"] for message, reading in read if "vin" in message)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Code 3390 dont work :(",
        "do you have VIN? for mercedes: WDBxxxxxxxxxxxxxx",
        "call 07700 900123, M25 near M13 9PL, 12.05.2006, price 4567890",
        "Volvo V70 2001 and V50 2006, C70 2001, Z3 2001, M3 2002",
        "VW MFD 3B0 035 191 D, VWZ1Z7D...",
        "Pressing 6 and 1 shows DPMV5H255 / 090000 / 50702000, ACU CFG 820208",
        "Mercedes W168 A170 C230, Rover R660, Ford C815 K876",
        "WVWZZZ1JZXW000001",
        "golf VIN WVW ZZZ 1JZ XW 000001",
    ],
)
def test_no_serial_number_is_invented(catalogue: Catalogue, text: str) -> None:
    assert read_message(text, catalogue).serial_number is None


def test_every_field_has_its_place_in_the_text(catalogue: Catalogue) -> None:
    text = "My Ford Mondeo shows LOCKED10, s/n: M 763412, VIN WF0AXXGBBA1J00001."
    reading = read_message(text, catalogue)
    places = {name: text[start:end] for name, start, end in reading.places}
    assert places == {
        "make": "Ford",
        "model": "Mondeo",
        "serial_number": "M 763412",
        "vin": "WF0AXXGBBA1J00001",
        "display": "LOCKED10",
    }
    assert reading.inferred == ()


def test_what_follows_from_something_else_is_named(catalogue: Catalogue) -> None:
    by_model = read_message("2005 mondeo asks for a code", catalogue)
    assert (by_model.make, by_model.inferred) == ("Ford", ("make",))
    by_number = read_message("code for m252369 please", catalogue)
    assert (by_number.make, by_number.inferred) == ("Ford", ("make",))
    assert "make" not in {name for name, _, _ in by_number.places}


def test_an_opel_is_a_vauxhall_in_britain_only(catalogue: Catalogue) -> None:
    assert read_message("53 plate astra wants a radio code, cheers", catalogue).make == "Vauxhall"
    assert read_message("mein Astra will einen Radiocode", catalogue).make == "Opel"
    assert read_message("Opel Corsa on a 53 plate wants a code", catalogue).make == "Opel"


@pytest.mark.parametrize(
    ("text", "ask_for"),
    [
        ("help", ("make", "serial_number")),
        ("Mercedes Audio 10, s/n AL2199X0283410", ("vin",)),
        ("Ford Fiesta m87269", ("photo",)),
        ("Ford Fiesta M763412", ()),
        ("VW Golf, safe", ("serial_number", "vin")),
    ],
)
def test_what_is_missing_is_asked_back(catalogue: Catalogue, text: str, ask_for: tuple[str, ...]) -> None:
    reading = read_message(text, catalogue)
    assert reading.ask_for == ask_for
    said = [str(part) for part in reply(reading)]
    assert len(said) == (len(ask_for) + 2 if ask_for else 0)
    assert all(ASK[name] in said for name in ask_for)


def test_a_reply_warns_of_pulling_the_plug_and_of_trying(catalogue: Catalogue) -> None:
    said = " ".join(map(str, reply(MessageReading(ask_for=("serial_number",)))))
    assert "plug left in" in said
    assert "do not try any code" in said


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(), st.text("MVBPGWZ0123456789 .-/snSERIALford", max_size=80)))
def test_whatever_is_pasted_is_read_and_every_place_is_in_the_text(catalogue: Catalogue, text: str) -> None:
    reading = read_message(text, catalogue)
    assert all(0 <= start < end <= len(text) for _, start, end in reading.places)
    if reading.serial_number:
        digits = [letter for letter in reading.serial_number if letter.isdigit()]
        assert all(digit in text for digit in digits)
