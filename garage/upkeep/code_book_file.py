"""Reading the file of an old code book: CSV of any usual kind, or the first sheet of an XLSX, as plain texts."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from garage.domain.encoding import decoded
from garage.domain.text import N_, Refused

MOST_ROWS = 5_000
_MOST_LINES = 4 * MOST_ROWS  # empty ones included
_MOST_COLUMNS = 30
_LONGEST = 120  # letters of a cell; nothing that is looked for is longer
_MOST_UNPACKED = 60_000_000  # bytes; a sheet of 5,000 rows has a few
_MOST_PARTS = 300
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NO_BOOK = N_("This file cannot be read. Save it as CSV or XLSX, then try again.")
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, IndexError, TypeError, OSError, EOFError)

Row = list[str]


def read_book(data: bytes) -> list[Row]:
    """The lines of the file as lists of texts, empty ones included so that line numbers hold.

    Formulas are never worked out: the value that was saved with them counts. Refused where it is no such
    file, too large, or empty.
    """
    if data.startswith(_OLD_EXCEL):
        raise Refused(N_("This is an old Excel file. Save it as XLSX or CSV, then try again."))
    lines = _sheet(data) if data.startswith(b"PK") else _csv(data)
    rows: list[Row] = []
    filled = 0
    for cells in lines:
        rows.append(cells)
        filled += any(cells)
        if filled > MOST_ROWS or len(rows) > _MOST_LINES:
            raise Refused(N_("At most %(most)d rows at once. Cut the book in parts."), most=MOST_ROWS)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Refused(N_("There is nothing in this file."))
    return rows


def _csv(data: bytes) -> Iterator[Row]:
    text = decoded(data).replace("\x00", "")
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            yield [_text(cell) for cell in line[:_MOST_COLUMNS]]
    except csv.Error:
        raise Refused(_NO_BOOK) from None


def _separator(text: str) -> str:
    """The one of ; , tab that stands most often in the first lines."""
    head = "\n".join(text.splitlines()[:20])
    return max(";,\t", key=head.count)


def _sheet(data: bytes) -> Iterator[Row]:
    _refuse_bomb(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for cells in sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_MOST_LINES + 1):
                yield _without_end([_shown(cell) for cell in cells])
        finally:
            book.close()
    except Refused:
        raise
    # both XML readers raise SyntaxError for what is no XML
    except (InvalidFileException, SyntaxError, *_DAMAGED):
        raise Refused(_NO_BOOK) from None


def _refuse_bomb(data: bytes) -> None:
    """A small file may unpack to gigabytes, or name itself within itself: looked at before it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise Refused(N_("This file is far larger unpacked than a code book. It is not read."))
            if any(_declares_entities(packed, part) for part in parts):
                raise Refused(_NO_BOOK)
    except (NotImplementedError, RuntimeError, *_DAMAGED):
        raise Refused(_NO_BOOK) from None


def _declares_entities(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Whether a part begins with declarations, which no spreadsheet has."""
    if not part.filename.endswith((".xml", ".rels")):
        return False
    with packed.open(part) as opened:
        head = opened.read(4096).replace(b"\x00", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _without_end(cells: Row) -> Row:
    """Rows end where something stands last; a sheet fills them up to its widest."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _shown(cell: Any) -> str:
    """A cell as the sheet shows it: 417 formatted as 0000 is 0417."""
    value = cell.value
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        zeros = str(cell.number_format or "")
        return str(value).zfill(len(zeros)) if zeros and set(zeros) == {"0"} else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return _text(str(value))


def _text(cell: str) -> str:
    """One line without odd signs; an apostrophe in front only says that the cell is a text."""
    plain = "".join(letter if letter.isprintable() else " " for letter in cell[: 4 * _LONGEST])
    return " ".join(plain.split())[:_LONGEST].removeprefix("'")
