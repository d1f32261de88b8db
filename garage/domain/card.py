"""The customer's card: what it says, how it looks, and the papers that carry it."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from garage.domain.labelled import Labelled
from garage.domain.paper_kind import PaperKind
from garage.domain.sheet_layout import NO_CORRECTION, PrinterProfile
from garage.domain.text import N_, Text


class Design(Labelled):
    """How a card is drawn. A card without a code is a radio number card in every design but large print."""

    CLASSIC = "classic", N_("Card, code visible")
    FOLD_OVER = "fold-over", N_("Card to fold, code inside")
    NUMBER = "number", N_("Radio number card")
    LARGE_PRINT = "large-print", N_("Large print, A4")


class CardColour(Labelled):
    """Colours that stand out at least 7:1 against white; only black is printed with a card printer's black panel."""

    BLACK = "black", N_("Black")
    BLUE = "blue", N_("Blue")
    GREEN = "green", N_("Green")
    RED = "red", N_("Red")
    PURPLE = "purple", N_("Purple")
    BROWN = "brown", N_("Brown")


@dataclass(frozen=True, kw_only=True)
class CardStyle:
    """What a garage chooses once for all its cards; nothing else on them is written by people.

    ``logo`` is a PNG made by the program itself. ``barcode`` prints the card number as a Data Matrix, never
    anything else. ``back`` prints the second side, for printers that can.
    """

    colour: CardColour = CardColour.BLACK
    logo: bytes | None = field(default=None, repr=False)
    footer: str = ""
    barcode: bool = False
    back: bool = False


@dataclass(frozen=True, kw_only=True)
class RadioPass:
    """The card for the customer's wallet; without a code it is a radio number card.

    Make it with `garage.domain.radio_pass.make_radio_pass`, which knows the rules.
    Without ``worked_on`` it says that the code is not yet tried. ``leave_radio_on`` only where the facts
    allow it. ``entry_steps`` and ``waiting`` stand on the back, the fold, large print and the hand-over sheet.
    ``own_words`` is what the customer calls the car. On a `CardSheet` the sheet's style counts, not the card's.
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
    waiting: tuple[Text, ...] = ()
    own_words: str = ""
    design: Design = Design.CLASSIC
    style: CardStyle = CardStyle()
    sample: bool = False
    language: str = "en"

    @property
    def digits_only(self) -> bool:
        """True when no letter stands in the code, so nobody reads O for 0."""
        return self.code is not None and self.code.isdecimal()


@dataclass(frozen=True, kw_only=True)
class CardSheet:
    """Several cards in one PDF: on sheets, or one to a page on a layout that holds one card.

    ``cards`` are (position, card); positions count on over the sheets: with ten cards to a sheet, position
    12 is the third card of the second one. A gap stays empty. ``layout_id`` names a layout of
    seeds/sheets.toml; a card to fold needs one that folds. ``language`` is the garage's, each card has its own;
    the file names the cards' language where they all speak one, else the garage's.
    """

    kind: ClassVar[PaperKind] = PaperKind.CARD_SHEET

    layout_id: str
    cards: tuple[tuple[int, RadioPass], ...]
    style: CardStyle = CardStyle()
    profile: PrinterProfile = NO_CORRECTION
    language: str = "en"

    @property
    def sample(self) -> bool:
        """Whether any card on it is a sample."""
        return any(card.sample for _, card in self.cards)


@dataclass(frozen=True, kw_only=True)
class CalibrationPage:
    """The page that finds a printer's four numbers: rulers, crosses and the outline of every card."""

    kind: ClassVar[PaperKind] = PaperKind.CALIBRATION

    layout_id: str
    profile: PrinterProfile = NO_CORRECTION
    printer: str = ""
    sample: bool = False
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who we are: ``address`` and ``opening_hours`` may hold several lines."""

    name: str
    address: str
    phone: str
    email: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, kw_only=True)
class AroundACard:
    """A paper about one card, in the card's language."""

    card: RadioPass

    @property
    def language(self) -> str:
        """The language of the card."""
        return self.card.language

    @property
    def sample(self) -> bool:
        """Whether the card is a sample."""
        return self.card.sample


@dataclass(frozen=True, kw_only=True)
class HandOver(AroundACard):
    """The A4 sheet for the customer: the card to cut out, how to enter the code, what to do when.

    ``receipt`` adds the stub for the garage with a line to sign and no code. A card in large print is drawn
    classic here.
    """

    kind: ClassVar[PaperKind] = PaperKind.HAND_OVER

    letterhead: Letterhead
    printed_on: date
    receipt: bool = False


@dataclass(frozen=True, kw_only=True)
class Receipt(AroundACard):
    """What the customer takes along beside the card: the code spelled in words, and who handed it over."""

    kind: ClassVar[PaperKind] = PaperKind.RECEIPT

    letterhead: Letterhead
    printed_on: date
    papers_seen: bool = False


@dataclass(frozen=True, kw_only=True)
class EntrySheet(AroundACard):
    """The steps to enter the code, big enough to read from the passenger seat; shredded afterwards.

    Without a code on the card its place stays empty.
    """

    kind: ClassVar[PaperKind] = PaperKind.ENTRY_SHEET

    job_number: str = ""
