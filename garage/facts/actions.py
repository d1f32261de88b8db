"""This garage's own experience: which cars asked for the radio's code after power was back."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from garage.domain.text import N_, Text
from garage.facts.models import Experience
from garage.staff.journal import By, write

LOOK_BACK = 9  # the newest cars say most: radios change within a model
ENOUGH = 3  # one or two quiet radios prove nothing
YEARS_ALIKE = 3  # cars further apart may well have another radio


@dataclass(frozen=True, slots=True)
class Asked:
    """Of the last `cars` cars of a model so many radios asked for their code."""

    cars: int
    asked: int

    @property
    def none_asked(self) -> bool:
        """Whether there are enough cars, and not one radio asked."""
        return self.cars >= ENOUGH and self.asked == 0

    def text(self) -> Text:
        """The experience in one sentence."""
        if self.asked == 0:
            return Text(N_("Here the last %(cars)d of %(cars)d did not ask."), {"cars": self.cars})
        return Text(
            N_("Here %(asked)d of the last %(cars)d asked for a code."),
            {"asked": self.asked, "cars": self.cars},
        )


def note_experience(
    session: Session, make: str, model: str, year: int | None, asked: bool, by: By
) -> Experience | None:
    """Note whether the radio of one car asked after its power was gone; nothing without make and model."""
    if not make or not model:
        return None
    row = Experience(make=make, model=model, year=year, asked=asked, at=by.at)
    session.add(row)
    write(session, by, "note_experience", row)
    return row


def experience(session: Session, make: str, model: str, year: int | None = None) -> Asked:
    """What the last cars of this make and model did here, those of about the same year where it is known."""
    alike = select(Experience.asked).where(
        func.lower(Experience.make) == func.lower(make), func.lower(Experience.model) == func.lower(model)
    )
    if year is not None:
        near = Experience.year.between(year - YEARS_ALIKE, year + YEARS_ALIKE)
        alike = alike.where(or_(Experience.year.is_(None), near))
    last = list(session.scalars(alike.order_by(Experience.id.desc()).limit(LOOK_BACK)))
    return Asked(cars=len(last), asked=sum(last))
