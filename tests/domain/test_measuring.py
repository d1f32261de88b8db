"""What a ruler says about the calibration page becomes four numbers that make the printer print true."""

import pytest

from garage.domain.measuring import Measured, profile_from
from garage.domain.sheet_layout import NO_CORRECTION, PrinterProfile
from garage.domain.text import Refused

CORNER = (15.0, 13.5)


def printed(x: float, a: float, b: float, scale: float, shift: float) -> float:
    """Where a printer with these faults puts what is drawn at x."""
    return a + b * (scale * x + shift)


@pytest.mark.parametrize(("a", "b"), [(0.0, 1.0), (1.2, 1.0), (-0.8, 1.004), (2.0, 0.985)])
@pytest.mark.parametrize("before", [NO_CORRECTION, PrinterProfile(right_mm=0.5, scale_x=1.002)])
def test_a_measured_printer_prints_true(a: float, b: float, before: PrinterProfile) -> None:
    ruler = 150 * b * before.scale_x
    off = CORNER[0] - printed(CORNER[0], a, b, before.scale_x, before.right_mm)
    found = profile_from(Measured(across=ruler, to_the_right=off), before, CORNER)
    for x in (CORNER[0], 110.0, 195.0):
        assert printed(x, a, b, found.scale_x, found.right_mm) == pytest.approx(x, abs=0.02)


def test_nothing_measured_changes_nothing() -> None:
    kept = PrinterProfile(right_mm=0.5, down_mm=-0.25, scale_x=1.002, scale_y=0.999)
    assert profile_from(Measured(), kept, CORNER) == kept


@pytest.mark.parametrize("measured", [Measured(across=145), Measured(down=15), Measured(to_the_right=40)])
def test_what_no_sound_printer_needs_is_refused(measured: Measured) -> None:
    with pytest.raises(Refused):
        profile_from(measured, NO_CORRECTION, CORNER)
