"""Reading a customer's message: what it says of the radio, where it says so, and what to ask back."""

from dataclasses import dataclass, replace

from garage.domain.catalogue import Catalogue
from garage.domain.fact_kinds import DealerFact
from garage.domain.message_numbers import SerialNumber, read_part_number, read_vin_number, serial_numbers
from garage.domain.message_runs import Found, Labels, runs
from garage.domain.message_words import (
    Named,
    Wordbook,
    counting_models,
    display_in,
    is_british,
    language_of,
    names_in,
    patterned_model,
    radio_in,
    year_in,
)
from garage.domain.plate import folded
from garage.domain.scope import RadioInCar
from garage.domain.text import N_, Text
from garage.domain.vocabulary import Need

ASK = {
    "make": N_("Which car is it (make, model, year)?"),
    "serial_number": N_(
        "What is the serial number on the radio's label? Slide the radio out with its plug left in: pulling the plug locks it."
    ),
    "photo": N_("Please send a photo of the label: the number does not look complete."),
    "vin": N_("What is the VIN (17 characters, in the registration papers)?"),
}
"""What can be asked back, by the names in `ask_for`."""

GREETING = N_("Thank you for your message. We need a little more to help you:")
CLOSING = N_("Please do not try any code until then: every wrong one counts. Leave the radio as it is.")


@dataclass(frozen=True, slots=True)
class MessageReading:
    """What a message says. What it does not say is None; nothing is invented.

    `inferred` names the fields that follow from others (a Mondeo is a Ford); `places` says where in
    the text each field stands, as (start, end). `language` has two letters.
    """

    make: str | None = None
    model: str | None = None
    radio: str | None = None
    year: int | None = None
    serial_number: str | None = None
    part_number: str | None = None
    vin: str | None = None
    display: str | None = None
    language: str | None = None
    complete: bool = False
    inferred: tuple[str, ...] = ()
    ask_for: tuple[str, ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()

    @property
    def model_and_radio(self) -> str | None:
        """Car, year and radio in one line, as people say it; None where none of them is known."""
        car = " ".join(str(part) for part in (self.model, self.year if self.model else None) if part)
        return ", ".join(part for part in (car, self.radio or "") if part) or None


@dataclass(frozen=True, slots=True)
class _Make:
    name: str | None
    where: Found | None = None
    inferred: bool = False


def read_message(text: str, catalogue: Catalogue) -> MessageReading:
    """What a pasted message of any language and spelling says about a radio and its car."""
    book = Wordbook(catalogue)
    make, cars, supplier = _make_and_cars(text, book)
    radio = radio_in(text, book, make.name)
    if make.name is None and radio is not None and radio[0] != "other":
        make = _Make(radio[0], radio[1], True)
    labels = Labels(text, catalogue.words.get("labels", {}))
    found_runs = runs(text, labels)
    vin = read_vin_number(found_runs, catalogue)
    serials = serial_numbers(found_runs, catalogue, make.name or supplier.name, labels, vin)
    serial = serials[0] if serials else None
    if make.name is None:
        make = _make_of_numbers(serial, [run.joined for run in found_runs], catalogue)
    make = _truck(_vauxhall(make if make.name else supplier, text, book), serial)
    number = serial.run.found() if serial else None
    places = {
        "make": None if make.inferred else make.where,
        "model": cars[0].found if cars else None,
        "radio": radio[1] if radio else None,
        "serial_number": number,
        "part_number": read_part_number(found_runs, catalogue, make.name, number or vin),
        "vin": vin,
        "display": display_in(text, book),
    }
    reading = MessageReading(
        make=make.name,
        model=cars[0].name if cars else None,
        year=year_in(text),
        complete=serial is not None and serial.whole,
        language=language_of(text, book),
    )
    return with_questions(_with_places(reading, places, make.inferred), catalogue)


def _make_and_cars(text: str, book: Wordbook) -> tuple[_Make, list[Named], _Make]:
    """The car's make (said, or named by its car), the cars, and the maker of the radio, all as written."""
    makes, models = names_in(text, book)
    if (pattern := patterned_model(text, book)) is not None:
        models.insert(0, pattern)
    make = _said_make(makes, models, book)
    cars = counting_models(models, [make.name] if make.name else [], book)
    if make.name is None and cars:
        make = _Make(cars[0].make, cars[0].found, True)
    supplier = next((_Make(name.make, name.found) for name in makes if name.make in book.suppliers), None)
    return make, cars, supplier or _Make(None)


def _said_make(makes: list[Named], models: list[Named], book: Wordbook) -> _Make:
    """The make the message names: of several the one whose car is named too, else the first."""
    cars = [make for make in makes if make.make not in book.suppliers]
    if not cars:
        return _Make(None)
    named = {model.make for model in models}
    best = next((make for make in cars if make.make in named), cars[0])
    doubtful = best.make not in named and folded(best.found.value) in book.ambiguous
    if doubtful and counting_models(models, [], book):
        return _Make(None)  # "Seat heating of my Golf"
    return _Make(best.make, best.found)


def _make_of_numbers(serial: SerialNumber | None, numbers: list[str], catalogue: Catalogue) -> _Make:
    if serial is not None:
        start = serial.run.found().value[:3]
        named = serial.family.named_by.get(start) or serial.family.usual_make
        return _Make(named or None, serial.run.found(), bool(named))
    usual = [other for other in catalogue.other_numbers if other.usual_make]
    for number in numbers:
        for other in usual:
            if other.pattern.fullmatch(number):
                return _Make(other.usual_make, None, True)
    return _Make(None)


def _vauxhall(make: _Make, text: str, book: Wordbook) -> _Make:
    """An Opel that nobody called one is a Vauxhall where the writer is in Britain."""
    sold_as = book.words.get("british", {}).get(make.name or "", ())
    if make.inferred and sold_as and is_british(text, book):
        return replace(make, name=sold_as[0])
    return make


def _truck(make: _Make, serial: SerialNumber | None) -> _Make:
    """The lorry maker of the same name, where the number's shape is a lorry radio's."""
    if serial is None or make.name is None:
        return make
    lorries = (name for name in serial.family.makes if name.startswith(f"{make.name} "))
    return replace(make, name=next(lorries, make.name))


def _with_places(
    reading: MessageReading, places: dict[str, Found | None], make_inferred: bool
) -> MessageReading:
    values = {name: found.value for name, found in places.items() if found and name not in {"make", "model"}}
    return replace(
        reading,
        **values,  # type: ignore[arg-type]
        inferred=("make",) if make_inferred and reading.make else (),
        places=tuple((name, found.start, found.end) for name, found in places.items() if found),
    )


def with_questions(reading: MessageReading, catalogue: Catalogue) -> MessageReading:
    """What is known, with the names of what is still to be asked back."""
    ask = []
    if reading.make is None:
        ask.append("make")
    if reading.serial_number is None:
        ask.append("serial_number")
    elif not reading.complete:
        ask.append("photo")
    facts = catalogue.usable(DealerFact, RadioInCar(reading.make, reading.model or "", reading.year))
    needs = next((fact.needs for fact in facts if fact.needs), ())
    if reading.vin is None and Need.VIN in needs:
        ask.append("vin")
    return replace(reading, ask_for=tuple(ask))


def reply(reading: MessageReading) -> tuple[Text, ...]:
    """A ready answer that asks for what is missing, to be said in the customer's language; () for nothing."""
    if not reading.ask_for:
        return ()
    return (Text(GREETING), *(Text(ASK[name]) for name in reading.ask_for), Text(CLOSING))
