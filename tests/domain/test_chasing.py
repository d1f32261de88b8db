"""Chasing: working hours, closed days, nights in which the clocks change, and the order of the steps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garage.domain.chasing import (
    PLAN,
    Chase,
    ClosedDays,
    Due,
    Taken,
    WorkingWeek,
    next_step,
    read_closed_days,
    working_days,
)
from garage.domain.text import Refused

BERLIN = WorkingWeek(
    ZoneInfo("Europe/Berlin"), working_days("12345"), time(8), time(17), read_closed_days("1.1.")
)
START = datetime(2024, 1, 1, tzinfo=UTC)
ZONES = ["Europe/London", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked", "days", "due"),
    [
        ((2026, 3, 2, 10, 30), 3, (2026, 3, 5, 10, 30)),
        ((2026, 3, 6, 16, 59), 1, (2026, 3, 9, 16, 59)),  # Friday to Monday
        ((2026, 3, 7, 11, 0), 1, (2026, 3, 10, 8, 0)),  # asked on a Saturday: counts from Monday's opening
        ((2026, 3, 2, 22, 0), 1, (2026, 3, 4, 8, 0)),  # asked in the evening: counts from the next opening
        ((2026, 3, 2, 5, 0), 1, (2026, 3, 3, 8, 0)),
        ((2025, 12, 31, 9, 0), 1, (2026, 1, 2, 9, 0)),  # New Year
        ((2026, 3, 27, 9, 0), 1, (2026, 3, 30, 9, 0)),  # the clocks go forward: still nine o'clock
        ((2026, 10, 23, 9, 0), 1, (2026, 10, 26, 9, 0)),  # and back
    ],
)
def test_the_same_hour_some_working_days_later(asked, days, due):
    assert BERLIN.after(berlin(*asked), days) == berlin(*due)


@given(MOMENTS, st.integers(0, 10), st.sampled_from(ZONES), st.sets(st.integers(1, 7), min_size=1))
def test_whatever_is_due_is_due_in_working_hours_and_not_before(at, days, zone, week_days):
    week = WorkingWeek(
        ZoneInfo(zone), frozenset(week_days), time(7, 30), time(16), read_closed_days("25.12.")
    )
    due = week.after(at, days)
    assert week.is_open(due)
    assert due >= at
    assert week.first_open(due) == due
    assert week.first_open(at) <= due


def test_a_sheet_that_closes_every_day_does_not_stop_the_chasing():
    never = WorkingWeek(ZoneInfo("UTC"), frozenset(), time(8), time(17))
    assert never.after(berlin(2026, 3, 2, 10), 1) < berlin(2029, 1, 1)


@pytest.mark.parametrize(
    ("line", "closed", "open_"),
    [
        ("24.12.2026 Christmas Eve", date(2026, 12, 24), date(2027, 12, 24)),
        ("24/12/2026", date(2026, 12, 24), date(2025, 12, 24)),
        ("2026-12-24", date(2026, 12, 24), date(2025, 12, 24)),
        ("25.12. Weihnachten", date(2031, 12, 25), date(2031, 12, 24)),
        ("1/1 New Year", date(2030, 1, 1), date(2030, 1, 2)),
        ("29.2.", date(2028, 2, 29), date(2028, 3, 1)),
    ],
)
def test_closed_days_are_read_as_people_write_them(line, closed, open_):
    days = read_closed_days(f"\n {line} \n")
    assert closed in days
    assert open_ not in days


@pytest.mark.parametrize("line", ["Christmas", "31.2.", "2026-13-01", "24.12.26", "99.99.2026", "1.1.1.1"])
def test_what_is_no_day_is_refused_with_its_line(line):
    with pytest.raises(Refused) as no:
        read_closed_days(f"25.12.\n{line}")
    assert line in str(no.value)


ASKED = berlin(2026, 3, 2, 10)


def chased(answers=()):
    """Every step as it falls due, taken at that moment."""
    taken = list(answers)
    while (due := next_step(ASKED, None, taken, BERLIN)) is not None:
        taken.append(Taken(due.step, due.at))
        yield due


def test_the_steps_follow_each_other_at_their_distance():
    assert list(chased()) == [
        Due(Chase.FIRST, berlin(2026, 3, 5, 10)),
        Due(Chase.SECOND, berlin(2026, 3, 9, 10)),
        Due(Chase.PHONE, berlin(2026, 3, 10, 10)),
        Due(Chase.ELSEWHERE, berlin(2026, 3, 12, 10)),
    ]


def test_nobody_is_chased_before_the_day_until_which_they_have_time():
    due = next_step(ASKED, date(2026, 3, 13), [], BERLIN)
    assert due == Due(Chase.FIRST, berlin(2026, 3, 16, 8))
    reminded = [Taken(Chase.FIRST, berlin(2026, 3, 5, 10))]
    assert next_step(ASKED, date(2026, 3, 13), reminded, BERLIN) == Due(Chase.SECOND, berlin(2026, 3, 16, 8))


def test_the_next_step_keeps_its_distance_from_when_the_last_one_was_really_taken():
    late = [Taken(Chase.FIRST, berlin(2026, 6, 1, 9))]
    assert next_step(ASKED, None, late, BERLIN) == Due(Chase.SECOND, berlin(2026, 6, 3, 9))


def test_waiting_moves_the_next_step_and_the_last_word_counts():
    put_off = [Taken(Chase.LATER, ASKED, until=berlin(2026, 4, 4, 9))]  # a Saturday
    assert next_step(ASKED, None, put_off, BERLIN) == Due(Chase.FIRST, berlin(2026, 4, 6, 8))
    put_off.append(Taken(Chase.LATER, ASKED, until=berlin(2026, 3, 3, 9)))
    assert next_step(ASKED, None, put_off, BERLIN) == Due(Chase.FIRST, berlin(2026, 3, 5, 10))


def test_where_a_reminder_does_not_get_through_somebody_calls_at_once():
    back = [Taken(Chase.FIRST, berlin(2026, 3, 5, 10), failed=True)]
    assert next_step(ASKED, None, back, BERLIN) == Due(Chase.PHONE, berlin(2026, 3, 5, 10))
    called = [*back, Taken(Chase.PHONE, berlin(2026, 3, 5, 11))]
    assert next_step(ASKED, None, called, BERLIN).step is Chase.ELSEWHERE


def test_after_the_last_step_nothing_follows():
    assert [due.step for due in chased()] == [step for step, _ in PLAN]
    assert ClosedDays() == ClosedDays(frozenset(), frozenset())
