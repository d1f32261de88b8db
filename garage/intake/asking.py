"""What taking a car in needs of the room that asks for codes: it comes later in the day, so it is handed in."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from garage.domain.asking import Fact
from garage.intake.models import Job
from garage.radios.models import Origin, RadioCode
from garage.staff.journal import By


class Asking(Protocol):
    """The ways to a code on which no place is asked, kept in the same transaction as the job."""

    def keep_code(self, session: Session, job: Job, code: str, origin: Origin, by: By) -> RadioCode:
        """Put a code to try on file for the job's radio, with the way it came."""

    def message_in(self, session: Session, job: Job, asked: Sequence[Fact], by: By) -> object:
        """The customer wrote, and was asked back for these facts."""
