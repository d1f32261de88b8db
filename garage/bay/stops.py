"""What managers put on a radio or car and take off: a stop, under which no code is shown; "locked for good"."""

from sqlalchemy.orm import Session

from garage.db import check_version
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.models import Vehicle
from garage.radios.actions import known_codes
from garage.radios.models import HeadUnit
from garage.staff.journal import By, write, write_reason

Stoppable = HeadUnit | Vehicle


def stop(session: Session, thing: Stoppable, reason: str, version: int, by: By) -> None:
    """Put the stop on. Refused without a reason, and where somebody changed the radio or car meanwhile."""
    _check(session, thing, reason, version)
    kept = write_reason(session, by, reason)
    thing.stopped_at, thing.stop_reason = by.at, kept
    write(session, by, "stop", thing, reason)  # keeps its own copy: the first goes when the stop is lifted


def lift_stop(session: Session, thing: Stoppable, reason: str, version: int, by: By) -> None:
    """Take the stop off again. Refused without a reason, and where there is none."""
    _check(session, thing, reason, version)
    if thing.stopped_at is None:
        raise Refused(N_("There is no stop."))
    thing.stopped_at, thing.stop_reason = None, None
    write(session, by, "lift_stop", thing, reason)


def not_locked(session: Session, unit: HeadUnit, reason: str, version: int, by: By) -> None:
    """Take "locked for good" off a radio again: it was noted by mistake, or a specialist opened the radio.

    Refused without a reason, and for a radio that is not noted so. The tries stay on record and count.
    """
    _check(session, unit, reason, version)
    if unit.locked_for_good_at is None:
        raise Refused(N_("This radio is not locked for good."))
    unit.locked_for_good_at = None
    write(session, by, "not_locked", unit, reason)


def _check(session: Session, thing: Stoppable, reason: str, version: int) -> None:
    check_version(thing, version)
    if not reason.strip():
        raise Refused(N_("Write one sentence that says why."))
    unit = thing if isinstance(thing, HeadUnit) else thing.head_unit
    refuse_code_in_note(reason, known_codes(session, unit) if unit is not None else None)
