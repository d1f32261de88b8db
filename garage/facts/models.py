"""What this garage knows itself: its corrections, and whether radios asked for their code after power was back."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.staff.models import Person


class Experience(Base):
    """One car whose power was gone and came back."""

    __tablename__ = "experience"
    __table_args__ = (Index("ix_experience_alike", text("lower(make)"), text("lower(model)"), "id"),)

    make: Mapped[str]
    model: Mapped[str]
    year: Mapped[int | None]
    asked: Mapped[bool]
    at: Mapped[datetime]


class FactCorrection(Versioned, Base):
    """A fact that this garage knows better than the shipped files, or that stands in none of them."""

    __tablename__ = "fact_correction"

    kind: Mapped[str]  # "codes", "entry" ...: the seed file it belongs to
    fact_id: Mapped[str] = mapped_column(unique=True)  # of a shipped row, or "own." and letters
    body: Mapped[str]  # JSON: values laid over the shipped row; null takes one away
    source: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    person: Mapped[Person | None] = relationship()
