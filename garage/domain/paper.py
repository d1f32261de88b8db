"""What each paper of the garage says: plain frozen values, ready to be printed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import ClassVar

from garage.domain.text import N_, Text


class PaperKind(Enum):
    """Every paper the garage prints; the value is its name in files and on the command line."""

    CARD = "card"
    HAND_OVER = "handover"
    JOB_SHEET = "job-sheet"
    WINDSCREEN_TAG = "windscreen-tag"
    REQUEST_LETTER = "request-letter"
    TAKE_TO_DEALER = "take-to-dealer"
    BLANK_JOB_SHEET = "blank-job-sheet"
    KEY_SHEET = "key-sheet"

    @property
    def label(self) -> Text:
        """What people call this paper."""
        return Text(_LABELS[self])


_LABELS = {
    PaperKind.CARD: N_("Radio Pass"),
    PaperKind.HAND_OVER: N_("Radio Pass with steps"),
    PaperKind.JOB_SHEET: N_("Job sheet"),
    PaperKind.WINDSCREEN_TAG: N_("Windscreen tag"),
    PaperKind.REQUEST_LETTER: N_("Letter to the dealer"),
    PaperKind.TAKE_TO_DEALER: N_("Take this to your dealer"),
    PaperKind.BLANK_JOB_SHEET: N_("Empty job sheet"),
    PaperKind.KEY_SHEET: N_("Key sheet"),
}


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
class Letterhead:
    """Who we are: ``address`` and ``opening_hours`` may hold several lines."""

    name: str
    address: str
    phone: str
    email: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, kw_only=True)
class RadioPass:
    """The card for the customer's wallet; without a code it is a radio number card.

    Make it with `garage.domain.radio_pass.make_radio_pass`, which knows the rules.
    Without ``worked_on`` it says that the code is not yet tried. ``leave_radio_on`` only where the facts
    allow it. ``entry_steps`` are printed on the hand-over sheet, not on the card.
    """

    kind: ClassVar[PaperKind] = PaperKind.CARD

    garage: str
    phone: str
    radio_make: str
    radio_model: str
    serial_number: str
    vin_tail: str
    card_number: str
    code: str | None = field(default=None, repr=False)
    worked_on: date | None = None
    leave_radio_on: bool = False
    entry_steps: tuple[Text, ...] = ()
    sample: bool = False
    language: str = "en"

    @property
    def digits_only(self) -> bool:
        """True when no letter stands in the code, so nobody reads O for 0."""
        return self.code is not None and self.code.isdecimal()


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """The A4 sheet for the customer: the card to cut out, how to enter the code, what to do when.

    ``waiting`` says what this radio does after wrong codes, where the facts know it.
    ``receipt`` adds the stub for the garage with a line to sign and no code.
    """

    kind: ClassVar[PaperKind] = PaperKind.HAND_OVER

    card: RadioPass
    letterhead: Letterhead
    printed_on: date
    waiting: tuple[Text, ...] = ()
    receipt: bool = False

    @property
    def language(self) -> str:
        """The language of the card."""
        return self.card.language

    @property
    def sample(self) -> bool:
        """Whether the card is a sample."""
        return self.card.sample


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
    vehicle: str = ""
    registration: str = ""
    radio_make: str = ""
    radio_model: str = ""
    part_number: str = ""
    original: Original = Original.UNKNOWN
    sample: bool = False
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class RequestLetter(AboutTheRadio):
    """The letter that asks a dealer for the code. ``insists_on`` is what this dealer wants to see."""

    kind: ClassVar[PaperKind] = PaperKind.REQUEST_LETTER

    dealer: str
    dealer_address: str
    written_on: date
    dealer_contact: str = ""
    customer_number: str = ""
    answer_by: date | None = None
    papers_seen: bool = False
    insists_on: tuple[Text, ...] = ()
    signed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class TakeToDealer(AboutTheRadio):
    """One page for the owner, for makes that give the code only to the owner. ``bring`` is what to take."""

    kind: ClassVar[PaperKind] = PaperKind.TAKE_TO_DEALER

    make: str
    printed_on: date
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
    RadioPass | HandOver | JobSheet | WindscreenTag | RequestLetter | TakeToDealer | BlankJobSheet | KeySheet
)
