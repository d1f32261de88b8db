"""The old code book while it is taken over: its rows, sealed until then, and what each of them made."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.domain.code_book_fate import Fate
from garage.domain.labelled import Labelled
from garage.domain.text import N_
from garage.seal import Sealed
from garage.staff.models import Person


class BookStatus(Labelled):
    """How far a code book is."""

    READ = "read", N_("Read, nothing taken over yet")
    TAKING = "taking", N_("Being taken over")
    TAKEN = "taken", N_("Taken over")
    UNDOING = "undoing", N_("Being undone")
    UNDONE = "undone", N_("Undone")


class CodeBook(Versioned, Base):
    """One file of old codes, as somebody uploaded it."""

    __tablename__ = "code_book"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    status: Mapped[BookStatus] = mapped_column(default=BookStatus.READ)
    first_row: Mapped[int]  # lines above the rows: titles and headings
    columns: Mapped[str]  # JSON: which column (from 0) holds what
    rows: Mapped[int]  # below the headings
    done: Mapped[int] = mapped_column(default=0)  # of them taken over, or undone
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship()


class CodeBookRow(Base):
    """A line of the file. Its cells are gone as soon as they are not needed."""

    __tablename__ = "code_book_row"
    __table_args__ = (UniqueConstraint("book_id", "place"),)

    book_id: Mapped[int] = mapped_column(ForeignKey("code_book.id"))
    place: Mapped[int]  # counts from 1, as a spreadsheet does
    cells: Mapped[Sealed | None]  # JSON list of texts
    fate: Mapped[Fate | None]  # None until it was its turn
    why: Mapped[str] = mapped_column(default="")  # JSON: message id and values
    vehicle_id: Mapped[int | None] = mapped_column(ForeignKey("vehicle.id"))  # made by this row
    head_unit_id: Mapped[int | None] = mapped_column(ForeignKey("head_unit.id"))  # made by this row
    fitting_id: Mapped[int | None] = mapped_column(ForeignKey("fitting.id"))  # made by this row
    radio_code_id: Mapped[int | None] = mapped_column(ForeignKey("radio_code.id"))  # made by this row
    stays: Mapped[bool] = mapped_column(default=False)  # used since: undoing left it
