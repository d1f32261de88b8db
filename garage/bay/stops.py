"""A manager's stop on a radio or a car: while it stands no code is shown or printed."""

from sqlalchemy.orm import Session

from garage.db import check_version
from garage.domain.text import N_, Refused
from garage.intake.models import Vehicle
from garage.radios.models import HeadUnit
from garage.staff.journal import By, write, write_reason

Stoppable = HeadUnit | Vehicle


def stop(session: Session, thing: Stoppable, reason: str, version: int, by: By) -> None:
    """Put the stop on. Refused without a reason, and where somebody changed the radio or car meanwhile."""
    _check(thing, reason, version)
    kept = write_reason(session, by, reason)
    thing.stopped_at, thing.stop_reason = by.at, kept
    write(session, by, "stop", thing, reason)  # keeps its own copy: the first goes when the stop is lifted


def lift_stop(session: Session, thing: Stoppable, reason: str, version: int, by: By) -> None:
    """Take the stop off again. Refused without a reason, and where there is none."""
    _check(thing, reason, version)
    if thing.stopped_at is None:
        raise Refused(N_("There is no stop."))
    thing.stopped_at, thing.stop_reason = None, None
    write(session, by, "lift_stop", thing, reason)


def _check(thing: Stoppable, reason: str, version: int) -> None:
    check_version(thing, version)
    if not reason.strip():
        raise Refused(N_("Write one sentence that says why."))
