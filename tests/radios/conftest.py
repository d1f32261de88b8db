"""Pictures to upload."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PIL import Image

from garage.radios.photos import Darkroom

Picture = Callable[..., bytes]


def make_picture(
    size: tuple[int, int] = (640, 480), form: str = "JPEG", mode: str = "RGB", colour: Any = 120, **save: Any
) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, form, **save)
    return out.getvalue()


@pytest.fixture(scope="session")
def darkroom() -> Iterator[Darkroom]:
    """One darkroom for all tests: its process starts once."""
    opened = Darkroom()
    yield opened
    opened.close()
