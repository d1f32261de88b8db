"""The one place that loads Pillow and zxing-cpp: in a process of its own it makes photos anew and reads them."""

import io
import resource
import time
import warnings
from dataclasses import dataclass
from typing import Any

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
MOST_MEMORY = 1_500_000_000  # bytes of address space: 40 million pixels, turned once, and the program itself
LONGEST_SIDE = 2000
QUALITY = 85
LONGEST_TO_READ = 3000  # the fine bars of a VIN plate are lost in a smaller picture
SECONDS_TO_READ = 4.0  # a picture full of fine stripes keeps the reader busy for a minute
# Bars are read when they lie about straight, so the picture is turned; the likely angles come first.
ANGLES = (0, 15, -15, 30, -30, 45, -45, 60, -60, 75, -75)
LOGO_SIDE = 600  # 50 mm at 300 dpi
LOGO_COLOURS = 64


class TooManyPixels(ValueError):
    """The picture would need more memory than any photo does."""


class Unreadable(ValueError):
    """No picture could be read from it."""


def limit_memory() -> None:
    """Let this process take no more memory than a large photo needs; a bomb then fails here, alone."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


@dataclass(frozen=True, slots=True)
class Developed:
    """A photo as it is kept, and the texts of the bar codes on it."""

    jpeg: bytes
    bar_codes: tuple[str, ...] = ()


def develop(upload: bytes) -> bytes:
    """The picture as an upright JPEG of at most 2000 pixels, without anything the camera wrote beside it.

    TooManyPixels and Unreadable say why not; nothing else leaves this function.
    """
    jpeg = io.BytesIO()
    _upright(upload, LONGEST_SIDE).save(jpeg, "JPEG", quality=QUALITY, optimize=True)
    return jpeg.getvalue()


def develop_and_read(upload: bytes) -> Developed:
    """The same, with the texts of the bar codes on it."""
    picture = _upright(upload, LONGEST_TO_READ)
    bar_codes = read_bar_codes(picture)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=QUALITY, optimize=True)
    return Developed(jpeg.getvalue(), bar_codes)


def develop_logo(upload: bytes) -> bytes:
    """The picture as a small PNG on white, in few colours: what fits on a card. Fails as `develop` does."""
    png = io.BytesIO()
    _upright(upload, LOGO_SIDE).quantize(LOGO_COLOURS).save(png, "PNG", optimize=True)
    return png.getvalue()


def _upright(upload: bytes, longest: int) -> Any:
    from PIL import Image, ImageOps  # noqa: PLC0415 - only the worker process loads Pillow

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # whatever Pillow finds odd about a photo is reason enough
            with Image.open(io.BytesIO(upload), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise TooManyPixels
                opened.draft("RGB", (2 * longest, 2 * longest))  # decodes large JPEGs small
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((longest, longest))
                fresh = Image.new("RGB", upright.size, "white")
                solid = upright.convert("RGBA") if upright.has_transparency_data else upright.convert("RGB")
                fresh.paste(solid, mask=solid if solid.mode == "RGBA" else None)
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooManyPixels from None
    except (Exception, Warning, MemoryError):  # a decoder may fail in any way it likes
        raise Unreadable from None
    return fresh


def read_bar_codes(picture: Any) -> tuple[str, ...]:
    """The texts of the bar codes on a Pillow picture; empty where none can be read in time.

    The first angle at which one reads is enough: other codes on the same label lie the same way.
    """
    import zxingcpp  # noqa: PLC0415 - only the worker process loads the reader
    from PIL import Image  # noqa: PLC0415

    formats = zxingcpp.barcode_formats_from_str("Code128,Code39,DataMatrix,QRCode")
    grey = picture.convert("L")
    until = time.monotonic() + SECONDS_TO_READ
    for angle in ANGLES:
        turned = grey.rotate(angle, Image.Resampling.BILINEAR, expand=True, fillcolor=128) if angle else grey
        found = zxingcpp.read_barcodes(turned, formats=formats, try_invert=False, try_downscale=not angle)
        texts = tuple(code.text for code in found if code.valid)
        if texts or time.monotonic() > until:
            return texts
    return ()
