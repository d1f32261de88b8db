"""The dealer book: who is asked for which make."""

import pytest

from garage.code_requests.commands import WriteDealer
from garage.code_requests.dealer_book import add_dealer, change_dealer, dealers_for, proposed_dealer
from garage.code_requests.models import CodeRequest
from garage.db import SavedMeanwhile
from garage.domain.asking import Status
from garage.domain.catalogue import Catalogue, Make
from garage.domain.text import Refused
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


def test_the_one_who_serves_the_make_is_proposed_by_any_of_its_names(session):
    making.make_dealer(session, name="Any", makes="")
    right = making.make_dealer(session, name="Right", makes="VW")
    making.make_dealer(session, name="Other", makes="Opel")
    assert proposed_dealer(session, CATALOGUE, "Volkswagen") is right
    assert [dealer.name for dealer in dealers_for(session, CATALOGUE, "vw")] == ["Right", "Any", "Other"]


def test_a_make_sold_under_two_names_has_one_dealer(session):
    dealer = making.make_dealer(session, makes="Opel")
    assert proposed_dealer(session, CATALOGUE, "Vauxhall") is dealer


def test_nobody_is_proposed_for_a_make_that_nobody_serves(session):
    making.make_dealer(session, makes="Opel")
    making.make_dealer(session, makes="Skoda", active=False)
    assert proposed_dealer(session, CATALOGUE, "Skoda") is None


def test_who_answered_more_often_goes_first(session):
    making.make_dealer(session, name="A quiet one", makes="Skoda")
    good = making.make_dealer(session, name="Good", makes="Skoda")
    making.make_code_request(session, dealer=good, status=Status.ANSWERED)
    assert session.query(CodeRequest).count() == 1
    assert proposed_dealer(session, CATALOGUE, "Skoda") is good
