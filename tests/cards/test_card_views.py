"""Cards as pages: print on any paper, the sheet's question, printers, looks, languages, several at once."""

import io
import re

import pytest
import sqlalchemy as sa
from PIL import Image

from garage.app import create_app
from garage.cards import layouts
from garage.cards.models import Card, CardLook, Printer, PrintJob, SheetPlace
from garage.db import Database
from garage.domain.people import Role
from garage.intake.models import Job
from garage.radios.models import HeadUnit
from garage.seal import Vault
from garage.web.access import may_open
from tests import making
from tests.cards.test_views import CODE
from tests.desk import facts, open_desk, without_press, words

TEN_UP = "avery-c32011"


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


def print_card(desk, number, paper=TEN_UP, **fields):
    return desk.post(f"/jobs/{number}/card", paper=paper, **fields)


def only(desk, table):
    with desk.database.reading() as session:
        return session.scalars(sa.select(table).order_by(table.id.desc())).first()


def as_somebody_else(desk, clock, role):
    with desk.database.transaction() as session:
        colleague = making.make_person(session, name=f"Bo {role.value}", role=role)
    desk.sign_in(colleague, clock())


def test_the_default_paper_leads_straight_to_its_pdf(desk, press, number):
    answer = print_card(desk, number, "handover")
    assert (answer.status_code, answer.location) == (303, "/prints/1.pdf")
    assert desk.get(answer.location).status_code == 200
    assert press.papers[0].card.code == CODE


def test_a_sheet_leads_to_its_question_and_the_pdf_carries_the_card(desk, press, number):
    answer = print_card(desk, number, own_words="Anna's Golf", place=f"{TEN_UP}:6")
    assert answer.location == "/prints/1/sheet"
    assert "Did it come out right?" in words(desk.get(answer.location))
    assert desk.get("/prints/1.pdf").headers["Cache-Control"] == "no-store"
    [(place, card)] = press.papers[0].cards
    assert (place, card.own_words, card.code) == (6, "Anna's Golf", CODE)
    page = print_card(desk, number, place=f"{TEN_UP}:6")
    assert page.status_code == 409
    assert "Place 7 of the sheet is used" in words(page)


def test_none_came_out_leads_to_the_fresh_sheet(desk, press, number):
    print_card(desk, number)
    assert "You printed a sheet of cards" in words(desk.get("/cards"))
    answer = desk.post("/prints/1/sheet", came_out="none")
    assert answer.location == "/prints/2/sheet"
    page = words(desk.get(answer.location))
    assert "Shred the spoiled card: it carries a code." in page
    assert "Put in a fresh sheet. Places: 1" in page  # not the spoiled one
    assert desk.get("/prints/2.pdf").status_code == 200
    assert only(desk, Card).id == 1
    late = desk.post("/prints/1/sheet", came_out="all")  # the back button, or another tab
    assert (late.status_code, "It was said already how this sheet came out." in words(late)) == (409, True)
    assert desk.post("/prints/2/sheet").status_code == 422
    desk.post("/prints/2/sheet", came_out="all")
    assert "You printed a sheet of cards" not in words(desk.get("/cards"))


def test_an_answer_without_a_tick_is_refused_and_not_sent_to_the_password(desk, press, number, clock):
    print_card(desk, number)
    clock.move(minutes=11)
    page = desk.post("/prints/1/sheet", came_out="some")
    assert (page.status_code, "Tick the cards that are good" in words(page)) == (409, True)
    assert "Type the password" not in words(page)


def test_of_one_card_on_a_sheet_nobody_is_asked_to_tick_the_good_ones(desk, press, number):
    print_card(desk, number)
    assert "Tick the good ones" not in desk.get("/prints/1/sheet").text


def test_a_double_click_says_once_how_a_sheet_came_out_and_leads_to_the_same_place(desk, press, number):
    print_card(desk, number)
    answers = [desk.post("/prints/1/sheet", came_out="none", form_key="click") for _ in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, "/prints/2/sheet")] * 2
    assert only(desk, PrintJob).id == 2
    assert words(desk.get("/prints/2/sheet")).count("Shred the spoiled card: it carries a code.") == 1


def test_a_spoiled_card_that_may_not_be_printed_again_is_named(desk, press, number, clock):
    print_card(desk, number)
    with desk.database.transaction() as session:
        session.scalars(sa.select(HeadUnit)).one().stopped_at = clock()
    page = words(desk.get(desk.post("/prints/1/sheet", came_out="none").location))
    assert f"Not printed again: {only(desk, Card).number}. A manager has put a stop" in page
    assert "Shred the spoiled card: it carries a code." in page
    assert "You printed a sheet of cards" not in words(desk.get("/cards"))


