"""What goes out with a request: the garage's own texts, and copies of papers on their way."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from garage.db import Base, Versioned
from garage.domain.packet import TextKind
from garage.seal import Sealed


class RequestText(Versioned, Base):
    """What the garage writes instead of the shipped text: one for each kind and language."""

    __tablename__ = "request_text"
    __table_args__ = (UniqueConstraint("kind", "language"),)

    kind: Mapped[TextKind]
    language: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]


class PapersCopy(Base):
    """A copy of the car's papers for one sending, with the customer's yes; deleted when it was accepted."""

    __tablename__ = "papers_copy"

    code_request_id: Mapped[int] = mapped_column(ForeignKey("code_request.id"), index=True)
    jpeg: Mapped[Sealed]  # in Base64
    yes_heard_by: Mapped[str]
    kept_at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
