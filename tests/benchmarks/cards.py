"""Cards against WeasyPrint's own time for an empty document, and against two label tools, all in the same run."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any

import jinja2
import labels
from blabel import LabelWriter
from reportlab.graphics import shapes
from reportlab.graphics.barcode.qr import QrCodeWidget
from weasyprint import CSS, HTML

from garage import clock
from garage.cards import pdf_worker
from garage.cards.press import Press
from garage.cards.render import render
from garage.domain.card import CardColour, CardSheet, CardStyle, RadioPass
from garage.domain.radio_pass import make_radio_pass, new_card_number
from garage.upkeep.house import open_house
from garage.web.settings import load_settings
from tests import making
from tests.benchmarks.figures import Figure, seconds
from tests.desk import Desk, open_desk

HUNDRED = 100
STYLE = CardStyle(colour=CardColour.BLUE, footer="Hafenstrasse 12, 20359 Hamburg", barcode=True)
ROUNDS = 3


def figures(folder: Path) -> list[Figure]:
    """One card by click, a hundred cards in one PDF, two label tools, and memory over 10,000 cards."""
    pdf_worker.warm_up()
    cards = hundred_cards()
    return [*one_card(folder, cards[0]), *hundred(cards), memory()]


def hundred_cards() -> list[RadioPass]:
    """A hundred different cards with everything that stands on one."""
    random = Random(100)  # noqa: S311 - the same cards in every run
    return [
        make_radio_pass(
            garage="Garage Nord",
            phone="+49 30 5550 110",
            radio_make="Volkswagen",
            radio_model="RCD 310",
            serial_number=f"VWZ1Z2L{random.randrange(10**7):07d}",
            vin=f"WVWZZZ1KZ9W{random.randrange(10**6):06d}",
            card_number=new_card_number(random.randbytes(5)),
            code=f"{random.randrange(10**4):04d}",
            worked_on=date(2026, 11, 21),
            leave_radio_on=True,
            own_words="Anna’s Golf",
            style=STYLE,
        )
        for _ in range(HUNDRED)
    ]


def empty_document() -> None:
    """What WeasyPrint needs for one line, with the fonts of the process."""
    HTML(string="<p>One line</p>").write_pdf(font_config=pdf_worker._fonts()[0])


def against_empty(work: Callable[[], object]) -> float:
    """How many empty documents `work` takes: the middle of some rounds, each between empty documents of its own.

    Both by the processor's time, so that other programs on the machine count for neither.
    """
    work()
    return median(
        computing(work) * 2 / (computing(empty_document, 20) + computing(empty_document, 20))
        for _ in range(ROUNDS)
    )


def computing(act: Callable[[], object], times: int = 1) -> float:
    """Seconds of the processor for one `act`, the middle of some."""
    taken = []
    for _ in range(times):
        start = process_time()
        act()
        taken.append(process_time() - start)
    return median(taken)


def one_card(folder: Path, card: RadioPass) -> list[Figure]:
    """From the click to the last byte, through the program and its press, in turns with empty documents."""
    with Press(seconds=60) as press:
        first = seconds(lambda: first_card(press, card))
    settings = load_settings(folder / "click")
    open_house(settings).close()
    with open_desk(settings, clock.now) as desk:
        number = job_with_code(desk)
        for _ in range(6):
            click(desk, number)
        clicks, empties = [], []
        for _ in range(10):
            clicks.append(seconds(lambda: click(desk, number), times=5))
            empty_document()
            empties.append(seconds(empty_document, times=5))
    clicked, empty = median(clicks), median(empties)
    return [
        Figure("The first card, asked for together with the first page after a start", first, "s", 2),
        Figure(
            "One card, from the click to the last byte (bar: 3 empty documents + 10 ms)",
            clicked * 1000,
            "ms",
            round(3000 * empty + 10, 1),
        ),
    ]


def first_card(press: Press, card: RadioPass) -> None:
    """Somebody prints in the moment in which the first page came: no card after a start can wait longer."""
    press.warm()
    press.print(card)


def job_with_code(desk: Desk) -> int:
    """A car whose radio has a code on file."""
    with desk.database.transaction() as session:
        vehicle = making.make_vehicle(session, vin="TMBZZZ6Y000000001")
        unit = making.make_head_unit(session, vehicle=vehicle)
        making.make_code(session, unit, "930417")
        number: int = making.make_job(session, vehicle=vehicle, head_unit=unit).number
        return number


def click(desk: Desk, number: int) -> None:
    """One press of "Radio Pass, bare card": on record, then its PDF."""
    answer = desk.post(f"/jobs/{number}/card", paper="card", driver="first")
    with desk.get(answer.location) as pdf:
        assert pdf.data.startswith(b"%PDF"), pdf.status


def hundred(cards: list[RadioPass]) -> list[Figure]:
    """The hundred as bare cards and ten to a sheet, beside what two label tools need for the same."""
    placed = tuple(enumerate(cards))
    bare = against_empty(lambda: render(CardSheet(layout_id="id1", cards=placed, style=STYLE))) / HUNDRED
    sheet = CardSheet(layout_id="avery-c32011", cards=placed, style=STYLE)
    ten_up = against_empty(lambda: render(sheet)) / HUNDRED
    blabel = against_empty(lambda: with_blabel(cards)) / HUNDRED
    pylabels = against_empty(lambda: with_pylabels(cards)) / HUNDRED
    unit = "empty documents a card"
    return [
        Figure("A hundred different cards in one PDF", bare, unit, 2),
        Figure("The same, ten to a sheet", ten_up, unit, 2),
        Figure(f"The same as blabel makes it in {blabel:.2f}", bare, unit, round(blabel, 2)),
        Figure(f"The same as pylabels makes it in {pylabels:.2f}", ten_up, unit, round(pylabels, 2)),
    ]


LINES = (
    ("Radio Pass", 3, 4, 10),
    ("{c.card_number}", 3, 9, 7),
    ("{c.garage}", 55, 4, 8),
    ("{c.phone}", 55, 9, 7),
    ("Code · digits only", 3, 14, 7),
    ("{c.code}", 3, 18, 30),
    ("worked in this car on 21 Nov 2026", 3, 27, 7),
    ("{c.radio_make} {c.radio_model}", 55, 14, 7),
    ("{c.own_words}", 55, 17, 7),
    ("VIN … {c.vin_tail}", 55, 20, 7),
    ("{c.serial_number}", 3, 31, 11),
    ("Serial number · only for the radio with this number", 3, 36, 7),
    ("Wrong code? Stop after one and call us. Leave the radio on.", 3, 39, 7),
    ("Keep it in your wallet or at home, never in the car.", 3, 42, 7),
    ("Selling the car? Give this card to the new owner.", 3, 45, 7),
    ("{c.style.footer}", 3, 48, 7),
)
"""What stands on the same card where a label tool draws it: text, left and top in millimetres, points."""


def with_blabel(cards: list[RadioPass]) -> bytes:
    """The hundred as a user of blabel would write them: a template with placed lines and its Data Matrix."""
    lines = "".join(
        f'<p style="left:{x}mm;top:{y}mm;font-size:{points}pt">{text.replace("{c.", "{{c.").replace("}", "}}")}</p>'
        for text, x, y, points in LINES
    )
    item = jinja2.Template(lines + '<img src="{{ label_tools.datamatrix(c.card_number) }}">')
    style = CSS(
        string="@page { size: 85.6mm 53.98mm; margin: 0 }"
        "p { position: absolute; margin: 0; font-family: Inter }"
        "img { position: absolute; left: 71mm; top: 26mm; width: 8mm }"
    )
    writer = LabelWriter(item_template=item, default_stylesheets=(style,))
    made: bytes = writer.write_labels([{"c": card} for card in cards], target="@memory")
    return made


def with_pylabels(cards: list[RadioPass]) -> bytes:
    """The hundred as a user of pylabels would write them, ten to a sheet, with the QR code of reportlab."""
    page = labels.Specification(
        210, 297, 2, 5, 85, 54, left_margin=15, right_margin=15, top_margin=13.5, column_gap=10, row_gap=0
    )

    def draw(label: Any, width: float, height: float, card: RadioPass) -> None:
        for text, x, y, points in LINES:
            said = text.format(c=card)
            label.add(shapes.String(x * 2.8346, height - y * 2.8346 - points, said, fontSize=points))
        label.add(QrCodeWidget(card.card_number, barWidth=28, barHeight=28, x=200, y=60))

    sheet = labels.Sheet(page, draw)
    sheet.add_labels(cards)
    made = io.BytesIO()
    sheet.save(made)
    return made.getvalue()


def memory() -> Figure:
    """What the process that makes PDFs holds after 10,000 cards, against after the first 2,000."""
    with get_context("spawn").Pool(1) as process:
        early, late = process.apply(ten_thousand_cards)
    return Figure(
        "Memory of the PDF process after 10,000 cards, against after 2,000", late / early, "times", 1.05
    )


def ten_thousand_cards() -> tuple[int, int]:
    """Kilobytes held after 2,000 and after 10,000 different cards."""
    pdf_worker.warm_up()
    cards, held = hundred_cards(), []
    for turn in range(100):
        changed = [replace(card, code=f"{turn:04d}", own_words=f"Car {turn}") for card in cards]
        render(CardSheet(layout_id="avery-c32011", cards=tuple(enumerate(changed)), style=STYLE))
        if turn in (19, 99):
            held.append(resident())
    return held[0], held[1]


def resident() -> int:
    """Kilobytes of this process that lie in memory now."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])
