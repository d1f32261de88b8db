"""Every code that was entered into a radio, what came of it, and what the customer wants when none will open it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base
from garage.domain.trying import Instead, Outcome, WhyAgain
from garage.intake.models import Job
from garage.radios.models import RadioCode
from garage.staff.models import Person


class Try(Base):
    """A code was entered; the code itself lies sealed in its own row."""

    __tablename__ = "try"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    radio_code_id: Mapped[int] = mapped_column(ForeignKey("radio_code.id"), index=True)
    outcome: Mapped[Outcome]
    why_again: Mapped[WhyAgain | None]
    display_text: Mapped[str] = mapped_column(default="")
    wait_minutes: Mapped[int | None]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    job: Mapped[Job] = relationship()
    radio_code: Mapped[RadioCode] = relationship()
    person: Mapped[Person | None] = relationship()


class LockedChoice(Base):
    """A radio is locked for good: what its customer wants instead, who asked them and when."""

    __tablename__ = "locked_choice"

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), unique=True)
    choice: Mapped[Instead]
    asked_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    job: Mapped[Job] = relationship()
    person: Mapped[Person | None] = relationship()
