"""A manager corrects makes, shapes of numbers, other numbers and the words of messages."""

import html
import json

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from garage.db import Database, glance_engine
from garage.domain.catalogue import Catalogue
from garage.domain.message import read_message
from garage.domain.serial_number import identify
from garage.facts import living
from garage.facts.correcting import written_row
from garage.facts.living import LivingFacts
from garage.facts.models import FactCorrection
from garage.facts.row_text import row_text
from tests.conftest import FixedClock
from tests.desk import Desk, facts, words

SOURCE = "our own: Ada Marsh, 2 Mar 2026"
SHAPE = 'name = "Trabi, TR and six digits"\nshapes = ["TR######"]\nexamples = ["TR123456"]\nmakes = ["Kia"]\nneeds_make = false'


def correct(desk: Desk, kind: str, key: str, text: str, version: int = 0) -> int:
    given = {"text": text, "version": version, "confidence": "medium", "source": SOURCE}
    return desk.post(f"/facts/{kind}/{kind}.{key}", **given).status_code


def add(desk: Desk, kind: str, text: str, make: str = "") -> int:
    where = f"/makes/{make}/facts/new/{kind}" if make else f"/facts/new/{kind}"
    return desk.post(where, text=text, confidence="medium", source=SOURCE).status_code


def known(desk: Desk) -> Catalogue:
    return LivingFacts(facts(), desk.database)()


def test_a_make_gets_another_name_at_once(desk: Desk) -> None:
    assert facts().make("Volksie") is None
    page = desk.get("/facts/makes/makes.Volkswagen")
    assert 'aliases = ["VW"' in html.unescape(page.text)
    assert "How sure is it?" not in page.text
    assert correct(desk, "makes", "Volkswagen", 'aliases = ["VW", "Volksie"]') == 303
    assert known(desk).make_name("volksie") == "Volkswagen"
    assert known(desk).make_name("VAG") is None
    assert desk.get("/makes/volksie").status_code == 200


def test_a_make_of_our_own_can_be_spoken_of(desk: Desk) -> None:
    assert add(desk, "makes", 'name = "Trabant"\naliases = ["Trabi"]\nwmi = ["XTR"]') == 303
    assert add(desk, "codes", 'makes = ["Trabant"]\nlengths = [6]', "trabant") == 303
    assert "The code has 6 digits." in words(desk.get("/makes/trabi"))
    assert correct(desk, "words", "models.Trabant", 'also = ["P 601"]\nleave_out = []') == 303
    assert read_message("my P601 wants a code", known(desk)).make == "Trabant"


def switch(desk: Desk, fact_id: str, version: int, **on: str) -> TestResponse:
    return desk.post(f"/facts/{fact_id.split('.')[0]}/{fact_id}/switch", version=version, **on)


def test_a_make_that_other_rows_need_is_not_switched_off(desk: Desk) -> None:
    add(desk, "makes", 'name = "Trabant"\naliases = []')
    add(desk, "families", SHAPE.replace("Kia", "Trabant"), "trabant")
    family = next(one.id for one in known(desk).families if one.id.startswith("OWN_"))
    refused = switch(desk, "makes.Trabant", 1)
    assert refused.status_code == 409
    assert f"Switch these off first, they need it: families.{family}" in words(refused)
    assert known(desk).make("Trabant") is not None
    assert switch(desk, f"families.{family}", 1).status_code == 303
    assert switch(desk, "makes.Trabant", 1).status_code == 303
    back = switch(desk, f"families.{family}", 2, on="1")
    assert (back.status_code, "This cannot be used" in words(back)) == (409, True)
    assert switch(desk, "makes.Trabant", 2, on="1").status_code == 303
    assert switch(desk, f"families.{family}", 2, on="1").status_code == 303


