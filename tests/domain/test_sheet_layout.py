"""Where cards stand on a sheet, and what a printer profile may say."""

from dataclasses import replace

import pytest

from garage.cards.layouts import sheet_layouts
from garage.domain.sheet_layout import PrinterProfile, scale_from
from garage.domain.text import Refused

TEN_UP = sheet_layouts()["avery-c32011"]


def test_every_sheet_of_the_seeds_loads_and_the_confirmed_ones_come_first() -> None:
    layouts = list(sheet_layouts().values())
    assert [layout.confirmed for layout in layouts] == sorted(
        (one.confirmed for one in layouts), reverse=True
    )
    assert all(layout.source for layout in layouts)
    assert layouts[0].id == "id1"


def test_positions_run_along_the_row_and_count_from_nought() -> None:
    assert TEN_UP.positions == 10
    assert [TEN_UP.box(position) for position in (0, 1, 2, 9)] == [
        (15, 13.5),
        (110, 13.5),
        (15, 67.5),
        (110, 229.5),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"x0": 31.0},
        {"y0": 28.0},
        {"x0": -1.0},
        {"dx": 84.9},
        {"dy": 53.9},
        {"card_w": 80.0},
        {"card_h": 50.0},
        {"rows": 0},
        {"rows": 6},
    ],
)
def test_a_sheet_whose_cards_leave_the_paper_or_lie_on_each_other_does_not_load(wrong) -> None:
    with pytest.raises(ValueError, match="avery-c32011"):
        replace(TEN_UP, **wrong)


def test_only_cards_of_twice_the_height_can_be_folded() -> None:
    assert {id for id, one in sheet_layouts().items() if one.folds} == {
        "id1-fold",
        "plain-a4-fold",
        "plain-letter-fold",
    }


def test_a_printer_that_scales_is_sent_back_to_its_driver() -> None:
    assert scale_from(149.7) == pytest.approx(150 / 149.7, abs=1e-5)
    assert PrinterProfile(scale_x=scale_from(149.7)).scale_x > 1
    with pytest.raises(Refused, match="100 %"):
        PrinterProfile(scale_y=scale_from(145.5))
    with pytest.raises(Refused, match="paper size"):
        PrinterProfile(down_mm=10.5)
    for nonsense in (0.0, -150.0, float("nan"), float("inf")):
        with pytest.raises(Refused):
            scale_from(nonsense)


def test_a_profile_never_takes_what_is_no_number() -> None:
    with pytest.raises(Refused):
        PrinterProfile(scale_x=float("nan"))
    with pytest.raises(Refused):
        PrinterProfile(right_mm=float("nan"))
