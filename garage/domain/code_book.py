"""The columns of somebody's old code book: what each holds, by its heading or by what stands in it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from garage.domain.catalogue import Catalogue
from garage.domain.labelled import Labelled
from garage.domain.plate import folded
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.serial_number import identify
from garage.domain.text import N_, Refused
from garage.domain.trying import as_entered
from garage.domain.vin import read_vin

Cells = Sequence[str]
LOOKED_AT = 40  # rows from which a column's contents are guessed
_HEADINGS_WITHIN = 6  # rows; titles and empty lines may stand above the headings
LONGEST_CODE = 6  # digits of a radio code that is digits alone; serial numbers of digits alone are longer
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s./-]+(?=\d)")
_MOSTLY = 0.6  # of a column's cells must look like it


class Column(Labelled):
    """What a column of the book holds."""

    REGISTRATION = "registration", N_("Registration")
    VIN = "vin", N_("VIN")
    MAKE = "make", N_("Make of the car")
    RADIO = "radio", N_("Radio")
    SERIAL_NUMBER = "serial_number", N_("Serial number")
    CODE = "code", N_("Code")
    CUSTOMER = "customer", N_("Customer")


HEADINGS = {
    Column.REGISTRATION: "registration reg regno regnr registrationnumber plate numberplate licenseplate licenceplate"
    " vrm kennzeichen kfzkennzeichen polkennzeichen amtlkennzeichen kz zulassung nummernschild",
    Column.VIN: "vin vinnumber vinno chassis chassisnumber chassisno fin fahrgestellnummer fahrgestellnr fgstnr"
    " fahrgestell fahrzeugidentnummer finvin vinfin fahrzeugidnr identnummer",
    Column.MAKE: "make brand car vehicle manufacturer marke hersteller fahrzeug auto automarke fahrzeugmarke"
    " carmake makemodel fabrikat markemodell",
    Column.RADIO: "radio radiomodel radiotype model unit headunit autoradio radiotyp gerät geraet typ radiomodell"
    " stereo gerätetyp device",
    Column.SERIAL_NUMBER: "serial serialnumber serialno sn serno radioserial radioserialnumber seriennummer"
    " seriennr serien gerätenummer gerätenr geraetenummer radionummer radionr snr serienno radionumber",
    Column.CODE: "code radiocode securitycode pin pincode keycode safecode code4 codeno codenumber codenummer"
    " radiopin sicherheitscode unlockcode codenr",
    Column.CUSTOMER: "customer customername name owner client kunde kundenname halter besitzer kundin fahrzeughalter"
    " ownername nachname",
}
_BY_HEADING = {folded(word): column for column, words in HEADINGS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the rows begin (0 is the first line of the file) and which column (from 0) holds what."""

    first_row: int
    columns: Mapping[Column, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the book. `place` counts from 1 as a spreadsheet does; the code shows nothing of itself."""

    place: int
    registration: str = ""
    vin: str = ""
    make: str = ""
    radio: str = ""
    serial_number: str = ""
    code: str = field(default="", repr=False)
    customer: str = ""


def guess_layout(rows: Sequence[Cells], catalogue: Catalogue) -> Layout:
    """Where things stand, as far as headings (English or German) and contents tell. Each column once."""
    head, by_heading = _headings(rows)
    columns = dict(by_heading)
    body = [row for row in rows[head:] if any(row)][:LOOKED_AT]
    wide = max((len(row) for row in body), default=0)
    for column, looks in _LOOKS.items():
        if column in columns:
            continue
        shares = {
            place: _share(body, place, looks, catalogue)
            for place in range(wide)
            if place not in columns.values()
        }
        best = max(shares, key=lambda place: shares[place], default=None)
        if best is not None and shares[best] >= _MOSTLY:
            columns[column] = best
    return Layout(head, columns)


def _headings(rows: Sequence[Cells]) -> tuple[int, dict[Column, int]]:
    """The row after the headings, and what they say; row 0 and nothing where there are none."""
    for place, row in enumerate(rows[:_HEADINGS_WITHIN]):
        said: dict[Column, int] = {}
        for number, cell in enumerate(row):
            column = _BY_HEADING.get(folded(cell))
            if column is not None:
                said.setdefault(column, number)
        if len(said) >= 2:
            return place + 1, said
    return 0, {}


def _share(rows: list[Cells], place: int, looks: "Looks", catalogue: Catalogue) -> float:
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    return sum(looks(cell, catalogue) for cell in cells) / len(cells) if cells else 0.0


def _is_vin(cell: str, catalogue: Catalogue) -> bool:
    try:
        read_vin(cell)
    except Refused:
        return False
    return True


def _is_serial(cell: str, catalogue: Catalogue) -> bool:
    """A number whose shape says something: eight digits may be anything."""
    families = (catalogue.family(family) for family in identify(cell, catalogue).families[:1])
    return any(family is not None and len(cell) >= 6 for family in families)


def _is_code(cell: str, catalogue: Catalogue) -> bool:
    return cell.isdecimal() and 3 <= len(cell) <= 6


def _is_make(cell: str, catalogue: Catalogue) -> bool:
    return catalogue.make(cell) is not None or catalogue.make(cell.partition(" ")[0]) is not None


def _is_plate(cell: str, catalogue: Catalogue) -> bool:
    plain = folded(cell)
    return 4 <= len(plain) <= 9 and any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))


def _is_name(cell: str, catalogue: Catalogue) -> bool:
    return " " in cell and not any(map(str.isdigit, cell))


Looks = Callable[[str, Catalogue], bool]
_LOOKS: dict[Column, Looks] = {  # the surest first: what is taken is not looked at again
    Column.VIN: _is_vin,
    Column.CODE: _is_code,
    Column.MAKE: _is_make,
    Column.SERIAL_NUMBER: _is_serial,
    Column.REGISTRATION: _is_plate,
    Column.CUSTOMER: _is_name,
}


def read_entry(cells: Cells, layout: Layout, place: int) -> Entry:
    """One row by the columns as they are matched; a column that is missing is empty."""

    def cell(column: Column) -> str:
        number = layout.columns.get(column)
        return cells[number] if number is not None and number < len(cells) else ""

    return Entry(place, **{column.value: cell(column) for column in Column})


def may_hold_code(cell: str, code: str = "") -> bool:
    """Whether a cell may carry a code in the open, whatever its column is called. `code` is its row's own."""
    signs = "".join(filter(str.isalnum, cell))
    if signs.isdecimal() and len(signs) <= LONGEST_CODE:
        return True
    joined = _BETWEEN_DIGITS.sub("", cell)  # 04 17
    try:
        for text in (cell, joined):
            refuse_code_in_note(text, [code] if code else [])
    except Refused:
        return True
    return False


def without_codes(entry: Entry, code: str) -> Entry:
    """The row as it may be shown and kept: nothing stands where another column may hold a code."""

    def kept(cell: str) -> str:
        return "" if may_hold_code(cell, code) else cell

    return replace(
        entry,
        registration=kept(entry.registration),
        make=kept(entry.make),
        radio=kept(entry.radio),
        customer=kept(entry.customer),
    )


def entered_or_none(code: str) -> str | None:
    """The code as the radio takes it, or None for what is none: words ("see card") stand there too."""
    try:
        entered = as_entered(code)
    except Refused:
        return None
    return entered if any(map(str.isdigit, entered)) else None
