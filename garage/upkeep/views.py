"""What is done now and then: the old code book."""

from garage.upkeep import views_code_book
from garage.upkeep.blueprint import bp

__all__ = ["bp", "views_code_book"]
