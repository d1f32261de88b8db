"""The A4 papers: what they say, that they fit, and that a longer language still fits."""

import io
import logging
import subprocess
import sys
from dataclasses import fields, replace
from datetime import date

import pytest
import zxingcpp
from babel.support import NullTranslations

from garage.cards import render as render_module
from garage.cards.layouts import LAYOUTS
from garage.cards.printable import printable
from garage.cards.render import render
from garage.cards.snapshot import freeze, thaw
from garage.domain.key_sheet import key_lines
from garage.domain.paper import Answer, WindscreenTag
from garage.domain.paper_kind import PaperKind
from garage.domain.request_text import MOST_LINES
from garage.domain.text import Text

A4 = (210.0, 297.0)
HEAD_MM = 34.0  # where the letterhead ends at the latest, from above
PLUG = (
    "Slide the radio out with its plug left in. "
    "Pulling the plug locks it exactly like taking the battery off."
)
INNER_WORDS = (
    "clearance",
    "head unit",
    "candidate",
    "code request",
    "reveal",
    "lock-out",
    "override",
    "intake",
)
PAPERS = [kind for kind in LAYOUTS if kind is not PaperKind.CARD]


class LongWinded(NullTranslations):
    """A language that needs nearly half as many letters again."""

    def gettext(self, message: str) -> str:
        words = message.split(" ")
        return " ".join(word if "%" in word else word + "äü"[: 1 + len(word) // 4] for word in words)

    ugettext = gettext  # the name Jinja asks for


@pytest.fixture
def long_winded(monkeypatch):
    monkeypatch.setattr(render_module.Translations, "load", lambda *_, **__: LongWinded())
    render_module._environment.cache_clear()
    yield
    render_module._environment.cache_clear()


def without_sample(paper):
    if hasattr(paper, "card"):
        return replace(paper, card=replace(paper.card, sample=False))
    if hasattr(paper, "cards"):
        return replace(
            paper, cards=tuple((place, replace(card, sample=False)) for place, card in paper.cards)
        )
    return replace(paper, sample=False)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.value)
def test_every_paper_is_one_a4_page_in_our_faces_without_a_warning(printed, sample, caplog, kind) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        paper = printed(without_sample(sample(kind)))
    assert caplog.records == []
    assert paper.sizes_mm == [A4]
    assert {name.split("-")[0] for name in paper.fonts} <= {"Inter", "B612"}
    assert paper.overlaps() == []
    assert min(paper.type_sizes()) >= 7
    assert not [word for word in INNER_WORDS if word in paper.words.lower()]
    assert render(without_sample(sample(kind))) == paper.pdf


@pytest.mark.parametrize("kind", list(LAYOUTS), ids=lambda kind: kind.value)
def test_every_sample_says_so(printed, sample, kind) -> None:
    assert "SAMPLE" in printed(sample(kind)).words


@pytest.mark.usefixtures("long_winded")
@pytest.mark.parametrize("kind", list(LAYOUTS), ids=lambda kind: kind.value)
def test_a_language_that_needs_more_room_still_fits(printed, sample, kind) -> None:
    paper = printed(without_sample(sample(kind)))
    assert len(paper.sizes_mm) == 1
    assert paper.overlaps() == []


@pytest.mark.parametrize("kind", list(LAYOUTS), ids=lambda kind: kind.value)
def test_names_of_any_length_never_stop_a_paper(printed, sample, kind) -> None:
    paper = sample(kind)
    names = {"garage", "vehicle", "customer", "dealer", "dealer_contact", "make", "signed_by", "radio_model"}
    long = {part.name: "Wq" * 200 for part in fields(paper) if part.name in names}
    if hasattr(paper, "letterhead"):
        head = paper.letterhead
        long["letterhead"] = replace(head, name="Wq" * 200, address="Wq" * 200, opening_hours="Wq " * 200)
    lists = {
        "work": (Text("Wq " * 60),) * 30,
        "missing": (Text("Wq " * 60),) * 30,
        "because": (Text("Wq " * 60),) * 9,
    }
    lists |= {"insists_on": lists["missing"], "bring": lists["missing"], "waiting": lists["missing"]}
    long |= {part.name: lists[part.name] for part in fields(paper) if part.name in lists}
    assert 1 <= len(printed(replace(paper, **long)).sizes_mm) <= LAYOUTS[kind].most_pages


def test_the_hand_over_sheet_holds_the_card_and_the_steps(printed, sample) -> None:
    sheet = without_sample(sample(PaperKind.HAND_OVER))
    paper = printed(sheet)
    words = paper.words
    assert "only for the radio with this number" in words
    assert "1X7X" in paper.text.splitlines()
    assert "Press station button 1 until the first digit of your code shows." in words
    assert 12.0 in paper.type_sizes()
    assert "I have received card RP-7K3M9Q2X on 21 November 2026." in words
    assert paper.reader.metadata.title == "Radio Pass RP-7K3M9Q2X"


@pytest.mark.parametrize("kind", [PaperKind.HAND_OVER, PaperKind.RECEIPT, PaperKind.TAKE_TO_DEALER])
def test_a_long_letterhead_leaves_all_that_stands_below_it_in_its_place(printed, sample, kind) -> None:
    paper = without_sample(sample(kind))
    long = replace(
        paper.letterhead,
        name="Kraftfahrzeug-Meisterbetrieb Schulze-Lützow und Söhne GmbH",
        address="Hinterhaus, zweiter Hof\nHafenstrasse 12\n20359 Hamburg\nDeutschland",
        opening_hours="Mon to Thu 7:30 to 18:00\nFri 7:30 to 16:00\nSat 8:00 to 12:00\nand by appointment",
    )
    usual, crowded = (
        printed(replace(paper, letterhead=us)).rectangles_mm() for us in (paper.letterhead, long)
    )
    below = A4[1] - HEAD_MM
    assert [run for run in crowded if run[4] <= below] == [run for run in usual if run[4] <= below]
    assert len(crowded) > len(usual)


def test_a_letterhead_of_five_lines_leaves_air_above_the_title(printed, sample) -> None:
    paper = without_sample(sample(PaperKind.HAND_OVER))
    hours = "Monday to Friday from 7:30 to 12:00 and from 13:00 to 18:30\nSaturday by appointment"
    for us in (
        replace(paper.letterhead, address="Hafenstrasse 12\nHinterhaus\n20359 Hamburg\nDeutschland"),
        replace(paper.letterhead, email="hello@garage.example.org", opening_hours=hours),
    ):
        picture = printed(replace(paper, letterhead=us)).picture(150)
        ink = picture.crop((0, round(30 / 25.4 * 150), picture.width, round(33 / 25.4 * 150)))
        assert ink.convert("L").getextrema()[0] > 200


def test_a_telephone_number_is_never_broken_over_two_lines(printed, sample) -> None:
    paper = without_sample(sample(PaperKind.HAND_OVER))
    for phone in ("+49 (0) 7571 / 1234567-8", "01632 960 000", "0 75 71 1 23 45 67 89"):
        card = replace(paper.card, phone=phone, language="de")
        assert f"{phone}." in printed(replace(paper, card=card)).text


def test_the_stub_that_stays_with_the_garage_has_no_code(printed, sample) -> None:
    text = printed(without_sample(sample(PaperKind.HAND_OVER))).words
    assert "1X7X" not in text[text.index("Stays with the garage") :]


def test_without_trusted_steps_the_sheet_sends_to_the_handbook(printed, sample) -> None:
    sheet = sample(PaperKind.HAND_OVER)
    words = printed(
        replace(sheet, card=replace(sheet.card, waiting=(), entry_steps=(), leave_radio_on=False))
    ).words
    assert "See the radio’s handbook, or ask us." in words
    assert "Leave the radio on" not in words
    assert "Do not try again. Call us before you do anything." in words


def test_without_a_code_the_sheet_shows_no_code_box_and_no_steps(printed, sample) -> None:
    sheet = sample(PaperKind.HAND_OVER)
    words = printed(replace(sheet, card=replace(sheet.card, code=None))).words
    assert "Radio number card" in words
    assert "How to enter the code" not in words
    assert "Do not guess. Call us: +49 30 5550 110." in words


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer.MAY_COME_OFF, "BATTERY MAY COME OFF"),
        (Answer.READ_NUMBER_FIRST, "STOP: READ THE RADIO NUMBER FIRST"),
        (Answer.NOT_YET, "STOP: BATTERY STAYS ON FOR NOW"),
        (Answer.ALREADY_OFF, "BATTERY IS ALREADY OFF"),
    ],
)
def test_the_answer_stands_in_big_words_on_job_sheet_and_tag(printed, sample, answer, said) -> None:
    for kind in (PaperKind.JOB_SHEET, PaperKind.WINDSCREEN_TAG):
        paper = printed(replace(without_sample(sample(kind)), answer=answer))
        assert said in paper.words
        assert max(paper.type_sizes()) >= 40
        assert len(paper.sizes_mm) == 1
        assert paper.overlaps() == []


