"""The bay's pages: the technician's phone, codes, photos, and what is remembered of a radio."""

from garage.bay import (
    views_battery,
    views_calculator,
    views_call,
    views_codes,
    views_last_try,
    views_photos,
    views_radio,
)
from garage.bay.blueprint import bp

__all__ = [
    "bp",
    "views_battery",
    "views_calculator",
    "views_call",
    "views_codes",
    "views_last_try",
    "views_photos",
    "views_radio",
]
