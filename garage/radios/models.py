"""Radios and what the garage remembers about them: sealed codes and photos."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.domain.bar_code import BarCode, read_bar_codes
from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused
from garage.seal import Sealed
from garage.staff.models import Person, Reason


class Origin(Labelled):
    """Where a code came from."""

    CARD = "card", N_("Customer's card or papers")
    DEALER = "dealer", N_("Dealer")
    ONLINE = "online", N_("Online service")
    SPECIALIST = "specialist", N_("Electronics specialist")
    CUSTOMER = "customer", N_("Customer said it")
    OWN_RECORDS = "own_records", N_("Our old records")
    CALCULATOR = "calculator", N_("Calculator")
    OLD_BOOK = "old_book", N_("From the old book")


class Standing(Labelled):
    """How far a code can be trusted."""

    TO_TRY = "to_try", N_("Code to try")
    WORKED = "worked", N_("Worked")
    DID_NOT_WORK = "did_not_work", N_("Did not work")


class HeadUnit(Versioned, Base):
    """A radio or navigation unit. It does not know its vehicle: radios move."""

    __tablename__ = "head_unit"
    __table_args__ = (UniqueConstraint("serial_number", "make"),)

    serial_number: Mapped[str]  # as the domain normalises it
    make: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    part_number: Mapped[str] = mapped_column(default="")
    waits_until: Mapped[datetime | None]
    locked_for_good_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stop_reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))

    stop_reason: Mapped[Reason | None] = relationship()
    codes: Mapped[list["RadioCode"]] = relationship(
        back_populates="head_unit", order_by="RadioCode.id", lazy="selectin"
    )
    photos: Mapped[list["Photo"]] = relationship(back_populates="head_unit", order_by="Photo.id")

    @property
    def ending(self) -> str:
        """The last four characters of the serial number, to tell radios apart without showing all."""
        return self.serial_number[-4:]

    @property
    def name(self) -> str:
        """Make and model as people say them, or an empty text."""
        return f"{self.make} {self.model}".strip()

    @property
    def code_on_file(self) -> "RadioCode | None":
        """The code that worked last, else the newest that was not tried; None if there is none."""
        worked = [code for code in self.codes if code.standing is Standing.WORKED]
        to_try = [code for code in self.codes if code.standing is Standing.TO_TRY]
        found = worked or to_try
        return found[-1] if found else None


def on_record(unit: HeadUnit | None) -> HeadUnit:
    """The radio itself. Refused while nobody has put its serial number on record."""
    if unit is None:
        raise Refused(N_("Record the radio's serial number first: a code belongs to one radio."))
    return unit


class RadioCode(Versioned, Base):
    """A code for one radio. It may start with zeros: it is text, and it is sealed."""

    __tablename__ = "radio_code"

    head_unit_id: Mapped[int] = mapped_column(ForeignKey("head_unit.id"), index=True)
    sealed: Mapped[Sealed]
    origin: Mapped[Origin]
    standing: Mapped[Standing] = mapped_column(default=Standing.TO_TRY)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    worked_at: Mapped[datetime | None]

    head_unit: Mapped[HeadUnit] = relationship(back_populates="codes")
    entered_by: Mapped[Person | None] = relationship()


class PhotoKind(Labelled):
    """What a photo shows. Code cards are not photographed: a picture cannot be sealed."""

    LABEL = "label", N_("Label with the number")
    FRONT = "front", N_("Front of the radio")
    PLATE = "plate", N_("VIN plate of the car")


class Photo(Base):
    """A photo of a radio, upright and without its camera's data."""

    __tablename__ = "photo"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    head_unit_id: Mapped[int | None] = mapped_column(ForeignKey("head_unit.id"), index=True)
    kind: Mapped[PhotoKind]
    taken_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    barcodes: Mapped[str] = mapped_column(default="")  # numbers read from it, one a line; nobody said yes yet

    head_unit: Mapped[HeadUnit | None] = relationship(back_populates="photos")

    @property
    def numbers(self) -> tuple[BarCode, ...]:
        """What its bar codes may stand for."""
        return read_bar_codes(self.barcodes.splitlines())


class PhotoBytes(Base):
    """The picture itself, apart so that lists stay quick."""

    __tablename__ = "photo_bytes"

    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), unique=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
