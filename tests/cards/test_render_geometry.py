"""Measured on the raster of the finished PDF: where cards stand, how large type is, what scanners read."""

import os
import re
import subprocess
from dataclasses import replace
from functools import cache
from random import Random

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFont

from garage.cards import drawing
from garage.cards.layouts import sheet_layouts
from garage.cards.printable import NotPrintable
from garage.cards.render import render
from garage.domain.card import CalibrationPage, CardSheet, CardStyle, Design
from garage.domain.radio_pass import new_card_number
from garage.domain.sheet_layout import PrinterProfile, SheetLayout
from tests.cards.conftest import Printed
from tests.cards.designs import LANGUAGES, a_card, designs, pictures, sample_of

DPI = 600
DOT = 25.4 / DPI  # millimetres
MARK = re.compile(r'd="M(\S+) (\S+)L(\S+) (\S+)"')
LOOK = 0.8  # millimetres on either side of where an edge should be
PROFILE = PrinterProfile(right_mm=0.7, down_mm=-0.4, scale_x=1.004, scale_y=0.997)


def middle_of_ink(strip: Image.Image) -> float | None:
    """Where across a strip the ink lies, in dots; None without any."""
    weights = [0.0] * strip.width
    data = strip.tobytes()
    for place in range(strip.width):
        weights[place] = sum(255 - data[row * strip.width + place] for row in range(strip.height))
    return (
        sum(place * weight for place, weight in enumerate(weights)) / sum(weights) if any(weights) else None
    )


def line_at(picture: Image.Image, x: float, y: float, upright: bool) -> float:
    """Where the line near a point is, in millimetres: how far right for one that runs down, else how far down."""
    if not upright:
        picture, (x, y) = picture.transpose(Image.Transpose.TRANSPOSE), (y, x)
    left, width = round((x - LOOK) / DOT), round(2 * LOOK / DOT)
    top = round(y / DOT)
    found = middle_of_ink(picture.crop((left, top - 5, left + width, top + 5)))
    assert found is not None, (x, y)
    return (left + found + 0.5) * DOT


def edge_error(picture: Image.Image, x: float, y: float, upright: bool) -> float:
    """How far the line through a point lies off, in millimetres; `upright` for a line that runs down."""
    return abs(line_at(picture, x, y, upright) - (x if upright else y))


def edge_errors(layout: SheetLayout, picture: Image.Image, profile: PrinterProfile) -> list[float]:
    """The errors of all edges of all cards that do not lie on the edge of the paper itself."""
    errors = []
    for position in range(layout.positions):
        left, top = layout.box(position)
        across, down = left + 0.31 * layout.card_w, top + 0.47 * layout.card_h
        lines = [(edge, down, True) for edge in (left, left + layout.card_w)]
        lines += [(across, edge, False) for edge in (top, top + layout.card_h)]
        for x, y, upright in lines:
            edge, paper = (x, layout.paper_w) if upright else (y, layout.paper_h)
            if 0.5 < edge < paper - 0.5:
                x_seen, y_seen = x * profile.scale_x + profile.right_mm, y * profile.scale_y + profile.down_mm
                errors.append(edge_error(picture, x_seen, y_seen, upright))
    return errors


@pytest.mark.parametrize("layout", sheet_layouts().values(), ids=lambda layout: layout.id)
def test_every_card_of_every_sheet_stands_within_a_tenth_of_a_millimetre(layout: SheetLayout) -> None:
    plain = pictures(render(CalibrationPage(layout_id=layout.id)), DPI)[0]
    errors = edge_errors(layout, plain, PrinterProfile())
    assert len(errors) == (0 if layout.id in {"id1", "id1-fold"} else 4 * layout.positions)
    assert max(errors, default=0) <= 0.10
    if layout.kind.value in {"cards", "plain"}:
        corrected = pictures(render(CalibrationPage(layout_id=layout.id, profile=PROFILE)), DPI)[0]
        assert max(edge_errors(layout, corrected, PROFILE)) <= 0.05


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_word_of_a_calibration_page_lies_under_a_ruler(language: str) -> None:
    for layout in sheet_layouts().values():
        rulers = "".join(drawing._rulers(layout)) if min(layout.paper_w, layout.paper_h) > 170 else ""
        marks = [[float(number) for number in mark] for mark in MARK.findall(rulers)]
        assert len(marks) in {0, 2 * 151}
        page = Printed(render(CalibrationPage(layout_id=layout.id, language=language)))
        for words, left, low, right, high in page.rectangles_mm():
            top, bottom = layout.paper_h - high, layout.paper_h - low
            under = [mark for mark in marks if mark[0] < right and mark[2] > left and top < mark[3] and bottom > mark[1]]  # fmt: skip
            assert not under, (layout.id, words)


