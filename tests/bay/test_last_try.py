"""Before what may be the last try: number and code once more, four eyes or a reason; and after it locked."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.bay.commands import LookAgain, ShowCode
from garage.bay.last_try import NotTheSame
from garage.bay.locked import choice_of, note_choice
from garage.bay.trying import show_code
from garage.cards.actions import PrintCard, print_card
from garage.code_requests.actions import ask, ask_again
from garage.code_requests.commands import Ask
from garage.code_requests.sending import send
from garage.db import Database
from garage.domain.asking import Channel, Status
from garage.domain.catalogue import Catalogue
from garage.domain.job import AfterPower, Battery, YesNo
from garage.domain.text import Refused
from garage.domain.trying import Instead, LastTry, Outcome
from garage.intake.models import Job
from garage.radios.models import HeadUnit, Origin, RadioCode
from garage.staff import sign_ins
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Person
from garage.staff.passwords import hash_password
from garage.staff.pins import MOST_WRONG
from tests import making
from tests.bay.conftest import Visitor, a_job

CANARY, SERIAL, PIN = "0739", "SKZ1Z2K8399700", "8351"
WORTH = "The dealer read the number back"


def last_chance(session: Session, by: By, **more: Any) -> tuple[Job, RadioCode]:
    """The radio asks, one code was wrong already, and nobody knows how many it allows."""
    said = {"battery": Battery.BACK, "after_power": AfterPower.ASKED}
    tried = {"earlier_tries": YesNo.UNKNOWN}
    job = a_job(session, by, **(said | tried | more))
    assert job.head_unit is not None
    job.head_unit.serial_number = SERIAL
    return job, making.make_code(session, job.head_unit, CANARY)


@pytest.fixture
def job(session: Session, by: By) -> Job:
    """One more wrong code may lock its radio."""
    return last_chance(session, by)[0]


@pytest.fixture
def code(job: Job) -> RadioCode:
    """The code to try."""
    assert job.head_unit is not None
    return job.head_unit.codes[0]


def looked(**other: Any) -> ShowCode:
    said = {"serial_number": SERIAL, "code": CANARY, "second": None, "reason": WORTH} | other
    return ShowCode(look=LookAgain(**said))


def lines(session: Session) -> list[tuple[str, int | None, str]]:
    entries = session.scalars(sa.select(JournalEntry).order_by(JournalEntry.id))
    return [(line.verb, line.person_id, line.reason.text if line.reason else "") for line in entries]


def test_the_code_is_neither_shown_nor_printed_before_somebody_looked_again(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    with pytest.raises(LastTry):
        show_code(session, job, code, ShowCode(), catalogue, by)
    with pytest.raises(LastTry):
        print_card(session, job, catalogue, PrintCard("card"), by)
    assert lines(session) == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"serial_number": SERIAL[:-1] + "1"}, "serial_number"),
        ({"code": "0738"}, "code"),
        ({"code": "739"}, "code"),
    ],
)
def test_number_and_code_must_be_those_on_file(
    session: Session,
    job: Job,
    code: RadioCode,
    catalogue: Catalogue,
    by: By,
    typed: dict[str, str],
    field: str,
) -> None:
    with pytest.raises(NotTheSame) as no:
        show_code(session, job, code, looked(**typed), catalogue, by)
    assert no.value.field == field
    assert not any(CANARY in str(said) for said in (no.value, looked()))


def test_alone_the_reason_is_kept(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    with pytest.raises(Refused, match="one sentence"):
        show_code(session, job, code, looked(reason=" "), catalogue, by)
    with pytest.raises(Refused, match="radio code in this text"):
        show_code(session, job, code, looked(reason=f"it is surely {CANARY}"), catalogue, by)
    assert show_code(session, job, code, looked(), catalogue, by).text == CANARY
    assert lines(session) == [
        ("last_try_alone", by.person_id, WORTH),
        ("show_code", by.person_id, f"#{job.number}"),
    ]


def test_with_two_both_are_on_record(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    other = making.make_person(session, name="Tom")
    shown = show_code(session, job, code, looked(second=other.id, reason=""), catalogue, by)
    assert shown.text == CANARY
    assert [line[:2] for line in lines(session)] == [("look_too", other.id), ("show_code", by.person_id)]


def test_a_code_worked_out_here_stands_on_no_paper_to_be_typed_from(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    code.origin = Origin.CALCULATOR
    assert show_code(session, job, code, looked(code=""), catalogue, by).text == CANARY


def test_nobody_is_asked_for_the_code_of_a_radio_locked_for_good(session: Session, job: Job, by: By) -> None:
    assert job.head_unit is not None
    request = making.make_code_request(session, job=job)
    job.head_unit.locked_for_good_at = by.at
    for act in (
        lambda: send(session, request, by),
        lambda: ask(session, job, Ask(None, Channel.LETTER, YesNo.UNKNOWN, None), by),
    ):
        with pytest.raises(Refused, match="locked for good"):
            act()
    request.status = Status.REFUSED
    with pytest.raises(Refused, match="locked for good"):
        ask_again(session, request, by)


def test_what_the_customer_wants_instead_is_kept_with_who_asked(session: Session, job: Job, by: By) -> None:
    with pytest.raises(Refused, match="not locked for good"):
        note_choice(session, job, Instead.SPECIALIST, by)
    assert job.head_unit is not None
    job.head_unit.locked_for_good_at = by.at
    note_choice(session, job, Instead.SPECIALIST, by)
    later = By(by.site_id, making.make_person(session, name="Tom").id, by.at + timedelta(hours=2))
    note_choice(session, job, Instead.USED_RADIO, later)
    kept = choice_of(session, job)
    assert kept is not None
    assert (kept.choice, kept.person_id, kept.asked_at) == (Instead.USED_RADIO, later.person_id, later.at)
    assert [line[0] for line in lines(session)] == ["note_choice", "note_choice"]


@pytest.fixture
def here(house: Database, people: By) -> tuple[int, int, int]:
    """Job, code and the technician, who typed the password today and has a PIN."""
    with house.transaction() as session:
        job, code = last_chance(session, people)
        tom = session.scalars(sa.select(Person).where(Person.sign_in_name == "tom")).one()
        tom.pin_hash = hash_password(PIN)
        sign_ins.start(session, tom, making.AT, "phone", making.AT + timedelta(hours=12))
        return job.number, code.id, tom.id


def filled(**other: str) -> dict[str, str]:
    return {"serial_number": SERIAL, "code": CANARY} | other


def test_showing_leads_to_the_stop_page_which_tells_neither_number_nor_code(
    desk: Visitor, here: tuple[int, int, int]
) -> None:
    number, code_id, _ = here
    stop = desk.post(f"/jobs/{number}/codes/{code_id}/show")
    assert stop.location == f"/jobs/{number}/codes/{code_id}/last-try"
    page = desk.get(stop.location).text
    assert "this may be the last try" in page
    assert CANARY not in page
    assert SERIAL not in page


def test_two_people_go_for_the_last_try(desk: Visitor, house: Database, here: tuple[int, int, int]) -> None:
    number, code_id, tom = here
    path = f"/jobs/{number}/codes/{code_id}/last-try"
    desk.get(path)
    two = filled(who="two", second=str(tom))
    wrong = desk.post(path, **two, secret="8352")
    assert wrong.status_code == 422
    assert "This is not right" in wrong.text
    assert desk.post(path, **two).status_code == 422
    for secret in (PIN, making.PASSWORD):
        assert f'<p class="shown-code">{CANARY}</p>' in desk.post(path, **two, secret=secret).text
    own = desk.post(path, **filled(who="two", second="1"), secret=making.PASSWORD)
    assert own.status_code == 422


def test_alone_somebody_writes_why(desk: Visitor, here: tuple[int, int, int]) -> None:
    number, code_id, _ = here
    path = f"/jobs/{number}/codes/{code_id}/last-try"
    desk.get(path)
    assert desk.post(path, **filled(who="alone")).status_code == 422
    other = desk.post(path, **(filled(who="alone", reason=WORTH) | {"code": "0738"}))
    assert other.status_code == 422
    assert "not the code on file" in other.text
    assert f'<p class="shown-code">{CANARY}</p>' in desk.post(path, **filled(who="alone", reason=WORTH)).text


def test_guessing_the_code_or_a_pin_on_the_stop_page_ends_soon(
    desk: Visitor, here: tuple[int, int, int]
) -> None:
    number, code_id, tom = here
    path = f"/jobs/{number}/codes/{code_id}/last-try"
    desk.get(path)
    for _ in range(MOST_WRONG):
        desk.post(path, **filled(who="two", second=str(tom)), secret="8352")
    assert desk.post(path, **filled(who="two", second=str(tom)), secret=PIN).status_code == 422
    answers = [
        desk.post(path, **(filled(who="alone", reason=WORTH) | {"code": f"1{n:03}"})) for n in range(9)
    ]
    assert answers[-1].status_code == 429


def test_where_no_try_is_allowed_the_stop_page_is_not_a_way_around(
    desk: Visitor, house: Database, here: tuple[int, int, int]
) -> None:
    number, code_id, _ = here
    path = f"/jobs/{number}/codes/{code_id}/last-try"
    desk.get(path)
    with house.transaction() as session:
        session.scalars(
            sa.select(HeadUnit).where(HeadUnit.serial_number == SERIAL)
        ).one().locked_for_good_at = making.AT
    assert desk.get(path).status_code == 409
    answer = desk.post(path, **filled(who="alone", reason=WORTH))
    assert answer.status_code == 409
    assert CANARY not in answer.text


def test_a_locked_radio_offers_no_try_anywhere_and_asks_for_the_customers_choice(
    desk: Visitor, house: Database, here: tuple[int, int, int]
) -> None:
    number, code_id, _ = here
    desk.get("/")
    desk.post(
        f"/jobs/{number}/codes/{code_id}/entered",
        form_key="k",
        newest_try="0",
        outcome=Outcome.LOCKED_FOR_GOOD.value,
    )
    for path in (f"/jobs/{number}", f"/jobs/{number}/codes", f"/jobs/{number}/bay", f"/jobs/{number}/ask"):
        page = desk.get(path).text
        assert "Locked for good" in page, path
        assert "Used radio" in page, path
        for offer in (
            f"/codes/{code_id}/show",
            "last-try",
            "Ask for the code</a>",
            "Keep the code",
            "Enter a code",
        ):
            assert offer not in page, (path, offer)
    assert (
        desk.post(f"/jobs/{number}/instead", choice="used_radio", back="bay").location
        == f"/jobs/{number}/bay"
    )
    for path in (f"/jobs/{number}", f"/jobs/{number}/bay"):
        assert "asked by Ada Marsh, 2 Mar 2026" in desk.get(path).text
    assert "Locked for good: Used radio" in desk.get("/").text


def test_on_the_phone_a_locked_radio_offers_no_code_and_keeps_the_choice(
    desk: Visitor, house: Database, here: tuple[int, int, int]
) -> None:
    number, code_id, _ = here
    with house.transaction() as session:
        job = session.scalars(sa.select(Job).where(Job.number == number)).one()
        assert job.head_unit is not None
        job.left_at = job.head_unit.locked_for_good_at = making.AT
    page = desk.get(f"/jobs/{number}/call").text
    assert "Locked for good" in page
    assert f"/call/codes/{code_id}/show" not in page
    answer = desk.post(f"/jobs/{number}/instead", choice="new_radio", back="call")
    assert answer.location == f"/jobs/{number}/call"
    assert "New radio</strong>" in desk.get(answer.location).text
