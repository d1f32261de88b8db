"""Undoing an old code book: what it made goes, the newest first; what was used since stays and is listed."""

from sqlalchemy import Delete, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from garage.intake.models import Fitting, Vehicle
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.models import JournalEntry
from garage.upkeep.code_book import AT_ONCE
from garage.upkeep.models import BookStatus, CodeBook, CodeBookRow

MADE = or_(
    CodeBookRow.vehicle_id.is_not(None),
    CodeBookRow.head_unit_id.is_not(None),
    CodeBookRow.fitting_id.is_not(None),
    CodeBookRow.radio_code_id.is_not(None),
)
"""A row of which something is still here."""

_UNTOUCHED = 1  # the version of a row that nobody saved again


class _Used(Exception):
    """Somebody built on it."""


def undo_piece(session: Session, book: CodeBook) -> None:
    """Undo the next rows, from the end of the book to its beginning."""
    rows = session.scalars(
        select(CodeBookRow)
        .where(CodeBookRow.book_id == book.id, CodeBookRow.stays.is_(False), MADE)
        .order_by(CodeBookRow.place.desc())
        .limit(AT_ONCE)
    ).all()
    for row in rows:
        _undo(session, row)
    book.done += len(rows)
    if len(rows) < AT_ONCE:
        book.status = BookStatus.UNDONE


def _undo(session: Session, row: CodeBookRow) -> None:
    made = (row.radio_code_id, row.fitting_id, row.head_unit_id, row.vehicle_id)
    try:
        with session.begin_nested():
            row.radio_code_id = row.fitting_id = row.head_unit_id = row.vehicle_id = None
            session.flush()  # the row itself must not hold what goes
            _take_away(session, *made)
    except (_Used, IntegrityError):
        session.refresh(row)
        row.stays = True


def _take_away(
    session: Session, code: int | None, fitting: int | None, unit: int | None, vehicle: int | None
) -> None:
    """Delete what one row made. Raises _Used or IntegrityError where anything stands on it."""
    if code is not None:
        _check_unused(session, RadioCode.__tablename__, code, "add_code")
        untried = (RadioCode.standing == Standing.TO_TRY, RadioCode.version == _UNTOUCHED)
        _gone(session, delete(RadioCode).where(RadioCode.id == code, *untried))
    if fitting is not None:
        _gone(session, delete(Fitting).where(Fitting.id == fitting, Fitting.until_at.is_(None)))
    if unit is not None:
        _check_unused(session, HeadUnit.__tablename__, unit, "add_radio")
        _gone(session, delete(HeadUnit).where(HeadUnit.id == unit, HeadUnit.version == _UNTOUCHED))
    if vehicle is not None:
        _check_unused(session, Vehicle.__tablename__, vehicle, "")  # merged with another car, for example
        _gone(session, delete(Vehicle).where(Vehicle.id == vehicle, Vehicle.version == _UNTOUCHED))


def _check_unused(session: Session, kind: str, number: int, made_by: str) -> None:
    """Whoever showed, printed or changed it is on record."""
    others = select(JournalEntry.id).where(
        JournalEntry.kind == kind, JournalEntry.row_number == number, JournalEntry.verb != made_by
    )
    if session.scalar(others.limit(1)) is not None:
        raise _Used


def _gone(session: Session, deletion: Delete) -> None:
    if session.execute(deletion.execution_options(synchronize_session=False)).rowcount != 1:  # type: ignore[attr-defined]
        raise _Used
