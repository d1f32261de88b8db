"""What becomes of each row of an old code book, judged before anything is written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from garage.domain.catalogue import Catalogue
from garage.domain.code_book import Entry, entered_or_none, may_hold_code, without_codes
from garage.domain.code_book_cars import Car, OnFile, Radio
from garage.domain.code_shape import code_shape, doubts
from garage.domain.labelled import Labelled
from garage.domain.plate import plate_key
from garage.domain.scope import RadioInCar
from garage.domain.serial_number import SHORTEST, Reading, identify
from garage.domain.text import N_, Refused, Text
from garage.domain.vin import read_vin


class Fate(Labelled):
    """What becomes of a row."""

    NEW_CAR = "new_car", N_("Car not known yet")
    KNOWN_CAR = "known_car", N_("Known car")
    JOINED = "joined", N_("Same car as an earlier row")
    RADIO_ONLY = "radio_only", N_("Radio without its car")
    ON_FILE = "on_file", N_("On file already")
    TWICE = "twice", N_("Twice in the book")
    CODE_DIFFERS = "code_differs", N_("Another code is on file")
    CANNOT = "cannot", N_("Cannot be used")

    @property
    def imports(self) -> bool:
        """Whether the row's code is taken over."""
        return self in {Fate.NEW_CAR, Fate.KNOWN_CAR, Fate.JOINED, Fate.RADIO_ONLY}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row's fate, why, what to look at, and what would be written; the entry is without codes in the open."""

    entry: Entry
    fate: Fate
    why: Text | None = None
    warnings: tuple[Text, ...] = ()
    vin: str = ""
    registration: str = ""
    make: str = ""
    serial_number: str = ""
    code: str = field(default="", repr=False)
    car: Car | None = None
    radio: Radio | None = None
    fits: bool = False  # the radio is put into the car


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    vin: str
    registration: str
    make: str
    reading: Reading
    code: str
    warnings: tuple[Text, ...]


def judge(entry: Entry, on_file: OnFile, catalogue: Catalogue) -> Judgement:
    """The fate of one row, given what is on file and what the rows before it bring."""
    row = _read(entry, catalogue)
    why = _unusable(entry, row)
    if why is not None:
        return _judged(row, Fate.CANNOT, why)
    car = on_file.car(row.vin, row.registration)
    radio = on_file.radio(row.reading.serial_number)
    if on_file.plate_taken(row.vin, row.registration):
        return _judged(row, Fate.CANNOT, Text(N_("This registration is on file with another VIN.")))
    return _in_car(row, car, None) if radio is None else _with_known_radio(row, car, radio)


def follow(on_file: OnFile, judgement: Judgement) -> tuple[Car | None, Radio] | None:
    """Let the rows after this one know what it brings: the car (if any) and the radio; None for nothing."""
    if not judgement.fate.imports:
        return None
    place, car, radio = judgement.entry.place, judgement.car, judgement.radio
    if car is None and judgement.fate is Fate.NEW_CAR:
        car = Car(None, judgement.vin, judgement.registration, place=place)
        on_file.add_car(car)
    if radio is None:
        radio = Radio(None, judgement.serial_number, judgement.make)
        on_file.add_radio(radio)
    if car is not None and judgement.fits:
        radio.car, car.serial_number = car, radio.serial_number
    radio.codes.add(judgement.code)
    radio.place = place
    return car, radio


def _read(entry: Entry, catalogue: Catalogue) -> _Row:
    warnings: list[Text] = []
    vin, code = "", entered_or_none(entry.code) or ""
    kept = without_codes(entry, code)
    if kept != entry:
        warnings.append(Text(N_("What may be a code in another column is left out.")))
        entry = kept
    if entry.vin:
        try:
            found = read_vin(entry.vin)
            vin = found.text
            warnings += found.warnings
        except Refused as no:
            warnings.append(Text(N_("The VIN is left out: %(why)s"), {"why": no.text}))
    make = catalogue.make_name(entry.make) or catalogue.make_name(entry.make.partition(" ")[0]) or ""
    if entry.make and not make:
        warnings.append(Text(N_("This make is not known. It is kept as it stands.")))
    reading = identify(entry.serial_number, catalogue, make or None)
    warnings += reading.warnings if reading.serial_number else ()
    if code:
        warnings += doubts(
            code, code_shape(catalogue, RadioInCar(make or reading.make, families=reading.families))
        )
    return _Row(
        entry,
        vin,
        plate_key(entry.registration),
        make or entry.make or reading.make or "",
        reading,
        code,
        tuple(warnings),
    )


