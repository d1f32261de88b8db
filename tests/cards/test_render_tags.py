"""What a screen reader finds in every paper: the rules of PDF/UA-1 that can be read from the file itself."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from pypdf.generic import ContentStream, DictionaryObject

from garage.cards.layouts import LAYOUTS
from garage.cards.render import render
from garage.domain.card import CardSheet, CardStyle, Design, HandOver
from garage.domain.paper_kind import PaperKind
from tests.cards.conftest import Printed
from tests.cards.designs import FULL, a_card, sample_of

PAINTS = {b"Tj", b"TJ", b"'", b'"', b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do"}
INSIDE = {  # which element may only stand inside which
    "LI": {"L"},
    "Lbl": {"LI"},
    "LBody": {"LI"},
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
}
SECRETS = ("1X7X", "0739", "VWZ1Z2L6683621", "9W123456", "25109376", "4711", "Garage Nord", "Golf")
STANDARD = {
    *{"Document", "Part", "Art", "Sect", "Div", "NonStruct", "P", "H1", "H2", "H3", "L", "LI", "Lbl", "LBody"},
    *{"Table", "THead", "TBody", "TFoot", "TR", "TH", "TD", "Span", "Figure", "Caption", "Link", "Note"},
}  # fmt: skip


def papers() -> dict[str, Any]:
    """One of every kind, and the designs of a card that are drawn in another way."""
    found = {kind.value: None for kind in LAYOUTS}
    card, hand_over = a_card(), sample_of("handover")
    drawn = {
        "fold-over": replace(card, design=Design.FOLD_OVER),
        "number card": replace(card, design=Design.NUMBER, code=None),
        "large print": replace(card, design=Design.LARGE_PRINT),
        "two sides on a marked sheet": CardSheet(
            layout_id="plain-a4-id1", cards=((0, card), (7, card)), style=replace(FULL, back=True)
        ),
        "hand-over of a fold-over": HandOver(
            card=replace(card, design=Design.FOLD_OVER),
            letterhead=hand_over.letterhead,
            printed_on=hand_over.printed_on,
            receipt=True,
        ),
    }
    return found | drawn


PAPERS = papers()


@pytest.fixture(scope="module", params=PAPERS)
def paper(request, sample) -> Printed:
    return Printed(render(PAPERS[request.param] or sample(PaperKind(request.param))))


def elements(reader: pypdf.PdfReader) -> Iterator[tuple[DictionaryObject, DictionaryObject]]:
    """Every element of the structure with the one it stands in, in reading order."""

    def below(parent: DictionaryObject) -> Iterator[tuple[DictionaryObject, DictionaryObject]]:
        for child in kids(parent):
            if isinstance(child, DictionaryObject) and "/S" in child:
                yield child, parent
                yield from below(child)

    yield from below(reader.trailer["/Root"]["/StructTreeRoot"].get_object())


def kids(element: DictionaryObject) -> list[Any]:
    """What an element holds: elements, and the numbers of marked content."""
    held = element.get("/K", [])
    held = held.get_object() if hasattr(held, "get_object") else held
    return [one.get_object() for one in (held if isinstance(held, list) else [held])]


def marks(page: pypdf.PageObject, reader: pypdf.PdfReader) -> list[int]:
    """The numbers of a page's marked content; nothing may be painted outside one or an artefact."""
    numbers, open_marks = [], []
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator == b"BDC":
            open_marks.append("number")
            numbers.append(int(operands[1]["/MCID"]))
        elif operator == b"BMC":
            assert operands[0] == "/Artifact"
            open_marks.append("artefact")
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in PAINTS:
            assert open_marks, (operator, operands)
            assert not {"number", "artefact"} <= set(open_marks)
    assert open_marks == []
    return numbers


def test_the_file_says_what_it_is_and_how_it_wants_to_be_shown(paper: Printed) -> None:
    root = paper.reader.trailer["/Root"]
    said = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r'pdfuaid:part(>|=")1', said)
    assert root["/MarkInfo"]["/Marked"] is not False
    assert not root["/MarkInfo"].get("/Suspects")
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] is not False
    assert root["/ViewerPreferences"]["/PrintScaling"] == "/None"
    title = paper.reader.metadata.title
    assert title
    assert title in said
    assert paper.reader.outline == []
    assert not [secret for secret in SECRETS if secret in said + str(paper.reader.metadata)]


def test_all_that_is_painted_belongs_to_one_element_or_is_an_artefact(paper: Printed) -> None:
    reader = paper.reader
    tree = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(tree[place]): tree[place + 1].get_object() for place in range(0, len(tree), 2)}
    pages = list(reader.pages)
    assert len({page["/StructParents"] for page in pages}) == len(pages)
    for page in pages:
        assert page["/Tabs"] == "/S"
        numbers = marks(page, reader)
        assert len(numbers) == len(set(numbers))
        owners = parents[int(page["/StructParents"])]
        for number in numbers:
            owner = owners[number].get_object()
            assert number in kids(owner)
            assert owner["/Pg"].get_object() == page.get_object()


def test_the_elements_are_standard_ones_and_stand_where_they_may(paper: Printed) -> None:
    found = list(elements(paper.reader))
    assert found[0][0]["/S"] == "/Document"
    for element, parent in found:
        name = element["/S"][1:]
        assert name in STANDARD
        assert parent.get("/S", "/")[1:] in INSIDE.get(name, {parent.get("/S", "/")[1:]}), name
        if name == "Figure":
            assert element["/Alt"].strip()
        if name == "TR":
            heads = {cell["/ID"] for cell in kids(element) if cell["/S"] == "/TH"}
            values = [cell for cell in kids(element) if cell["/S"] == "/TD"]
            assert all(heads <= set(cell["/A"].get("/Headers", ())) for cell in values)
    levels = [0, *(int(element["/S"][2:]) for element, _ in found if re.fullmatch("/H[1-6]", element["/S"]))]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_letter_of_every_face_can_be_read_aloud(paper: Printed) -> None:
    assert paper.fonts
    for page in paper.reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            assert "/ToUnicode" in font.get_object()


def test_what_a_picture_is_said_to_show_is_no_secret() -> None:
    reader = Printed(render(a_card(style=CardStyle(barcode=True), code="739173"))).reader
    shown = [element["/Alt"] for element, _ in elements(reader) if element["/S"] == "/Figure"]
    assert shown == ["RP-7K3M9Q2X"]
