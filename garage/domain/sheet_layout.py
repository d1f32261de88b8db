"""Where cards stand on a sheet of paper, and how one printer's faults are made good."""

from dataclasses import dataclass
from enum import Enum

from garage.domain.text import N_, Refused

PITCH_TOLERANCE = 0.05  # millimetres: some makers' numbers are rounded from points
MOST_SHIFT = 10.0  # millimetres; more is the wrong paper or the wrong tray
MOST_SCALE = 0.02  # more than two in a hundred is a driver that scales on its own
RULER = 150.0  # millimetres: the length of the ruler on the calibration page
SMALLEST_CARD = (85.0, 50.8)  # width and height that the face of a card needs, in millimetres
FOLDED = 107.96  # height of a card to fold: twice ISO/IEC 7810 ID-1


class SheetKind(Enum):
    """What goes into the printer."""

    CARDS = "cards"
    PLAIN = "plain"
    CARD_PRINTER = "card-printer"
    LABELS = "labels"


@dataclass(frozen=True, kw_only=True)
class SheetLayout:
    """One sheet of paper and the places of its cards, all in millimetres from the left upper corner.

    ``x0``, ``y0`` is the corner of the first card, ``dx``, ``dy`` the pitch. ``confirmed`` layouts agree in
    several sources or are our own; print the calibration page before the first use of any other.
    ``turned`` cards stand upright: the card's long side runs down the paper. ValueError when a card would
    leave the paper or lie on its neighbour.
    """

    id: str
    name: str
    kind: SheetKind
    paper_w: float
    paper_h: float
    card_w: float
    card_h: float
    radius: float
    cols: int
    rows: int
    x0: float
    y0: float
    dx: float
    dy: float
    cut_lines: bool
    confirmed: bool
    source: str
    turned: bool = False

    def __post_init__(self) -> None:
        if self.cols < 1 or self.rows < 1:
            raise ValueError(f"{self.id}: no card on the sheet")
        if self.dx + PITCH_TOLERANCE < self.card_w or self.dy + PITCH_TOLERANCE < self.card_h:
            raise ValueError(f"{self.id}: cards lie on each other")
        right, bottom = self.box(self.positions - 1)
        inside = right + self.card_w <= self.paper_w + 0.01 and bottom + self.card_h <= self.paper_h + 0.01
        if min(self.x0, self.y0) < 0 or not inside:
            raise ValueError(f"{self.id}: a card leaves the paper")
        width, height = (self.card_h, self.card_w) if self.turned else (self.card_w, self.card_h)
        if width < SMALLEST_CARD[0] or height < SMALLEST_CARD[1]:
            raise ValueError(f"{self.id}: the cards are too small for what a card says")

    @property
    def positions(self) -> int:
        """How many cards one sheet holds."""
        return self.cols * self.rows

    @property
    def folds(self) -> bool:
        """Whether its cards are high enough to be folded."""
        return not self.turned and self.card_h >= FOLDED - 0.01

    def box(self, position: int) -> tuple[float, float]:
        """Left and top of a card; positions count from 0, along the row first."""
        row, column = divmod(position, self.cols)
        return round(self.x0 + column * self.dx, 3), round(self.y0 + row * self.dy, 3)


@dataclass(frozen=True, kw_only=True)
class PrinterProfile:
    """Four numbers of one printer, found with the calibration page: what is drawn is moved and scaled by them.

    ``right_mm`` moves everything to the right, ``down_mm`` down; a scale of 1.002 draws two in a thousand
    longer. Refused when a number is not one that a sound printer needs.
    """

    right_mm: float = 0.0
    down_mm: float = 0.0
    scale_x: float = 1.0
    scale_y: float = 1.0

    def __post_init__(self) -> None:
        if not all(abs(scale - 1) <= MOST_SCALE for scale in (self.scale_x, self.scale_y)):
            raise Refused(
                N_("Your driver is scaling: set %(full_size)s in its window and print the page again."),
                full_size="100 %",
            )
        if not all(abs(shift) <= MOST_SHIFT for shift in (self.right_mm, self.down_mm)):
            raise Refused(
                N_("More than %(n)d mm off: check paper size and tray, then print the page again."),
                n=int(MOST_SHIFT),
            )


NO_CORRECTION = PrinterProfile()
"""The profile of a printer that prints true."""


def scale_from(measured_mm: float) -> float:
    """The scale that makes good a calibration ruler which came out ``measured_mm`` long instead of 150."""
    if not 0 < measured_mm < 10 * RULER:
        raise Refused(N_("Measure the ruler on the page in millimetres; it should be 150 long."))
    return round(RULER / measured_mm, 5)
