"""The dealer book: who is asked for which make."""

from datetime import timedelta

import pytest

from garage.code_requests.commands import WriteDealer
from garage.code_requests.dealer_book import add_dealer, change_dealer
from garage.code_requests.proposing import WhatToAsk, likely_channel, proposals
from garage.code_requests.record import newest_times, records
from garage.db import SavedMeanwhile
from garage.domain.answer_times import Record
from garage.domain.asking import AnswerKind, Channel
from garage.domain.catalogue import Catalogue, Make
from garage.domain.packet import DealerKind, Insisted
from garage.domain.text import Refused
from garage.radios.models import Standing
from tests import making

MAKES = (
    Make("Volkswagen", aliases=("VW",)),
    Make("Skoda"),
    Make("Opel", same_as=("Vauxhall",)),
    Make("Vauxhall", same_as=("Opel",)),
)
CATALOGUE = Catalogue(sources={}, makes=MAKES, families=(), other_numbers=(), facts=())


def entry(**fields):
    given = {
        "name": "Elm Cars",
        "makes": "Skoda, VW",
        "address": "Elm Road 1",
        "phone": "01632 960300",
        "email": "",
        "insists_on": "",
    }
    return WriteDealer(**given | fields)


def test_a_dealer_is_put_into_the_book_and_changed(session, by):
    dealer = add_dealer(session, entry(), by)
    session.flush()
    assert dealer.makes_served == ("Skoda", "VW")
    change_dealer(session, dealer, entry(name="Elm Cars Ltd", version=dealer.version), by)
    assert dealer.name == "Elm Cars Ltd"


def test_what_is_ticked_comes_back_in_the_order_of_the_list(session, by):
    ticked = entry(ticks=(Insisted.FEE, Insisted.VIN), channels=(Channel.PORTAL, Channel.EMAIL), fee=3500)
    dealer = add_dealer(session, ticked, by)
    session.expire(dealer)
    assert dealer.insists == (Insisted.VIN, Insisted.FEE)
    assert dealer.offers == (Channel.EMAIL, Channel.PORTAL)
    assert dealer.fee == 3500


def test_who_saves_over_somebody_elses_change_is_told(session, by):
    dealer = add_dealer(session, entry(), by)
    session.flush()
    seen = dealer.version
    change_dealer(session, dealer, entry(phone="01632 960301", version=seen), by)
    session.flush()
    with pytest.raises(SavedMeanwhile):
        change_dealer(session, dealer, entry(phone="01632 960302", version=seen), by)
    assert dealer.phone == "01632 960301"


def test_a_code_among_what_they_insist_on_is_refused(session, by):
    with pytest.raises(Refused):
        add_dealer(session, entry(insists_on="radio code 4711"), by)


def propose(session, make, **about):
    return proposals(session, CATALOGUE, WhatToAsk(make, **about), making.first_site(session).week)


def names(proposed):
    return [one.dealer.name for one in proposed]


def test_the_one_who_serves_the_make_is_proposed_by_any_of_its_names(session):
    making.make_dealer(session, name="Any", makes="")
    making.make_dealer(session, name="Right", makes="VW")
    making.make_dealer(session, name="Other", makes="Opel")
    for spelt in ("Volkswagen", "vw"):
        proposed = propose(session, spelt)
        assert names(proposed) == ["Right", "Any", "Other"]
        assert str(proposed[0].reason) == f"They serve {spelt}."
        assert [one.serves for one in proposed] == [True, True, False]


def test_a_make_sold_under_two_names_has_one_dealer(session):
    making.make_dealer(session, makes="Opel")
    assert propose(session, "Vauxhall")[0].serves


def test_nobody_is_proposed_for_a_make_that_nobody_serves(session):
    making.make_dealer(session, makes="Opel")
    making.make_dealer(session, makes="Skoda", active=False)
    assert [one.serves for one in propose(session, "Skoda")] == [False]


