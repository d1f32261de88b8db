"""What the desk asks for, as plain values."""

from dataclasses import dataclass, field
from datetime import datetime

from garage.domain.job import Answer, Elsewhere, Gone, ReadHow, SameRadio, WhichCar, WhyNotNeeded, Work, YesNo


@dataclass(frozen=True, slots=True)
class HeldAgainst:
    """A new name was held against everybody on file, before anything is written: that takes a while."""

    newest: int  # the row of the newest customer then
    like: bool  # somebody like this was on file


@dataclass(frozen=True, slots=True)
class TakeIn:
    """A car comes in. VIN and serial number are already in their normal form."""

    registration: str
    vin: str
    customer_name: str
    phone: str
    email: str
    work: Work
    answer: Answer
    own_number: str = ""
    chassis_reason: str = ""
    which_car: WhichCar | None = None
    why_not_needed: WhyNotNeeded | None = None
    answer_reason: str = ""
    same_radio: SameRadio | None = None
    serial_number: str = ""
    radio_code: str = field(default="", repr=False)
    gone: Gone | None = None
    happened_at: datetime | None = None  # typed in later from paper
    # the row of the customer that was chosen; 0: somebody else than those on file
    customer_id: int | None = None
    held: HeldAgainst | None = None  # None: take_in itself compares with everybody


@dataclass(frozen=True, slots=True)
class RecordRadio:
    """The numbers of car and radio, read at the car."""

    vin: str
    chassis_reason: str
    make: str
    model: str
    year: int | None
    serial_number: str
    radio_make: str
    radio_model: str
    part_number: str
    read_how: ReadHow
    built_with_this_radio: YesNo
    display_text: str
    version: int
    elsewhere: Elsewhere | None = None  # what is said where the number is on file in another vehicle


@dataclass(frozen=True, slots=True)
class CorrectCar:
    """Customer and car as they should have been written."""

    customer_name: str
    phone: str
    email: str
    registration: str
    make: str
    model: str
    year: int | None
    work: Work
    own_number: str
    version: int