@pytest.mark.parametrize("name", ["avery-c32011", "plain-a4-id1", "avery-5371"])
def test_what_a_card_says_stands_in_its_middle(name: str) -> None:
    layout = sheet_layouts()[name]
    card = a_card(style=CardStyle())
    pdf = render(CardSheet(layout_id=name, cards=tuple((place, card) for place in range(layout.positions))))
    picture = pictures(pdf, DPI)[0]
    for position in range(layout.positions):
        left, top = layout.box(position)
        x, y = left + layout.card_w / 2, top + (layout.card_h - 45) / 2 + 8.75
        assert edge_error(picture, x, y, upright=False) <= 0.10  # the rule under the title
        row = picture.crop(
            (round(left / DOT), round(y / DOT), round((left + layout.card_w) / DOT), round(y / DOT) + 1)
        )
        ink = row.point(lambda grey: 255 * (grey < 128)).getbbox()
        assert ink is not None
        inset = (layout.card_w - 79) / 2
        assert ink[0] * DOT == pytest.approx(inset, abs=0.10)
        assert ink[2] * DOT == pytest.approx(layout.card_w - inset, abs=0.10)


@pytest.mark.parametrize("cards", [1, 9, 10, 11, 25, 100])
def test_any_number_of_cards_makes_exactly_their_pages(cards: int) -> None:
    placed = tuple((place, a_card()) for place in range(cards))
    assert len(Printed(render(CardSheet(layout_id="avery-c32011", cards=placed))).sizes_mm) == -(-cards // 10)
    bare = Printed(render(CardSheet(layout_id="id1", cards=placed))).sizes_mm
    assert bare == [(85.6, 53.98)] * cards


def test_a_used_sheet_keeps_its_gaps_and_both_sides_have_their_page() -> None:
    placed = ((3, a_card(code="1111")), (11, a_card(code="2222")))
    sheet = CardSheet(layout_id="avery-c32011", cards=placed, style=CardStyle(back=True))
    reader = Printed(render(sheet)).reader
    texts = [page.extract_text() for page in reader.pages]
    assert [("1111" in text, "2222" in text) for text in texts] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]
    assert "How to enter the code" in texts[1]
    back = Printed(render(sheet)).rectangles_mm(1)
    assert all(left >= 15 and right <= 100 for _, left, _, right, _ in back)  # behind the right column


def test_a_card_to_fold_is_never_printed_open() -> None:
    card = a_card(design=Design.FOLD_OVER)
    with pytest.raises(NotPrintable, match="design"):
        render(CardSheet(layout_id="avery-c32011", cards=((0, card),)))
    with pytest.raises(NotPrintable, match="layout_id"):
        render(CardSheet(layout_id="no-such-sheet", cards=((0, card),)))
    sheet = Printed(render(CardSheet(layout_id="plain-a4-fold", cards=((0, card), (3, card)))))
    assert ["0739" in page.extract_text() for page in sheet.reader.pages] == [False, True]


def ink_across(picture: Image.Image, y: float) -> tuple[float, float]:
    """From where to where the line at a height reaches, in millimetres."""
    row = picture.crop((0, round(y / DOT), picture.width, round(y / DOT) + 1))
    ink = row.point(lambda grey: 255 * (grey < 128)).getbbox()
    assert ink is not None, y
    return ink[0] * DOT, ink[2] * DOT


def test_the_inside_of_a_card_to_fold_lies_exactly_behind_its_outside_on_the_hand_over_sheet() -> None:
    """The sheet is turned like a page. Outside, short lines say where to cut and to fold; inside there are none."""
    sheet = replace(sample_of("handover"), card=a_card(design=Design.FOLD_OVER), receipt=False)
    outside, inside = pictures(render(sheet), DPI)
    top, fold, bottom = (line_at(outside, 16.5, height, upright=False) for height in (49, 102.98, 156.95))
    left, right = (line_at(outside, side, 45.5, upright=True) for side in (20, 105.6))
    assert (bottom - top, right - left) == pytest.approx((107.96, 85.6), abs=0.10)
    assert fold == pytest.approx((top + bottom) / 2, abs=0.10)
    rules = [half + (53.98 - 45) / 2 + 8.75 for half in (top, fold)]  # under the titles of steps and code
    for rule in rules:
        assert line_at(inside, 140, rule, upright=False) == pytest.approx(rule, abs=0.10)
        begins, ends = ink_across(inside, rule)
        assert begins - (210 - right) == pytest.approx(3.3, abs=0.10)
        assert (210 - left) - ends == pytest.approx(3.3, abs=0.10)


