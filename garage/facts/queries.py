"""What the pages of makes read: this garage's own experience with a make."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from garage.facts.actions import Asked, experience
from garage.facts.models import Experience

MODELS = 12  # the makes of a garage have few models that come often


def experience_with(
    session: Session, make: str, model: str = "", year: int | None = None
) -> Sequence[tuple[str, Asked]]:
    """What our own last cars did: of one model where it is given, else of each model, the newest first."""
    models = [model] if model else _models(session, make)
    seen = [(name, experience(session, make, name, year)) for name in models]
    return [(name, asked) for name, asked in seen if asked.cars]


def _models(session: Session, make: str) -> Sequence[str]:
    newest = func.max(Experience.id)
    of_make = select(func.min(Experience.model)).where(func.lower(Experience.make) == func.lower(make))
    return session.scalars(
        of_make.group_by(func.lower(Experience.model)).order_by(newest.desc()).limit(MODELS)
    ).all()