def test_a_sheet_printed_again_leads_to_places_of_its_own(desk, press, number):
    print_card(desk, number)
    desk.post("/prints/1/sheet", came_out="all")
    answer = desk.post("/prints/1/again")
    assert answer.location == "/prints/2/sheet"
    assert "Put in the open sheet. Places: 2" in words(desk.get(answer.location))
    assert desk.get("/prints/2.pdf").status_code == 200


def test_a_sheet_that_was_not_opened_in_time_is_printed_at_the_same_places(desk, press, number, clock):
    print_card(desk, number)
    clock.move(minutes=11)
    page = words(desk.get("/prints/1/sheet"))
    assert "Print again" in page
    assert "Open and print" not in page
    assert "why?" not in page
    assert desk.post("/prints/1/sheet/again").location == "/prints/1/sheet"
    assert "Open and print" in words(desk.get("/prints/1/sheet"))
    assert desk.get("/prints/1.pdf").status_code == 200
    assert only(desk, SheetPlace).position == 0
    for _ in range(3):
        clock.move(minutes=25)
        desk.get("/cards")  # somebody is here all the time
    assert "why?" in words(desk.get("/prints/1/sheet"))
    assert "This card was printed before." in words(desk.post("/prints/1/sheet/again"))
    assert desk.post("/prints/1/sheet/again", reason="the phone rang").location == "/prints/1/sheet"
    desk.post("/prints/1/sheet", came_out="all")
    assert desk.post("/prints/1/sheet/again").location == "/prints/2/sheet"  # one card more, and said so
    assert only(desk, Card).id == 1


def test_a_card_in_a_language_nobody_read_is_not_offered_or_printed(desk, press, number):
    assert "Français" not in desk.get(f"/jobs/{number}/prints").text
    assert print_card(desk, number, language="fr").status_code == 422
    assert desk.post("/cards/languages/fr", read_by="").status_code == 422
    assert desk.post("/cards/languages/fr", read_by="Camille Roux").status_code == 303
    assert "Camille Roux" in words(desk.get("/cards/languages"))
    assert print_card(desk, number, "card", language="fr").status_code == 303
    desk.get("/prints/1.pdf")
    assert press.papers[-1].language == "fr"
    desk.post("/cards/languages/fr", off="yes")
    assert print_card(desk, number, language="fr").status_code == 422
    assert desk.post("/cards/languages/xx", read_by="Nobody").status_code == 404


def test_a_speaker_reads_a_language_on_a_sample_before_it_is_switched_on(desk, press):
    page = desk.get("/cards/languages").text
    link = "/cards/sample.pdf?paper=handover&amp;language=pl"
    assert link in page
    assert desk.get(link.replace("&amp;", "&")).status_code == 200
    (sample,) = press.papers
    assert (sample.language, sample.sample, sample.card.leave_radio_on) == ("pl", True, True)
    assert sample.card.entry_steps
    assert sample.card.waiting
    desk.get("/cards/sample.pdf?paper=card&language=xx")
    assert press.papers[-1].language == "en"


def test_the_printer_is_remembered_in_this_browser(desk, press, number):
    for name in ("Desk", "Office"):
        assert desk.post("/printers", name=name, layout=TEN_UP).status_code == 303
    print_card(desk, number, printer="2")
    print_card(desk, number)
    with desk.database.reading() as session:
        assert list(session.scalars(sa.select(PrintJob.printer_id).order_by(PrintJob.id))) == [2, 2]


def test_a_printer_with_other_paper_in_it_is_not_taken_without_a_word(desk, press, number):
    for layout in (TEN_UP, "avery-c32015"):
        desk.post("/printers", name="Desk", layout=layout)
    page = print_card(desk, number, printer="2")
    assert page.status_code == 422
    assert "This printer holds other paper: Avery C32015 / Zweckform 32015" in words(page)
    assert only(desk, PrintJob) is None
    assert (
        print_card(desk, number, "handover", printer="2").status_code == 303
    )  # lines of its own to cut along
    assert print_card(desk, number, "avery-c32015", printer="2").status_code == 303
    assert only(desk, PrintJob).printer_id == 2


