"""Printing by client: one press one print, the same PDF again, and nothing secret beside the paper."""

import logging
import re

import pypdf
import pytest
import sqlalchemy as sa

from garage.cards import views_pdf
from garage.cards.models import Card, PrintJob
from garage.domain.job import Battery
from garage.domain.paper_kind import PaperKind
from garage.domain.people import Role
from garage.radios.models import HeadUnit
from garage.staff.models import JournalEntry, Person
from tests import making
from tests.desk import open_desk, without_press, words

CODE = "930417"
CARDS = ("card", "handover")
PLAIN = ("job-sheet", "windscreen-tag")


@pytest.fixture
def desk(settings, clock):
    with open_desk(settings, clock) as opened:
        yield opened


@pytest.fixture
def press(desk):
    return without_press(desk.app)


@pytest.fixture
def number(desk):
    """A car whose radio has a code on file."""
    with desk.database.transaction() as session:
        vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
        unit = making.make_head_unit(session, vehicle=vehicle)
        making.make_code(session, unit, CODE)
        return making.make_job(session, vehicle=vehicle, head_unit=unit).number


def count(desk, table):
    with desk.database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(table))


def press_print(desk, number, kind, **fields):
    if kind in CARDS:
        return desk.post(f"/jobs/{number}/card", paper=kind, **fields)
    return desk.post(f"/jobs/{number}/print", kind=kind, **fields)


def close_job(desk, number, clock):
    with desk.database.transaction() as session:
        session.scalars(sa.select(making.Job).where(making.Job.number == number)).one().closed_at = clock()


@pytest.mark.parametrize("kind", [*CARDS, *PLAIN])
def test_printing_puts_a_print_on_record_and_leads_to_its_pdf(desk, press, number, kind):
    answer = press_print(desk, number, kind)
    assert answer.status_code == 303
    assert re.fullmatch(r"/prints/\d+\.pdf", answer.location)
    paper = desk.get(answer.location)
    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    assert paper.headers["Cache-Control"] == "no-store"
    assert "sandbox" in paper.headers["Content-Security-Policy"]
    assert paper.headers["Content-Disposition"].startswith(f"inline; filename={kind}-")
    assert press.papers[0].kind.value == kind
    assert press.begun == press.papers  # while the record was still being written


def test_a_double_click_prints_one_job(desk, press, number):
    answers = [press_print(desk, number, "card", form_key="click") for _ in range(2)]
    assert {answer.location for answer in answers} == {"/prints/1.pdf"}
    assert (count(desk, PrintJob), count(desk, Card)) == (1, 1)


def test_reading_the_pdf_writes_nothing_and_says_the_same(desk, press, number):
    url = press_print(desk, number, "handover").location
    before = count(desk, JournalEntry)
    for _ in range(2):
        desk.get(url)
    assert press.papers[0] == press.papers[1]
    assert count(desk, JournalEntry) == before


def test_printing_again_is_on_record_and_gives_the_same_paper(desk, press, number):
    url = press_print(desk, number, "card").location
    desk.get(url)
    again = desk.post("/prints/1/again")
    assert (again.status_code, again.location) == (303, url)
    desk.get(url)
    assert press.papers[0] == press.papers[1]
    assert (count(desk, PrintJob), count(desk, Card)) == (1, 1)
    assert "(again)" in words(desk.get(f"/jobs/{number}/prints")).replace("( ", "(").replace(" )", ")")


def test_somebody_else_does_not_read_a_printed_code_by_its_address(desk, press, number, clock):
    url = press_print(desk, number, "card").location
    with desk.database.transaction() as session:
        colleague = making.make_person(session, name="Bo Lund", role=Role.TECHNICIAN)
    desk.sign_in(colleague, clock())
    page = desk.get(url)
    assert page.status_code == 409
    assert "print again" in words(page)
    assert press.papers == []


def test_under_a_stop_the_paper_with_the_code_is_not_read_any_more(desk, press, number, clock):
    url = press_print(desk, number, "card").location
    with desk.database.transaction() as session:
        session.scalars(sa.select(HeadUnit)).one().stopped_at = clock()
    assert desk.get(url).status_code == 409
    page = press_print(desk, number, "card")
    assert page.status_code == 409
    assert "stop" in words(page)
    assert 'value="handover"' not in desk.get(f"/jobs/{number}/prints").text


def test_from_a_closed_job_a_code_needs_a_reason_and_the_password_once_more(desk, press, number, clock):
    close_job(desk, number, clock)
    assert press_print(desk, number, "card").status_code == 409
    with_reason = press_print(desk, number, "card", reason="card was lost")
    assert with_reason.status_code == 303
    assert "card was lost" in words(desk.get(f"/jobs/{number}/prints"))
    clock.move(minutes=6)
    page = press_print(desk, number, "card", reason="lost again")
    assert page.status_code == 409
    assert "Type the password" in words(desk.get(f"/jobs/{number}/prints"))
    assert press_print(desk, number, "job-sheet").status_code == 303