def test_whoever_must_read_a_number_is_told_to_leave_the_plug_in(printed, sample) -> None:
    sheet = sample(PaperKind.JOB_SHEET)
    for answer in (Answer.READ_NUMBER_FIRST, Answer.NOT_YET, Answer.ALREADY_OFF):
        assert PLUG in printed(replace(sheet, answer=answer)).words
    assert PLUG not in printed(replace(sheet, answer=Answer.MAY_COME_OFF, serial_number="X1")).words
    assert PLUG in printed(sample(PaperKind.BLANK_JOB_SHEET)).words


def test_job_number_and_link_can_be_scanned_from_the_printed_sheet(printed, sample) -> None:
    sheet = without_sample(sample(PaperKind.JOB_SHEET))
    read = {found.text: found.format.name for found in zxingcpp.read_barcodes(printed(sheet).picture(300))}
    assert read == {"2026-0142": "Code128", sheet.job_url: "QRCode"}
    tag = without_sample(sample(PaperKind.WINDSCREEN_TAG))
    assert "2026-0142" in {found.text for found in zxingcpp.read_barcodes(printed(tag).picture(300))}


def test_a_job_sheet_without_a_link_has_no_qr_code(printed, sample) -> None:
    paper = printed(replace(without_sample(sample(PaperKind.JOB_SHEET)), job_url=""))
    assert [found.format.name for found in zxingcpp.read_barcodes(paper.picture(300))] == ["Code128"]