def test_what_the_ruler_says_becomes_four_numbers(desk, press):
    desk.post("/printers", name="Desk", layout=TEN_UP)
    assert desk.post("/printers", name="Desk", layout=TEN_UP).status_code == 409
    answer = desk.post(
        "/printers/1/measured", version="1", across="149,7", to_the_right="0.5", downwards="-1"
    )
    assert answer.status_code == 303
    row = only(desk, Printer)
    assert (row.scale_x, row.right_mm, row.down_mm) == (1.002, 0.47, -1.0)
    assert row.measured_by_id is not None
    stale = desk.post("/printers/1/measured", version="1", across="150")
    assert stale.status_code == 409
    assert "Saved meanwhile" in words(stale)
    assert "Print the page again" in words(stale)
    assert 'value="150"' not in stale.text
    scaled = desk.post("/printers/1/measured", version="2", across="140")
    assert "driver is scaling" in words(scaled)
    assert desk.post("/printers/1/numbers", version="2", right_mm="99").status_code == 409
    assert desk.post("/printers/1/numbers", version="2", right_mm="1", scale_x="1").status_code == 303
    assert desk.get("/printers/1/calibration.pdf").mimetype == "application/pdf"
    assert press.papers[-1].profile.right_mm == 1.0


@pytest.mark.parametrize("typed", ["149,7 mm", "149.7mm", " 149.7 ", "+149,7"])
def test_a_measured_length_may_be_typed_with_comma_and_unit(desk, press, typed):
    desk.post("/printers", name="Tray", layout=TEN_UP)
    form = {"version": "1", "across": typed, "to_the_right": "−0,5 mm"}
    assert desk.post("/printers/1/measured", **form).status_code == 303
    assert (only(desk, Printer).scale_x, only(desk, Printer).right_mm) == (1.002, -0.53)


@pytest.mark.parametrize("typed", ["15 cm", "abc", "149,7,1", "nan", "1e9"])
def test_what_is_no_length_is_refused_in_one_sentence_and_kept(desk, press, typed):
    desk.post("/printers", name="Tray", layout=TEN_UP)
    page = desk.post("/printers/1/measured", version="1", across=typed)
    assert page.status_code == 422
    assert words(page).count("Write a length in millimetres.") == 1
    assert "decimal value" not in words(page)
    assert f'value="{typed}"' in page.text
    scales = desk.post("/printers/1/numbers", version="1", scale_x=typed)
    assert (scales.status_code, words(scales).count("Write a number such as 1.002.")) == (422, 1)


def test_a_language_that_was_switched_off_meanwhile_is_refused_in_plain_words(desk, number):
    page = print_card(desk, number, "card", language="el", own_words="Anna's Golf")
    assert page.status_code == 422
    assert "This is not offered any more. Choose another." in words(page)
    assert 'value="Anna&#39;s Golf"' in page.text


def test_places_are_marked_and_a_fresh_sheet_started(desk, press, number):
    assert desk.post(f"/sheets/{TEN_UP}/used", place=["0", "1"]).status_code == 303
    assert "2 of 10 places used" in words(desk.get("/sheets"))
    print_card(desk, number)
    desk.get("/prints/1.pdf")
    assert press.papers[0].cards[0][0] == 2
    assert desk.post(f"/sheets/{TEN_UP}/fresh").status_code == 303
    assert "0 of 10 places used" in words(desk.get("/sheets"))
    assert desk.post("/sheets/papyrus/fresh").status_code == 404
    assert desk.post(f"/sheets/{TEN_UP}/used", place=["55"]).status_code == 409
    assert desk.post(f"/sheets/{TEN_UP}/used", place=["9" * 5000]).status_code == 303
    assert print_card(desk, number, place=f"{TEN_UP}:{'9' * 5000}").status_code == 303


def test_a_cards_page_is_found_by_its_number_as_typed(desk, press, number):
    print_card(desk, number, "card")
    card = only(desk, Card).number
    page = desk.get(f"/cards/{card.lower()}")
    assert page.status_code == 200
    assert CODE not in page.text
    assert desk.get(f"/cards?number={card}").location == f"/cards/{card}"
    assert "We made no card" in words(desk.get("/cards?number=RP-00000000"))
    assert desk.get("/cards/RP-00000000").status_code == 404
    assert card in words(desk.get("/radios/1/cards"))
    assert desk.post(f"/cards/{card}/handed-over", handed_to="Jo Hill", papers_seen="y").status_code == 303
    page = desk.get(f"/cards/{card}").text
    assert "Jo Hill,\n              papers seen" in page
    typed = re.search(
        r"<details.*?</details>", page, re.DOTALL
    ).group()  # folded, and it says what is on record
    assert 'value="Jo Hill"' in typed
    assert "checked" in typed
    assert desk.post(f"/cards/{card}/gone", reason="").status_code == 422
    assert desk.post(f"/cards/{card}/gone", reason="lost in the lake").status_code == 303
    page = words(desk.get(f"/cards/{card}"))
    assert "No longer our current card" in page
    assert "The code on a lost card still works" in page
    twice = desk.post(f"/cards/{card}/gone", reason="twice")  # the other desk was quicker
    assert (twice.status_code, "This card was ended before." in words(twice)) == (409, True)
    late = desk.post(f"/cards/{card}/handed-over", handed_to="Anna")
    assert (late.status_code, "Hand over the newer one." in words(late)) == (409, True)


