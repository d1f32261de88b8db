"""Trying codes: what may be entered, what is shown, and what an outcome changes."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.bay.commands import AddCodeToTry, LookAgain, NoteEarlierTries, RecordTry, ShowCode
from garage.bay.models import Try
from garage.bay.queries import limit_of, newest_try, said_before, to_enter, tries_of, try_record
from garage.bay.stops import not_locked, stop
from garage.bay.trying import (
    OddCode,
    add_code_to_try,
    note_earlier_tries,
    record_try,
    show_code,
    show_code_outside,
)
from garage.db import Base, SavedMeanwhile, vault_of
from garage.domain.asking import Status
from garage.domain.catalogue import Catalogue
from garage.domain.job import AfterPower, Battery, YesNo
from garage.domain.lock_out import TryLimit
from garage.domain.text import Refused
from garage.domain.trying import Outcome, WhyAgain
from garage.facts.models import Experience
from garage.intake.models import Job
from garage.radios.models import HeadUnit, Origin, RadioCode, Standing
from garage.seal import Vault
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.bay.conftest import a_job

CANARY = "0739"
OTHER = "0417"


@pytest.fixture
def job(session: Session, by: By) -> Job:
    """Power is back and the radio asks; nobody tried a code before."""
    return a_job(session, by, battery=Battery.BACK, after_power=AfterPower.ASKED, earlier_tries=YesNo.NO)


@pytest.fixture
def unit(job: Job) -> HeadUnit:
    """The job's radio."""
    assert job.head_unit is not None
    return job.head_unit


@pytest.fixture
def code(session: Session, unit: HeadUnit) -> RadioCode:
    """A dealer's code, not tried yet."""
    return making.make_code(session, unit, CANARY)


def record(session: Session, job: Job, code: RadioCode, outcome: Outcome, by: By, **more: object) -> Try:
    """Record an outcome, knowing all tries so far."""
    said: dict[str, object] = {"outcome": outcome, "newest_try": newest_try(session, job)}
    return record_try(session, job, code, RecordTry(**(said | more)), by)  # type: ignore[arg-type]


def verbs(session: Session) -> list[str]:
    return list(session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)))


