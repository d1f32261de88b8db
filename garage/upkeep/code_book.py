"""Taking an old code book over: kept sealed, taken over piece by piece, so that a crash loses and doubles nothing."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from garage.db import check_version, vault_of
from garage.domain.catalogue import Catalogue
from garage.domain.code_book import Column, Entry, Layout, read_entry
from garage.domain.code_book_cars import Car, Radio
from garage.domain.code_book_fate import Fate, Judgement, follow, judge
from garage.domain.plate import plate_shown
from garage.domain.text import N_, Refused, Text
from garage.intake.models import Fitting, Vehicle
from garage.outbox.sending import WORKER
from garage.radios.actions import add_code
from garage.radios.models import HeadUnit, Origin
from garage.staff.journal import By, write
from garage.upkeep.code_book_known import known_of
from garage.upkeep.models import BookStatus, CodeBook, CodeBookRow

KEPT_UNUSED = timedelta(days=7)
AT_ONCE = 50  # rows in one transaction: short enough that nobody at the desk waits for it


def keep_book(session: Session, lines: Sequence[Sequence[str]], layout: Layout, by: By) -> CodeBook:
    """Keep an uploaded book, every line sealed. A book read before and not taken over is let go.

    Raises CodesLocked without the code key.
    """
    vault = vault_of(session)
    waiting = select(CodeBook).where(CodeBook.site_id == by.site_id, CodeBook.status == BookStatus.READ)
    for book in session.scalars(waiting):
        let_go(session, book, by)
    kept = [(place, cells) for place, cells in enumerate(lines, 1) if any(cells)]
    book = CodeBook(
        site_id=by.site_id,
        first_row=layout.first_row,
        columns=_columns_text(layout.columns),
        rows=sum(place > layout.first_row for place, _ in kept),
        at=by.at,
        person_id=by.person_id,
    )
    session.add(book)
    session.flush()
    session.add_all(
        CodeBookRow(book_id=book.id, place=place, cells=vault.seal(json.dumps(list(cells))))
        for place, cells in kept
    )
    write(session, by, "read_code_book", book)
    return book


def let_go(session: Session, book: CodeBook, by: By) -> None:
    """Delete a book of which nothing was taken over, and all its lines."""
    if book.status is not BookStatus.READ:
        raise Refused(N_("This book was taken over. It can be undone."))
    write(session, by, "let_book_go", book)
    session.execute(delete(CodeBookRow).where(CodeBookRow.book_id == book.id))
    session.delete(book)
    session.flush()


def forget_books(session: Session, now: datetime) -> None:
    """Let go what was uploaded a week ago and never taken over, whole books and the rest of begun ones."""
    unused = CodeBook.status.in_((BookStatus.READ, BookStatus.TAKING))
    old = select(CodeBook).where(unused, CodeBook.at <= now - KEPT_UNUSED)
    for book in session.scalars(old.with_for_update()).all():
        by = By(book.site_id, None, now, WORKER)
        if book.status is BookStatus.READ:
            let_go(session, book, by)
        else:
            _let_rest_go(session, book, by)


def _let_rest_go(session: Session, book: CodeBook, by: By) -> None:
    """Nobody went on: the rows that were not taken over are listed without what stood in them."""
    too_late = Text(N_("Not taken over within a week. What stood here is deleted."))
    rest = update(CodeBookRow).where(CodeBookRow.book_id == book.id, CodeBookRow.fate.is_(None))
    session.execute(rest.values(cells=None, fate=Fate.CANNOT, why=_why_text(too_late)))
    book.status = BookStatus.TAKEN
    write(session, by, "let_book_go", book)


def match_columns(session: Session, book: CodeBook, layout: Layout, version: int) -> None:
    """Say which column holds what, and where the rows begin."""
    check_version(book, version)
    _check_read(book)
    book.columns, book.first_row = _columns_text(layout.columns), layout.first_row
    below = select(func.count(CodeBookRow.id)).where(CodeBookRow.book_id == book.id)
    book.rows = session.scalar(below.where(CodeBookRow.place > layout.first_row)) or 0


def begin(session: Session, book: CodeBook, version: int, by: By) -> None:
    """From now on the book is taken over; `go_on` does a piece of it each time."""
    check_version(book, version)
    _check_read(book)
    if not is_ready(layout_of(book)):
        raise Refused(N_("Say first which column holds the serial number, and which the code."))
    book.status = BookStatus.TAKING
    head = CodeBookRow.place <= book.first_row
    session.execute(delete(CodeBookRow).where(CodeBookRow.book_id == book.id, head))
    write(session, by, "take_over_book", book)


def is_ready(layout: Layout) -> bool:
    """Whether the columns are matched that no code can be taken over without."""
    return {Column.SERIAL_NUMBER, Column.CODE} <= set(layout.columns)


def _check_read(book: CodeBook) -> None:
    if book.status is not BookStatus.READ:
        raise Refused(N_("This book is taken over already."))


def take_piece(session: Session, book: CodeBook, catalogue: Catalogue, by: By) -> None:
    """Take the next rows over, each judged by what is on file at this moment. Raises CodesLocked."""
    rows = session.scalars(
        select(CodeBookRow)
        .where(CodeBookRow.book_id == book.id, CodeBookRow.fate.is_(None))
        .order_by(CodeBookRow.place)
        .limit(AT_ONCE)
    ).all()
    entries = entries_of(session, book, rows)
    on_file = known_of(session, book, entries)
    for row, entry in zip(rows, entries, strict=True):
        judgement = judge(entry, on_file, catalogue)
        brought = follow(on_file, judgement)
        if brought is not None:
            _take(session, row, judgement, *brought, by)
        row.fate, row.why, row.cells = judgement.fate, _why_text(judgement.why), None
    book.done += len(rows)
    if len(rows) < AT_ONCE:
        book.status = BookStatus.TAKEN


def _take(
    session: Session, row: CodeBookRow, judgement: Judgement, car: Car | None, radio: Radio, by: By
) -> None:
    if car is not None and car.id is None:
        row.vehicle_id = car.id = _new_vehicle(session, judgement)
    if radio.id is None:
        unit = HeadUnit(
            serial_number=judgement.serial_number,
            make=judgement.make,
            model=judgement.entry.radio,
        )
        session.add(unit)
        write(session, by, "add_radio", unit)
        row.head_unit_id = radio.id = unit.id
    if car is not None and judgement.fits:
        fitting = Fitting(vehicle_id=car.id, head_unit_id=radio.id, from_at=by.at)
        session.add(fitting)
        session.flush()
        row.fitting_id = fitting.id
    unit = session.get_one(HeadUnit, radio.id)
    row.radio_code_id = add_code(session, unit, judgement.code, Origin.OLD_BOOK, by).id


def _new_vehicle(session: Session, judgement: Judgement) -> int:
    vehicle = Vehicle(
        vin=judgement.vin or None,
        registration=judgement.registration,
        registration_shown=plate_shown(judgement.entry.registration),
        make=judgement.make,
        known_owner=judgement.entry.customer,
    )
    session.add(vehicle)
    session.flush()
    return vehicle.id


def entries_of(session: Session, book: CodeBook, rows: Sequence[CodeBookRow]) -> list[Entry]:
    """The rows as the columns say. Raises CodesLocked."""
    vault, layout = vault_of(session), layout_of(book)
    return [
        read_entry(json.loads(vault.open(row.cells)), layout, row.place)
        for row in rows
        if row.cells is not None
    ]


def layout_of(book: CodeBook) -> Layout:
    """Where the rows begin and which column holds what."""
    columns: dict[str, int] = json.loads(book.columns)
    return Layout(
        book.first_row, {column: columns[column.value] for column in Column if column.value in columns}
    )


def _columns_text(columns: Mapping[Column, int]) -> str:
    return json.dumps({column.value: number for column, number in columns.items()})


def _why_text(why: Text | None) -> str:
    return json.dumps([why.message, why.values]) if why else ""


def begin_undo(session: Session, book: CodeBook, version: int, by: By) -> None:
    """From now on what the book made is taken away again, where nothing was built on it."""
    if book.status is not BookStatus.TAKING:  # while it is taken over every piece changes it
        check_version(book, version)
    if book.status not in {BookStatus.TAKEN, BookStatus.TAKING}:
        raise Refused(N_("Only a book that was taken over can be undone."))
    session.execute(
        update(CodeBookRow)
        .where(CodeBookRow.book_id == book.id, CodeBookRow.fate.is_(None))
        .values(cells=None)  # the rest of a book that was stopped half-way is not needed any more
    )
    book.status, book.done = BookStatus.UNDOING, 0
    write(session, by, "undo_book", book)
