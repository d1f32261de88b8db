"""Makes and radios: what is known, what a display means, and a manager's corrections."""

from garage.facts import views_corrections, views_makes
from garage.facts.blueprint import bp

__all__ = ["bp", "views_corrections", "views_makes"]
