"""An invented exercise book of old codes, as messy as real ones: a title, odd spellings, gaps, and doubles."""

import csv
import io

import openpyxl

HEADINGS = [
    "Nr.",
    "Kennzeichen",
    "Fahrgestellnr.",
    "Marke",
    "Radio",
    "Gerätenummer",
    "Code",
    "Kunde",
    "Bemerkung",
]
FIRST = 4  # the line of the first row: a title, an empty line, and the headings stand above

Line = list[str]


def serial(number: int) -> str:
    """An invented serial number."""
    return f"SKZ1Z2K8{number:06d}"


def row(number: int) -> Line:
    """A plain row: a car with its radio and code."""
    plate, code = f"KA-AB {number}", f"{1000 + number}"
    return [
        str(number),
        plate,
        "",
        "Skoda",
        "Symphony",
        serial(number),
        code,
        f"Familie Nummer {number:d}",
        "",
    ]


def messy_rows() -> list[Line]:
    """Three hundred rows; those at the end are the odd ones, and line FIRST + 290 is the first of them."""
    rows = [row(number) for number in range(1, 291)]
    rows[4][5] = "skz1z2k8 000005"  # spelled otherwise
    rows[6][2] = "TMBJJ6Y5X54512345"
    rows[7][6] = "0417"  # leading zero
    odd = [
        row(1),  # the same once more
        [*row(2)[:6], "9999", "", ""],  # another code for the same radio
        [*row(293)[:5], "", "1293", "", ""],  # no serial number
        [*row(294)[:6], "", "", ""],  # no code
        [*row(295)[:6], "see card", "", ""],  # no code either
        [
            "",
            "KA AB 3",
            "",
            "Skoda",
            "Stream",
            serial(296),
            "1296",
            "",
            "",
        ],  # the car of row 3, another radio
        ["", "", "", "", "Symphony", serial(297), "1297", "", "on the shelf"],  # a radio without a car
        ["", "KA-XY 9", "", "Skoda", "", serial(4), "1004", "", ""],  # row 4's radio in another car
        ["", "KA-XY 10", "TMBJJ6Y5X5451234I", "Skoda", "", "SKZ1Z2KB000299", "1299", "", ""],  # I in the VIN
        row(300),
    ]
    return rows + odd


def lines() -> list[Line]:
    """The whole file."""
    return [["Radiocodes 2009-2019"], [], HEADINGS, *messy_rows()]


def as_csv(encoding: str = "cp1252", separator: str = ";") -> bytes:
    """The book as a spreadsheet program saves it as CSV."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(lines())
    return text.getvalue().encode(encoding)


def as_xlsx() -> bytes:
    """The book as a spreadsheet, its codes as numbers that are shown with four digits."""
    book = openpyxl.Workbook()
    sheet = book.active
    for place, line in enumerate(lines(), 1):
        sheet.append(line)
        if place >= FIRST and line[6].isdecimal():
            cell = sheet.cell(place, 7)
            cell.value, cell.number_format = int(line[6]), "0000"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
