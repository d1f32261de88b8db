"""The open sheet: places are reserved one desk at a time, and a jam costs no card number."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from garage.cards import batches
from garage.cards.actions import PrintPaper, print_again
from garage.cards.batches import PrintSeveral
from garage.cards.jams import AfterJam, print_sheet_again, say_how_it_came_out
from garage.cards.life import CardWish, void_card
from garage.cards.look import switch_language_off, switch_language_on
from garage.cards.models import PrintJob, Sheet, SheetPlace
from garage.cards.printers import AddPrinter, add_printer
from garage.cards.queries import printed_places
from garage.cards.records import paper_of
from garage.cards.rules import cards_printed, may_fetch
from garage.cards.sheets import (
    mark_used,
    open_sheet,
    start_fresh_sheet,
    used_places,
    waiting_question,
)
from garage.cards.views_sheets import shred
from garage.domain.open_sheet import CameOut
from garage.domain.paper_kind import PaperKind
from garage.domain.text import Refused
from garage.radios.models import Standing
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making
from tests.cards.test_actions import CATALOGUE, CODE
from tests.cards.test_life import card_on

TEN_UP = "avery-c32011"


def a_job(session, site, code=CODE):
    vehicle = making.make_vehicle(session)
    unit = making.make_head_unit(session, vehicle=vehicle)
    making.make_code(session, unit, code)
    return making.make_job(session, site=site, vehicle=vehicle, head_unit=unit)


@pytest.fixture
def print_one(session, site, by):
    return lambda **fields: card_on(session, a_job(session, site), by, TEN_UP, **fields)


@pytest.fixture
def several(session, site, by):
    def press(count):
        jobs = [a_job(session, site, f"93{number:04d}") for number in range(count)]
        row = batches.begin(
            session, PrintSeveral(tuple(job.number for job in jobs), (), TEN_UP), by, is_fresh=True
        )
        while not row.ready_at:
            batches.go_on(session, row, CATALOGUE, by, is_fresh=True)
        return row

    return press


def places(session, row):
    return [place for place, _ in paper_of(session, row).cards]


def test_cards_go_to_the_next_free_places(session, print_one):
    rows = [print_one() for _ in range(3)]
    assert [places(session, row) for row in rows] == [[0], [1], [2]]
    assert rows[0].kind is PaperKind.CARD_SHEET
    assert rows[0].says_sealed is not None
    assert CODE not in str(rows[0].says)


def test_a_full_sheet_is_closed_and_the_next_card_starts_a_fresh_one(session, site, print_one):
    for _ in range(10):
        print_one()
    assert open_sheet(session, site.id, TEN_UP) is None
    assert places(session, print_one()) == [0]
    assert session.scalar(sa.select(sa.func.count(Sheet.id))) == 2


def test_a_chosen_place_is_taken_once(session, print_one):
    assert places(session, print_one(places=(7,))) == [7]
    with pytest.raises(Refused, match="Place 8 of the sheet is used"):
        print_one(places=(7,))
    assert places(session, print_one()) == [0]


def test_a_half_used_sheet_is_marked(session, site, print_one, by):
    sheet = mark_used(session, TEN_UP, range(4), by)
    assert used_places(session, sheet) == {0, 1, 2, 3}
    assert places(session, print_one()) == [4]
    with pytest.raises(Refused, match="places 1 to 10"):
        mark_used(session, TEN_UP, [10], by)


def test_a_fresh_sheet_puts_the_old_one_away(session, site, print_one, by):
    first = open_sheet(session, site.id, TEN_UP) or start_fresh_sheet(session, TEN_UP, by)
    assert start_fresh_sheet(session, TEN_UP, by) is first  # it was fresh already
    print_one()
    start_fresh_sheet(session, TEN_UP, by)
    assert places(session, print_one()) == [0]


def test_plain_paper_is_never_put_back(session, site, by):
    for _ in range(2):
        assert places(session, card_on(session, a_job(session, site), by, "plain-a4-id1")) == [0]
    assert open_sheet(session, site.id, "plain-a4-id1") is None


def test_the_printers_numbers_go_with_the_sheet(session, print_one, by):
    printer = add_printer(session, AddPrinter("Front desk", TEN_UP), by)
    printer.right_mm, printer.scale_y = 0.7, 1.002
    session.flush()
    profile = paper_of(session, print_one(printer_id=printer.id)).profile
    assert (profile.right_mm, profile.scale_y) == (0.7, 1.002)
    assert paper_of(session, print_one(printer_id=printer.id + 1)).profile.right_mm == 0


def said(session, row, by, came_out, ticked=()):
    return say_how_it_came_out(session, row, came_out, ticked, CATALOGUE, PrintPaper(row.kind), by)


def test_all_came_out_ends_the_question(session, site, print_one, by):
    row = print_one()
    assert waiting_question(session, site.id, by.person_id) is row
    assert said(session, row, by, CameOut.ALL) == AfterJam()
    assert waiting_question(session, site.id, by.person_id) is None
    with pytest.raises(Refused, match="said already"):
        said(session, row, by, CameOut.ALL)


def test_none_came_out_prints_the_same_card_on_a_fresh_sheet_without_a_reason(session, site, print_one, by):
    print_one()
    row = print_one()
    again = said(session, row, by, CameOut.NONE).again
    assert again.id != row.id
    before, after = paper_of(session, row), paper_of(session, again)
    assert (places(session, row), places(session, again)) == ([1], [0])
    assert before.cards[0][1] == after.cards[0][1]
    may_fetch(session, again, CATALOGUE, by)
    entry = session.scalars(sa.select(JournalEntry).where(JournalEntry.row_number == again.id)).one()
    assert (entry.verb, entry.reason_id) == ("print_spoiled", None)
    old = session.scalars(sa.select(Sheet).order_by(Sheet.id)).first()
    assert old.closed_at == by.at


def test_a_jam_on_a_closed_job_still_needs_a_fresh_password(session, site, by):
    job = a_job(session, site)
    row = card_on(session, job, by, TEN_UP)
    job.closed_at = by.at
    with pytest.raises(Refused, match="password"):
        said(session, row, by, CameOut.NONE)


def test_a_spoiled_card_that_may_not_be_printed_is_named_and_the_others_are_printed(
    session, site, by, several
):
    row = several(4)
    stopped, ended, failed, fine = cards_printed(session, row)
    stopped.head_unit.stopped_at = by.at
    void_card(session, ended, "run over", by)
    failed.radio_code.standing = Standing.DID_NOT_WORK
    after = said(session, row, by, CameOut.NONE)
    assert (after.spoiled, [number for number, _ in after.left_out]) == (
        4,
        [stopped.number, ended.number, failed.number],
    )
    for (_, why), word in zip(
        after.left_out, ("put a stop", "no longer our current", "did not work"), strict=True
    ):
        assert word in str(why)
    assert [card.card_number for _, card in paper_of(session, after.again).cards] == [fine.number]
    may_fetch(session, after.again, CATALOGUE, by)


def test_a_spoiled_card_is_not_repeated_in_a_language_that_was_switched_off(session, site, print_one, by):
    switch_language_on(session, "fr", "Camille Roux", by)
    row = print_one(wish=CardWish(language="fr"))
    switch_language_off(session, "fr", by)
    with pytest.raises(Refused, match="this language were switched off"):
        print_sheet_again(session, row, CATALOGUE, PrintPaper(row.kind), by)
    after = said(session, row, by, CameOut.NONE)
    assert after.again is None
    ((number, why),) = after.left_out
    assert (number, "this language were switched off" in str(why)) == (row.card.number, True)


def test_only_spoiled_cards_with_a_code_are_said_to_carry_one(session, site, by):
    vehicle = making.make_vehicle(session)
    unknown = making.make_job(
        session, site=site, vehicle=vehicle, head_unit=making.make_head_unit(session, vehicle=vehicle)
    )
    wanted = PrintSeveral((a_job(session, site).number, unknown.number), (), TEN_UP)
    row = batches.begin(session, wanted, by, is_fresh=True)
    batches.go_on(session, row, CATALOGUE, by, is_fresh=True)
    after = said(session, row, by, CameOut.NONE)
    assert (after.spoiled, after.with_code) == (2, 1)
    assert shred(after) == "Shred the spoiled card: it carries a code."
    assert shred(AfterJam(3, 2)) == "Shred the spoiled ones: they carry codes (2)."
    assert shred(AfterJam(2, 0)) == "2 spoiled cards."


def test_where_no_spoiled_card_may_be_printed_the_sheet_is_closed_all_the_same(session, site, by):
    job = a_job(session, site)
    row = card_on(session, job, by, TEN_UP)
    job.head_unit.stopped_at = by.at
    after = said(session, row, by, CameOut.NONE)
    assert (after.spoiled, after.again, len(after.left_out)) == (1, None, 1)
    assert waiting_question(session, site.id, by.person_id) is None
    assert open_sheet(session, site.id, TEN_UP) is None


def test_a_sheet_printed_again_takes_places_of_its_own_and_is_asked_about(session, site, print_one, by):
    row = print_one()
    print_one()
    said(session, row, by, CameOut.ALL)
    again = print_again(session, row, CATALOGUE, PrintPaper(row.kind), by)
    assert places(session, again) == [2]
    assert paper_of(session, again).cards[0][1] == paper_of(session, row).cards[0][1]
    assert used_places(session, open_sheet(session, site.id, TEN_UP)) == {0, 1, 2}
    assert waiting_question(session, site.id, by.person_id) is again
    entry = session.scalars(sa.select(JournalEntry).where(JournalEntry.row_number == again.id)).one()
    assert entry.verb == "print_again"
    may_fetch(session, again, CATALOGUE, by)


def test_several_cards_printed_again_keep_their_numbers_and_take_fresh_places(session, by, several):
    row = several(12)
    start_fresh_sheet(session, TEN_UP, by)
    again = print_again(session, row, CATALOGUE, PrintPaper(row.kind), by)
    assert places(session, again) == places(session, row) == list(range(12))
    assert cards_printed(session, again) == cards_printed(session, row)
    assert {place.sheet_id for place in printed_places(session, again)}.isdisjoint(
        place.sheet_id for place in printed_places(session, row)
    )


def test_two_desks_at_once_never_print_on_the_same_place(database):
    """Four desks print three cards each at the same moment: twelve places, none twice, one sheet after the other."""
    with database.transaction() as session:
        site = making.first_site(session)
        site.name, site.phone = "Bridge Street Garage", "01632 960100"
        person = making.make_person(session, site=site)
        jobs = [a_job(session, site).id for _ in range(12)]
        desk = By(site.id, person.id, making.AT, "test")
    start, failed = Barrier(4), []

    def print_three(mine):
        start.wait()
        for job_id in mine:
            try:
                with database.transaction() as session:
                    job = session.get_one(making.Job, job_id)
                    card_on(session, job, replace(desk), TEN_UP)
            except Exception as error:  # said below, in the test's own thread
                failed.append(error)

    desks = [Thread(target=print_three, args=[jobs[first::4]]) for first in range(4)]
    for one in desks:
        one.start()
    for one in desks:
        one.join(60)
    assert failed == []
    with database.reading() as session:
        taken = session.execute(sa.select(SheetPlace.sheet_id, SheetPlace.position)).all()
        sheets = session.scalars(sa.select(Sheet.id).order_by(Sheet.id)).all()
        assert sorted(taken) == [(sheets[0], place) for place in range(10)] + [
            (sheets[1], place) for place in range(2)
        ]
        assert session.scalar(sa.select(sa.func.count(PrintJob.id))) == 12
