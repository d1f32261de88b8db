"""The old code book: its columns are found, and each row gets its fate before anything is written."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from garage.domain.catalogue import Catalogue
from garage.domain.code_book import Column, Entry, Layout, guess_layout, read_entry
from garage.domain.code_book_cars import Car, OnFile, Radio
from garage.domain.code_book_fate import Fate, Judgement, judge_all
from tests import old_book

SERIAL = old_book.serial(1)


def test_german_headings_below_a_title_are_found(catalogue: Catalogue) -> None:
    assert guess_layout(old_book.lines(), catalogue) == Layout(
        3,
        {
            Column.REGISTRATION: 1,
            Column.VIN: 2,
            Column.MAKE: 3,
            Column.RADIO: 4,
            Column.SERIAL_NUMBER: 5,
            Column.CODE: 6,
            Column.CUSTOMER: 7,
        },
    )


def test_english_headings_are_found_in_any_order(catalogue: Catalogue) -> None:
    rows = [
        ["Radio code", "Serial No.", "Reg. no.", "Owner", "Car"],
        ["0417", SERIAL, "AB12 CDE", "Jo", "VW"],
    ]
    columns = guess_layout(rows, catalogue).columns
    assert [columns[column] for column in (Column.CODE, Column.SERIAL_NUMBER, Column.REGISTRATION)] == [
        0,
        1,
        2,
    ]
    assert (columns[Column.CUSTOMER], columns[Column.MAKE]) == (3, 4)


def test_without_headings_the_contents_tell(catalogue: Catalogue) -> None:
    rows = [
        ["Jo Hill", f"0{number}17", old_book.serial(number), "Skoda", f"AB1{number} CDE", "TMBJJ6Y5X54512345"]
        for number in range(1, 6)
    ]
    assert guess_layout(rows, catalogue) == Layout(
        0,
        {
            Column.VIN: 5,
            Column.CODE: 1,
            Column.MAKE: 3,
            Column.SERIAL_NUMBER: 2,
            Column.REGISTRATION: 4,
            Column.CUSTOMER: 0,
        },
    )


@settings(max_examples=100, deadline=None)
@example([[" "], ["  "]])  # cells of blanks only
@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=8))
def test_whatever_stands_in_a_file_has_a_layout_and_a_fate(
    catalogue: Catalogue, rows: list[list[str]]
) -> None:
    layout = guess_layout(rows, catalogue)
    entries = [read_entry(row, layout, place) for place, row in enumerate(rows, 1)]
    assert len(judge_all(entries, OnFile(), catalogue)) == len(rows)


def fates(catalogue: Catalogue, *entries: Entry, on_file: OnFile | None = None) -> list[Judgement]:
    return judge_all(entries, on_file or OnFile(), catalogue)


def entry(place: int = 1, **values: str) -> Entry:
    given = {"registration": "AB12 CDE", "make": "Skoda", "serial_number": SERIAL, "code": "0417"} | values
    return Entry(place, **given)


def on_file(**radio: object) -> OnFile:
    """A Skoda with its radio, whose code is 0417 unless something else is given."""
    car = Car(1, "TMBJJ6Y5X54512345", "AB12CDE", serial_number=SERIAL)
    given = {"codes": {"0417"}} | radio
    return OnFile([car], [Radio(1, SERIAL, "Skoda", car, **given)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "fate", "why"),
    [
        ({}, Fate.NEW_CAR, None),
        ({"registration": ""}, Fate.RADIO_ONLY, None),
        ({"code": ""}, Fate.CANNOT, "No code stands in this row."),
        ({"code": "see card"}, Fate.CANNOT, "What stands as the code is no code."),
        ({"serial_number": ""}, Fate.CANNOT, "No serial number"),
        ({"serial_number": "12"}, Fate.CANNOT, "at least four"),
        (
            {"serial_number": "TMBJJ6Y5X54512345", "vin": "TMBJJ6Y5X54512345"},
            Fate.CANNOT,
            "The VIN stands in the place",
        ),
        ({"serial_number": "735190"}, Fate.CANNOT, "in the place of the serial number"),
        ({"serial_number": "0417", "code": "04-17"}, Fate.CANNOT, "in the place of the serial number"),
    ],
)
def test_a_row_alone(catalogue: Catalogue, values: dict[str, str], fate: Fate, why: str | None) -> None:
    (judged,) = fates(catalogue, entry(**values))
    assert judged.fate is fate
    assert (why or "") in str(judged.why or "")
    assert bool(judged.why) is bool(why)


@pytest.mark.parametrize(
    ("values", "fate"),
    [
        ({}, Fate.ON_FILE),
        ({"code": "0418"}, Fate.CODE_DIFFERS),
        ({"registration": "KA-AB 1"}, Fate.CANNOT),
        ({"serial_number": old_book.serial(2)}, Fate.RADIO_ONLY),
        ({"vin": "TMBJJ6Y5X54512346"}, Fate.CANNOT),
        ({"registration": "", "code": "0418"}, Fate.CODE_DIFFERS),
    ],
)
def test_a_row_about_a_car_on_file(catalogue: Catalogue, values: dict[str, str], fate: Fate) -> None:
    assert [judged.fate for judged in fates(catalogue, entry(**values), on_file=on_file())] == [fate]


def test_a_known_radio_without_a_code_gets_it_unless_it_was_wrong_before(catalogue: Catalogue) -> None:
    (judged,) = fates(catalogue, entry(), on_file=on_file(codes=set()))
    assert (judged.fate, judged.fits) == (Fate.KNOWN_CAR, False)
    (judged,) = fates(catalogue, entry(), on_file=on_file(codes=set(), failed={"0417"}))
    assert judged.fate is Fate.CANNOT


def test_rows_of_the_same_book_know_each_other(catalogue: Catalogue) -> None:
    judged = fates(
        catalogue,
        entry(5),
        entry(6),
        entry(7, code="0418"),
        entry(8, serial_number=old_book.serial(2)),
        entry(9, registration="KA-AB 1"),
    )
    assert [one.fate for one in judged] == [
        Fate.NEW_CAR,
        Fate.TWICE,
        Fate.CODE_DIFFERS,
        Fate.RADIO_ONLY,
        Fate.CANNOT,
    ]
    assert [str(one.why) for one in judged[1:3]] == ["The same as row 5.", "Row 5 has another code."]


def test_look_alikes_a_lost_zero_and_a_wrong_vin_are_pointed_out_and_nothing_is_changed(
    catalogue: Catalogue,
) -> None:
    (judged,) = fates(catalogue, entry(serial_number="SKZ1Z2KB000299", code="417", vin="TMBJJ6Y5X5451234I"))
    said = " ".join(map(str, judged.warnings))
    assert "SKZ1Z2K8000299" in said
    assert "usually have 4 digits, this one has 3" in said
    assert "The VIN is left out: I, O and Q never stand in a VIN." in said
    assert (judged.serial_number, judged.code, judged.vin) == ("SKZ1Z2KB000299", "417", "")


def test_no_code_stands_in_a_repr_or_a_warning(catalogue: Catalogue) -> None:
    judged = fates(catalogue, entry(code="7351"), entry(2, code="73519999"), on_file=on_file(codes={"7352"}))
    assert "735" not in repr(judged) + "".join(str(warning) for one in judged for warning in one.warnings)
    assert "7351" not in repr(on_file(codes={"7351"}))


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("customer", "Jo Hill 0417"),
        ("customer", "Jo Hill 04 17"),
        ("radio", "4711"),
        ("radio", "Gamma, code 4711"),
        ("make", "Skoda 0417"),
        ("registration", "735 19"),
        ("registration", "KA-AB 0417"),
    ],
)
def test_what_may_be_a_code_in_another_column_is_left_out_and_said(
    catalogue: Catalogue, column: str, text: str
) -> None:
    (judged,) = fates(catalogue, entry(code="0417", **{column: text}))
    assert getattr(judged.entry, column) == ""
    assert "is left out" in " ".join(map(str, judged.warnings))
    assert judged.registration == ("" if column == "registration" else "AB12CDE")


def test_a_name_with_a_number_and_a_plate_are_kept(catalogue: Catalogue) -> None:
    (judged,) = fates(catalogue, entry(customer="Garage 2000", registration="KA-AB 417"))
    assert (judged.entry.customer, judged.registration, judged.warnings) == ("Garage 2000", "KAAB417", ())


def test_a_make_that_we_do_not_know_is_never_replaced_by_a_guess(catalogue: Catalogue) -> None:
    unknown, empty = fates(catalogue, entry(make="Wartburg"), entry(2, make=""))
    assert (unknown.make, empty.make) == ("Wartburg", "Skoda")
    assert "This make is not known" in " ".join(map(str, unknown.warnings))
