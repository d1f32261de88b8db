"""Asking for a code: every pair of status and step, and the days until an answer is due."""

from datetime import date
from itertools import product

import pytest

from garage.domain.asking import (
    PLACES,
    Channel,
    Fact,
    Status,
    Step,
    facts_named,
    lies_too_long,
    next_status,
    sent_words,
    stands_at,
)
from garage.domain.message import ASK
from garage.domain.text import Refused

# One line per status, one word per step in the order of the enum:
# queue, send, bounce, need_more, wait, ask_fee, ask_facts, get_facts, answer, refuse, withdraw, reopen.
TABLE = {
    Status.DRAFT: "    queued  sent  -      draft  sent  sent  facts  -      answered  refused  withdrawn  -",
    Status.QUEUED: "   -       sent  draft  draft  sent  sent  -      -      answered  refused  withdrawn  -",
    Status.SENT: "     -       -     -      draft  sent  sent  -      -      answered  refused  withdrawn  -",
    Status.FACTS: "    -       -     -      -      -     -     facts  draft  answered  -        withdrawn  -",
    Status.ANSWERED: " -       -     -      -      -     -     -      -      -         -        -          draft",
    Status.REFUSED: "  -       -     -      -      -     -     -      -      -         -        -          draft",
    Status.WITHDRAWN: "-       -     -      -      -     -     -      -      -         -        -          draft",
}
# Steps that are taken only with a place, only with the customer; every other one on every way.
ONLY_WITH_A_PLACE = {
    Step.QUEUE,
    Step.SEND,
    Step.BOUNCE,
    Step.NEED_MORE,
    Step.WAIT,
    Step.ASK_FEE,
    Step.REFUSE,
}
ONLY_WITH_THE_CUSTOMER = {Step.ASK_FACTS, Step.GET_FACTS}
OWN_WAYS = (Channel.CARD, Channel.CALCULATOR, Channel.MESSAGE)


def expected(status: Status, step: Step, channel: Channel) -> str:
    if step in (ONLY_WITH_A_PLACE if channel in OWN_WAYS else ONLY_WITH_THE_CUSTOMER):
        return "-"
    return TABLE[status].split()[list(Step).index(step)]


def test_the_table_has_an_answer_for_every_status_and_every_step():
    assert set(TABLE) == set(Status)
    assert all(len(line.split()) == len(Step) for line in TABLE.values())


@pytest.mark.parametrize("channel", Channel)
def test_every_step_leads_where_the_table_says_or_is_refused(channel):
    for status, step in product(Status, Step):
        if expected(status, step, channel) == "-":
            with pytest.raises(Refused) as no:
                next_status(status, step, channel)
            assert str(stands_at(status, channel)) in str(no.value)
        else:
            assert next_status(status, step, channel) is Status(expected(status, step, channel))


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("status", Status)
def test_no_request_is_stuck(status, channel):
    """From everywhere the answered end can be reached, so nothing is dropped."""
    seen, todo = set(), [status]
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo += [Status(word) for step in Step if (word := expected(here, step, channel)) != "-"]
    assert Status.ANSWERED in seen


@pytest.mark.parametrize("channel", OWN_WAYS)
def test_no_step_of_a_way_of_the_customers_own_leads_to_a_mail_or_to_chasing(channel):
    after = {expected(status, step, channel) for status, step in product(Status, Step)}
    assert not after & {"queued", "sent", "refused"}
    assert [way for way in Channel if not way.is_place] == list(OWN_WAYS)


def test_only_what_is_not_sent_or_waits_is_open():
    waiting = {Status.DRAFT, Status.QUEUED, Status.SENT, Status.FACTS}
    assert {status for status in Status if status.is_open} == waiting


@pytest.mark.parametrize("channel", Channel)
def test_asking_again_never_says_that_somebody_was_asked(channel):
    over = [status for status in Status if not status.is_open]
    assert {next_status(status, Step.REOPEN, channel) for status in over} == {Status.DRAFT}


@pytest.mark.parametrize("status", Status)
def test_only_a_request_that_was_not_sent_lies_too_long_and_only_after_its_day(status):
    day = date(2026, 5, 6)
    assert lies_too_long(status, day, date(2026, 5, 7)) == (status is Status.DRAFT)
    assert not lies_too_long(status, day, day)
    assert not lies_too_long(status, None, day)


@pytest.mark.parametrize("channel", PLACES)
def test_every_way_of_asking_has_its_own_words(channel):
    assert str(sent_words(channel))
    assert len({str(sent_words(other)) for other in PLACES}) == len(PLACES)


def test_facts_are_named_in_the_order_of_asking_and_nothing_else_is_a_fact():
    assert facts_named(["vin", "make", "code"]) == (Fact.MAKE, Fact.VIN)
    assert {fact.value for fact in Fact} == set(ASK)
