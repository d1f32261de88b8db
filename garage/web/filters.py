"""What templates can say: domain texts, moments in the garage's own time, masked codes."""

from datetime import datetime
from decimal import Decimal

from flask import Flask
from flask_babel import format_currency, format_date, format_time, get_locale, gettext
from markupsafe import Markup

from garage.domain.secrecy import MASK
from garage.web.current import now
from garage.web.say import say

DAYS = {"de": "d. MMM yyyy"}  # how a day is written where it is not "2 Mar 2026"


def install(app: Flask) -> None:
    """Register the filters."""
    app.jinja_env.filters.update(
        {
            "say": say,
            "when": when,
            "day": day,
            "clock": clock_time,
            "since": since,
            "on_the_wall": on_the_wall,
            "until": until,
            "money": money,
        }
    )
    app.jinja_env.globals.update({"MASK": MASK, "now": now})


def when(moment: datetime | None) -> str:
    """Day and time."""
    return "" if moment is None else f"{day(moment)}, {clock_time(moment)}"


def day(moment: datetime | None) -> str:
    """The day alone."""
    return "" if moment is None else str(format_date(moment, DAYS.get(str(get_locale()), "d MMM yyyy")))


def clock_time(moment: datetime | None) -> str:
    """The time of day alone."""
    return "" if moment is None else str(format_time(moment, "HH:mm"))


def since(moment: datetime | None) -> Markup:
    """A moment as a machine-readable time, for "since when" that the page keeps current."""
    if moment is None:
        return Markup("")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        moment.isoformat(), when(moment), when_briefly(moment)
    )


def on_the_wall(moment: datetime) -> str:
    """Today's moments by the clock, older ones by day and month: for a screen on the wall."""
    if day(moment) == day(now()):
        return clock_time(moment)
    return str(format_date(moment, "d. MMM" if str(get_locale()) == "de" else "d MMM"))


def until(moment: datetime) -> Markup:
    """A moment to come as a time that countdown.js counts down by our clock; without it, the time of day."""
    return Markup(
        '<time datetime="{0}" data-until="{0}" data-now="{1}" data-over="{2}" title="{3}">{4}</time>'
    ).format(moment.isoformat(), now().isoformat(), gettext("over"), when(moment), when_briefly(moment))


def when_briefly(moment: datetime) -> str:
    """Today's moments by the clock, older ones by the day."""
    return clock_time(moment) if day(moment) == day(now()) else day(moment)


def money(minor: int | None, currency: str) -> str:
    """An amount of minor units in a currency."""
    return "" if minor is None else str(format_currency(Decimal(minor) / 100, currency))
