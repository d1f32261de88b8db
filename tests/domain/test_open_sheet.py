"""Which places of a bought sheet are taken, and which cards of a jammed one are good."""

import pytest

from garage.domain.open_sheet import CameOut, free, sort_out, take
from garage.domain.text import Refused


def test_the_next_free_places_are_taken_in_the_order_of_reading() -> None:
    assert take(10, {0, 1, 4}, (), 3) == (2, 3, 5)
    assert free(3, {1}) == (0, 2)


def test_wanted_places_are_taken_and_said_as_people_count() -> None:
    assert take(10, {0}, (9, 4), 2) == (4, 9)
    with pytest.raises(Refused, match="Place 1 of the sheet is used"):
        take(10, {0}, (0,), 1)
    with pytest.raises(Refused, match="Place 11"):
        take(10, set(), (10,), 1)


def test_there_are_as_many_places_as_cards() -> None:
    with pytest.raises(Refused, match="as many places as there are cards: 2"):
        take(10, set(), (3,), 2)
    with pytest.raises(Refused, match="Too few places are free"):
        take(2, {0}, (), 2)


def test_all_some_or_none_came_out() -> None:
    assert sort_out([1, 2, 3], CameOut.ALL).spoiled == frozenset()
    assert sort_out([1, 2, 3], CameOut.NONE).spoiled == {1, 2, 3}
    some = sort_out([1, 2, 3], CameOut.SOME, {2, 99})
    assert (some.good, some.spoiled) == ({2}, {1, 3})


@pytest.mark.parametrize(("ticked", "words"), [((), "Tick the cards"), ((1, 2), "say “All”")])
def test_some_is_neither_none_nor_all(ticked: tuple[int, ...], words: str) -> None:
    with pytest.raises(Refused, match=words):
        sort_out([1, 2], CameOut.SOME, ticked)
