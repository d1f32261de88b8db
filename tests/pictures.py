"""Takes the README's pictures from the demo garage: `make pictures` writes docs/pictures afresh."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import sqlalchemy as sa
from playwright.sync_api import Page, sync_playwright

from garage.board.queries import open_jobs
from garage.board.standing import Lane
from garage.cards.models import PrintJob
from garage.cards.records import paper_of
from garage.cards.render import render
from garage.clock import now
from garage.code_requests.models import CodeRequest
from garage.domain.asking import Status
from garage.domain.clearance import Ground
from garage.domain.paper_kind import PaperKind
from garage.intake.models import Fitting, Job, Vehicle
from garage.radios.models import RadioCode, Standing
from garage.upkeep.demo import fill
from garage.upkeep.house import open_house
from garage.web.settings import load_settings
from tests.browser.desk import sign_in
from tests.cards.designs import pictures, sample_of
from tests.desk import facts
from tests.serving import Served, chromium, served

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
SIZE = {"width": 1180, "height": 760}
PAPER_DPI = 90
CARD_DPI, SHEET_DPI = 130, 50
BANK_CARDS = {"card", "fold_over", "number"}


@contextmanager
def demo_garage() -> Iterator[Served]:
    """The demo garage on a real port, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(Path(folder) / "demo")
        database = open_house(settings)
        fill(database, facts(), now())
        database.close()
        with served(settings, now) as running:
            yield running


def known_plate(running: Served) -> str:
    """A car with a working code on file that is not here today."""
    with running.database.reading() as session:
        here = sa.select(Job.vehicle_id).where(Job.closed_at.is_(None))
        fitted = sa.select(Fitting.vehicle_id).join(RadioCode, RadioCode.head_unit_id == Fitting.head_unit_id)
        known = fitted.where(Fitting.until_at.is_(None), RadioCode.standing == Standing.WORKED)
        plates = sa.select(Vehicle.registration_shown).where(
            Vehicle.id.in_(known), Vehicle.id.not_in(here), Vehicle.stopped_at.is_(None)
        )
        return session.scalars(plates.order_by(Vehicle.id)).first() or ""


def places(running: Served) -> dict[str, str]:
    """Which page each picture shows."""
    with running.database.reading() as session:
        site_id = session.scalars(sa.select(Job.site_id)).first() or 1
        lanes = open_jobs(session, site_id, now().date(), now())
        trying = [row for row in lanes[Lane.CODE] if "try it" in str(row.words)]
        cleared = [row for row in lanes[Lane.BAY] if row.job.ground is Ground.ON_FILE] or lanes[Lane.BAY]
        asked = session.scalars(sa.select(CodeRequest.id).where(CodeRequest.status == Status.SENT)).first()
        return {
            "board": "/",
            "easy-may-come-off": f"/jobs/{cleared[0].job.number}",
            "hard-stop": f"/jobs/{lanes[Lane.STOP][0].job.number}",
            "hard-asking": f"/requests/{asked}",
            "hard-codes": f"/jobs/{trying[0].job.number}/codes",
        }


def take(page: Page, name: str) -> None:
    """Write one picture."""
    page.screenshot(path=PICTURES / f"{name}.png")


def picture_of_paper(running: Served) -> None:
    """The first page of a hand-over sheet."""
    with running.database.reading() as session:
        sheet = session.scalars(sa.select(PrintJob).where(PrintJob.kind == PaperKind.HAND_OVER)).first()
        assert sheet is not None
        pdf = pypdfium2.PdfDocument(render(paper_of(session, sheet)))
    picture = pdf[0].render(scale=PAPER_DPI / 72).to_pil()
    picture.save(PICTURES / "handover.png", optimize=True)
    pdf.close()


def pictures_of_cards() -> None:
    """Every design of a card, from the sample beside its template."""
    for name in ("card", "fold_over", "number", "large_print", "card_sheet", "receipt", "entry_sheet"):
        pages = pictures(render(sample_of(name)), CARD_DPI if name in BANK_CARDS else SHEET_DPI)
        pages[-1 if name == "fold_over" else 0].save(
            PICTURES / f"card-{name.replace('_', '-')}.png", optimize=True
        )


def main() -> None:
    """Take them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo_garage() as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())  # type: ignore[arg-type]
        page = browser.new_page(viewport=SIZE, color_scheme="light")  # type: ignore[arg-type]
        sign_in(page, running)
        for name, address in places(running).items():
            page.goto(running.url + address)
            take(page, name)
        page.goto(running.url)
        page.fill("#first-box", known_plate(running))
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.name === 'answer'")
        page.keyboard.press("2")
        page.set_viewport_size(SIZE | {"height": 1000})  # the whole page, as on a desk's screen
        page.evaluate("scrollTo(0, 0)")
        take(page, "easy-new-car")
        browser.close()
        picture_of_paper(running)
    pictures_of_cards()


if __name__ == "__main__":
    main()
