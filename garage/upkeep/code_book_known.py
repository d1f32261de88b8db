"""What is on file about the cars and radios that an old code book names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from garage.db import vault_of
from garage.domain.code_book import Entry
from garage.domain.code_book_cars import Car, OnFile, Radio
from garage.domain.plate import plate_key
from garage.domain.serial_number import normalise
from garage.domain.text import Refused
from garage.domain.vin import read_vin
from garage.intake.models import Fitting, Vehicle
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.upkeep.models import CodeBook, CodeBookRow

AT_ONCE = 500  # values in one question: SQLite takes no more than some thousands

Found = TypeVar("Found")
Asked = TypeVar("Asked", str, int)


def known_of(session: Session, book: CodeBook, entries: Sequence[Entry]) -> OnFile:
    """The cars and radios that these rows may mean. Raises CodesLocked without the code key."""
    vehicles = {
        vehicle.id: vehicle
        for vehicle in (
            *_ask(session, lambda vins: select(Vehicle).where(Vehicle.vin.in_(vins)), _vins(entries)),
            *_ask(
                session,
                lambda plates: select(Vehicle).where(Vehicle.registration.in_(plates)),
                {plate_key(entry.registration) for entry in entries},
            ),
        )
    }
    units = _ask(
        session,
        lambda numbers: select(HeadUnit).where(HeadUnit.serial_number.in_(numbers)),
        {normalise(entry.serial_number) for entry in entries},
    )
    fittings = _fittings(session, vehicles, [unit.id for unit in units])
    vehicles |= {fitting.vehicle_id: fitting.vehicle for fitting in fittings}
    rows_of_cars, rows_of_codes = _rows_of(session, book)
    cars = {vehicle.id: _car(vehicle, rows_of_cars) for vehicle in sorted(vehicles.values(), key=_number)}
    car_of = {}
    for fitting in fittings:
        cars[fitting.vehicle_id].serial_number = fitting.head_unit.serial_number
        car_of[fitting.head_unit_id] = cars[fitting.vehicle_id]
    radios = [
        _radio(session, unit, car_of.get(unit.id), rows_of_codes) for unit in sorted(units, key=_number)
    ]
    return OnFile(list(cars.values()), radios)


def _number(row: Vehicle | HeadUnit) -> int:
    return row.id


def _vins(entries: Iterable[Entry]) -> set[str]:
    found = set()
    for entry in entries:
        try:
            found.add(read_vin(entry.vin).text)
        except Refused:
            continue
    return found


def _ask(
    session: Session, question: Callable[[list[Asked]], Select[Found]], values: Iterable[Asked]
) -> list[Found]:
    """The answers to a question about many values, some hundreds at a time."""
    return [
        row for part in _parts(value for value in values if value) for row in session.scalars(question(part))
    ]


def _parts(values: Iterable[Asked]) -> Iterator[list[Asked]]:
    left = iter(values)
    while part := list(islice(left, AT_ONCE)):
        yield part


def _fittings(session: Session, vehicles: Iterable[int], units: Iterable[int]) -> list[Fitting]:
    now = select(Fitting).where(Fitting.until_at.is_(None)).order_by(Fitting.id)
    found = [
        *_ask(session, lambda ids: now.where(Fitting.vehicle_id.in_(ids)), vehicles),
        *_ask(session, lambda ids: now.where(Fitting.head_unit_id.in_(ids)), units),
    ]
    return list({fitting.id: fitting for fitting in found}.values())


def _rows_of(session: Session, book: CodeBook) -> tuple[dict[int, int], dict[int, int]]:
    """The row of this book that made a car, and the one that put a code on file, by their numbers."""
    rows = session.execute(
        select(CodeBookRow.place, CodeBookRow.vehicle_id, CodeBookRow.radio_code_id).where(
            CodeBookRow.book_id == book.id, CodeBookRow.fate.is_not(None)
        )
    ).all()
    return (
        {vehicle: place for place, vehicle, _ in rows if vehicle},
        {code: place for place, _, code in rows if code},
    )


def _car(vehicle: Vehicle, made_by: dict[int, int]) -> Car:
    return Car(vehicle.id, vehicle.vin or "", vehicle.registration, place=made_by.get(vehicle.id))


def _radio(session: Session, unit: HeadUnit, car: Car | None, made_by: dict[int, int]) -> Radio:
    vault = vault_of(session)

    def opened(codes: Iterable[RadioCode]) -> set[str]:
        return {vault.open(code.sealed) for code in codes}

    failed = [code for code in unit.codes if code.standing is Standing.DID_NOT_WORK]
    good = [code for code in unit.codes if code.standing is not Standing.DID_NOT_WORK]
    places = [made_by[code.id] for code in good if code.id in made_by]
    return Radio(
        unit.id, unit.serial_number, unit.make, car, opened(good), opened(failed), max(places, default=None)
    )