def test_a_correction_that_fits_no_longer_is_listed_and_can_be_switched_off(desk: Desk) -> None:
    add(desk, "codes", 'makes = ["Kia"]\nlengths = [6]', "kia")
    with desk.database.transaction() as session:
        kept = session.scalars(sa.select(FactCorrection)).one()
        kept.body = kept.body.replace("Kia", "Trabant")
    desk.app.extensions["garage.facts"].refresh()
    look = "do not fit the others and are not used"
    assert kept.fact_id in words(desk.get("/facts")).partition(look)[2]
    assert desk.post(f"/facts/codes/{kept.fact_id}/switch", version=2).status_code == 303
    assert look not in words(desk.get("/facts"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('name = "VW"', "VW is known already"),
        ('name = "A/B"', "letters, digits, spaces"),
        ("aliases = []", "These lines are missing: name"),
        ('name = "Trabant"\naliases = ["Merc"]', "the name of two makes"),
        ('name = "Trabant"\nwmi = [""]', "no beginning of a VIN"),
        ('name = "Trabant"\nsame_as = ["Nobody"]', "no make named Nobody"),
    ],
)
def test_a_make_is_checked_as_the_shipped_ones_are(desk: Desk, text: str, sentence: str) -> None:
    given = {"text": text, "source": SOURCE}
    response = desk.post("/facts/new/makes", **given)
    assert response.status_code == 422
    assert sentence in html.unescape(words(response))


def test_the_same_make_is_not_added_twice_even_when_switched_off(desk: Desk) -> None:
    assert add(desk, "makes", 'name = "Trabant"') == 303
    assert desk.post("/facts/makes/makes.Trabant/switch", version=1).status_code == 303
    assert known(desk).make("Trabant") is None
    response = desk.post("/facts/new/makes", text='name = "Trabant"', source=SOURCE)
    assert response.status_code == 409
    assert "known already" in response.text


def test_a_shape_of_our_own_is_recognised(desk: Desk) -> None:
    assert identify("tr 123 456", facts()).families == ()
    assert add(desk, "families", SHAPE, "kia") == 303
    reading = identify("tr 123 456", known(desk))
    assert reading.complete
    assert reading.families[0].startswith("OWN_")
    assert "Trabi, TR and six digits" in words(desk.get("/makes/kia/facts"))


def test_a_shipped_shape_is_widened_and_narrowed_again(desk: Desk) -> None:
    shipped = written_row(None, "families", "families.FORD_OLD") or {}
    text = row_text(shipped).replace('pattern = "[CZ][0-9]{6}"', 'shapes = ["C######", "Q######"]')
    text = text.replace('"Z027980"', '"Q027980"')
    assert correct(desk, "families", "FORD_OLD", text) == 303
    assert identify("Q027981", known(desk), "Ford").complete
    assert not identify("Z027981", known(desk), "Ford").complete
    page = html.unescape(desk.get("/facts/families/families.FORD_OLD").text)
    assert 'shapes = ["C######", "Q######"]' in page
    desk.post("/facts/families/families.FORD_OLD/switch", version=1)
    assert identify("Z027981", known(desk), "Ford").complete


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('shapes = ["TR######"]', 'pattern = "(T+)+R"', "Write shapes in place of a pattern"),
        ('shapes = ["TR######"]', 'shapes = ["(T+)+R"]', "is no shape"),
        ('shapes = ["TR######"]', "", "These lines are missing: shapes"),
        ('examples = ["TR123456"]', 'examples = ["TR12345"]', "its own example TR12345 does not fit"),
        ('makes = ["Kia"]', 'makes = ["Trabant"]', "no make named Trabant"),
        ('makes = ["Kia"]', 'makes = ["Kia"]\nnamed_by = { TR = "Nobody" }', "no make named Nobody"),
        ("needs_make = false", "needs_make = 1", "needs_make: must be of type bool"),
        ("needs_make = false", 'needs_make = false\nbegins = "(T+)+"', "Write shapes in place of a pattern"),
        ('name = "Trabi, TR and six digits"', 'name = " "', "must not be blank"),
        ('name = "Trabi, TR and six digits"', 'name = "code 1234"', "seems to be a radio code"),
    ],
)
def test_a_shape_is_checked_and_no_pattern_is_taken(desk: Desk, old: str, new: str, sentence: str) -> None:
    text = SHAPE.replace(old, new)
    response = desk.post("/facts/new/families", text=text, confidence="medium", source=SOURCE)
    assert response.status_code == 422
    assert sentence in html.unescape(words(response))


def test_a_number_that_is_no_serial_number_is_warned_about(desk: Desk) -> None:
    text = 'what = "a Trabi part number"\nshapes = ["99-#####"]\nexamples = ["99-12345"]'
    assert add(desk, "other_numbers", text) == 422  # dashes fall away before a number is compared
    assert add(desk, "other_numbers", text.replace("99-", "99@")) == 422
    text = text.replace("99-#####", "99@#####").replace("99-12345", "99X12345")
    assert add(desk, "other_numbers", text) == 303
    warnings = [str(warning) for warning in identify("99X12346", known(desk)).warnings]
    assert any("a Trabi part number" in warning for warning in warnings)
    assert "a Trabi part number" in words(desk.get("/facts"))


