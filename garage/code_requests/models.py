"""Whom we ask for codes, and each time we asked."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.domain.asking import Channel, Refusal, Status, Step, next_status
from garage.domain.job import YesNo
from garage.intake.models import Job
from garage.radios.models import HeadUnit
from garage.staff.models import Person


class Dealer(Versioned, Base):
    """An entry of the dealer book: who gives codes for which makes, and what they insist on."""

    __tablename__ = "dealer"

    name: Mapped[str]
    makes: Mapped[str] = mapped_column(default="")  # separated by commas; empty: any make
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    insists_on: Mapped[str] = mapped_column(default="")
    only_to_owner: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def makes_served(self) -> tuple[str, ...]:
        """The makes one by one; empty: any make."""
        return tuple(make.strip() for make in self.makes.split(",") if make.strip())


class CodeRequest(Versioned, Base):
    """One request for the code of one radio; a radio has one open request at a time."""

    __tablename__ = "code_request"
    __table_args__ = (
        Index(
            "uq_code_request_open",
            "head_unit_id",
            unique=True,
            sqlite_where=text("status IN ('draft', 'sent')"),
            postgresql_where=text("status IN ('draft', 'sent')"),
        ),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    head_unit_id: Mapped[int] = mapped_column(ForeignKey("head_unit.id"), index=True)
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealer.id"))  # None: the customer asks
    channel: Mapped[Channel]
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    built_with_this_radio: Mapped[YesNo]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    refusal: Mapped[Refusal | None]
    note: Mapped[str] = mapped_column(default="")

    job: Mapped[Job] = relationship()
    head_unit: Mapped[HeadUnit] = relationship()
    dealer: Mapped[Dealer | None] = relationship()
    made_by: Mapped[Person | None] = relationship()

    @property
    def reference(self) -> str:
        """What an answer has to name: job number and number of the request."""
        return f"{self.job.number}-{self.id}"

    def take(self, step: Step) -> None:
        """Go one step on; Refused where it does not follow."""
        self.status = next_status(self.status, step)