def _unusable(entry: Entry, row: _Row) -> Text | None:
    if not entry.code:
        return Text(N_("No code stands in this row."))
    if not row.code:
        return Text(N_("What stands as the code is no code."))
    if not row.reading.serial_number:
        return Text(N_("No serial number: nobody can say which radio the code is for."))
    if len(row.reading.serial_number) < SHORTEST:
        return Text(N_("A serial number has at least four letters or digits."))
    if row.reading.serial_number == row.vin:
        return Text(N_("The VIN stands in the place of the serial number."))
    if may_hold_code(row.reading.serial_number, row.code):
        return Text(N_("A code seems to stand in the place of the serial number."))
    return None


def _with_known_radio(row: _Row, car: Car | None, radio: Radio) -> Judgement:
    elsewhere = radio.car is not None and (row.vin or row.registration) and radio.car is not car
    if elsewhere:
        return _judged(row, Fate.CANNOT, Text(N_("This serial number is on file in another car.")))
    if row.code in radio.failed:
        return _judged(
            row, Fate.CANNOT, Text(N_("This code was entered into this radio before and did not work."))
        )
    earlier: dict[str, object] = {"row": radio.place}
    if row.code in radio.codes:
        if radio.place is not None:
            return _judged(row, Fate.TWICE, Text(N_("The same as row %(row)d."), earlier))
        return _judged(row, Fate.ON_FILE)
    if radio.codes:
        if radio.place is not None:
            return _judged(row, Fate.CODE_DIFFERS, Text(N_("Row %(row)d has another code."), earlier))
        return _judged(row, Fate.CODE_DIFFERS)
    if radio.car is not None:
        return _judged(row, Fate.KNOWN_CAR, car=radio.car, radio=radio)
    return _in_car(row, car, radio)


def _in_car(row: _Row, car: Car | None, radio: Radio | None) -> Judgement:
    if car is None:
        has_car = bool(row.vin or row.registration)
        return _judged(row, Fate.NEW_CAR if has_car else Fate.RADIO_ONLY, radio=radio, fits=has_car)
    if car.serial_number and car.serial_number != row.reading.serial_number:
        other = Text(N_("The car has another radio on file. This one is kept without its car."))
        return _judged(row, Fate.RADIO_ONLY, other, radio=radio)
    if car.place is not None:
        same = Text(N_("The same car as row %(row)d."), {"row": car.place})
        return _judged(row, Fate.JOINED, same, car=car, radio=radio, fits=True)
    return _judged(row, Fate.KNOWN_CAR, car=car, radio=radio, fits=True)


def _judged(
    row: _Row,
    fate: Fate,
    why: Text | None = None,
    *,
    car: Car | None = None,
    radio: Radio | None = None,
    fits: bool = False,
) -> Judgement:
    return Judgement(
        entry=row.entry,
        fate=fate,
        why=why,
        warnings=row.warnings,
        vin=row.vin,
        registration=row.registration,
        make=row.make,
        serial_number=row.reading.serial_number,
        code=row.code,
        car=car,
        radio=radio,
        fits=fits,
    )


def judge_all(entries: Iterable[Entry], on_file: OnFile, catalogue: Catalogue) -> list[Judgement]:
    """The fate of every row in the book's order."""
    judged = []
    for entry in entries:
        judgement = judge(entry, on_file, catalogue)
        follow(on_file, judgement)
        judged.append(judgement)
    return judged
