"""Pictures to upload."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from garage.radios.photos import Darkroom

Picture = Callable[..., bytes]


def make_picture(
    size: tuple[int, int] = (640, 480), form: str = "JPEG", mode: str = "RGB", colour: Any = 120, **save: Any
) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **save)
    return out.getvalue()


def make_label(
    text: str, kind: str = "Code128", angle: float = 0, size: tuple[int, int] = (2400, 1800)
) -> bytes:
    """A phone's photo of a label with a bar code, held at an angle, a little out of focus."""
    bars = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind)).to_image(scale=4)
    code = Image.fromarray(bars).convert("L")
    code = code.resize((code.width, 300))
    label = Image.new("LA", (code.width + 160, 460), (255, 255))
    label.paste(code, (80, 80))
    turned = label.rotate(angle, Image.Resampling.BICUBIC, expand=True)
    photo = Image.new("L", size, 120)
    place = ((size[0] - turned.width) // 2, (size[1] - turned.height) // 2)
    photo.paste(turned.getchannel("L"), place, turned.getchannel("A"))
    out = io.BytesIO()
    photo.filter(ImageFilter.GaussianBlur(0.8)).convert("RGB").save(out, "JPEG", quality=75)
    return out.getvalue()


@pytest.fixture(scope="session")
def darkroom() -> Iterator[Darkroom]:
    """One darkroom for all tests: its process starts once."""
    opened = Darkroom()
    yield opened
    opened.close()
