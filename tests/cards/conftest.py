"""Sample papers, one warm press for the whole run, and eyes that read a PDF."""

import io
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image

from garage.cards.layouts import LAYOUTS
from garage.cards.press import Press
from garage.cards.render import render
from garage.cards.snapshot import from_plain
from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.paths import TEMPLATES

MM = 72 / 25.4


@dataclass(frozen=True)
class Printed:
    """A PDF as a person and a program see it."""

    pdf: bytes

    @property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(io.BytesIO(self.pdf))

    @property
    def text(self) -> str:
        return "\n".join(page.extract_text() for page in self.reader.pages)

    @property
    def words(self) -> str:
        """The text in one line, so a sentence is found however it is broken."""
        return " ".join(self.text.split())

    @property
    def sizes_mm(self) -> list[tuple[float, float]]:
        boxes = [page.mediabox for page in self.reader.pages]
        return [(round(float(box.width) / MM, 2), round(float(box.height) / MM, 2)) for box in boxes]

    @property
    def fonts(self) -> set[str]:
        """Names of all fonts, each checked to be inside the file."""
        names = set()
        for page in self.reader.pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                assert {"/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"].get_object())
                names.add(str(inner["/BaseFont"]).split("+")[1])
        return names

    def picture(self, dpi: int = 300) -> Image.Image:
        document = pypdfium2.PdfDocument(self.pdf)
        image: Image.Image = document[0].render(scale=dpi / 72).to_pil()
        document.close()
        return image

    def rectangles_mm(self, number: int = 0) -> list[tuple[str, float, float, float, float]]:
        """Every run of text on a page, the first unless said: its words, left, bottom, right, top."""
        document = pypdfium2.PdfDocument(self.pdf)
        page = document[number]
        letters = page.get_textpage()
        found = []
        for index in range(letters.count_rects()):
            box = letters.get_rect(index)
            left, bottom, right, top = (side / MM for side in box)
            found.append((letters.get_text_bounded(*box).strip(), left, bottom, right, top))
        document.close()
        return found

    def overlaps(self, number: int = 0) -> list[tuple[str, str]]:
        """Pairs of text runs that lie on each other by more than 0.3 mm."""
        pairs = []
        for (one, left, low, right, top), (other, left_2, low_2, right_2, top_2) in combinations(
            self.rectangles_mm(number), 2
        ):
            if min(right, right_2) - max(left, left_2) > 0.3 and min(top, top_2) - max(low, low_2) > 0.3:
                pairs.append((one, other))
        return pairs

    def type_sizes(self) -> set[float]:
        """Every type size on the first page, in points."""
        document = pypdfium2.PdfDocument(self.pdf)
        letters = document[0].get_textpage()
        sizes = set()
        for index in range(letters.count_chars()):
            matrix = raw.FS_MATRIX()
            if raw.FPDFText_GetUnicode(letters, index) > 32 and raw.FPDFText_GetMatrix(
                letters, index, matrix
            ):
                scale = (matrix.a**2 + matrix.b**2) ** 0.5
                sizes.add(round(raw.FPDFText_GetFontSize(letters, index) * scale, 2))
        document.close()
        return sizes


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    with Press(workers=1, seconds=60) as warm:
        yield warm


@pytest.fixture(scope="session")
def sample() -> Callable[[PaperKind], Any]:
    """The sample that lies beside each template."""

    def of(kind: PaperKind) -> Paper:
        beside = TEMPLATES / LAYOUTS[kind].template.replace(".html", ".sample.toml")
        return from_plain(tomllib.loads(beside.read_text("utf-8")))

    return of


@pytest.fixture(scope="session")
def printed() -> Callable[[Paper], Printed]:
    """Print a paper in this process and look at it."""
    return lambda paper: Printed(render(paper))
