"""This garage's own experience: did the radio ask for its code after power was back?"""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from garage.db import Base


class Experience(Base):
    """One car whose power was gone and came back."""

    __tablename__ = "experience"
    __table_args__ = (Index("ix_experience_vehicle", "make", "model"),)

    make: Mapped[str]
    model: Mapped[str]
    year: Mapped[int | None]
    asked: Mapped[bool]
    at: Mapped[datetime]
