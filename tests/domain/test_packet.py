"""What may be told to whom, and what is still missing."""

from itertools import combinations

import pytest

from garage.domain.packet import DealerKind, Insisted, Item, may_be_told

EVERY_WISH = [wish for size in range(len(Insisted) + 1) for wish in combinations(Insisted, size)]
OF_THE_OWNER = {Item.PAPERS, Item.REGISTRATION, Item.VEHICLE, Item.BUILT_WITH}


@pytest.mark.parametrize(
    "insists", EVERY_WISH, ids=lambda wish: "+".join(one.value for one in wish) or "nothing"
)
def test_an_online_service_never_learns_anything_of_the_owner(insists):
    told = may_be_told(DealerKind.ONLINE, insists)
    assert not told & OF_THE_OWNER
    assert Item.SERIAL_NUMBER in told
    assert (Item.VIN in told) == (Insisted.VIN in insists)


@pytest.mark.parametrize("kind", DealerKind)
def test_a_copy_of_the_papers_goes_only_where_it_is_insisted_on(kind):
    assert Item.PAPERS not in may_be_told(kind, ())
    assert (Item.PAPERS in may_be_told(kind, (Insisted.PAPERS,))) == (kind is not DealerKind.ONLINE)


def test_nothing_that_can_be_told_names_the_customer():
    assert not [item for item in Item if "name" in item.value or "address" in item.value]
