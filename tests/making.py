"""Rows for tests: each maker fills in what the test does not care about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest, Dealer, RequestAnswer
from garage.db import vault_of
from garage.domain.asking import AnswerKind, Channel
from garage.domain.job import Answer, Work, YesNo
from garage.domain.people import Role
from garage.intake.models import Customer, Fitting, Job, Vehicle
from garage.outbox.models import MailStatus, OutboxMail
from garage.radios.models import HeadUnit, Origin, RadioCode
from garage.staff.journal import By
from garage.staff.models import Person, Site

AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
PASSWORD = "a long invented password"
NUMBERS = count(5001)  # of what several tests share; each test counts its own rows from 1
Row = TypeVar("Row")


def later(by: By, **passed: float) -> By:
    """The same person, some time later; `passed` as for timedelta."""
    return replace(by, at=by.at + timedelta(**passed))


def first_site(session: Session) -> Site:
    """The house's first workshop."""
    return session.scalars(sa.select(Site).order_by(Site.id)).first() or make_site(session)


def make_site(session: Session, **fields: Any) -> Site:
    """Another workshop."""
    return _keep(session, Site(**{"name": "Bridge Street Garage", "phone": "01632 960100"} | fields))


def make_person(session: Session, **fields: Any) -> Person:
    """Somebody who works here, by default the owner; `password_hash` is empty unless given."""
    given = {"initials": "AM", "role": Role.OWNER, "password_hash": None} | fields
    name = given.setdefault("name", "Ada Marsh")
    given.setdefault("sign_in_name", f"{name.split()[0].lower()}{next(NUMBERS)}")
    given.setdefault("site", None) or given.update(site=first_site(session))
    return _keep(session, Person(**given))


def make_customer(session: Session, **fields: Any) -> Customer:
    """Who brings the car."""
    given = {"name": "Jo Hill", "phone": "01632 960200", "search": "johill01632960200"} | fields
    return _keep(session, Customer(**given))


def make_vehicle(session: Session, **fields: Any) -> Vehicle:
    """A Skoda without a VIN on record; every car has a plate of its own."""
    plate = f"AB{next(NUMBERS):02d}CDE"
    given = {"registration": plate, "registration_shown": plate, "make": "Skoda", "model": "Fabia"} | fields
    return _keep(session, Vehicle(**given))


def make_head_unit(session: Session, **fields: Any) -> HeadUnit:
    """A Skoda radio with an invented serial number; `vehicle=` puts it into a car."""
    given = {"serial_number": f"SKZAZ{next(NUMBERS):08d}", "make": "Skoda", "model": "Symphony"} | fields
    vehicle = given.pop("vehicle", None)
    head_unit = _keep(session, HeadUnit(**given))
    if vehicle is not None:
        make_fitting(session, vehicle=vehicle, head_unit=head_unit)
    return head_unit


def make_fitting(session: Session, **fields: Any) -> Fitting:
    """A radio sits in a car; give `vehicle=` and `head_unit=`."""
    fitting = _keep(session, Fitting(**{"from_at": AT} | fields))
    session.expire(fitting.vehicle, ["fittings"])
    return fitting


def make_code(session: Session, head_unit: HeadUnit, code: str = "0417", **fields: Any) -> RadioCode:
    """A sealed, invented code for a radio, not tried yet."""
    given = {"origin": Origin.DEALER, "entered_at": AT} | fields
    row = RadioCode(head_unit_id=head_unit.id, sealed=vault_of(session).seal(code), **given)
    session.add(row)
    session.flush()
    session.expire(head_unit, ["codes"])
    return row


def make_job(session: Session, **fields: Any) -> Job:
    """A car is here for its battery, and nobody knows the code; its visit before is over."""
    given = {
        "number": next(NUMBERS),
        "work": Work.BATTERY,
        "answer": Answer.UNKNOWN,
        "happened_at": AT,
        "opened_at": AT,
    } | fields
    if "site_id" not in given:
        given.setdefault("site", first_site(session))
    if "vehicle_id" not in given and "vehicle" not in given:
        given["vehicle"] = make_vehicle(session)
    if "customer_id" not in given and "customer" not in given:
        given["customer"] = make_customer(session)
    if vehicle := given.get("vehicle"):
        for before in session.scalars(sa.select(Job).where(Job.vehicle == vehicle, Job.closed_at.is_(None))):
            before.closed_at = AT
    return _keep(session, Job(**given))


def make_dealer(session: Session, **fields: Any) -> Dealer:
    """An entry of the dealer book."""
    return _keep(session, Dealer(**{"name": "Invented Cars Ltd", "makes": "Skoda"} | fields))


def make_code_request(session: Session, **fields: Any) -> CodeRequest:
    """A draft to a dealer for the radio of a job; give `job=` with a head unit, or both."""
    given = {"channel": Channel.LETTER, "built_with_this_radio": YesNo.UNKNOWN, "made_at": AT} | fields
    if "job" not in given:
        head_unit = given.get("head_unit") or make_head_unit(session)
        given["job"] = make_job(session, head_unit=head_unit)
    given.setdefault("head_unit", given["job"].head_unit)
    given.setdefault("site_id", given["job"].site_id)
    if "dealer_id" not in given and "dealer" not in given:
        given["dealer"] = make_dealer(session)
    return _keep(session, CodeRequest(**given))


def make_answer(session: Session, request: CodeRequest, **fields: Any) -> RequestAnswer:
    """They answered, by default with a code that nobody has tried."""
    return _keep(session, RequestAnswer(**{"request": request, "kind": AnswerKind.CODE, "at": AT} | fields))


def waiting_mails(session: Session) -> list[OutboxMail]:
    """Every mail that waits to be sent, the oldest first."""
    rows = sa.select(OutboxMail).where(OutboxMail.status == MailStatus.WAITING).order_by(OutboxMail.id)
    return list(session.scalars(rows))


def _keep(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