@cache
def face(name: str) -> str:
    """The file of a typeface of the house."""
    found = subprocess.run(["fc-match", "-f", "%{file}", name], capture_output=True, text=True, check=True)
    return found.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_smaller_than_seven_points(language: str) -> None:
    for card in designs(language).values():
        assert min(Printed(render(card)).type_sizes()) >= 7


def test_small_letters_of_the_smallest_type_are_1_2_millimetres_high() -> None:
    for name in ("Inter", "Inter:semibold"):
        _, top, _, bottom = ImageFont.truetype(face(name), 1000).getbbox("x", anchor="ls")
        assert (bottom - top) / 1000 * 7 * 25.4 / 72 >= 1.2


def test_look_alikes_differ_by_a_good_part_of_their_ink() -> None:
    mono = ImageFont.truetype(face("B612 Mono:bold"), 250)
    for pair in ("0O", "1I", "1l", "8B", "5S", "2Z", "6G"):
        one, other = (Image.new("L", (200, 320), 255) for _ in pair)
        for picture, sign in zip((one, other), pair, strict=True):
            picture.paste(0, (20, 20), mono_mask(mono, sign))
        differ = sum(ImageChops.difference(one, other).histogram()[128:])
        ink = sum(one.histogram()[:128])
        assert differ / ink >= 0.08, (pair, differ / ink)


def mono_mask(font: ImageFont.FreeTypeFont, sign: str) -> Image.Image:
    """One sign as a mask of a fixed place."""
    mask = Image.new("L", (170, 280))
    mask.paste(255, (0, 0, 170, 280))
    drawn = Image.new("L", (170, 280), 0)
    core = font.getmask(sign)
    _, top, _, _ = font.getbbox(sign)
    glyph = Image.frombytes("L", core.size, bytes(core))
    drawn.paste(glyph, (round(font.getbbox(sign)[0]), round(top) - 20))
    return drawn


@pytest.mark.parametrize("dpi", [300, 203])
def test_two_hundred_barcodes_of_two_hundred_are_read_and_say_the_card_number(dpi: int) -> None:
    random, style = Random(32011), CardStyle(barcode=True)  # noqa: S311 - the same cards each time
    numbers = [new_card_number(random.randbytes(5)) for _ in range(200)]
    cards = tuple((place, a_card(card_number=number)) for place, number in enumerate(numbers))
    pages = pictures(render(CardSheet(layout_id="avery-c32011", cards=cards, style=style)), dpi)
    read = {found.text for page in pages for found in zxingcpp.read_barcodes(page)}
    assert read == set(numbers)


def test_no_secret_leaves_the_page_it_stands_on(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    card = a_card(code="739173")
    for design in (Design.CLASSIC, Design.FOLD_OVER, Design.LARGE_PRINT):
        reader = Printed(render(replace(card, design=design))).reader
        kept = str(reader.metadata) + reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
        for secret in ("739173", "VWZ1Z2L6683621", "9W123456", "Garage Nord", "Golf"):
            assert secret not in kept
        assert reader.outline == []
        assert reader.metadata.title == "Radio Pass RP-7K3M9Q2X"
    found = zxingcpp.read_barcodes(pictures(render(card), 300)[0])
    assert [one.text for one in found] == ["RP-7K3M9Q2X"]
    assert "739173" not in Printed(render(replace(card, code=None))).text
    sheet = Printed(render(CardSheet(layout_id="avery-c32011", cards=((0, card),)))).reader
    assert sheet.metadata.title == "Sheet of cards"
    assert os.listdir(tmp_path) == []


def test_every_card_is_tagged_speaks_its_language_and_asks_not_to_be_scaled() -> None:
    cards = ((0, a_card(language="pl")), (1, a_card(language="en")))
    root = Printed(render(CardSheet(layout_id="avery-c32011", cards=cards, language="de"))).reader.trailer[
        "/Root"
    ]
    assert root["/Lang"] == "de"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_equal_sheets_are_equal_bytes() -> None:
    sheet = CardSheet(layout_id="plain-a4-id1", cards=((0, a_card()), (7, a_card(language="el"))))
    assert render(sheet) == render(replace(sheet))
