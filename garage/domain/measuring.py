"""From what a ruler says about the calibration page to the four numbers of a printer."""

from dataclasses import dataclass

from garage.domain.sheet_layout import PrinterProfile, scale_from
from garage.domain.text import N_, Refused

CROSS = 10.0  # millimetres: how far the cross stands from the left and the upper edge of the page
FAR_OFF = 25.0  # millimetres; a larger distance was measured to something else


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, in millimetres: both rulers of 150, and the cross from the left and the upper edge."""

    across: float
    down: float
    left: float
    top: float


def profile_from(measured: Measured, drawn_with: PrinterProfile) -> PrinterProfile:
    """The numbers that make the printer print true, from a page that was drawn with `drawn_with`.

    A printer puts what is drawn at x to a + b * x: the rulers give b, the cross gives a. Refused when a
    number is not one that a sound printer needs.
    """
    if not all(0 < distance <= FAR_OFF for distance in (measured.left, measured.top)):
        raise Refused(
            N_("Measure from the edge of the paper to the middle of the cross; it should be 10 mm.")
        )
    across, right = _one_way(measured.across, measured.left, drawn_with.scale_x, drawn_with.right_mm)
    down, below = _one_way(measured.down, measured.top, drawn_with.scale_y, drawn_with.down_mm)
    return PrinterProfile(right_mm=right, down_mm=below, scale_x=across, scale_y=down)


def _one_way(ruler: float, cross: float, scale: float, shift: float) -> tuple[float, float]:
    """Scale and shift of one direction."""
    wanted = scale * scale_from(ruler)
    stretch = 1 / wanted  # b: what the printer itself does to a length
    begin = cross - stretch * (scale * CROSS + shift)  # a: where it puts the paper's edge
    return round(wanted, 5), round((CROSS - begin) / stretch - wanted * CROSS, 2)
