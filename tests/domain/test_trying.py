"""When a code may be entered, and when to stop."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from garage.domain.job import YesNo
from garage.domain.text import Refused
from garage.domain.trying import (
    MayTry,
    TryRecord,
    WhyAgain,
    as_entered,
    next_try,
    tried_since,
    tries_left,
)

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


def known(wrong_here: int = 0, **more: object) -> TryRecord:
    """Nobody tried before the car came in, and the code to try is a fresh one."""
    said: dict[str, object] = {"wrong_here": wrong_here, "earlier": YesNo.NO, "changed_code": True}
    return TryRecord(**(said | more))  # type: ignore[arg-type]


def refused(record: TryRecord, why: WhyAgain | None = None) -> str:
    with pytest.raises(Refused) as no:
        next_try(record, why, NOW)
    return str(no.value)


def test_the_first_code_may_be_entered() -> None:
    assert next_try(known(limit=10), None, NOW) == MayTry(left=10)


def test_nobody_enters_a_code_before_saying_whether_others_did() -> None:
    assert "has anyone tried a code already" in refused(known(earlier=None))


# (wrong codes so far, why again) without a limit: the whole table of the rule "one, re-read, two, never three"
WITHOUT_A_LIMIT = {
    (0, None): True,
    (1, None): False,
    (2, None): False,
    **{(0, why): True for why in WhyAgain},
    **{(1, why): True for why in WhyAgain},
    **{(2, why): False for why in WhyAgain},
}


def test_the_table_names_every_reason() -> None:
    assert set(WITHOUT_A_LIMIT) == set(product(range(3), [None, *WhyAgain]))


@pytest.mark.parametrize(("wrong", "why"), WITHOUT_A_LIMIT)
def test_one_code_then_stop_then_one_with_a_reason_then_never(wrong: int, why: WhyAgain | None) -> None:
    if WITHOUT_A_LIMIT[wrong, why]:
        assert next_try(known(wrong), why, NOW).left is None
    else:
        refused(known(wrong), why)


def test_after_a_wrong_code_the_number_is_read_again() -> None:
    assert "Read the serial number again" in refused(known(1))


def test_the_same_code_is_not_another_code() -> None:
    assert "entered before" in refused(known(1, changed_code=False), WhyAgain.OTHER_CODE)


def test_the_same_code_may_be_entered_again_when_it_was_mistyped() -> None:
    assert next_try(known(1, changed_code=False), WhyAgain.MISTYPED, NOW).left is None


@pytest.mark.parametrize(("limit", "may"), [(3, False), (4, True), (10, True), (None, False)])
def test_a_third_try_needs_a_known_limit_with_two_tries_left(limit: int | None, may: bool) -> None:
    record = known(2, limit=limit)
    if may:
        next_try(record, WhyAgain.OTHER_CODE, NOW)
    else:
        assert "No further try" in refused(record, WhyAgain.OTHER_CODE)


def test_where_no_reason_would_do_nobody_is_asked_what_changed() -> None:
    assert "No further try" in refused(known(2))
    assert "say what changed" in refused(known(2, limit=10))


def test_tries_before_the_car_came_count() -> None:
    tried = known(earlier=YesNo.YES, earlier_count=1)
    assert tried.wrong == 1
    assert "Stop after a wrong code" in refused(tried)
    assert "No further try" in refused(known(1, earlier=YesNo.YES, earlier_count=1), WhyAgain.OTHER_CODE)


@pytest.mark.parametrize(
    ("before", "since", "known_now"),
    [
        ((YesNo.YES, 2), (YesNo.NO, 0), (YesNo.YES, 2)),
        ((YesNo.YES, 2), (YesNo.YES, 1), (YesNo.YES, 3)),
        ((YesNo.YES, 2), (YesNo.UNKNOWN, 0), (YesNo.UNKNOWN, 2)),
        ((YesNo.UNKNOWN, 2), (YesNo.NO, 0), (YesNo.UNKNOWN, 2)),
        ((YesNo.NO, 0), (YesNo.YES, 1), (YesNo.YES, 1)),
        ((YesNo.NO, 0), (YesNo.NO, 0), (YesNo.NO, 0)),
        ((None, 0), (YesNo.NO, 0), (YesNo.NO, 0)),
    ],
)
def test_what_was_tried_since_only_adds_to_what_was_told(
    before: tuple[YesNo | None, int], since: tuple[YesNo, int], known_now: tuple[YesNo, int]
) -> None:
    assert tried_since(*before, *since) == known_now


def test_a_count_that_belongs_to_a_no_does_not_count() -> None:
    assert known(earlier=YesNo.NO, earlier_count=3).wrong == 0


def test_with_dont_know_no_number_is_told_only_one_try_then_stop() -> None:
    for more in ({"limit": 10}, {"shown_left": 5}, {"shown_used": 1, "limit": 10}):
        record = known(earlier=YesNo.UNKNOWN, **more)
        why = WhyAgain.OTHER_CODE if record.wrong else None
        assert next_try(record, why, NOW).left is None


@pytest.mark.parametrize(
    ("record", "last"),
    [
        (known(limit=10), False),
        (known(), False),  # nobody tried: the second would be the one that counts
        (known(earlier=YesNo.UNKNOWN), True),
        (known(earlier=YesNo.UNKNOWN, shown_left=7), False),  # the display knows
        (known(shown_left=1), True),
        (known(limit=1), True),
        (known(1), True),
        (known(1, limit=2), True),
        (known(1, limit=10), False),
        (known(1, limit=10, shown_left=1), True),
        (known(earlier=YesNo.YES, earlier_count=1), True),
    ],
)
def test_a_try_may_be_the_last_as_far_as_facts_display_and_count_know(record: TryRecord, last: bool) -> None:
    why = WhyAgain.OTHER_CODE if record.wrong else None
    assert next_try(record, why, NOW).may_be_last is last


def test_the_display_outranks_our_own_count() -> None:
    assert tries_left(known(1, limit=10, shown_left=2)) == 2
    assert tries_left(known(0, limit=10, shown_used=4)) == 6
    assert "No further try" in refused(known(2, limit=10, shown_left=1), WhyAgain.OTHER_CODE)


def test_a_radio_that_counted_more_codes_than_we_were_told_of_is_believed() -> None:
    assert known(0, shown_used=2).wrong == 2
    assert "No further try" in refused(known(0, shown_used=2), WhyAgain.OTHER_CODE)


@pytest.mark.parametrize(
    ("record", "left"),
    [
        (known(1, limit=3), 2),
        (known(5, limit=3), 0),
        (known(1), None),
        (known(earlier=None, limit=3), None),
        (known(earlier=YesNo.UNKNOWN, limit=3), None),
        (known(earlier=YesNo.YES, earlier_count=2, limit=3), 1),
    ],
)
def test_the_tries_left(record: TryRecord, left: int | None) -> None:
    assert tries_left(record) == left


def test_no_try_where_none_is_left() -> None:
    assert "none left" in refused(known(0, shown_left=0))


def test_a_radio_that_waits_is_not_tried_again() -> None:
    assert "makes you wait" in refused(known(waits_until=NOW + timedelta(minutes=1)))


def test_a_wait_that_is_over_stands_in_nobodys_way() -> None:
    next_try(known(waits_until=NOW), None, NOW)


@pytest.mark.parametrize("why", [None, *WhyAgain])
def test_a_radio_locked_for_good_is_never_tried_again(why: WhyAgain | None) -> None:
    assert "locked for good" in refused(known(locked_for_good=True, limit=99, shown_left=9), why)


@pytest.mark.parametrize(
    ("typed", "code"), [("0739", "0739"), (" 07 39 ", "0739"), ("b-1c4", "B1C4"), ("000", "000")]
)
def test_a_code_keeps_its_zeros_and_loses_spaces(typed: str, code: str) -> None:
    assert as_entered(typed) == code


@pytest.mark.parametrize("typed", ["", "12", "1234567890123", "12?4", "١٢٣٤", "12é4"])
def test_what_is_no_code_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(Refused) as no:
        as_entered(typed)
    assert len(typed) < 3 or typed not in str(no.value)
