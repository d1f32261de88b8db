"""The one place that loads WeasyPrint and zxing-cpp: it runs in a process of its own and makes the PDF."""
# ruff: noqa: PLC0415 - imports stand inside the functions so that only the worker process loads them

import base64
import gc
import io
import os
from email.message import EmailMessage
from functools import cache, lru_cache
from random import Random
from typing import Any
from xml.etree import ElementTree

_PNG = "data:image/png;base64,"


class WrongPages(RuntimeError):
    """The paper took more pages than it may, so something would be cut off or lost."""


def warm_up() -> None:
    """Load what every paper needs, before the first one and outside its time limit."""
    gc.disable()  # nothing that is loaded here is forgotten again
    import weasyprint  # noqa: F401

    _fonts()
    gc.freeze()
    gc.enable()


def make_pdf(html: str, css: str, pages: range, quick: bool = False) -> bytes:
    """The PDF/UA-1 bytes of one paper, the same for the same input; WrongPages when their number is not in ``pages``.

    ``quick`` is for cards: their page is well-formed XML, their stylesheet says all there is to say, and their
    small files stay uncompressed.
    Python looks for cycles of forgotten objects only between papers: while one is made nearly all stay in use.
    """
    fonts, fetcher = _fonts()
    gc.disable()
    try:
        page = _page_kind(quick)(string=html, url_fetcher=fetcher)
        document = page.render(stylesheets=[_style(css)], font_config=fonts, pdf_variant="pdf/ua-1")
        if len(document.pages) not in pages:
            raise WrongPages(f"{len(document.pages)} pages instead of {pages.start} to {pages.stop - 1}")
        pdf: bytes = document.write_pdf(
            finisher=_ask_not_to_scale, pdf_variant="pdf/ua-1", uncompressed_pdf=quick
        )
    finally:
        gc.enable()
    return pdf


@cache
def _page_kind(quick: bool) -> Any:
    """WeasyPrint's page; the quick kind takes a quarter of a card's time less.

    It leaves out WeasyPrint's own stylesheet, and the parser that makes sense of any HTML.
    """
    from cssselect2 import ElementWrapper
    from weasyprint import HTML

    class WellFormed(HTML):
        def __init__(self, string: str, url_fetcher: Any) -> None:
            self.base_url, self.url_fetcher, self.media_type = None, url_fetcher, "print"
            root = ElementTree.fromstring(string)  # noqa: S314 - our own templates; values are escaped
            self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return []

    return WellFormed if quick else HTML


def code128(text: str) -> str:
    """A Code 128 barcode with its quiet zones, as the data: address of a one-bit picture."""
    return _barcode(text, "Code128")


def qr_code(text: str) -> str:
    """A QR code with its quiet zone, as the data: address of a one-bit picture."""
    return _barcode(text, "QRCode")


def data_matrix(text: str) -> str:
    """A Data Matrix without its quiet zone, which the empty margin of a card is, as above."""
    return _barcode(text, "DataMatrix", quiet=False, force_square=True)


@cache
def guard_css() -> str:
    """Noise to print behind a code, so that paper held to the light shows nothing: always the same picture."""
    from PIL import Image

    dots = Image.frombytes("1", (316, 64), Random(7810).randbytes(40 * 64))  # noqa: S311 - a picture, no secret
    return f'.guard {{ background: url("{_png(dots)}") 0 0 / 100% 100%; }}'


def png(picture: bytes) -> str:
    """A PNG as a data: address."""
    return _PNG + base64.b64encode(picture).decode()


def _barcode(text: str, form: str, quiet: bool = True, **options: bool) -> str:
    import zxingcpp
    from PIL import Image

    barcode = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat[form], **options)
    return _png(Image.fromarray(barcode.to_image(scale=1, add_quiet_zones=quiet)).convert("1"))


def _png(picture: Any) -> str:
    written = io.BytesIO()
    picture.save(written, "PNG")
    return png(written.getvalue())


@cache
def _fonts() -> tuple[Any, Any]:
    """One font set-up per process: a new one for each card would cost more than the card."""
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class FromThePageItself(URLFetcher):
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith(_PNG):
                return super().fetch(url, headers)
            return URLFetcherResponse(url, base64.b64decode(url.removeprefix(_PNG)), png_headers)

    png_headers = EmailMessage()  # written once: reading them is half of the time of a barcode
    png_headers["Content-Type"] = "image/png"
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # no time of making in the file: equal input, equal bytes
    return FontConfiguration(), FromThePageItself(allowed_protocols=("data",), allow_redirects=False)


@lru_cache(32)
def _style(css: str) -> Any:
    from weasyprint import CSS

    fonts, fetcher = _fonts()
    return CSS(string=css, font_config=fonts, url_fetcher=fetcher)


def _ask_not_to_scale(document: Any, pdf: Any) -> None:
    import pydyf

    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary(
        {"PrintScaling": "/None", "DisplayDocTitle": "true", "PickTrayByPDFSize": "true"}
    )