def test_customer_vin_and_code_cannot_even_be_given_to_the_windscreen_tag() -> None:
    names = {part.name for part in fields(WindscreenTag)}
    assert not names & {"customer", "customer_phone", "vin", "code", "serial_number"}


def test_the_letter_says_what_a_dealer_needs(printed, sample) -> None:
    letter = without_sample(sample(PaperKind.REQUEST_LETTER))
    words = printed(letter).words
    for said in (
        "Autohaus Elbe",
        "Radio code, our reference 142-1",
        "WVWZZZ1KZ9W123456",
        "VWZ1Z2L6683621",
        "1K0 035 186 AA",
        "Please answer by 24 November 2026",
        "Is it the radio the car was built with? Yes",
        "We have seen the papers of the car.",
        "Copy of the registration certificate",
    ):
        assert said in words


def test_the_title_of_a_letter_names_neither_car_nor_radio_whatever_its_subject(printed, sample) -> None:
    letter = without_sample(sample(PaperKind.REQUEST_LETTER))
    reader = printed(replace(letter, subject=f"{letter.vin}, HH GN 4711, {letter.serial_number}")).reader
    assert reader.metadata.title == f"Letter to the dealer, our reference {letter.our_reference}"
    kept = str(reader.metadata) + reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert not [number for number in (letter.vin, "4711", letter.serial_number) if number in kept]
    assert reader.outline == []


