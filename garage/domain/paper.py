"""What each paper of the garage says: plain frozen values, ready to be printed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from garage.domain.card import (
    CalibrationPage,
    CardSheet,
    EntrySheet,
    HandOver,
    Letterhead,
    RadioPass,
    Receipt,
)
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Text


class Answer(Enum):
    """The big words on job sheet and tag: what the person at the car does now."""

    MAY_COME_OFF = "may-come-off"
    READ_NUMBER_FIRST = "read-number-first"
    NOT_YET = "not-yet"
    ALREADY_OFF = "already-off"


class Original(Enum):
    """Whether it is the radio the car was built with."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class JobSheet:
    """The sheet that goes with the car into the bay. Never holds a code.

    ``answered_at`` is in the garage's own time zone; ``because`` says why in a sentence or two;
    ``missing`` names what is still to be read; ``job_url`` becomes a QR code for the phone.
    """

    kind: ClassVar[PaperKind] = PaperKind.JOB_SHEET

    garage: str
    job_number: str
    answer: Answer
    answered_at: datetime | None = None
    initials: str = ""
    because: tuple[Text, ...] = ()
    missing: tuple[Text, ...] = ()
    own_number: str = ""
    registration: str = ""
    vehicle: str = ""
    vin: str = ""
    customer: str = ""
    customer_phone: str = ""
    radio_make: str = ""
    radio_model: str = ""
    serial_number: str = ""
    work: tuple[Text, ...] = ()
    job_url: str = ""
    sample: bool = False
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class WindscreenTag:
    """The tag behind the windscreen: the answer in big words; never customer, VIN or code."""

    kind: ClassVar[PaperKind] = PaperKind.WINDSCREEN_TAG

    garage: str
    job_number: str
    answer: Answer
    answered_at: datetime | None = None
    initials: str = ""
    registration: str = ""
    vehicle: str = ""
    sample: bool = False
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class AboutTheRadio:
    """What everybody who is asked for a code needs to know: which radio, in which car, under which reference."""

    letterhead: Letterhead
    our_reference: str
    vin: str
    serial_number: str
    part_number: str = ""
    sample: bool = False
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class RequestLetter(AboutTheRadio):
    """The letter that asks a dealer: the garage's own text, as an e-mail would say it, on its letterhead.

    ``before`` and ``after`` are what the text says around ``numbers``, a name and what it is on each line;
    a text that does not name them all in one place stands in ``before``. ``insists_on`` is what this dealer
    wants to see, to be ticked by hand.
    """

    kind: ClassVar[PaperKind] = PaperKind.REQUEST_LETTER

    dealer: str
    dealer_address: str
    written_on: date
    subject: str
    before: str
    numbers: tuple[tuple[str, str], ...] = ()
    after: str = ""
    customer_number: str = ""
    insists_on: tuple[Text, ...] = ()
    signed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeToDealer(AboutTheRadio):
    """One page for the owner, for makes that give the code only to the owner. ``bring`` is what to take."""

    kind: ClassVar[PaperKind] = PaperKind.TAKE_TO_DEALER

    make: str
    printed_on: date
    dealer: str = ""
    dealer_address: str = ""
    vehicle: str = ""
    registration: str = ""
    radio_make: str = ""
    radio_model: str = ""
    original: Original = Original.UNKNOWN
    bring: tuple[Text, ...] = ()


@dataclass(frozen=True, kw_only=True)
class BlankJobSheet:
    """An empty job sheet for the day the PC is dead."""

    kind: ClassVar[PaperKind] = PaperKind.BLANK_JOB_SHEET

    garage: str
    phone: str = ""
    sample: bool = False
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class KeySheet:
    """The code key on paper: ``lines`` from `garage.domain.key_sheet.key_lines`, the last one checks all."""

    kind: ClassVar[PaperKind] = PaperKind.KEY_SHEET

    garage: str
    key_name: str
    made_on: date
    lines: tuple[str, ...] = field(repr=False)
    sample: bool = False
    language: str = "en"


Paper = (
    RadioPass
    | HandOver
    | CardSheet
    | CalibrationPage
    | Receipt
    | EntrySheet
    | JobSheet
    | WindscreenTag
    | RequestLetter
    | TakeToDealer
    | BlankJobSheet
    | KeySheet
)


def cards_on(paper: Paper) -> tuple[RadioPass, ...]:
    """Every card that stands on the paper; a paper without one carries no code."""
    match paper:
        case RadioPass():
            return (paper,)
        case HandOver() | Receipt() | EntrySheet():
            return (paper.card,)
        case CardSheet():
            return tuple(card for _, card in paper.cards)
        case _:
            return ()
