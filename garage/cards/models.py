"""Cards and their lives, every print job, and what the garage chose for its cards."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.domain.card import CardColour, Design
from garage.domain.card_life import Driver, WhyNotCurrent
from garage.domain.open_sheet import CameOut
from garage.domain.paper_kind import PaperKind
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode
from garage.seal import Sealed
from garage.staff.models import Person


class Card(Base):
    """A Radio Pass or radio number card with its own number; one is current for each radio and driver."""

    __tablename__ = "card"
    __table_args__ = (
        Index(
            "uq_card_current",
            "head_unit_id",
            "driver",
            unique=True,
            sqlite_where=text("not_current_at IS NULL"),
            postgresql_where=text("not_current_at IS NULL"),
        ),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    number: Mapped[str] = mapped_column(unique=True)
    head_unit_id: Mapped[int] = mapped_column(ForeignKey("head_unit.id"), index=True)
    radio_code_id: Mapped[int | None] = mapped_column(ForeignKey("radio_code.id"))  # None: number card
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    made_at: Mapped[datetime]
    printed_at: Mapped[datetime | None]  # the last press of "print"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    driver: Mapped[Driver] = mapped_column(default=Driver.FIRST)
    design: Mapped[Design] = mapped_column(default=Design.CLASSIC)
    language: Mapped[str] = mapped_column(default="en")
    own_words: Mapped[str] = mapped_column(default="")  # the customer's own: "Anna's Golf"
    not_current_at: Mapped[datetime | None]
    why_not_current: Mapped[WhyNotCurrent | None]
    handed_over_at: Mapped[datetime | None]
    handed_over_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handed_to: Mapped[str] = mapped_column(default="")
    papers_seen: Mapped[bool] = mapped_column(default=False)

    head_unit: Mapped[HeadUnit] = relationship()
    radio_code: Mapped[RadioCode | None] = relationship()
    job: Mapped[Job | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    handed_over_by: Mapped[Person | None] = relationship(foreign_keys=[handed_over_by_id])

    @property
    def is_current(self) -> bool:
        """Whether it is our current card for its radio and driver."""
        return self.not_current_at is None


class Logo(Base):
    """A garage's logo as it was uploaded once, made anew as a PNG; prints point to the one they carry."""

    __tablename__ = "logo"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    png: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime]


class CardLook(Versioned, Base):
    """How a site's cards look, and what the print page proposes."""

    __tablename__ = "card_look"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), unique=True)
    colour: Mapped[CardColour] = mapped_column(default=CardColour.BLACK)
    footer: Mapped[str] = mapped_column(default="")
    barcode: Mapped[bool] = mapped_column(default=False)
    paper: Mapped[str] = mapped_column(default="handover")  # the usual one
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("logo.id"))

    logo: Mapped[Logo | None] = relationship()


class CardLanguage(Base):
    """A language of cards that a speaker has read for a site."""

    __tablename__ = "card_language"
    __table_args__ = (UniqueConstraint("site_id", "language"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    language: Mapped[str]
    read_by: Mapped[str]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship()


class Printer(Versioned, Base):
    """A printer with one kind of paper in it: how far it prints beside the mark, measured with a ruler."""

    __tablename__ = "printer"
    __table_args__ = (UniqueConstraint("site_id", "name", "layout_id"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str]
    layout_id: Mapped[str]
    right_mm: Mapped[float] = mapped_column(default=0.0)
    down_mm: Mapped[float] = mapped_column(default=0.0)
    scale_x: Mapped[float] = mapped_column(default=1.0)
    scale_y: Mapped[float] = mapped_column(default=1.0)
    measured_at: Mapped[datetime | None]
    measured_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    measured_by: Mapped[Person | None] = relationship()


class Sheet(Base):
    """A bought sheet of cards that is used up place by place; each site has one open for each layout."""

    __tablename__ = "sheet"
    __table_args__ = (
        Index(
            "uq_sheet_open",
            "site_id",
            "layout_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    layout_id: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class PrintJob(Base):
    """One press of "print": what the paper says, sealed; the PDF is made from it again each time."""

    __tablename__ = "print_job"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[PaperKind]
    says: Mapped[str | None]  # papers without a code, as JSON
    says_sealed: Mapped[Sealed | None]  # papers that carry a code
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    layout_id: Mapped[str | None]  # several cards: what they are printed on
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("logo.id"))
    printer_id: Mapped[int | None] = mapped_column(ForeignKey("printer.id"))
    came_out: Mapped[CameOut | None]  # sheets: what was said about it; None: not asked yet
    cancelled_at: Mapped[datetime | None]  # several cards: somebody stopped it half-way
    ready_at: Mapped[datetime | None]  # several cards: everything that it says is on record

    card: Mapped[Card | None] = relationship()
    job: Mapped[Job | None] = relationship()
    person: Mapped[Person | None] = relationship()
    logo: Mapped[Logo | None] = relationship()
    printer: Mapped[Printer | None] = relationship()
    parts: Mapped[list["PrintPart"]] = relationship(back_populates="print_job", order_by="PrintPart.id")

    @property
    def is_prepared(self) -> bool:
        """Whether what it says is on record; several cards are prepared one by one first."""
        return self.says is not None or self.says_sealed is not None


class SheetPlace(Base):
    """One place of a sheet that is used: by a card of ours, or it was cut out before."""

    __tablename__ = "sheet_place"
    __table_args__ = (UniqueConstraint("sheet_id", "position"),)

    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    position: Mapped[int]  # counted from 0, row by row
    # None: used before
    print_job_id: Mapped[int | None] = mapped_column(ForeignKey("print_job.id"), index=True)
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))

    sheet: Mapped[Sheet] = relationship()
    card: Mapped[Card | None] = relationship()


class PrintPart(Base):
    """One of several cards in one print: waiting, on record with what it says, or left out with the reason."""

    __tablename__ = "print_part"
    __table_args__ = (UniqueConstraint("print_job_id", "head_unit_id"),)

    print_job_id: Mapped[int] = mapped_column(ForeignKey("print_job.id"))
    head_unit_id: Mapped[int] = mapped_column(ForeignKey("head_unit.id"))
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("card.id"))
    says: Mapped[str | None]
    says_sealed: Mapped[Sealed | None]
    left_out: Mapped[str | None]  # why not, as a text to translate

    print_job: Mapped[PrintJob] = relationship(back_populates="parts")
    head_unit: Mapped[HeadUnit] = relationship()
    job: Mapped[Job | None] = relationship()
    card: Mapped[Card | None] = relationship()