def test_who_answered_more_often_goes_first(session):
    making.make_dealer(session, name="A quiet one", makes="Skoda")
    good = making.make_dealer(session, name="Good", makes="Skoda")
    making.make_answer(session, making.make_code_request(session, dealer=good))
    assert names(propose(session, "Skoda")) == ["Good", "A quiet one"]


def test_whose_codes_did_not_play_goes_last(session):
    bad = making.make_dealer(session, name="A bad one", makes="Skoda")
    making.make_dealer(session, name="Unknown", makes="Skoda")
    asked = making.make_code_request(session, dealer=bad)
    wrong = making.make_code(session, asked.head_unit, standing=Standing.DID_NOT_WORK)
    making.make_answer(session, asked, radio_code=wrong)
    assert names(propose(session, "Skoda")) == ["Unknown", "A bad one"]


def test_a_radio_the_car_was_not_built_with_goes_to_a_specialist(session):
    making.make_dealer(session, name="Dealer", makes="Skoda")
    making.make_dealer(session, name="Bench", makes="Blaupunkt", kind=DealerKind.SPECIALIST)
    swapped = propose(session, "Skoda", radio_make="Blaupunkt", not_original=True)
    assert names(swapped) == ["Bench", "Dealer"]
    assert "not built with this radio" in str(swapped[0].reason)
    assert names(propose(session, "Skoda", radio_make="Blaupunkt")) == ["Dealer", "Bench"]


def test_who_gave_no_code_for_this_radio_is_asked_after_the_others(session):
    first = making.make_dealer(session, name="Alpha")
    making.make_dealer(session, name="Omega", makes="")
    making.make_dealer(session, name="Other", makes="Opel")
    assert names(propose(session, "Skoda")) == ["Alpha", "Omega", "Other"]
    proposed = propose(session, "Skoda", asked=frozenset({first.id}))
    assert names(proposed) == ["Omega", "Alpha", "Other"]
    assert str(proposed[1].reason) == "They serve Skoda. Asked for this radio before: no code."


def test_the_makers_of_the_radio_are_served_too(session):
    making.make_dealer(session, name="Any", makes="")
    making.make_dealer(session, name="Bench", makes="Blaupunkt", kind=DealerKind.SPECIALIST)
    proposed = propose(session, "Skoda", radio_make="Blaupunkt")
    assert names(proposed) == ["Bench", "Any"]
    assert "made by Blaupunkt" in str(proposed[0].reason)


@pytest.mark.parametrize(
    ("fields", "channel"),
    [
        ({"email": "a@b.example", "phone": "1"}, Channel.EMAIL),
        ({"phone": "1"}, Channel.PHONE),
        ({"portal": "https://b.example", "email": "a@b.example", "channels": "portal,phone"}, Channel.PORTAL),
        ({}, Channel.LETTER),
        ({"kind": DealerKind.CUSTOMER, "email": "a@b.example"}, Channel.CUSTOMER),
    ],
)
def test_the_quickest_way_with_an_address_is_proposed(session, fields, channel):
    assert likely_channel(making.make_dealer(session, **fields)) is channel


def test_the_record_counts_answers_their_days_and_how_codes_played(session):
    dealer = making.make_dealer(session)
    for days, standing in ((0, Standing.WORKED), (1, Standing.DID_NOT_WORK), (7, Standing.TO_TRY)):
        asked = making.make_code_request(session, dealer=dealer)
        code = making.make_code(session, asked.head_unit, standing=standing)
        at = making.AT + timedelta(days=days)
        making.make_answer(session, asked, radio_code=code, asked_at=making.AT, at=at)
    making.make_answer(session, making.make_code_request(session, dealer=dealer), kind=AnswerKind.WAIT)
    known = records(session, making.first_site(session).week)
    assert known == {dealer.id: Record(3, (0, 1, 5), 1, 1)}
    making.make_answer(session, making.make_code_request(session))
    week = making.first_site(session).week
    assert newest_times(session, week, dealer.id, "Opel") == Record()
    assert newest_times(session, week, dealer.id, "Skoda") == Record(3, (5, 1, 0), 1, 1)
