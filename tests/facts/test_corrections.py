"""A manager corrects what we know about a make, and every page knows it at once."""

import html
from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage import paths
from garage.domain.people import Role
from garage.facts import seeds
from garage.facts.living import LivingFacts
from garage.facts.models import FactCorrection
from garage.facts.row_text import read_row_text, row_text
from garage.facts.subjects import SUBJECTS
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests.conftest import FixedClock
from tests.desk import Desk, facts, made_in, words
from tests.making import make_person

SOURCE = "our own: Ada Marsh, 2 Mar 2026"
KIA = 'makes = ["Kia"]\nlengths = [6]\nnote = "Seen on three cars."'


def correct(desk: Desk, fact_id: str, text: str, version: int = 0, **fields: str) -> int:
    given = {"text": text, "version": version, "confidence": "medium", "source": SOURCE} | fields
    return desk.post(f"/facts/{fact_id.split('.')[0]}/{fact_id}", **given).status_code


def on_page(desk: Desk, make: str) -> str:
    return html.unescape(words(desk.get(f"/makes/{make}")))


@pytest.mark.parametrize("kind", SUBJECTS)
def test_every_shipped_row_can_be_written_as_lines_and_read_back(kind: str) -> None:
    for row in seeds.shipped_rows(paths.SEEDS, kind).values():
        again = read_row_text(row_text(row))
        assert again == {
            key: value for key, value in row.items() if key not in ("id", "sources", "confidence")
        }


def test_a_correction_holds_at_once_and_the_shipped_file_stays(desk: Desk) -> None:
    assert "The code has 4 digits." in on_page(desk, "skoda")
    page = desk.get("/facts/codes/codes.vag")
    assert "lengths = [4]" in page.text
    assert correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]') == 303
    assert "The code has 5 digits." in on_page(desk, "skoda")
    assert SOURCE in on_page(desk, "skoda")
    assert seeds.shipped_rows(paths.SEEDS, "codes")["codes.vag"]["lengths"] == [4]


def test_a_line_that_is_left_out_is_taken_away(desk: Desk) -> None:
    text = 'makes = ["Volkswagen"]\nradios = ["Beta"]\nasks = "yes"'
    assert "Gamma" in on_page(desk, "volkswagen")
    assert correct(desk, "power_loss.vw-older", text) == 303
    assert "Gamma" not in on_page(desk, "volkswagen")


def test_a_fact_of_our_own_makes_an_unknown_make_known(desk: Desk) -> None:
    assert "We know nothing sure" in on_page(desk, "kia")
    given = {"text": KIA, "confidence": "medium", "source": SOURCE}
    assert desk.post("/makes/kia/facts/new/codes", **given).location == "/makes/kia/facts"
    page = on_page(desk, "kia")
    assert "The code has 6 digits." in page
    assert "Seen on three cars." in page


def test_an_unsure_or_flagged_fact_of_our_own_is_kept_and_not_shown(desk: Desk) -> None:
    desk.post("/makes/kia/facts/new/codes", text=KIA, confidence="low", source=SOURCE)
    flagged = KIA + '\nflags = ["contradicted"]'
    desk.post("/makes/kia/facts/new/codes", text=flagged, confidence="high", source=SOURCE)
    assert "6 digits" not in on_page(desk, "kia")
    assert words(desk.get("/makes/kia/facts")).count("not shown") >= 2


def test_a_correction_is_switched_off_and_on_again(desk: Desk) -> None:
    correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]')
    assert desk.post("/facts/codes/codes.vag/switch", version=1).status_code == 303
    assert "The code has 4 digits." in on_page(desk, "skoda")
    assert "codes.vag" in words(desk.get("/makes/skoda/facts")).split("switched off")[1]
    desk.post("/facts/codes/codes.vag/switch", version=2, on="1")
    assert "The code has 5 digits." in on_page(desk, "skoda")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("lengths = [", "cannot be read"),
        ('makes = ["Skoda"]', "These lines are missing: lengths"),
        ('makes = ["Skoda"]\nlengths = ["four"]', "lengths"),
        ('makes = ["Trabant"]\nlengths = [4]', "Trabant"),
        ('makes = ["Skoda"]\nlengths = [4]\nsources = ["me"]', "settled elsewhere: sources"),
        ('makes = ["Skoda"]\nlength = [4]\nlengths = [4]', "no such key: length"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence_and_stays_typed(
    desk: Desk, text: str, sentence: str
) -> None:
    given = {"text": text, "version": 0, "confidence": "medium", "source": SOURCE}
    response = desk.post("/facts/codes/codes.vag", **given)
    assert response.status_code == 422
    assert sentence in html.unescape(words(response))
    assert text.splitlines()[0] in html.unescape(response.text)
    assert "The code has 4 digits." in on_page(desk, "skoda")


def test_a_source_is_required(desk: Desk) -> None:
    assert correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]', source="") == 422


def test_who_saves_over_another_correction_is_told(desk: Desk) -> None:
    assert correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]') == 303
    assert correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [6]') == 409
    assert correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [6]', version=1) == 303


def test_a_display_of_our_own_is_found_and_its_pattern_is_not_taken_from_the_form(desk: Desk) -> None:
    text = 'makes = ["Kia"]\nshown = ["LOC.K (3)"]\npattern = "(A+)+B"\nmeaning = "waits"'
    desk.post("/makes/kia/facts/new/displays", text=text, confidence="medium", source=SOURCE)
    page = words(desk.post("/displays", text="loc k (3)", make="Kia"))
    assert "It makes you wait." in page
    assert "Never run the engine indoors" in page


def test_only_managers_correct(desk: Desk, clock: FixedClock) -> None:
    desk.sign_in(made_in(desk.database, lambda s: make_person(s, name="Tom", role=Role.TECHNICIAN)), clock())
    assert desk.get("/makes/skoda/facts").status_code == 403
    assert correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]') == 403
    assert "Correct what stands here" not in on_page(desk, "skoda")


def test_corrections_are_on_record(desk: Desk) -> None:
    correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]')
    with desk.database.reading() as session:
        entry = session.scalars(sa.select(JournalEntry).where(JournalEntry.kind == "fact_correction")).one()
        assert entry.verb == "correct_fact"
    assert "corrected what we know about a make" in words(desk.get("/who-did-what"))


def test_another_process_sees_a_correction(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = LivingFacts(facts(), desk.database)
    assert elsewhere() is facts()
    correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]')
    monkeypatch.setattr("garage.facts.living.monotonic", lambda: 1e12)
    assert [fact.sources for fact in elsewhere().facts if fact.id == "codes.vag"] == [("our own: codes.vag",)]


def test_a_correction_that_fits_no_longer_is_left_out_and_the_others_hold(desk: Desk, by_program: By) -> None:
    correct(desk, "codes.vag", 'makes = ["Skoda"]\nlengths = [5]')
    with desk.database.transaction() as session:
        broken = FactCorrection(kind="codes", fact_id="own.1", body="{}", source="x", at=by_program.at)
        session.add(broken)
    known = LivingFacts(facts(), desk.database)()
    assert "own.1" not in {fact.id for fact in known.facts}
    assert ("our own: codes.vag",) in {fact.sources for fact in known.facts}


@pytest.fixture
def by_program(clock: FixedClock) -> By:
    return By(1, None, clock() + timedelta(minutes=1))


def test_a_number_of_lines_deep_in_each_other_is_refused_not_a_fault(desk: Desk) -> None:
    assert correct(desk, "codes.vag", "lengths = " + "[" * 2000) == 422
