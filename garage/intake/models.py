"""Customers, vehicles, which radio sits in which vehicle, and the job."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from garage.db import Base, Versioned
from garage.domain.clearance import Ground
from garage.domain.job import AfterPower, Answer, Battery, Elsewhere, ReadHow, SameRadio, Work, YesNo
from garage.domain.plate import folded
from garage.facts.models import Experience
from garage.radios.models import HeadUnit, Photo
from garage.staff.models import Person, Reason, Site


class Customer(Versioned, Base):
    """Who brought the car."""

    __tablename__ = "customer"

    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    search: Mapped[str] = mapped_column(index=True)  # name and phone without accents, spaces, dashes


class Vehicle(Versioned, Base):
    """A car. VIN and registration are kept without spaces and dashes."""

    __tablename__ = "vehicle"

    vin: Mapped[str | None] = mapped_column(unique=True)  # or an older car's shorter chassis number
    chassis_reason: Mapped[str] = mapped_column(default="")  # why it is not a VIN of 17
    registration: Mapped[str] = mapped_column(default="", index=True)
    registration_shown: Mapped[str] = mapped_column(default="")  # as the plate is written
    make: Mapped[str] = mapped_column(default="")
    model: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    known_owner: Mapped[str] = mapped_column(default="")  # as the old code book names the customer
    stopped_at: Mapped[datetime | None]
    stop_reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))

    stop_reason: Mapped[Reason | None] = relationship()
    fittings: Mapped[list["Fitting"]] = relationship(back_populates="vehicle", order_by="Fitting.id")

    @property
    def name(self) -> str:
        """Make and model as people say them, or an empty text."""
        return f"{self.make} {self.model}".strip()

    @property
    def called(self) -> str:
        """Plate, else VIN, with make and model: how the desk tells cars apart."""
        return f"{self.registration_shown or self.vin or '–'} {self.name}".strip()

    @property
    def head_unit(self) -> HeadUnit | None:
        """The radio that sits in the car now, as far as the garage knows."""
        now_fitted = [fitting.head_unit for fitting in self.fittings if fitting.until_at is None]
        return now_fitted[-1] if now_fitted else None


class Fitting(Base):
    """A radio sits in a vehicle from a day on; one radio sits in one vehicle at a time."""

    __tablename__ = "fitting"
    __table_args__ = (
        Index(
            "uq_fitting_now",
            "head_unit_id",
            unique=True,
            sqlite_where=text("until_at IS NULL"),
            postgresql_where=text("until_at IS NULL"),
        ),
    )

    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    head_unit_id: Mapped[int] = mapped_column(ForeignKey("head_unit.id"), index=True)
    from_at: Mapped[datetime]
    until_at: Mapped[datetime | None]

    vehicle: Mapped[Vehicle] = relationship(back_populates="fittings")
    head_unit: Mapped[HeadUnit] = relationship(lazy="joined")


class Job(Versioned, Base):
    """One visit of one vehicle."""

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("site_id", "number"),
        Index("ix_job_open", "site_id", "closed_at"),
        Index(  # a car is here once: two desks at the same moment cannot take it in twice
            "uq_job_open",
            "vehicle_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    number: Mapped[int]
    own_number: Mapped[str] = mapped_column(default="")  # what the garage calls the job elsewhere
    # the same without spaces, dashes and case: for searching; None without one
    own_key: Mapped[str | None] = mapped_column(index=True)
    vehicle_id: Mapped[int] = mapped_column(ForeignKey("vehicle.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    work: Mapped[Work]
    happened_at: Mapped[datetime]  # when the car came in; earlier than opened_at if typed in from paper
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]

    answer: Mapped[Answer]
    answer_reason: Mapped[str] = mapped_column(default="")
    same_radio: Mapped[SameRadio | None]

    head_unit_id: Mapped[int | None] = mapped_column(ForeignKey("head_unit.id"), index=True)
    # the serial number is on file in another vehicle: nothing is shown until a manager has looked
    in_another_vehicle: Mapped[bool] = mapped_column(default=False)
    elsewhere_said: Mapped[Elsewhere | None]  # swapped or stolen: what was said when it was noticed
    built_with_this_radio: Mapped[YesNo] = mapped_column(default=YesNo.UNKNOWN)
    number_read_at: Mapped[datetime | None]
    number_read_how: Mapped[ReadHow | None]
    display_text: Mapped[str] = mapped_column(default="")
    label_photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    front_photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    plate_photo_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
    papers_seen_at: Mapped[datetime | None]
    papers_seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    ground: Mapped[Ground | None]  # why the battery may come off
    ground_sentence: Mapped[str] = mapped_column(default="")
    agreed_who: Mapped[str] = mapped_column(default="")
    agreed_how: Mapped[str] = mapped_column(default="")
    agreed_heard_by: Mapped[str] = mapped_column(default="")
    cleared_at: Mapped[datetime | None]
    cleared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    battery: Mapped[Battery] = mapped_column(default=Battery.ON)
    battery_off_at: Mapped[datetime | None]
    taken_off_without_yes: Mapped[bool] = mapped_column(default=False)
    power_back_at: Mapped[datetime | None]
    after_power: Mapped[AfterPower | None]
    experience_id: Mapped[int | None] = mapped_column(ForeignKey("experience.id"))
    earlier_tries: Mapped[YesNo | None]
    earlier_tries_count: Mapped[int] = mapped_column(default=0)
    plays_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]  # the car left although its radio did not play yet
    called_at: Mapped[datetime | None]  # the customer was called and tries later
    card_kept_at: Mapped[datetime | None]  # the card lies here until the customer collects it

    site: Mapped[Site] = relationship()
    vehicle: Mapped[Vehicle] = relationship(lazy="joined")
    customer: Mapped[Customer] = relationship(lazy="joined")
    head_unit: Mapped[HeadUnit | None] = relationship()
    experience: Mapped[Experience | None] = relationship()  # what the radio's first answer was kept as
    label_photo: Mapped[Photo | None] = relationship(foreign_keys=[label_photo_id])
    front_photo: Mapped[Photo | None] = relationship(foreign_keys=[front_photo_id])
    plate_photo: Mapped[Photo | None] = relationship(foreign_keys=[plate_photo_id])
    cleared_by: Mapped[Person | None] = relationship(foreign_keys=[cleared_by_id])

    @validates("own_number")
    def keep_own_key(self, name: str, own_number: str) -> str:
        """Who writes the own number writes its spelling for searching."""
        self.own_key = folded(own_number) or None
        return own_number

    @property
    def is_open(self) -> bool:
        """Whether the car is still here or still waits for something."""
        return self.closed_at is None

    @property
    def cleared(self) -> bool:
        """Whether the yes to taking the battery off is on record."""
        return self.ground is not None