def test_cards_of_another_site_are_not_found(desk, press, number):
    print_card(desk, number, "card")
    with desk.database.transaction() as session:
        card = session.scalars(sa.select(Card)).one()
        card.site_id = making.make_site(session).id
    assert desk.get(f"/cards/{card.number}").status_code == 404
    assert card.number not in desk.get("/radios/1/cards").text


@pytest.mark.parametrize("said", ["小明的高尔夫汽车", "한국 자동차", "नीता की गाड़ी", "ยานยนต์ของฉัน"])
def test_letters_that_would_come_out_as_boxes_are_refused_with_what_was_typed(desk, number, said):
    page = print_card(desk, number, "card", own_words=said)
    assert page.status_code == 422
    assert f"“{said[0]}” cannot be printed. Use Latin, Greek" in page.text
    assert f'value="{said}"' in page.text
    footed = desk.post("/cards/look", version="0", colour="blue", paper="card", footer=said)
    assert footed.status_code == 422
    assert f"“{said[0]}” cannot be printed" in footed.text


@pytest.mark.parametrize(
    "said", ["Οδηγός Άννα", "Сім'я і ґанок", "سيارة أحمد", "דנה", "Łódź 1ª № 5 ½ ẞ", "🚗 Ana", ""]
)
def test_letters_that_our_fonts_have_are_printed(desk, press, number, said):
    assert print_card(desk, number, "card", own_words=said).status_code == 303


def test_the_look_is_saved_the_first_time_with_what_stands_on_its_page(desk):
    page = desk.get("/cards/look").text
    version = re.search(r'name="version"[^>]*value="([^"]*)"', page)[1]
    assert desk.post("/cards/look", version=version, colour="blue", paper="card").status_code == 303
    assert only(desk, CardLook).colour.value == "blue"


def test_the_garage_chooses_its_look_and_sees_a_sample(desk, press):
    page = desk.post(
        "/cards/look", version="0", colour="blue", footer="Open on Saturdays", barcode="y", paper="card"
    )
    assert page.status_code == 303
    desk.get("/cards/sample.pdf")
    assert (press.papers[0].style.colour.value, press.papers[0].style.footer) == ("blue", "Open on Saturdays")
    assert press.papers[0].sample
    stale = desk.post("/cards/look", version="0", colour="red", paper="card")
    assert stale.status_code == 409
    assert "Saved meanwhile by someone else: Blue" in words(stale)
    assert desk.post("/cards/look", version="1", colour="pink", paper="card").status_code == 422


def test_a_logo_is_uploaded_and_taken_away(desk, press):
    upload = io.BytesIO()
    Image.new("RGB", (300, 120), "red").save(upload, "JPEG")
    upload.seek(0)
    assert desk.post("/cards/logo", logo=(upload, "logo.jpg")).status_code == 303
    desk.get("/cards/sample.pdf?paper=card")
    assert press.papers[0].style.logo.startswith(b"\x89PNG")
    assert desk.post("/cards/logo", logo=(io.BytesIO(b"GIF89a"), "logo.gif")).status_code == 422
    assert desk.post("/cards/logo").status_code == 422
    desk.post("/cards/logo", remove="yes")
    assert only(desk, CardLook).logo_id is None


def test_several_cards_are_prepared_and_printed(desk, press, number, clock):
    answer = desk.post("/cards/several", job=[str(number)], paper=TEN_UP)
    assert answer.location == "/cards/several/1"
    assert desk.get("/prints/1/sheet").status_code == 404  # nothing to open or to answer yet
    assert "Preparing: 0 of 1" in words(desk.get(answer.location))
    assert desk.get("/prints/1.pdf").status_code == 404  # nothing is on record yet
    desk.post("/cards/several/1/next")
    assert "1 card is ready." in words(desk.get(answer.location))
    assert desk.get("/prints/1.pdf").status_code == 200
    for _ in range(3):
        clock.move(minutes=25)
        desk.get("/cards")  # somebody is here all the time
    assert desk.get("/prints/1.pdf").status_code == 409
    assert desk.post("/cards/several/1/again").status_code == 409
    assert desk.post("/cards/several/1/again", reason="printed in grey").location == "/prints/2/sheet"
    assert desk.get("/prints/2.pdf").status_code == 200
    assert "has a card already" in words(desk.get("/cards/several"))
    for question in ("/prints/1/sheet", "/prints/2/sheet"):
        desk.post(question, came_out="all")
    papers = desk.get(f"/jobs/{number}/prints").text
    assert "/cards/several/1" in papers  # its own print
    assert "/prints/2/sheet" in papers  # and the one after it


