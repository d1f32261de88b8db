"""The one place that loads WeasyPrint and zxing-cpp: it runs in a process of its own and makes the PDF."""
# ruff: noqa: PLC0415 - imports stand inside the functions so that only the worker process loads them

import base64
import io
import os
from functools import cache
from typing import Any

from garage.paths import TEMPLATES

MODULE_DPI = {"code128": 77, "qr": 40}  # one bar is 0.33 mm, one QR square 0.63 mm: any printer and phone


class WrongPages(RuntimeError):
    """The paper took more pages than it may, so something would be cut off or lost."""


def warm_up() -> None:
    """Load what every paper needs, before the first one and outside its time limit."""
    import weasyprint  # noqa: F401

    _fonts()


def make_pdf(html: str, styles: tuple[str, ...], most_pages: int) -> bytes:
    """The PDF/UA-1 bytes of one paper, the same for the same input; WrongPages when it does not fit."""
    from weasyprint import HTML

    fonts, fetcher = _fonts()
    page = HTML(string=html, url_fetcher=fetcher)
    document = page.render(stylesheets=[_style(styles)], font_config=fonts, pdf_variant="pdf/ua-1")
    if not 1 <= len(document.pages) <= most_pages:
        raise WrongPages(f"{len(document.pages)} pages, at most {most_pages} fit")
    pdf: bytes = document.write_pdf(finisher=_ask_not_to_scale, pdf_variant="pdf/ua-1")
    return pdf


def code128(text: str) -> str:
    """A Code 128 barcode with its quiet zones, as the data: address of a one-bit picture."""
    return _barcode(text, "Code128")


def qr_code(text: str) -> str:
    """A QR code with its quiet zone, as the data: address of a one-bit picture."""
    return _barcode(text, "QRCode")


def _barcode(text: str, form: str) -> str:
    import zxingcpp
    from PIL import Image

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat[form])
    picture = Image.fromarray(barcode.to_image(scale=1)).convert("1")
    png = io.BytesIO()
    picture.save(png, "PNG")
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()


@cache
def _fonts() -> tuple[Any, Any]:
    """One font set-up per process: a new one for each card would cost more than the card."""
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # no time of making in the file: equal input, equal bytes
    return FontConfiguration(), URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@cache
def _style(styles: tuple[str, ...]) -> Any:
    from weasyprint import CSS

    fonts, fetcher = _fonts()
    text = "\n".join((TEMPLATES / name).read_text("utf-8") for name in styles)
    return CSS(string=text, font_config=fonts, url_fetcher=fetcher)


def _ask_not_to_scale(document: Any, pdf: Any) -> None:
    import pydyf

    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"PrintScaling": "/None", "DisplayDocTitle": "true", "PickTrayByPDFSize": "true"}
    )
