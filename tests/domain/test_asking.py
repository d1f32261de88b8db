"""Asking for a code: every pair of status and step, and the days until an answer is due."""

from datetime import date
from itertools import product

import pytest

from garage.domain.asking import (
    Channel,
    Status,
    Step,
    lies_too_long,
    next_status,
    sent_words,
)
from garage.domain.text import Refused

# One line per status, one word per step in the order of the enum:
# queue, send, bounce, need_more, wait, ask_fee, answer, refuse, withdraw, reopen.
TABLE = {
    Status.DRAFT: "    queued  sent  -      draft  sent  sent  answered  refused  withdrawn  -",
    Status.QUEUED: "   -       sent  draft  draft  sent  sent  answered  refused  withdrawn  -",
    Status.SENT: "     -       -     -      draft  sent  sent  answered  refused  withdrawn  -",
    Status.ANSWERED: " -       -     -      -      -     -     -         -        -          draft",
    Status.REFUSED: "  -       -     -      -      -     -     -         -        -          draft",
    Status.WITHDRAWN: "-       -     -      -      -     -     -         -        -          draft",
}
PAIRS = list(product(Status, Step))


def expected(status: Status, step: Step) -> str:
    return TABLE[status].split()[list(Step).index(step)]


def test_the_table_has_an_answer_for_every_status_and_every_step():
    assert set(TABLE) == set(Status)
    assert all(len(line.split()) == len(Step) for line in TABLE.values())


@pytest.mark.parametrize(("status", "step"), PAIRS, ids=lambda part: part.value)
def test_every_step_leads_where_the_table_says_or_is_refused(status, step):
    if expected(status, step) == "-":
        with pytest.raises(Refused) as no:
            next_status(status, step)
        assert status.label in str(no.value)
    else:
        assert next_status(status, step) is Status(expected(status, step))


@pytest.mark.parametrize("status", Status)
def test_no_request_is_stuck(status):
    """From everywhere the answered end can be reached, so nothing is dropped."""
    seen, todo = set(), [status]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += [Status(word) for word in TABLE[here].split() if word != "-"]
    assert Status.ANSWERED in seen


def test_only_what_is_not_sent_or_waits_is_open():
    assert {status for status in Status if status.is_open} == {Status.DRAFT, Status.QUEUED, Status.SENT}


def test_asking_again_never_says_that_somebody_was_asked():
    assert {next_status(status, Step.REOPEN) for status in Status if not status.is_open} == {Status.DRAFT}


@pytest.mark.parametrize("status", Status)
def test_only_a_request_that_was_not_sent_lies_too_long_and_only_after_its_day(status):
    day = date(2026, 5, 6)
    assert lies_too_long(status, day, date(2026, 5, 7)) == (status is Status.DRAFT)
    assert not lies_too_long(status, day, day)
    assert not lies_too_long(status, None, day)


@pytest.mark.parametrize("channel", Channel)
def test_every_way_of_asking_has_its_own_words(channel):
    assert str(sent_words(channel))
    assert len({str(sent_words(other)) for other in Channel}) == len(Channel)
