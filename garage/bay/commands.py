"""What people say about codes and tries, as plain values."""

from dataclasses import dataclass, field

from garage.domain.job import YesNo
from garage.domain.trying import Outcome, WhyAgain
from garage.radios.models import Origin


@dataclass(frozen=True, slots=True)
class NoteEarlierTries:
    """Whether anyone tried a code elsewhere, before the car came in or since it left; what the display shows now."""

    earlier: YesNo
    about: int  # how many, when `earlier` is YES
    display_text: str
    version: int


@dataclass(frozen=True, slots=True)
class AddCodeToTry:
    """A code somebody gave us. `checked`: the person looked again at what is odd about it."""

    code: str = field(repr=False)
    origin: Origin
    checked: bool


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Before what may be the last try: number and code once more, and who else looked or why it is worth it.

    `second` is a person whose PIN or password was right; None: nobody else is here, then `reason` says why.
    """

    serial_number: str
    code: str = field(repr=False)
    second: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ShowCode:
    """A person wants to see a code. `why_again`: what changed since the last wrong one, if there was one."""

    why_again: WhyAgain | None = None
    reason: str = ""
    fresh: bool = False  # the password was typed a moment ago
    look: LookAgain | None = None  # only before what may be the last try


@dataclass(frozen=True, slots=True)
class RecordTry:
    """A code was entered. `newest_try`: the number of the last try that the person knew of, 0 for none."""

    outcome: Outcome
    newest_try: int
    why_again: WhyAgain | None = None
    display_text: str = ""
    wait_minutes: int | None = None
