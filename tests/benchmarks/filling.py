"""A garage of many years, written quickly: cars that come again, radios with codes, requests, tries, cards."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from garage import clock
from garage.bay.models import Try
from garage.cards.models import Card
from garage.code_requests.models import CodeRequest, RequestAnswer
from garage.db import Base, vault_of
from garage.domain.asking import AnswerKind, Channel, Status
from garage.domain.job import AfterPower, Answer, Battery, Work, YesNo
from garage.domain.trying import Outcome
from garage.facts.models import Experience
from garage.intake.models import Customer, Fitting, Job, Vehicle
from garage.radios.models import HeadUnit, Origin, RadioCode, Standing
from garage.staff.models import JournalEntry
from tests import making

JOBS = 100_000
CARS = 60_000  # and as many customers: many come more than once
RADIOS = 40_000  # whose number is on file; the others never asked
OPEN = 60
MAKES = (("Skoda", "Fabia"), ("Volkswagen", "Golf"), ("Ford", "Focus"), ("Renault", "Clio"), ("Audi", "A4"))
NAMES = ("Dvořák", "Marsh", "Öztürk", "Hill", "Nowak", "Farrow", "Lindqvist", "Brandt", "Rossi", "Ashby")
AT_ONCE = 5_000
Row = dict[str, Any]


def fill(session: Session) -> None:
    """Write the garage; the same numbers on every machine."""
    site = making.first_site(session)
    dealer = making.make_dealer(session)
    chance = Random(4)  # noqa: S311 - invented numbers, not secrets
    sealed = vault_of(session).seal("0417")
    for table, rows in (
        (Customer, _customers(chance)),
        (Vehicle, _cars(chance)),
        (HeadUnit, _radios(chance)),
        (Fitting, ({"vehicle_id": n, "head_unit_id": n, "from_at": clock.now()} for n in _to(RADIOS))),
        (RadioCode, (_code(n, sealed) for n in _to(RADIOS))),
        (Job, (_job(n, site.id) for n in _to(JOBS))),
        (CodeRequest, (_request(n, site.id, dealer.id) for n in _to(RADIOS // 2))),
        (RequestAnswer, (_answer(n) for n in _to(RADIOS // 2))),
        (Try, (_try(n) for n in _to(RADIOS))),
        (Card, (_card(n, site.id) for n in _to(RADIOS))),
        (Experience, (_experience(n) for n in _to(JOBS))),
        (JournalEntry, (_entry(n, site.id) for n in _to(2 * JOBS))),
    ):
        _write(session, table, rows)


def plate(n: int) -> str:
    """The registration of car `n`, without spaces."""
    letters = "".join(chr(65 + n // 26**place % 26) for place in range(3))
    return f"KA{letters}{n % 10_000:04d}"


def _to(last: int) -> range:
    return range(1, last + 1)


def _write(session: Session, table: type[Base], rows: Iterable[Row]) -> None:
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        session.connection().execute(insert(table.__table__), some)


def _customers(chance: Random) -> Iterator[Row]:
    for n in _to(CARS):
        name = NAMES[n % len(NAMES)]
        phone = f"01632{chance.randrange(10**6):06d}"
        yield {
            "id": n,
            "name": f"{name} {n}",
            "phone": phone,
            "email": "",
            "search": f"{name.lower()}{n}{phone}".replace("ř", "r")
            .replace("á", "a")
            .replace("ö", "o")
            .replace("ü", "u"),
            "version": 1,
        }


def _cars(chance: Random) -> Iterator[Row]:
    for n in _to(CARS):
        make, model = MAKES[n % len(MAKES)]
        yield {
            "id": n,
            "vin": f"TMBZZZ{chance.randrange(10**5):05d}{n:06d}" if n % 2 else None,
            "registration": plate(n),
            "registration_shown": plate(n),
            "make": make,
            "model": model,
            "version": 1,
        }


def _radios(chance: Random) -> Iterator[Row]:
    for n in _to(RADIOS):
        serial = f"SKZAZ{chance.randrange(10)}{chr(65 + n % 26)}{n:07d}"
        part = f"5J0035{n:06d}"
        yield {
            "id": n,
            "serial_number": serial,
            "make": MAKES[n % len(MAKES)][0],
            "part_number": part,
            "version": 1,
        }


def _code(n: int, sealed: object) -> Row:
    at = clock.now()
    return {
        "head_unit_id": n,
        "sealed": sealed,
        "origin": Origin.DEALER,
        "standing": Standing.WORKED,
        "entered_at": at,
        "worked_at": at,
        "version": 1,
    }


def _job(n: int, site_id: int) -> Row:
    car = (n - 1) % CARS + 1
    here = n > JOBS - OPEN
    at = clock.now() - timedelta(minutes=30 * (JOBS - n))
    return {
        "site_id": site_id,
        "number": n,
        "own_number": f"W-{n}" if n % 3 == 0 else "",
        "own_key": f"w{n}" if n % 3 == 0 else None,
        "vehicle_id": car,
        "customer_id": car,
        "head_unit_id": car if car <= RADIOS else None,
        "work": Work.BATTERY,
        "answer": Answer.UNKNOWN,
        "built_with_this_radio": YesNo.UNKNOWN,
        "battery": Battery.ON if here else Battery.BACK,
        "after_power": None if here else AfterPower.PLAYED,
        "happened_at": at,
        "opened_at": at,
        "plays_at": None if here else at,
        "closed_at": None if here else at,
        "version": 1,
    }


def _request(n: int, site_id: int, dealer_id: int) -> Row:
    made = clock.now() - timedelta(hours=n % 9_000, days=1)
    return {
        "site_id": site_id,
        "job_id": n,
        "head_unit_id": n,
        "dealer_id": dealer_id,
        "channel": Channel.EMAIL,
        "status": Status.ANSWERED,
        "built_with_this_radio": YesNo.YES,
        "made_at": made,
        "sent_at": made,
        "ended_at": made + timedelta(hours=n % 200),
        "version": 1,
    }


def _answer(n: int) -> Row:
    asked = clock.now() - timedelta(hours=n % 9_000, days=1)
    return {
        "code_request_id": n,
        "kind": AnswerKind.CODE,
        "at": asked + timedelta(hours=n % 200),
        "asked_at": asked,
        "radio_code_id": n,
    }


def _try(n: int) -> Row:
    outcome = Outcome.WORKED if n % 5 else Outcome.DID_NOT_WORK
    return {"job_id": n, "radio_code_id": n, "outcome": outcome, "at": clock.now()}


def _card(n: int, site_id: int) -> Row:
    return {
        "site_id": site_id,
        "number": f"RP-{n:08X}",
        "head_unit_id": n,
        "job_id": n,
        "made_at": clock.now(),
    }


def _experience(n: int) -> Row:
    make, model = MAKES[n % len(MAKES)]
    return {"make": make, "model": model, "asked": n % 4 == 0, "at": clock.now()}


def _entry(n: int, site_id: int) -> Row:
    return {
        "site_id": site_id,
        "at": clock.now(),
        "verb": "take_in",
        "kind": "job",
        "row_number": n // 2 + 1,
        "request_id": "fill",
    }
