"""The file of an old code book: every usual kind of CSV, XLSX, and what is no book at all."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garage.domain.text import Refused
from garage.upkeep.code_book_file import MOST_ROWS, read_book
from tests import old_book


def plain(rows: list[list[str]]) -> list[list[str]]:
    """Rows without what only one kind of file keeps: empty cells at their ends."""
    return [" ".join(row).split() for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_of_any_usual_kind_reads_the_same(encoding: str, separator: str) -> None:
    assert read_book(old_book.as_csv(encoding, separator)) == [
        [" ".join(cell.split()) for cell in line] for line in old_book.lines()
    ]


def test_a_spreadsheet_reads_like_its_csv_leading_zeros_included() -> None:
    assert plain(read_book(old_book.as_xlsx())) == plain(read_book(old_book.as_csv()))
    assert read_book(old_book.as_xlsx())[old_book.FIRST - 1 + 7][6] == "0417"


def sheet(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_formula_is_never_worked_out() -> None:
    assert read_book(sheet(["code", "serial"], ["=1+1", '=HYPERLINK("http://x")'], ["1", "2"]))[1] == []
    assert read_book(b"code;serial\n=1+1;'0417\n")[1] == ["=1+1", "0417"]


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n;;\n", b"PK\x03\x04 no zip", b"\xd0\xcf\x11\xe0 old", b'"' + b"x" * 200_000],
    ids=["nothing", "empty lines", "no zip", "old Excel", "one endless cell"],
)
def test_what_is_no_book_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        read_book(data)


def test_more_rows_than_a_book_has_are_refused() -> None:
    with pytest.raises(Refused, match="At most 5000 rows"):
        read_book(b"1;2\n" * (MOST_ROWS + 1))
    assert len(read_book(b"1;2\n" * MOST_ROWS + b";\n" * 100)) == MOST_ROWS
    with pytest.raises(Refused, match="At most 5000 rows"):
        read_book(sheet(*([[1, 2]] * (MOST_ROWS + 1))))


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_a_file_that_unpacks_to_gigabytes_is_refused_before_any_of_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bomb = packed(**{"xl/worksheets/sheet1.xml": b"0" * 70_000_000})
    assert len(bomb) < 100_000

    def unpack(*given: object) -> None:
        raise AssertionError("a part was opened")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    with pytest.raises(Refused, match="far larger unpacked"):
        read_book(bomb)


@pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")
def test_a_damaged_spreadsheet_is_refused_in_a_sentence() -> None:
    good = sheet(["code", "serial"], ["0417", "SKZ1Z2K8000001"])
    refused = 0
    for place in range(0, len(good), len(good) // 60):
        damaged = bytearray(good)
        damaged[place] ^= 4
        try:
            read_book(bytes(damaged))
        except Refused:
            refused += 1
    assert refused > 30


def test_a_sheet_that_names_itself_within_itself_is_refused() -> None:
    good = zipfile.ZipFile(io.BytesIO(sheet(["code", "serial"])))
    parts = {name: good.read(name) for name in good.namelist()}
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    with pytest.raises(Refused):
        read_book(packed(**(parts | {"xl/worksheets/sheet1.xml": entity})))
    with pytest.raises(Refused):
        read_book(packed(**(parts | {"xl/worksheets/sheet1.xml": b"<worksheet><broken"})))


@given(st.one_of(st.binary(), st.binary().map(lambda data: b"PK\x03\x04" + data)))
def test_whatever_the_bytes_are_there_are_rows_or_a_sentence(data: bytes) -> None:
    try:
        rows = read_book(data)
    except Refused:
        return
    assert rows
    assert any(rows[-1])
