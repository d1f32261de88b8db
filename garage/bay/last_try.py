"""Before what may be the last try: number and code typed once more, and a second person or a reason."""

from dataclasses import replace

from sqlalchemy.orm import Session

from garage.bay.commands import LookAgain
from garage.db import vault_of
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.serial_number import normalise
from garage.domain.text import N_, Refused
from garage.domain.trying import as_entered
from garage.radios.actions import known_codes
from garage.radios.models import Origin, RadioCode
from garage.staff.journal import By, write


class NotTheSame(Refused):
    """What was typed is not what is on file; `field` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def is_written_down(code: RadioCode) -> bool:
    """Whether there is something to type the code from: one that was worked out here stands on no paper."""
    return code.origin is not Origin.CALCULATOR


def look_again(session: Session, code: RadioCode, look: LookAgain, by: By) -> None:
    """Compare number and code with what is on file, then put on record who looked, or why nobody else did.

    Refused (NotTheSame) where one differs, and without a reason where nobody else looked.
    """
    if normalise(look.serial_number) != code.head_unit.serial_number:
        raise NotTheSame(
            "serial_number",
            N_(
                "This is not the number on file. If the label says so, correct the number before anything else."
            ),
        )
    if is_written_down(code) and as_entered(look.code) != vault_of(session).open(code.sealed):
        raise NotTheSame(
            "code", N_("This is not the code on file. Look at where it is written, or ask there once more.")
        )
    if look.second is not None:
        write(session, replace(by, person_id=look.second), "look_too", code)
        return
    if not look.reason.strip():
        raise Refused(N_("Write one sentence that says why."))
    refuse_code_in_note(look.reason, known_codes(session, code.head_unit))
    write(session, by, "last_try_alone", code, look.reason)
