"""Cards that were printed, and every print job."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base
from garage.domain.paper import PaperKind
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode
from garage.seal import Sealed
from garage.staff.models import Person


class Card(Base):
    """A Radio Pass or radio number card with its own number."""

    __tablename__ = "card"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    number: Mapped[str] = mapped_column(unique=True)
    head_unit_id: Mapped[int] = mapped_column(ForeignKey("head_unit.id"), index=True)
    radio_code_id: Mapped[int | None] = mapped_column(ForeignKey("radio_code.id"))  # None: number card
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id"), index=True)
    made_at: Mapped[datetime]

    head_unit: Mapped[HeadUnit] = relationship()
    radio_code: Mapped[RadioCode | None] = relationship()


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

    card: Mapped[Card | None] = relationship()
    job: Mapped[Job | None] = relationship()
    person: Mapped[Person | None] = relationship()