def test_first_somebody_says_who_tried_before(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    job.earlier_tries = None
    with pytest.raises(Refused, match="has anyone tried a code already"):
        show_code(session, job, code, ShowCode(), catalogue, by)
    note_earlier_tries(session, job, NoteEarlierTries(YesNo.NO, 0, "SAFE", job.version), by)
    assert job.display_text == "SAFE"
    assert show_code(session, job, code, ShowCode(), catalogue, by).text == CANARY


def test_earlier_tries_need_a_number_and_count(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    with pytest.raises(Refused, match="about how many"):
        note_earlier_tries(session, job, NoteEarlierTries(YesNo.YES, 0, "", job.version), by)
    note_earlier_tries(session, job, NoteEarlierTries(YesNo.YES, 2, "", job.version), by)
    assert try_record(session, job, catalogue).wrong == 2
    with pytest.raises(Refused):
        show_code(session, job, code, ShowCode(WhyAgain.OTHER_CODE), catalogue, by)


def test_saved_meanwhile_is_said_for_earlier_tries(session: Session, job: Job, by: By) -> None:
    with pytest.raises(SavedMeanwhile):
        note_earlier_tries(session, job, NoteEarlierTries(YesNo.NO, 0, "", job.version - 1), by)


def test_showing_is_on_record_with_the_job_as_reason(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    assert show_code(session, job, code, ShowCode(), catalogue, by).text == CANARY
    line = session.scalars(sa.select(JournalEntry)).one()
    assert (line.verb, line.kind, line.row_number, line.person_id) == (
        "show_code",
        "radio_code",
        code.id,
        by.person_id,
    )
    assert line.reason is not None
    assert line.reason.text == f"#{job.number}"


def test_what_is_refused_is_neither_shown_nor_on_record(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    unit.stopped_at = by.at
    with pytest.raises(Refused, match="put a stop"):
        show_code(session, job, code, ShowCode(), catalogue, by)
    unit.stopped_at, job.in_another_vehicle = None, True
    with pytest.raises(Refused, match="another vehicle"):
        show_code(session, job, code, ShowCode(), catalogue, by)
    assert verbs(session) == []


def test_a_new_customer_shows_papers_first(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    other = making.make_job(
        session, vehicle=job.vehicle, head_unit=job.head_unit, ground=job.ground, battery=Battery.BACK
    )
    other.earlier_tries = YesNo.NO
    with pytest.raises(Refused, match="different customer"):
        show_code(session, other, code, ShowCode(), catalogue, by)
    other.papers_seen_at = by.at
    assert show_code(session, other, code, ShowCode(), catalogue, by).text == CANARY


def test_outside_an_open_job_a_reason_and_a_fresh_password_are_needed(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    job.plays_at = job.closed_at = by.at
    with pytest.raises(Refused, match="Write the reason"):
        show_code(session, job, code, ShowCode(), catalogue, by)
    with pytest.raises(Refused, match="password"):
        show_code(session, job, code, ShowCode(reason="owner called"), catalogue, by)
    seen = show_code(session, job, code, ShowCode(reason="owner called", fresh=True), catalogue, by)
    assert seen.text == CANARY


def test_a_code_that_worked_is_confirmed_and_the_radio_plays(
    session: Session, job: Job, code: RadioCode, by: By
) -> None:
    record(session, job, code, Outcome.WORKED, by)
    assert (code.standing, code.worked_at, job.plays_at) == (Standing.WORKED, by.at, by.at)
    assert job.is_open  # the card is still to be handed over
    assert verbs(session) == ["record_try"]


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.WORKED])
def test_only_a_code_that_worked_is_confirmed(
    session: Session, job: Job, code: RadioCode, by: By, outcome: Outcome
) -> None:
    record(session, job, code, outcome, by, wait_minutes=60)
    assert (code.standing, code.worked_at, job.plays_at) == (Standing.DID_NOT_WORK, None, None)


def test_a_wrong_code_asks_the_dealer_again_in_the_same_save(
    session: Session, job: Job, code: RadioCode, by: By
) -> None:
    request = making.make_code_request(session, job=job, status=Status.ANSWERED, ended_at=by.at)
    making.make_answer(session, request, radio_code=code)
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    assert request.status.is_open


def test_a_radio_that_waits_is_left_alone_until_the_time_is_over(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    with pytest.raises(Refused, match="how many minutes"):
        record(session, job, code, Outcome.WAITS, by)
    record(session, job, code, Outcome.WAITS, by, wait_minutes=60)
    assert unit.waits_until == by.at + timedelta(minutes=60)
    fresh = making.make_code(session, unit, OTHER)
    with pytest.raises(Refused, match="makes you wait"):
        show_code(session, job, fresh, ShowCode(WhyAgain.OTHER_CODE), catalogue, by)
    hour_later = replace(by, at=by.at + timedelta(minutes=60))
    look = LookAgain(unit.serial_number, OTHER, None, "the dealer sent another one")
    command = ShowCode(WhyAgain.OTHER_CODE, look=look)
    assert show_code(session, job, fresh, command, catalogue, hour_later).text == OTHER


def test_locked_for_good_offers_no_further_try(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    record(session, job, code, Outcome.LOCKED_FOR_GOOD, by)
    assert unit.locked_for_good_at == by.at
    making.make_code(session, unit, OTHER)
    assert all(one.may is None and not one.reasons for one in to_enter(session, job, catalogue, by.at))
    with pytest.raises(Refused, match="locked for good"):
        add_code_to_try(session, job, AddCodeToTry("5521", Origin.DEALER, True), catalogue, by)


def test_after_a_wrong_code_only_a_changed_one_or_an_admitted_mistype_goes_on(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    fresh = making.make_code(session, unit, OTHER)
    for one in (code, fresh):
        with pytest.raises(Refused, match="Read the serial number again"):
            show_code(session, job, one, ShowCode(), catalogue, by)
    with pytest.raises(Refused, match="entered before"):
        show_code(session, job, code, ShowCode(WhyAgain.OTHER_CODE), catalogue, by)
    look = LookAgain(unit.serial_number, CANARY, None, "two digits were swapped")
    mistyped = ShowCode(WhyAgain.MISTYPED, look=look)
    assert show_code(session, job, code, mistyped, catalogue, by).text == CANARY
    offered = {one.code.id: one.reasons for one in to_enter(session, job, catalogue, by.at)}
    assert offered == {
        code.id: (WhyAgain.MISTYPED,),
        fresh.id: (WhyAgain.OTHER_CODE, WhyAgain.NUMBER_CORRECTED),
    }


def test_after_two_wrong_codes_there_is_no_third_without_a_known_limit(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    second = making.make_code(session, unit, OTHER)
    record(session, job, second, Outcome.DID_NOT_WORK, by, why_again=WhyAgain.OTHER_CODE)
    third = making.make_code(session, unit, "5521")
    with pytest.raises(Refused, match="No further try"):
        show_code(session, job, third, ShowCode(WhyAgain.OTHER_CODE), catalogue, by)


def test_correcting_the_serial_number_does_not_give_the_tries_back(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    job.head_unit = making.make_head_unit(session)
    same_digits = making.make_code(session, job.head_unit, CANARY)
    record_now = try_record(session, job, catalogue, same_digits)
    assert (record_now.wrong_here, record_now.changed_code) == (1, False)


def test_the_right_code_clears_the_count(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    job.earlier_tries, job.earlier_tries_count = YesNo.YES, 1
    record(session, job, code, Outcome.WORKED, by)
    assert try_record(session, job, catalogue).wrong == 0


def test_wrong_codes_of_an_earlier_visit_count(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    again = making.make_job(session, vehicle=job.vehicle, head_unit=job.head_unit, earlier_tries=YesNo.NO)
    assert try_record(session, again, catalogue).wrong == 1


def test_two_people_who_record_at_once_are_told_of_each_other(
    session: Session, job: Job, code: RadioCode, by: By
) -> None:
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    with pytest.raises(Refused, match="Somebody else has recorded a try meanwhile"):
        record_try(session, job, code, RecordTry(Outcome.DID_NOT_WORK, newest_try=0), by)
    assert len(tries_of(session, job)) == 1


def test_entering_a_code_says_that_power_is_back_and_the_radio_asked(session: Session, by: By) -> None:
    off = a_job(session, by, battery=Battery.OFF, battery_off_at=by.at, earlier_tries=YesNo.NO)
    assert off.head_unit is not None
    record(session, off, making.make_code(session, off.head_unit, CANARY), Outcome.WORKED, by)
    assert (off.battery, off.after_power) == (Battery.BACK, AfterPower.ASKED)
    assert list(session.scalars(sa.select(Experience.asked))) == [True]


def test_a_code_that_does_not_fit_the_facts_is_asked_about_first(
    session: Session, job: Job, unit: HeadUnit, catalogue: Catalogue, by: By
) -> None:
    with pytest.raises(OddCode) as odd:
        add_code_to_try(session, job, AddCodeToTry("073912", Origin.DEALER, checked=False), catalogue, by)
    assert odd.value.doubts
    assert "073912" not in " ".join(str(doubt) for doubt in odd.value.doubts)
    row = add_code_to_try(session, job, AddCodeToTry("073912", Origin.DEALER, checked=True), catalogue, by)
    assert vault_of(session).open(row.sealed) == "073912"
    assert row.standing is Standing.TO_TRY


def test_a_number_that_was_cut_short_tells_nothing_about_the_radio(
    session: Session, job: Job, unit: HeadUnit, catalogue: Catalogue
) -> None:
    job.vehicle.make, unit.make = "Fiat", ""
    unit.serial_number = "BP9475A2784083"
    assert limit_of(job, catalogue).free_tries == 3
    unit.serial_number = "BP9475A278408"
    assert limit_of(job, catalogue) == TryLimit()


def test_a_code_that_was_wrong_is_not_added_again(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    record(session, job, code, Outcome.DID_NOT_WORK, by)
    with pytest.raises(Refused, match="did not work") as no:
        add_code_to_try(session, job, AddCodeToTry(" 07 39", Origin.CARD, True), catalogue, by)
    assert CANARY not in str(no.value)


def test_a_code_needs_its_radio(session: Session, by: By, catalogue: Catalogue) -> None:
    bare = making.make_job(session)
    with pytest.raises(Refused, match="serial number first"):
        add_code_to_try(session, bare, AddCodeToTry(CANARY, Origin.CARD, True), catalogue, by)


def test_a_display_text_may_not_carry_the_radios_code(
    session: Session, job: Job, code: RadioCode, by: By
) -> None:
    with pytest.raises(Refused, match="radio code in this text"):
        record(session, job, code, Outcome.DID_NOT_WORK, by, display_text=f"it showed {CANARY}")
    record(session, job, code, Outcome.DID_NOT_WORK, by, display_text="CODE 1000")


def test_without_the_code_key_nothing_is_shown_but_outcomes_are_kept(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    session.info["vault"] = Vault(None)
    with pytest.raises(Refused, match="Codes are locked"):
        show_code(session, job, code, ShowCode(), catalogue, by)
    record(session, job, code, Outcome.DID_NOT_WORK, by, display_text="SAFE")


def test_a_code_stands_in_no_log_no_repr_and_no_table(
    session: Session,
    job: Job,
    code: RadioCode,
    catalogue: Catalogue,
    by: By,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "90210"
    command = AddCodeToTry(canary, Origin.DEALER, checked=True)
    row = add_code_to_try(session, job, command, catalogue, by)
    shown = show_code(session, job, row, ShowCode(), catalogue, by)
    assert shown.text == canary
    tried = record(session, job, row, Outcome.WORKED, by, display_text="plays")
    session.flush()
    for said in (repr(command), repr(shown), repr(row), repr(row.sealed), repr(tried), caplog.text):
        assert canary not in said
    for table in Base.metadata.sorted_tables:
        for line in session.execute(sa.select(table)):
            assert canary not in [str(value) for value in line]


def an_opel(session: Session, by: By, display_text: str, **more: object) -> Job:
    """An Opel, whose display counts the tries that are left."""
    vehicle = making.make_vehicle(session, make="Opel", model="Astra")
    unit = making.make_head_unit(session, vehicle=vehicle, make="Opel", model="CD 30")
    said: dict[str, object] = {"vehicle": vehicle, "head_unit": unit, "display_text": display_text}
    return a_job(session, by, battery=Battery.BACK, after_power=AfterPower.ASKED, **(said | more))


def test_the_radios_own_display_outranks_our_count(session: Session, by: By, catalogue: Catalogue) -> None:
    job = an_opel(session, by, "7 ----", earlier_tries=YesNo.NO)
    assert try_record(session, job, catalogue).shown_left == 7
    assert job.head_unit is not None
    making.make_code(session, job.head_unit, CANARY)
    (entry,) = to_enter(session, job, catalogue, by.at)
    assert entry.may is not None
    assert entry.may.left == 7


def test_with_dont_know_even_the_display_tells_no_number(
    session: Session, by: By, catalogue: Catalogue
) -> None:
    job = an_opel(session, by, "7 ----", earlier_tries=YesNo.UNKNOWN)
    assert job.head_unit is not None
    making.make_code(session, job.head_unit, CANARY)
    (entry,) = to_enter(session, job, catalogue, by.at)
    assert entry.may is not None
    assert entry.may.left is None


def test_what_the_display_showed_before_a_try_does_not_hold_after_it(
    session: Session, by: By, catalogue: Catalogue
) -> None:
    job = an_opel(session, by, "7 ----", earlier_tries=YesNo.NO)
    assert job.head_unit is not None
    record(session, job, making.make_code(session, job.head_unit, CANARY), Outcome.DID_NOT_WORK, by)
    assert try_record(session, job, catalogue).shown_left is None


def test_outside_a_job_no_code_is_shown_while_its_car_is_here(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, by: By
) -> None:
    command = ShowCode(reason="owner called", fresh=True)
    for radio_of_the_job in (unit, None):  # its number is on record in the job, or only known in the car
        job.head_unit = radio_of_the_job
        session.flush()
        with pytest.raises(Refused, match=f"Its car is here: job {job.number}"):
            show_code_outside(session, unit, code, command, by)
    job.closed_at = by.at
    session.flush()
    assert show_code_outside(session, unit, code, command, by).text == CANARY


def test_while_a_car_is_at_another_site_its_code_is_shown_there_and_its_job_is_not_named(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, by: By
) -> None:
    job.site = making.make_site(session, name="Bridge Street")
    session.flush()
    with pytest.raises(Refused, match="Its car is at Bridge Street now") as refused:
        show_code_outside(session, unit, code, ShowCode(reason="owner called", fresh=True), by)
    assert str(job.number) not in str(refused.value)


@pytest.mark.parametrize("said", [YesNo.YES, YesNo.UNKNOWN])
def test_what_an_earlier_job_was_told_counts_until_somebody_knows_better(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By, said: YesNo
) -> None:
    job.earlier_tries, job.earlier_tries_count, job.closed_at = said, 2, by.at
    again = making.make_job(session, vehicle=job.vehicle, head_unit=job.head_unit)
    assert (said_before(session, again), try_record(session, again, catalogue).wrong) == (2, 2)
    again.earlier_tries = YesNo.UNKNOWN
    assert try_record(session, again, catalogue).wrong == 2
    again.earlier_tries = YesNo.NO
    assert try_record(session, again, catalogue).wrong == 0


def test_a_code_that_worked_ends_what_earlier_jobs_were_told(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    job.earlier_tries, job.earlier_tries_count = YesNo.YES, 2
    record(session, job, code, Outcome.WORKED, by)
    again = making.make_job(session, vehicle=job.vehicle, head_unit=job.head_unit)
    assert (said_before(session, again), try_record(session, again, catalogue).wrong) == (0, 0)


def test_a_closed_job_takes_no_codes_and_no_tries(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    job.closed_at = by.at
    for act in (
        lambda: note_earlier_tries(session, job, NoteEarlierTries(YesNo.NO, 0, "", job.version), by),
        lambda: add_code_to_try(session, job, AddCodeToTry("5521", Origin.DEALER, True), catalogue, by),
        lambda: record(session, job, code, Outcome.DID_NOT_WORK, by),
    ):
        with pytest.raises(Refused, match="This job is closed"):
            act()
    assert code.standing is Standing.TO_TRY


def test_a_radio_that_took_a_code_was_not_locked_for_good(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, by: By
) -> None:
    unit.locked_for_good_at = by.at
    record(session, job, code, Outcome.WORKED, by)
    assert unit.locked_for_good_at is None


def test_locked_for_good_is_taken_off_with_a_reason_on_record(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, catalogue: Catalogue, by: By
) -> None:
    with pytest.raises(Refused, match="not locked"):
        not_locked(session, unit, "Wrong button", unit.version, by)
    record(session, job, code, Outcome.LOCKED_FOR_GOOD, by)
    session.flush()
    with pytest.raises(Refused, match="one sentence"):
        not_locked(session, unit, " ", unit.version, by)
    not_locked(session, unit, "Wrong button", unit.version, by)
    assert unit.locked_for_good_at is None
    assert verbs(session)[-1] == "not_locked"
    assert try_record(session, job, catalogue).wrong == 1  # the try stays


def test_a_managers_reason_may_not_carry_the_radios_code(
    session: Session, job: Job, unit: HeadUnit, code: RadioCode, by: By
) -> None:
    for thing in (unit, job.vehicle):
        with pytest.raises(Refused, match="radio code in this text"):
            stop(session, thing, f"card says {CANARY}", thing.version, by)
    assert unit.stopped_at is None