def test_printing_again_from_a_closed_job_keeps_the_typed_reason(desk, press, number, clock):
    press_print(desk, number, "card")
    close_job(desk, number, clock)
    assert desk.post("/prints/1/again").status_code == 409
    page = desk.post("/prints/1/again", reason="code 4711 is lost")
    assert page.status_code == 409
    assert 'value="code 4711 is lost"' in page.text
    assert desk.post("/prints/1/again", reason="the card is lost").status_code == 303


def test_while_the_press_is_busy_or_fails_the_page_says_so_and_nothing_is_lost(desk, press, number):
    url = press_print(desk, number, "job-sheet").location
    press.fails = True
    page = desk.get(url)
    assert page.status_code == 503
    assert "nothing was lost" in words(page)
    press.fails = False
    assert desk.get(url).status_code == 200


def test_a_full_press_answers_instead_of_keeping_the_desk_waiting(desk, press, number, monkeypatch):
    monkeypatch.setattr(views_pdf, "LONGEST_WAIT", 0.01)
    url = press_print(desk, number, "job-sheet").location
    for _ in range(4):
        views_pdf.WAITING_AT_PRESS.acquire()
    try:
        assert desk.get(url).status_code == 503
    finally:
        views_pdf.WAITING_AT_PRESS.release(4)
    assert desk.get(url).status_code == 200


def test_an_empty_job_sheet_needs_no_print_on_record(desk, press):
    paper = desk.get("/paper/blank")
    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    assert count(desk, PrintJob) == 0


def test_letter_and_page_for_the_owner_are_printed_from_the_request(desk, press, number):
    with desk.database.transaction() as session:
        job = session.scalars(sa.select(making.Job).where(making.Job.number == number)).one()
        request_id = making.make_code_request(session, job=job).id
    for kind in ("request-letter", "take-to-dealer"):
        url = desk.post(f"/requests/{request_id}/print", kind=kind).location
        assert desk.get(url).status_code == 200
    assert [paper.kind.value for paper in press.papers] == ["request-letter", "take-to-dealer"]
    assert desk.post(f"/requests/{request_id}/print", kind="card").status_code == 404


def test_a_paper_that_does_not_exist_is_not_printed(desk, press, number):
    assert press_print(desk, number, "key-sheet").status_code == 422
    assert desk.get("/prints/999.pdf").status_code == 404
    assert desk.post("/prints/999/again").status_code == 404
    assert press_print(desk, 999, "card").status_code == 404


def test_prints_of_another_site_are_not_found(desk, press, clock):
    with desk.database.transaction() as session:
        other = making.make_site(session)
        job = making.make_job(session, site_id=other.id)
        row = PrintJob(site_id=other.id, kind=PaperKind.JOB_SHEET, says="{}", job_id=job.id, at=clock())
        session.add(row)
    assert desk.get(f"/prints/{row.id}.pdf").status_code == 404
    assert desk.get(f"/jobs/{job.number}/prints").status_code == 404


def test_the_phone_gets_an_address_only_where_it_can_reach_it(desk, press, number):
    desk.get(press_print(desk, number, "job-sheet").location)
    assert press.papers[-1].job_url == ""


def test_a_real_card_says_the_code_and_its_metadata_do_not(desk, number, caplog, tmp_path):
    caplog.set_level(logging.DEBUG)
    answer = press_print(desk, number, "card")
    paper = desk.get(answer.location)
    assert paper.status_code == 200
    file = tmp_path / "card.pdf"
    file.write_bytes(paper.data)
    reader = pypdf.PdfReader(file)
    assert CODE in reader.pages[0].extract_text()
    assert CODE not in str(reader.metadata) + str(reader.outline) + str(paper.headers) + answer.location
    assert CODE not in caplog.text
    assert "Jo Hill" not in str(reader.metadata) + str(paper.headers)
    assert desk.get(answer.location).data == paper.data


def test_no_page_about_prints_shows_the_code_or_inner_words(desk, press, number):
    for kind in (*CARDS, *PLAIN):
        press_print(desk, number, kind)
    page = words(desk.get(f"/jobs/{number}/prints"))
    assert CODE not in page
    inner = r"\b(head unit|candidate|clearance|reveal|journal|print job)\b"
    assert not re.search(inner, page, re.IGNORECASE)
    with desk.database.reading() as session:
        assert session.get_one(Person, 1).name in page


def test_no_card_is_offered_while_its_code_is_still_to_be_entered(desk, number):
    pages = (f"/jobs/{number}", f"/jobs/{number}/prints")
    assert all("Radio Pass" in desk.get(page).text for page in pages)
    with desk.database.transaction() as session:
        job = session.scalars(sa.select(making.Job).where(making.Job.number == number)).one()
        job.battery = Battery.BACK
    for page in pages:
        said = desk.get(page).text
        assert "Enter the code first: the card is printed when it worked." in said
        assert "Radio Pass" not in said
        assert "Job sheet" in said


def test_paper_and_language_look_like_lists_to_choose_from(desk, number):
    lists = re.findall(r"<select[^>]*>", desk.get(f"/jobs/{number}/prints").text)
    assert [re.search('name="([a-z]+)"', one)[1] for one in lists] == ["paper", "language"]
    assert all("form-select" in one for one in lists)
