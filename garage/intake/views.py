"""The desk's pages: new car, a job's numbers and yes, corrections, customers."""

from garage.intake import views_doubles, views_help, views_job, views_new_car
from garage.intake.blueprint import bp

__all__ = ["bp", "views_doubles", "views_help", "views_job", "views_new_car"]
