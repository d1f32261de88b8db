"""What the pages of an old code book show: columns to choose from, the dry run, and what became of it."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from garage.db import vault_of
from garage.domain.catalogue import Catalogue
from garage.domain.code_book import Column, entered_or_none, may_hold_code
from garage.domain.code_book_fate import Fate, Judgement, judge_all
from garage.domain.secrecy import MASK
from garage.domain.text import Text
from garage.upkeep.code_book import entries_of, layout_of
from garage.upkeep.code_book_known import known_of
from garage.upkeep.code_book_undo import MADE
from garage.upkeep.models import BookStatus, CodeBook, CodeBookRow

A_PAGE = 100  # rows shown at once
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class DryRun:
    """What would become of every row: one page of them, of one fate where one is asked for."""

    rows: Sequence[Judgement]
    counts: Mapping[Fate, int]
    imports: int
    to_look_at: int  # rows taken over that have a warning
    page: int
    pages: int


def book_of(session: Session, site_id: int, book_id: int, *, lock: bool = False) -> CodeBook | None:
    """One of this workshop's books; locked, so that two browsers take over one piece after the other."""
    asked = select(CodeBook).where(CodeBook.site_id == site_id, CodeBook.id == book_id)
    return session.scalar(asked.with_for_update() if lock else asked)


def books_of(session: Session, site_id: int) -> Sequence[CodeBook]:
    """This workshop's books, the newest first."""
    return session.scalars(
        select(CodeBook).where(CodeBook.site_id == site_id).order_by(CodeBook.id.desc())
    ).all()


def dry_run(session: Session, book: CodeBook, catalogue: Catalogue, fate: Fate | None, page: int) -> DryRun:
    """Judge every row without writing anything. Raises CodesLocked."""
    rows = session.scalars(
        select(CodeBookRow)
        .where(CodeBookRow.book_id == book.id, CodeBookRow.place > book.first_row)
        .order_by(CodeBookRow.place)
    ).all()
    entries = entries_of(session, book, rows)
    judged = judge_all(entries, known_of(session, book, entries), catalogue)
    counts = Counter(judgement.fate for judgement in judged)
    shown = [judgement for judgement in judged if fate is None or judgement.fate is fate]
    pages = max(1, -(-len(shown) // A_PAGE))
    page = min(max(page, 1), pages)
    return DryRun(
        rows=[_without_code(judgement) for judgement in shown[(page - 1) * A_PAGE : page * A_PAGE]],
        counts={one: counts[one] for one in Fate if counts[one]},
        imports=sum(judgement.fate.imports for judgement in judged),
        to_look_at=sum(bool(judgement.warnings) and judgement.fate.imports for judgement in judged),
        page=page,
        pages=pages,
    )


def _without_code(judgement: Judgement) -> Judgement:
    """The row as it is shown: a code in the place of the serial number is hidden as well."""
    return replace(judgement, serial_number=_shown(judgement.serial_number, judgement.code))


def columns_of(session: Session, book: CodeBook) -> list[tuple[int, str]]:
    """The columns of the file by letter, heading and a few values; whatever looks like a code is hidden."""
    vault = vault_of(session)
    rows = session.scalars(
        select(CodeBookRow)
        .where(CodeBookRow.book_id == book.id, CodeBookRow.place >= book.first_row)
        .order_by(CodeBookRow.place)
        .limit(1 + _SAMPLES)
    )
    lines = [json.loads(vault.open(row.cells)) for row in rows if row.cells is not None]
    wide = max((len(line) for line in lines), default=0)
    codes = layout_of(book).columns.get(Column.CODE)
    return [
        (place, f"{get_column_letter(place + 1)}: {_samples(lines, place, codes)}") for place in range(wide)
    ]


def _samples(lines: list[list[str]], place: int, codes: int | None) -> str:
    cells = [
        MASK
        if place == codes and any(map(str.isdigit, line[place]))
        else _shown(line[place], _code(line, codes))[:20]
        for line in lines
        if place < len(line) and line[place]
    ]
    return ", ".join(cells)


def _code(line: list[str], column: int | None) -> str:
    return entered_or_none(line[column]) or "" if column is not None and column < len(line) else ""


def _shown(cell: str, code: str) -> str:
    """A cell as a page may show it: dots in place of one that may hold a code."""
    return MASK if may_hold_code(cell, code) else cell


def counts_of(session: Session, book: CodeBook) -> dict[Fate, int]:
    """What became of the rows so far."""
    asked = (
        select(CodeBookRow.fate, func.count(CodeBookRow.id))
        .where(CodeBookRow.book_id == book.id, CodeBookRow.fate.is_not(None))
        .group_by(CodeBookRow.fate)
    )
    found = {row[0]: row[1] for row in session.execute(asked)}
    return {fate: found[fate] for fate in Fate if fate in found}


def left_over(session: Session, book: CodeBook) -> Sequence[tuple[int, Fate, Text | None]]:
    """Rows to look at by hand, by their line: those not taken over or, after undoing, those that stay."""
    asked = select(CodeBookRow).where(CodeBookRow.book_id == book.id).order_by(CodeBookRow.place)
    if book.status is BookStatus.UNDONE:
        asked = asked.where(CodeBookRow.stays)
    else:
        by_hand = [Fate.CANNOT, Fate.CODE_DIFFERS]
        asked = asked.where(CodeBookRow.fate.in_(by_hand))
    return [(row.place, row.fate, _why(row.why)) for row in session.scalars(asked) if row.fate]


def _why(kept: str) -> Text | None:
    return Text(*json.loads(kept)) if kept else None


def still_to_do(session: Session, book: CodeBook) -> int:
    """How many rows the running work has left."""
    asked = select(func.count(CodeBookRow.id)).where(CodeBookRow.book_id == book.id)
    if book.status is BookStatus.TAKING:
        return session.scalar(asked.where(CodeBookRow.fate.is_(None))) or 0
    return session.scalar(asked.where(MADE, CodeBookRow.stays.is_(False))) or 0
