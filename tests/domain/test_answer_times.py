"""How long answers take, and what is promised to a customer."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from garage.domain.answer_times import Promise, Record, promise
from garage.domain.catalogue import Confidence
from garage.domain.chasing import WorkingWeek, read_closed_days
from garage.domain.packet import DealerKind
from garage.domain.vocabulary import Way
from garage.domain.ways import WayAnswer

BERLIN = ZoneInfo("Europe/Berlin")
WEEK = WorkingWeek(
    BERLIN, frozenset({1, 2, 3, 4, 5}), time(8), time(17), read_closed_days("14.5.2026 Ascension")
)
MONDAY, FRIDAY = date(2026, 5, 4), date(2026, 5, 8)


def may(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment in May 2026 in Berlin; the 4th is a Monday."""
    return datetime(2026, 5, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def way(minutes, kind=Way.DEALER):
    return WayAnswer(kind, (), (), None, minutes, (), Confidence.HIGH, ())


@pytest.mark.parametrize(
    ("asked", "answered", "days"),
    [
        (may(8), may(11), 1),  # Friday to Monday
        (may(4), may(4, 16), 0),
        (may(4), may(8), 4),
        (may(8), may(4), 0),  # a clock that was set back
        (may(13), may(15), 1),  # over a closed Thursday
        (may(8, 19), may(11), 0),  # asked when everybody had left: their time begins on Monday
        (may(9), may(12), 1),  # asked on a Saturday
    ],
)
def test_only_our_own_working_days_count(asked, answered, days):
    assert WEEK.days_between(asked, answered) == days


def test_a_record_says_half_and_nine_of_ten():
    record = Record(10, (0, 0, 1, 1, 1, 2, 2, 2, 3, 9), 4, 1)
    assert (record.median, record.nine_of_ten) == (2, 3)
    assert [str(sentence) for sentence in record.sentences()] == [
        "Answers so far: 10.",
        "Half of them: within 2 working days; nine of ten: within 3 working days.",
        "Their codes played 4 of 5 times.",
    ]


def test_no_record_says_so():
    assert [str(sentence) for sentence in Record().sentences()] == ["No answer from there yet."]


def promised(record, asked, now=None, ways=(), kind=DealerKind.DEALER):
    return promise(record, kind, ways, asked, now or asked, WEEK)


def test_the_own_record_goes_before_the_facts():
    assert promised(Record(3, (1, 1, 2)), may(8), ways=[way(30)]) == Promise(date(2026, 5, 12), True)


def test_two_answers_promise_nothing_by_themselves():
    assert promised(Record(2, (1, 1)), may(4)) is None
    assert promised(Record(2, (1, 1)), may(4), ways=[way(30)]) == Promise(MONDAY, False)


@pytest.mark.parametrize(
    ("minutes", "by"), [(30, MONDAY), (60 * 24, date(2026, 5, 5)), (60 * 60, date(2026, 5, 7)), (None, None)]
)
def test_facts_promise_what_they_say(minutes, by):
    given = promised(Record(), may(4), ways=[way(None, Way.CARD), way(minutes)])
    assert (given.by if given else None) == by


def test_each_kind_of_place_has_its_own_way():
    ways = [way(30), way(60 * 24 * 2, Way.ONLINE)]
    assert promised(Record(), may(4), ways=ways, kind=DealerKind.ONLINE) == Promise(date(2026, 5, 6), False)
    assert promised(Record(), may(4), ways=ways, kind=DealerKind.SPECIALIST) is None


@pytest.mark.parametrize(
    ("asked", "record", "by"),
    [
        (may(9), Record(), date(2026, 5, 11)),  # Saturday: Monday
        (may(8, 16, 45), Record(), date(2026, 5, 11)),  # half an hour before we leave, and it takes longer
        (may(8, 19), Record(), date(2026, 5, 11)),
        (may(13), Record(3, (1, 1, 1)), date(2026, 5, 15)),  # the day after is closed
        (may(13, 18), Record(3, (1, 1, 1)), date(2026, 5, 18)),
        (may(8, 19), Record(3, (0, 0, 0)), date(2026, 5, 11)),
    ],
)
def test_nothing_is_promised_for_a_day_or_an_hour_at_which_nobody_works(asked, record, by):
    assert promised(record, asked, ways=[way(30)]).by == by


def test_a_promise_ends_with_its_day():
    assert promised(Record(), may(4), may(4, 16, 59), [way(5)]) == Promise(MONDAY, False)
    assert promised(Record(), may(4), may(4, 17), [way(5)]) is None
    assert promised(Record(), may(4), may(8), [way(5)]) is None
