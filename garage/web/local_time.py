"""The garage's own clock: what its wall clock showed, and which day it is there."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from flask_babel import get_timezone

from garage.web.current import now


def _zone() -> ZoneInfo:
    return ZoneInfo(str(get_timezone()))


def to_utc(local: datetime) -> datetime:
    """The moment at which the garage's clock showed `local`."""
    return local.replace(tzinfo=_zone()).astimezone(UTC)


def local_now() -> datetime:
    """The current moment in the garage's time zone."""
    return now().astimezone(_zone())
