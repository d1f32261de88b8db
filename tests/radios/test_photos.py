"""Photos are made anew in a process of their own; whatever is no photo is refused with help."""

import io
import logging
import os
import struct
import time
import zlib

import pytest
from PIL import Image

from garage.domain.text import Refused
from garage.radios.photos import MOST_BYTES, Darkroom
from tests.radios.conftest import make_picture

ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def refusal(darkroom: Darkroom, upload: bytes) -> str:
    with pytest.raises(Refused) as no:
        darkroom.develop(upload)
    return str(no.value)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_what_cameras_make_becomes_a_jpeg(darkroom: Darkroom, form: str, mode: str) -> None:
    made = opened(darkroom.develop(make_picture(form=form, mode=mode)))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (640, 480))


def test_no_side_is_longer_than_2000_pixels(darkroom: Darkroom) -> None:
    assert opened(darkroom.develop(make_picture((4000, 1000)))).size == (2000, 500)


def test_a_photo_taken_sideways_stands_upright_and_forgets_its_camera(darkroom: Darkroom) -> None:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Invented Phone"
    exif.get_ifd(GPS)[2] = (52.0, 30.0, 0.0)
    made = darkroom.develop(make_picture((300, 200), exif=exif.tobytes(), comment=b"canary comment"))
    assert opened(made).size == (200, 300)
    assert not opened(made).getexif()
    assert b"Invented Phone" not in made
    assert b"canary comment" not in made


def test_transparent_pictures_stand_on_white(darkroom: Darkroom) -> None:
    made = opened(darkroom.develop(make_picture(form="PNG", mode="RGBA", colour=(0, 0, 0, 0))))
    assert made.getpixel((10, 10)) == (255, 255, 255)


def test_what_is_hidden_behind_the_picture_is_gone(darkroom: Darkroom) -> None:
    upload = make_picture() + b"PK\x03\x04 <script>alert(1)</script>"
    assert b"<script>" not in darkroom.develop(upload)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (b"", "arrived empty"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "Most Compatible"),
        (b"\x00\x00\x00\x18ftypavif" + bytes(100), "Most Compatible"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "JPEG, PNG or WebP"),
        (b"GIF89a" + bytes(100), "JPEG, PNG or WebP"),
        (b"%PDF-1.7", "JPEG, PNG or WebP"),
        (b"MM\x00*" + bytes(100), "JPEG, PNG or WebP"),
        (b"\xff\xd8\xff" + bytes(100), "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "cannot be read"),
        (make_picture((2000, 2000), colour=(9, 8, 7))[:2000], "cannot be read"),
        (bytes(MOST_BYTES + 1), "12 MB"),
    ],
)
def test_what_is_no_photo_is_refused_with_what_to_do(darkroom: Darkroom, upload: bytes, words: str) -> None:
    assert words in refusal(darkroom, upload)


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(2_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 5001), (13_300, 13_300), (60_000, 60_000)])
def test_more_than_40_megapixels_are_refused_before_they_are_unpacked(
    darkroom: Darkroom, size: tuple[int, int]
) -> None:
    assert "40 megapixels" in refusal(
        darkroom, bomb(*size)
    )  # unpacking would find that most of it is missing


def too_slow(upload: bytes) -> bytes:
    time.sleep(60)
    return upload


def crash(upload: bytes) -> bytes:
    os._exit(3)


@pytest.mark.parametrize("broken", [too_slow, crash])
def test_a_decoder_that_hangs_or_dies_costs_one_photo_only(
    broken: object, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    room = Darkroom(develop=broken, seconds=1.0)  # type: ignore[arg-type]
    try:
        for _ in range(2):
            assert "cannot be read" in refusal(room, make_picture())
    finally:
        room.close()
    assert "a photo could not be read" in caplog.text
