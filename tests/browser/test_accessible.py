"""Every page of a filled garage: no axe violations, in light and in dark, on a desk and on a phone."""

from collections.abc import Iterator
from itertools import chain
from typing import Literal

import pytest
import sqlalchemy as sa
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Page, ViewportSize

from garage.cards.models import PrintJob, PrintPart
from garage.code_requests.models import CodeRequest
from garage.db import Database
from garage.domain.asking import PLACES, Status
from garage.domain.fact_kinds import BatteryFact
from garage.domain.job import YesNo
from garage.domain.paper_kind import PaperKind
from garage.intake.models import Job
from garage.radios.models import HeadUnit, RadioCode, Standing
from garage.staff.models import Person
from garage.staff.passwords import hash_password
from garage.upkeep.demo import fill
from garage.upkeep.models import BookStatus, CodeBook
from tests.browser.desk import sign_in
from tests.desk import facts
from tests.serving import Served

pytestmark = pytest.mark.browser

NOT_PAGES = {
    "board.lanes",
    "board.wall_rows",
    "board.figures_csv",
    "static",
    "bootstrap.static",
    "cards.pdf",
    "code_requests.mail_file",
    "cards.blank_paper",
    "cards.sample",
    "cards.calibration",
    "radios.photo",
    "staff.key_sheet",
}
DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
RUN_AXE = """axe.run({resultTypes: ["violations"]}).then(({violations}) =>
  violations.flatMap((one) => one.nodes.map((node) => `${one.id} ${node.target}`)))"""
JOBS_LOOKED_AT = 3


def pages(app: Flask, database: Database) -> Iterator[str]:
    """The address of every page that can be opened by GET, with numbers that exist."""
    with database.reading() as session:
        jobs = list(
            session.scalars(sa.select(Job.number).where(Job.head_unit_id.is_not(None)).order_by(Job.id))
        )
        requests = sa.select(CodeRequest.id).order_by(CodeRequest.id)
        request = session.scalars(requests.where(CodeRequest.channel.in_(PLACES))).first()
        message = session.scalars(requests.where(CodeRequest.status == Status.FACTS)).one()
        code = session.scalars(sa.select(RadioCode).join(HeadUnit)).first()
        assert code is not None
        job_of_code = session.scalar(sa.select(Job.number).where(Job.head_unit_id == code.head_unit_id))
        known = {
            "request_id": request,
            "unit_id": code.head_unit_id,
            "code_id": code.id,
            "token": "gone",
            "book_id": 1,
            "customer_id": 1,
            "kept": 1,
            "gone": 2,
            "slug": "audi",
            "kind": "battery",
            "layout_id": "avery-c32011",
            "language": "fr",
            "text_kind": "request",
            "text_language": "en",
            "fact_id": next(fact.id for fact in facts().facts if isinstance(fact, BatteryFact)),
        }
        sheet = session.scalars(sa.select(PrintJob).where(PrintJob.kind == PaperKind.CARD_SHEET)).first()
        assert sheet is not None
        assert sheet.card is not None
        several = session.scalars(sa.select(PrintPart.print_job_id)).first()
        named = {
            "cards.card": sheet.card.number,
            "cards.sheet_printed": sheet.id,
            "cards.several_cards": several,
        }
    yield f"/requests/{message}"  # the other page of this address: no place is asked
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_PAGES:
            continue
        numbers = jobs[:JOBS_LOOKED_AT] if rule.endpoint in {"board.job", "bay.bay"} else jobs[:1]
        if "code_id" in rule.arguments:
            numbers = [job_of_code]
        if "number" not in rule.arguments:
            numbers = [None]
        elif not rule.rule.startswith("/jobs"):
            numbers = [named.get(rule.endpoint, 1)]
        for number in numbers:
            with app.test_request_context():
                values = {name: known.get(name, number) for name in rule.arguments}
                yield app.url_map.bind("").build(rule.endpoint, values)


def last_try(database: Database) -> str:
    """The page before what may be a radio's last try."""
    with database.reading() as session:
        asked = sa.select(Job.number, RadioCode.id).join(
            RadioCode, RadioCode.head_unit_id == Job.head_unit_id
        )
        nobody_knows = Job.earlier_tries == YesNo.UNKNOWN, RadioCode.standing == Standing.TO_TRY
        number, code = session.execute(asked.where(*nobody_knows)).one()
        return f"/jobs/{number}/codes/{code}/last-try"


def book_before_and_running(database: Database) -> Iterator[str]:
    """A code book's dry run, then the same book while it is taken over."""
    with database.reading() as session:
        book = session.scalars(sa.select(CodeBook.id).where(CodeBook.status == BookStatus.READ)).one()
    yield f"/code-book/{book}"
    with database.transaction() as session:
        session.get_one(CodeBook, book).status = BookStatus.TAKING
    yield f"/code-book/{book}"


def barriers(page: Page, scheme: Literal["light", "dark"], viewport: ViewportSize) -> list[str]:
    """What axe finds on the page as it stands, in this scheme on this screen, and whether it is wider."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size(viewport)
    found = [f"{scheme}: {said}" for said in page.evaluate(RUN_AXE)]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*found, f"wider than {viewport['width']}"] if wide else found


def test_no_page_has_an_axe_violation_on_a_light_desk_and_a_dark_phone(
    page: Page, live_server: Served
) -> None:
    fill(live_server.database, facts(), live_server.now())
    sign_in(page, live_server)
    with live_server.database.transaction() as session:
        session.execute(sa.update(Person).values(pin_hash=hash_password("8351")))  # "Who is here?" lists them
    page.route("**/go-on", lambda route: route.abort())  # a book that is taken over stays half-way
    house, found = live_server.database, []
    for address in chain(pages(live_server.app, house), [last_try(house)], book_before_and_running(house)):
        response = page.goto(live_server.url + address)
        assert response is not None
        if response.status in {404, 410}:
            continue  # a link that is gone is looked at by its own test
        assert response.status in {200, 409}, address  # where a rule says no, its page is looked at as well
        page.evaluate(AXE_SCRIPT)
        on_both = barriers(page, "light", DESK) + barriers(page, "dark", PHONE)
        found += [f"{address}: {violation}" for violation in on_both]
    assert not found, "\n".join(found)
