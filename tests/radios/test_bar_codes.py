"""Bar codes on photos: read at any angle, in the process that makes the photo; nothing that could be a code."""

import io
from unittest.mock import Mock

import pytest
import zxingcpp
from PIL import Image

from garage.domain.bar_code import BarCode, Numbered, read_bar_codes
from garage.radios import photo_worker
from garage.radios.photos import Darkroom
from tests.radios.conftest import make_label, make_picture

SERIAL, VIN = "SKZ1Z2K8399700", "TMBJJ6Y5X54512345"


@pytest.mark.parametrize("angle", [0, 20, 60])
@pytest.mark.parametrize(("text", "kind"), [(SERIAL, "Code128"), (VIN, "Code39")])
def test_a_label_and_a_vin_plate_are_read_at_any_angle(
    darkroom: Darkroom, text: str, kind: str, angle: int
) -> None:
    made = darkroom.develop_and_read(make_label(text, kind, angle))
    assert [code.text for code in read_bar_codes(made.bar_codes)] == [text]


def test_reading_ends_in_time_and_the_photo_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Mock(return_value=[])
    monkeypatch.setattr(zxingcpp, "read_barcodes", looks)
    monkeypatch.setattr(photo_worker, "SECONDS_TO_READ", -1.0)  # the time is over after the first look
    made = photo_worker.develop_and_read(make_picture())
    assert (looks.call_count, made.bar_codes) == (1, ())
    assert Image.open(io.BytesIO(made.jpeg)).size == (640, 480)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        (VIN, BarCode(Numbered.VIN, VIN)),
        (f"*{VIN}*", BarCode(Numbered.VIN, VIN)),
        (f"I{VIN}", BarCode(Numbered.VIN, VIN)),
        (SERIAL, BarCode(Numbered.SERIAL, SERIAL)),
        ("SKZ1Z2K 839 9700", BarCode(Numbered.SERIAL, SERIAL)),
        ("25109376", BarCode(Numbered.SERIAL, "25109376")),
        ("AL2199X0283410", BarCode(Numbered.SERIAL, "AL2199X0283410")),
    ],
)
def test_a_bar_code_is_a_vin_or_a_serial_number(printed: str, number: BarCode) -> None:
    assert read_bar_codes([printed, printed]) == (number,)


@pytest.mark.parametrize(
    "printed",
    ["0739", "13579", "B1C4", "", "https://example.test/1234567", "SbZzZ2b)$G ", "CAUTION", "A" * 40],
)
def test_what_is_neither_is_left_out(printed: str) -> None:
    assert read_bar_codes([printed]) == ()
