"""How long answers take, and what is promised to a customer."""

from datetime import date

import pytest

from garage.domain.answer_times import Promise, Record, promise, working_days_between
from garage.domain.catalogue import Confidence
from garage.domain.packet import DealerKind
from garage.domain.vocabulary import Way
from garage.domain.ways import WayAnswer

MONDAY, FRIDAY, SATURDAY = date(2026, 5, 4), date(2026, 5, 8), date(2026, 5, 9)


def way(minutes, kind=Way.DEALER):
    return WayAnswer(kind, (), (), None, minutes, (), Confidence.HIGH, ())


def test_weekends_do_not_count():
    assert working_days_between(FRIDAY, date(2026, 5, 11)) == 1
    assert working_days_between(MONDAY, MONDAY) == 0
    assert working_days_between(MONDAY, FRIDAY) == 4
    assert working_days_between(FRIDAY, MONDAY) == 0  # a clock that was set back


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


def test_the_own_record_goes_before_the_facts():
    record = Record(3, (1, 1, 2))
    assert promise(record, DealerKind.DEALER, [way(30)], FRIDAY, FRIDAY) == Promise(date(2026, 5, 12), True)


def test_two_answers_promise_nothing_by_themselves():
    assert promise(Record(2, (1, 1)), DealerKind.DEALER, [], MONDAY, MONDAY) is None
    assert promise(Record(2, (1, 1)), DealerKind.DEALER, [way(30)], MONDAY, MONDAY) == Promise(MONDAY, False)


@pytest.mark.parametrize(
    ("minutes", "by"), [(30, MONDAY), (60 * 24, date(2026, 5, 5)), (60 * 60, date(2026, 5, 7)), (None, None)]
)
def test_facts_promise_what_they_say(minutes, by):
    given = promise(Record(), DealerKind.DEALER, [way(None, Way.CARD), way(minutes)], MONDAY, MONDAY)
    assert (given.by if given else None) == by


def test_each_kind_of_place_has_its_own_way():
    ways = [way(30), way(60 * 24 * 2, Way.ONLINE)]
    assert promise(Record(), DealerKind.ONLINE, ways, MONDAY, MONDAY) == Promise(date(2026, 5, 6), False)
    assert promise(Record(), DealerKind.SPECIALIST, ways, MONDAY, MONDAY) is None


def test_nothing_is_promised_for_a_weekend_or_for_a_day_that_has_passed():
    assert promise(Record(), DealerKind.DEALER, [way(5)], SATURDAY, SATURDAY) == Promise(
        date(2026, 5, 11), False
    )
    assert promise(Record(), DealerKind.DEALER, [way(5)], MONDAY, FRIDAY) is None