def test_a_letter_of_any_length_is_whole_and_numbers_its_pages(printed, sample) -> None:
    letter = without_sample(sample(PaperKind.REQUEST_LETTER))
    lines = [f"{number:02} {'a word ' * 6}end{number:02}" for number in range(1, MOST_LINES - 10)]
    long = replace(letter, before="\n".join(lines), insists_on=(Text("a stamp on the letter"),) * 6)
    paper = printed(long)
    assert 2 <= len(paper.sizes_mm) <= LAYOUTS[PaperKind.REQUEST_LETTER].most_pages
    words = paper.words
    assert all(f"end{number:02}" in words for number in range(1, MOST_LINES - 10))
    assert paper.overlaps(0) == paper.overlaps(1) == []
    assert paper.reader.pages[1].extract_text().split()[-1] == "2"


def test_what_stands_in_a_text_is_no_layout(printed, sample) -> None:
    letter = replace(
        sample(PaperKind.REQUEST_LETTER), before="<b>bold</b> {{ 7 * 7 }}\n  two  spaces", numbers=()
    )
    assert "<b>bold</b> {{ 7 * 7 }} two spaces" in printed(letter).words


def test_the_address_stands_in_the_window_of_the_envelope(printed, sample) -> None:
    places = printed(without_sample(sample(PaperKind.REQUEST_LETTER))).rectangles_mm()
    _, left, bottom, right, top = next(place for place in places if place[0] == "Autohaus Elbe")
    assert left >= 20
    assert right <= 105
    assert 45 <= 297 - top <= 297 - bottom <= 90


def test_the_page_for_the_owner_says_what_to_take_along(printed, sample) -> None:
    words = printed(without_sample(sample(PaperKind.TAKE_TO_DEALER))).words
    assert "Take this to your Volkswagen dealer" in words
    assert "Your identity card or passport" in words
    assert "VWZ1Z2L6683621" in words


def test_the_key_sheet_shows_every_line_and_its_title_shows_none(printed, sample) -> None:
    lines = key_lines(bytes(range(32)))
    paper = printed(replace(without_sample(sample(PaperKind.KEY_SHEET)), lines=lines))
    for number, line in enumerate(lines, start=1):
        assert f"{number} {line}" in paper.words
    assert paper.reader.metadata.title == "Key sheet"
    assert list(zxingcpp.read_barcodes(paper.picture(200))) == []


def test_the_empty_job_sheet_has_a_box_for_each_character(printed, sample) -> None:
    paper = printed(without_sample(sample(PaperKind.BLANK_JOB_SHEET)))
    assert "VIN, 17 characters, never I, O or Q" in paper.words
    assert "BATTERY MAY COME OFF" in paper.words


@pytest.mark.parametrize("kind", list(LAYOUTS), ids=lambda kind: kind.value)
def test_a_kept_paper_comes_back_as_it_was(sample, kind) -> None:
    paper = sample(kind)
    assert thaw(freeze(paper)) == paper


def test_values_inside_a_text_come_back_too(sample) -> None:
    step = Text("Press %(n)d times", {"n": 3})
    card = replace(sample(PaperKind.CARD), entry_steps=(step,), worked_on=None, code=None)
    assert thaw(freeze(card)) == card


@pytest.mark.parametrize("text", ["[]", "{}", '{"kind": "banknote"}'])
def test_what_was_never_kept_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        thaw(text)


def test_a_value_in_a_step_is_cleaned_but_a_number_stays_a_number(sample) -> None:
    step = Text("%(who)s %(n)d", {"who": "a\u202eb", "n": 3})
    card = printable(replace(sample(PaperKind.CARD), entry_steps=(step,)))
    assert card.entry_steps[0].values == {"who": "ab", "n": 3}


def test_the_desk_loads_neither_web_nor_database_nor_pdf_library_with_the_press() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, garage.cards.press, garage.cards.snapshot; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"flask", "sqlalchemy", "weasyprint", "pydyf", "PIL", "zxingcpp"} & set(seen)


def test_the_date_of_printing_is_given_and_never_read_from_a_clock(printed, sample) -> None:
    sheet = replace(sample(PaperKind.HAND_OVER), printed_on=date(2020, 2, 29))
    assert "29 February 2020" in printed(sheet).words
    assert b"CreationDate" not in io.BytesIO(printed(sheet).pdf).getvalue()
