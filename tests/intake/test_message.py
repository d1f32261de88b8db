"""A customer's message becomes a car with its numbers; nothing of it is stored by reading it."""

import html
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from garage.db import Base
from garage.domain.message import read_message
from garage.intake.models import Job
from garage.intake.views_message import marked
from garage.upkeep import schema
from tests.desk import Desk, facts, words

MONDEO = (
    "Hello,\r\ni have lost the code for my\tMondeo 2003, display says LOCKED10. Serial is M763412. Thanks"
)
VIN = "TMBJJ6Y5X54512345"
SKODA = f"Hallo, mein Skoda Fabia 2004 ist gesperrt. Seriennummer SKZ1Z2K8399700, FIN {VIN}. Danke, Jo"


def field(page: str, name: str) -> str:
    """The value of a field on a page."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert found, name
    value = re.search(r'value="([^"]*)"', found[0])
    return html.unescape(value[1]) if value else ""


def brought(page: str) -> dict[str, str]:
    """What the button "Take the car in" sends."""
    form = page.split('action="/message/take-in"')[1].split("</form>")[0]
    return {
        found[1]: html.unescape(found[2]) for found in re.finditer(r'name="(\w+)"[^>]*value="([^"]*)"', form)
    }


def test_the_message_is_read_and_each_find_is_marked_in_the_text(desk: Desk) -> None:
    page = desk.post("/message", text=MONDEO).text
    found = words_of_facts(page)
    assert "Make of the car Ford follows from the rest" in found
    assert "Serial number M763412" in found
    assert "VIN –" in found
    marks = re.findall(r"<mark>(.*?)<small>(.*?)</small>", page)
    assert ("M763412", "Serial number") in marks
    assert ("LOCKED10", "Display") in marks


def words_of_facts(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.split('<dl class="facts">')[1].split("</dl>")[0]).split())


def test_the_pieces_together_are_the_message() -> None:
    text = SKODA.replace("Jo", "Jo <script>alert(1)</script>")
    parts = list(marked(text, read_message(text, facts())))
    assert "".join(part.text for part in parts) == text
    assert {part.text for part in parts if part.name} >= {"SKZ1Z2K8399700", VIN}


def test_what_a_customer_writes_is_never_markup(desk: Desk) -> None:
    assert "<script>alert" not in desk.post("/message", text=MONDEO + "<script>alert(1)</script>").text


def test_a_message_without_a_number_gets_a_reply_in_both_languages_its_own_first(desk: Desk) -> None:
    page = html.unescape(desk.post("/message", text="Hallo, mein Radio im Golf zeigt SAFE, was nun?").text)
    german, english = page.index('id="reply-de"'), page.index('id="reply-en"')
    assert german < english
    assert "Slide the radio out with its plug left in" in page
    assert "data-copy" in page


def test_a_mercedes_is_asked_for_its_vin(desk: Desk) -> None:
    page = html.unescape(
        desk.post("/message", text="Mercedes C180 radio code please, serial AL2910Y0123456").text
    )
    assert "What is the VIN (17 characters" in page


def test_a_number_that_is_too_short_is_pointed_out(desk: Desk) -> None:
    page = words(desk.post("/message", text="Skoda Fabia, serial number SKZ1Z2K839970"))
    assert "Too short" in page


def test_one_click_opens_the_new_car_page_and_later_the_numbers_with_the_fields_filled(desk: Desk) -> None:
    sent = brought(desk.post("/message", text=SKODA).text)
    assert sent["vin"] == VIN
    response = desk.client.post("/message/take-in", data=sent)
    assert response.location == "/new"
    page = desk.get("/new").text
    assert field(page, "vin") == VIN
    assert field(page, "serial_number") == "SKZ1Z2K8399700"
    assert field(page, "serial_again") == ""  # typed from the label, not copied from a message
    job = {
        "form_key": field(page, "form_key"),
        "vin": VIN,
        "customer_name": "Jo Hill",
        "work": "battery",
        "answer": "unknown",
    }
    location = desk.client.post("/new", data=job).location
    numbers = desk.get(f"{location}/radio").text
    assert (field(numbers, "make"), field(numbers, "model")) == ("Skoda", "Fabia")
    assert field(numbers, "year") == "2004"
    assert "used what the customer had written" in words(desk.get(location))
    assert field(numbers, "serial_number") == "SKZ1Z2K8399700"
    assert field(numbers, "serial_again") == ""


def test_the_numbers_of_a_message_never_reach_another_job(desk: Desk) -> None:
    other = {"registration": "AB 12", "customer_name": "Ann", "work": "battery", "answer": "unknown"}
    location = desk.post("/new", **other).location
    desk.client.post("/message/take-in", data=brought(desk.post("/message", text=SKODA).text))
    desk.get("/new")
    assert field(desk.get(f"{location}/radio").text, "serial_number") == ""
    again = desk.post("/new", **(other | {"registration": "AB 13"})).location
    assert field(desk.get(f"{again}/radio").text, "serial_number") == ""
    assert field(desk.get("/new").text, "serial_number") == ""


def test_a_number_stands_in_no_address(desk: Desk) -> None:
    response = desk.client.post("/message/take-in", data={"vin": VIN, "serial_number": "M763412"})
    assert VIN not in response.location
    assert "M763412" not in response.location


def test_nothing_of_a_message_is_stored(desk: Desk) -> None:
    def rows() -> list[int]:
        with desk.database.reading() as session:
            tables = Base.metadata.sorted_tables
            return [session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables]

    before = rows()
    desk.post("/message", text="My Fiat, the code is 4711, please confirm")
    assert rows() == before
    assert b"4711" not in database_file(desk).read_bytes()
    with desk.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count(Job.id))) == 0
    assert schema.METADATA is Base.metadata


def database_file(desk: Desk) -> Path:
    return Path(desk.database.engine.url.database or "")


@pytest.mark.parametrize("text", ["", " ", "x" * 20_001])
def test_an_empty_or_endless_message_is_refused_with_a_sentence(desk: Desk, text: str) -> None:
    response = desk.post("/message", text=text)
    assert response.status_code == 422
    assert 'role="alert"' in response.text
