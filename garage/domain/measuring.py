"""From what a ruler says about the calibration page to the four numbers of a printer."""

from dataclasses import dataclass

from garage.domain.sheet_layout import RULER, PrinterProfile, scale_from


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, in millimetres: both rulers of 150, and how far the outlines must move."""

    across: float = RULER
    down: float = RULER
    to_the_right: float = 0.0
    downwards: float = 0.0


def profile_from(
    measured: Measured, drawn_with: PrinterProfile, corner: tuple[float, float]
) -> PrinterProfile:
    """The numbers that make the printer print true, from a page that was drawn with `drawn_with`.

    A printer puts what is drawn at x to a + b * x. The ruler gives b; the shift is such that `corner`, the
    first card's, moves by what was measured. Refused when a number is not one that a sound printer needs.
    """
    scale_x = round(drawn_with.scale_x * scale_from(measured.across), 5)
    scale_y = round(drawn_with.scale_y * scale_from(measured.down), 5)
    right = drawn_with.right_mm + (drawn_with.scale_x - scale_x) * corner[0] + measured.to_the_right * scale_x
    below = drawn_with.down_mm + (drawn_with.scale_y - scale_y) * corner[1] + measured.downwards * scale_y
    return PrinterProfile(right_mm=round(right, 2), down_mm=round(below, 2), scale_x=scale_x, scale_y=scale_y)
