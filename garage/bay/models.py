"""Every code that was entered into a radio, and what came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base
from garage.domain.trying import Outcome, WhyAgain
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