def test_words_are_added_and_left_out(desk: Desk) -> None:
    page = html.unescape(words(desk.get("/facts/words/words.models.Audi")))
    assert "Allroad" in page
    assert correct(desk, "words", "models.Audi", 'also = ["Quattro Sport"]\nleave_out = ["A3"]') == 303
    assert "Quattro Sport" in known(desk).words["models"]["Audi"]
    assert "A3" not in known(desk).words["models"]["Audi"]
    assert read_message("my Quattro Sport wants a code", known(desk)).make == "Audi"


def test_a_typed_word_is_never_a_pattern(desk: Desk) -> None:
    assert correct(desk, "words", "labels.serial", 'also = ["(a+)+$", "gerätenr."]\nleave_out = []') == 303
    assert correct(desk, "words", "display.exact", 'also = ["LOC.K"]\nleave_out = []') == 303
    assert correct(desk, "words", "radios.Audi", 'also = ["sound (b)"]\nleave_out = []') == 303
    read = known(desk)
    assert read_message("a" * 5000 + " audi, Gerätenr. 1234567", read).make == "Audi"
    assert read_message("it shows LOC.K", read).display == "LOC.K"
    assert read_message("it shows LOCXK", read).display is None
    assert read_message("my sound (b) asks", read).make == "Audi"


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("models.Audi", 'also = [" "]', "must not be blank"),
        ("models.Audi", 'leave_out = ["Golf"]', "not among the shipped ones: Golf"),
        ("models.Nobody", 'also = ["X"]', "no make named Nobody"),
        ("models.Audi", "words = []", "no such key: words"),
        ("models.Audi", f"also = {json.dumps(['x'] * 201)}", "at most 200"),
    ],
)
def test_odd_words_are_refused(desk: Desk, key: str, text: str, sentence: str) -> None:
    response = desk.post(f"/facts/words/words.{key}", text=text, version=0, source=SOURCE)
    assert response.status_code == 422
    assert sentence in html.unescape(words(response))


def test_there_are_no_words_of_a_line_that_nobody_reads(desk: Desk) -> None:
    assert desk.get("/facts/words/words.labels.nothing").status_code == 404
    assert desk.get("/facts/new/words").status_code == 404
    assert desk.post("/facts/new/words", text="x", source=SOURCE).status_code == 404


def test_facts_of_all_makes_are_corrected_too(desk: Desk) -> None:
    page = words(desk.get("/facts"))
    for kept in (
        "ways.card",
        "battery.every-car",
        "displays.safe",
        "words.labels.serial",
        "other_numbers.vin",
    ):
        assert kept in page, kept
    assert 'href="/facts"' in desk.get("/makes").text
    text = 'way = "card"\norder = 11\nneeds = ["serial_number"]\nnote = "Look in the glove box."'
    given = {"text": text, "version": 0, "confidence": "medium", "source": SOURCE}
    assert desk.post("/facts/ways/ways.card", **given).location == "/facts"
    assert "Look in the glove box." in words(desk.get("/makes/skoda"))


def test_what_depends_on_a_make_that_is_gone_is_left_out_and_the_rest_holds(desk: Desk) -> None:
    assert add(desk, "makes", 'name = "Trabant"') == 303
    assert add(desk, "codes", 'makes = ["Trabant"]\nlengths = [6]', "trabant") == 303
    assert correct(desk, "makes", "Kia", 'aliases = ["Kiia"]') == 303
    with desk.database.transaction() as session:  # as a newer version of the shipped files may do
        session.scalars(sa.select(FactCorrection)).first().active = False
    assert known(desk).make_name("Kiia") == "Kia"
    assert not [fact for fact in known(desk).facts if "Trabant" in fact.scope.makes]


def test_one_look_at_the_database_gives_the_corrected_facts_and_cannot_write(
    database: Database, database_url: str, clock: FixedClock
) -> None:
    with database.transaction() as session:
        body = '{"aliases": ["Kiia"]}'
        kiia = FactCorrection(kind="makes", fact_id="makes.Kia", body=body, source=SOURCE, at=clock())
        session.add(kiia)
    engine = glance_engine(database_url)
    assert living.on_file(engine).make_name("Kiia") == "Kia"
    with pytest.raises(DBAPIError), engine.begin() as connection:
        connection.execute(sa.delete(FactCorrection))