def test_several_cards_lead_to_the_password_where_a_job_of_the_day_is_closed(desk, press, number, clock):
    desk.post("/cards/several", job=[str(number)], paper=TEN_UP)
    desk.post("/cards/several/1/next")
    clock.move(minutes=11)
    assert "Type the password" not in words(desk.get("/cards/several"))
    with desk.database.transaction() as session:
        session.scalars(sa.select(Job)).one().closed_at = clock()
    assert "Type the password" in words(desk.get("/cards/several"))
    answer = desk.post("/cards/several/1/again", reason="printed in grey")
    assert answer.status_code == 409
    assert "/password?next=/cards/several/1" in answer.text


def test_several_cards_stop_and_go_on(desk, press, number):
    desk.post("/cards/several", job=[str(number)], paper=TEN_UP)
    desk.post("/cards/several/1/stop")
    assert "Stopped: 0 of 1 are done." in words(desk.get("/cards/several/1"))
    desk.post("/cards/several/1/finish")
    assert "1 was not prepared" in words(desk.get("/cards/several/1"))
    assert desk.get("/cards/several/9").status_code == 404
    assert desk.post("/cards/several", paper=TEN_UP).status_code == 409


def test_a_print_of_several_cards_that_ended_half_way_is_found_again(desk, press, number):
    desk.post("/cards/several", job=[str(number)], paper=TEN_UP)
    page = desk.get("/cards/several?codes=1")
    assert 'href="/cards/several/1"' in page.text
    assert "Preparing: 0 of 1" in words(page)
    desk.post("/cards/several/1/stop")
    assert "/cards/several/1" not in desk.get("/cards/several").text  # nothing is lost with it
    desk.post("/cards/several/1/next")
    assert "1 card is ready." in words(desk.get("/cards/several"))
    with desk.database.transaction() as session:
        session.scalars(sa.select(PrintJob)).one().site_id = making.make_site(session).id
    assert "/cards/several/1" not in desk.get("/cards/several").text


def test_a_wrong_sheet_layout_stops_the_start(settings, monkeypatch, tmp_path):
    right = (layouts.SEEDS / "sheets.toml").read_text("utf-8")
    (tmp_path / "sheets.toml").write_text(right.replace("card_w = 85.6", "card_w = 856", 1), "utf-8")
    monkeypatch.setattr(layouts, "SEEDS", tmp_path)
    layouts.sheet_layouts.cache_clear()
    with pytest.raises(ValueError, match="id1"):
        create_app(settings, Database(settings.database_url, Vault(None)), facts())


def test_a_technician_is_offered_no_page_that_then_stays_shut(desk, press, number, clock):
    desk.post("/cards/several", job=[str(number)], paper=TEN_UP)
    desk.post("/cards/several/1/next")
    desk.post("/prints/1/sheet", came_out="all")
    desk.post("/printers", name="Desk", layout=TEN_UP)
    as_somebody_else(desk, clock, Role.TECHNICIAN)
    card, pages = only(desk, Card).number, desk.app.url_map.bind("localhost")
    places = ("/cards", "/sheets", "/printers", "/printers/1", "/prints/1/sheet", f"/jobs/{number}/prints")
    for place in (*places, f"/cards/{card}", "/radios/1/cards"):
        page = desk.get(place)
        assert page.status_code == 200, place
        for tag, address in re.findall(r'<(a|form)[^>]*(?:href|action)="(/[^"#?]*)', page.text):
            endpoint, _ = pages.match(address, method="GET" if tag == "a" else "POST")
            assert may_open(endpoint, Role.TECHNICIAN), (place, address)


def test_who_may_choose_looks_and_languages(desk, press, clock):
    as_somebody_else(desk, clock, Role.TECHNICIAN)
    assert desk.get("/cards").status_code == 200
    for url in ("/cards/look", "/cards/languages", "/cards/several"):
        assert desk.get(url).status_code == 403, url
    assert "How cards look" not in words(desk.get("/cards"))
    assert desk.post("/cards/languages/fr", read_by="me").status_code == 403
