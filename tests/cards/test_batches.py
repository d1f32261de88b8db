"""Several cards in one print: on record first, part by part, nothing twice without saying so, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from garage.cards import batches, rules
from garage.cards.actions import PrintPaper, print_again
from garage.cards.batches import PrintSeveral
from garage.cards.models import Card, PrintJob
from garage.cards.queries import jobs_of_day, radios_without_card
from garage.cards.records import paper_of
from garage.cards.rules import may_fetch
from garage.domain.secrecy import PasswordFirst
from garage.domain.text import Refused
from garage.staff.models import JournalEntry
from tests import making
from tests.cards.test_actions import CATALOGUE
from tests.cards.test_life import card_on
from tests.cards.test_sheets import TEN_UP, a_job, places


@pytest.fixture
def jobs(session, site):
    return [a_job(session, site, f"93{number:04d}") for number in range(25)]


@pytest.fixture
def begin(session, by):
    def press(jobs=(), radios=(), is_fresh=True, **fields):
        wanted = PrintSeveral(
            tuple(job.number for job in jobs), tuple(unit.id for unit in radios), TEN_UP, **fields
        )
        return batches.begin(session, wanted, by, is_fresh=is_fresh)

    return press


def go_on(session, row, by, fresh=True):
    batches.go_on(session, row, CATALOGUE, by, is_fresh=fresh)


def finish(session, row, by):
    for _ in range(20):
        go_on(session, row, by)
        if row.ready_at:
            return
    raise AssertionError("it never ends")


def codes_on(session, row):
    return [card.code for _, card in paper_of(session, row).cards]


def why(row):
    return [str(batches.why_left_out(part)) for part in row.parts if part.left_out]


def test_the_print_is_on_record_before_the_first_card(session, jobs, begin):
    row = begin(jobs)
    assert (row.ready_at, row.says, row.says_sealed) == (None, None, None)
    assert [part.job for part in row.parts] == jobs
    assert session.scalar(sa.select(sa.func.count(Card.id))) == 0
    verbs = session.scalars(sa.select(JournalEntry.verb).where(JournalEntry.row_number == row.id)).all()
    assert verbs == ["print_several"]


def test_twenty_five_cards_go_over_three_sheets_in_the_order_chosen(session, jobs, begin, by):
    row = begin(jobs)
    finish(session, row, by)
    assert codes_on(session, row) == [f"93{number:04d}" for number in range(25)]
    assert places(session, row) == list(range(25))
    may_fetch(session, row, CATALOGUE, by)
    assert row.says is None
    assert paper_of(session, row) == paper_of(session, row)


def test_a_crash_half_way_goes_on_where_it_stood(session, jobs, begin, by):
    row = begin(jobs)
    go_on(session, row, by)
    before = [part.card_id for part in row.parts[:10]]
    assert all(before)
    assert len(batches.waiting_parts(row)) == 15
    session.expire_all()
    finish(session, row, replace(by, at=by.at + timedelta(days=1)))
    assert [part.card_id for part in row.parts[:10]] == before
    assert session.scalar(sa.select(sa.func.count(Card.id))) == 25
    go_on(session, row, by)  # pressed once more: nothing happens
    assert session.scalar(sa.select(sa.func.count(Card.id))) == 25


def test_a_card_that_may_not_be_printed_is_left_out_with_the_reason_and_the_rest_goes_on(
    session, jobs, begin, by
):
    jobs[1].head_unit.stopped_at = by.at
    jobs[2].in_another_vehicle = True
    row = begin(jobs[:4])
    finish(session, row, by)
    assert codes_on(session, row) == ["930000", "930003"]
    assert "put a stop" in why(row)[0]
    assert "another vehicle" in why(row)[1]


def test_a_number_that_cannot_be_printed_leaves_out_its_own_card_only(session, jobs, begin, by):
    jobs[1].head_unit.serial_number = "AB\N{BLACK SCISSORS}C1"
    row = begin(jobs[:3])
    finish(session, row, by)
    assert codes_on(session, row) == ["930000", "930002"]
    assert "signs that cannot be printed: serial number" in why(row)[0]


def test_nothing_is_printed_twice_without_saying_so(session, jobs, begin, by):
    number = card_on(session, jobs[0], by).card.number
    row = begin(jobs[:2])
    finish(session, row, by)
    assert why(row) == [f"It has a card already: {number}. Write a reason to print another."]
    again = begin(jobs[:1], reason="the cards got wet")
    finish(session, again, by)
    assert codes_on(session, again) == ["930000"]
    with pytest.raises(Refused, match="why it is printed again"):
        print_again(session, row, CATALOGUE, PrintPaper(row.kind), replace(by, at=by.at + timedelta(hours=3)))


def test_the_reason_for_several_cards_never_carries_a_code(session, jobs, begin):
    with pytest.raises(Refused, match="radio code in this text"):
        begin(jobs[:2], reason="the card with 930001 got wet")


def test_the_reason_tells_nothing_about_codes_that_this_person_may_not_see(session, jobs, begin, by):
    jobs[1].head_unit.stopped_at = by.at
    row = begin(jobs[:2], reason="930001 got wet")
    finish(session, row, by)
    assert codes_on(session, row) == ["930000"]
    assert "put a stop" in why(row)[0]
    jobs[0].closed_at = by.at
    with pytest.raises(PasswordFirst):
        begin(jobs[:2], reason="930000 got wet", is_fresh=False)


def test_no_sealed_code_is_opened_to_fetch_a_paper(session, jobs, begin, by, monkeypatch):
    row = begin(jobs[:1])
    finish(session, row, by)
    monkeypatch.setattr(rules, "known_codes", None)
    may_fetch(session, row, CATALOGUE, by)


def test_cancelled_it_can_go_on_or_print_what_is_ready(session, jobs, begin, by):
    row = begin(jobs)
    go_on(session, row, by)
    batches.cancel(session, row, by)
    assert (row.cancelled_at, row.ready_at) == (by.at, None)
    with pytest.raises(Refused, match="print again"):
        may_fetch(session, replace_says(row), CATALOGUE, replace(by, person_id=None))
    batches.finish_early(session, row, by)
    assert len(codes_on(session, row)) == 10
    other = begin(jobs[10:], reason="the rest")
    batches.cancel(session, other, by)
    go_on(session, other, by)
    assert other.cancelled_at is None


def replace_says(row):
    return PrintJob(id=row.id, kind=row.kind, says_sealed=row.parts[0].says_sealed)


def test_radios_without_a_job_need_a_reason_and_a_fresh_password(session, site, begin, by):
    vehicle = making.make_vehicle(session)
    unit = making.make_head_unit(session, vehicle=vehicle)
    making.make_code(session, unit, "931111")
    assert radios_without_card(session, 100) == [unit]
    without = begin(radios=[unit])
    finish(session, without, by)
    assert "reason" in why(without)[0]
    stale = begin(radios=[unit], reason="cards for the code book")
    batches.go_on(session, stale, CATALOGUE, by, is_fresh=False)
    assert "password" in why(stale)[0]
    row = begin(radios=[unit], reason="cards for the code book")
    finish(session, row, by)
    assert codes_on(session, row) == ["931111"]
    assert radios_without_card(session, 100) == []
    may_fetch(session, row, CATALOGUE, by)


def test_a_radio_whose_car_is_here_is_printed_from_its_job(session, jobs, begin, by):
    row = begin(radios=[jobs[0].head_unit], reason="code book")
    finish(session, row, by)
    assert f"job {jobs[0].number}" in why(row)[0]
    assert row.says_sealed is None


def test_none_and_too_many_are_refused(session, site, begin):
    with pytest.raises(Refused, match="Tick one to 100"):
        begin()
    units = [making.make_head_unit(session) for _ in range(101)]
    with pytest.raises(Refused, match="Tick one to 100"):
        begin(radios=units)
    with pytest.raises(Refused, match="Choose such a paper"):
        batches.begin(session, PrintSeveral((), (units[0].id,), "handover"), None, is_fresh=True)


def test_one_radio_ticked_twice_gets_one_card(session, jobs, begin):
    row = begin(jobs[:1], radios=[jobs[0].head_unit])
    assert [part.job for part in row.parts] == [jobs[0]]


def test_the_cars_of_a_day_are_those_that_were_here(session, site, jobs, by):
    jobs[0].closed_at = by.at - timedelta(days=1)
    jobs[1].happened_at = by.at + timedelta(days=1)
    jobs[2].closed_at = by.at + timedelta(days=2)  # it stayed over night
    jobs[3].closed_at = by.at
    assert jobs_of_day(session, site, by.at.date()) == jobs[2:]
    assert jobs_of_day(session, site, by.at.date() + timedelta(days=1)) == [*jobs[1:3], *jobs[4:]]


def test_no_code_lies_open_while_cards_are_prepared(session, jobs, begin, by):
    row = begin(jobs[:3])
    go_on(session, row, by)
    for table in sa.inspect(session.connection()).get_table_names():
        found = session.execute(sa.text(f'SELECT * FROM "{table}"')).all()  # noqa: S608 - names from the database
        assert not any("930001" in str(value) for line in found for value in line), table
