"""Who did what: every change writes its line in the same function that makes the change."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from garage.db import Base
from garage.domain.secrecy import refuse_code_in_note
from garage.staff.models import JournalEntry, Reason


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, where and when; every action is given one."""

    site_id: int
    person_id: int | None  # None: the program itself, from the command line
    at: datetime
    request_id: str = ""


def write(session: Session, by: By, verb: str, row: Base, reason: str = "") -> None:
    """Put "who, verb, which row" on record; `reason` is kept apart, the entry only points to it.

    Refused when the reason carries a radio code.
    """
    session.flush()  # the entry needs the row's number
    reason_row = write_reason(session, by, reason)
    session.add(
        JournalEntry(
            site_id=by.site_id,
            at=by.at,
            person_id=by.person_id,
            verb=verb,
            kind=row.__tablename__,
            row_number=row.id,
            reason_id=reason_row.id if reason_row else None,
            request_id=by.request_id,
        )
    )


def write_reason(session: Session, by: By, reason: str) -> Reason | None:
    """Keep what a person typed as a reason; nothing for an empty text."""
    if not reason.strip():
        return None
    refuse_code_in_note(reason)
    row = Reason(site_id=by.site_id, text=reason.strip())
    session.add(row)
    session.flush()  # whoever points to the reason needs its number
    return row
