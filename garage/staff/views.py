"""The staff room's pages: the door, the garage's own papers, the people."""

from garage.staff import views_door, views_garage, views_hours, views_join, views_people, views_pin
from garage.staff.blueprint import bp

__all__ = ["bp", "views_door", "views_garage", "views_hours", "views_join", "views_people", "views_pin"]
