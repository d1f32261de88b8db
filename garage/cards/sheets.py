"""The open sheet of a site: places are reserved one desk at a time, and what was spoiled goes to a fresh one."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from garage.cards.models import Card, PrintJob, Sheet, SheetPlace
from garage.cards.printers import layout_named
from garage.cards.queries import printed_places
from garage.domain.open_sheet import CameOut, Sorted, free, sort_out, take
from garage.domain.sheet_layout import SheetKind, SheetLayout
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write


def open_sheet(session: Session, site_id: int, layout_id: str) -> Sheet | None:
    """The sheet of this layout that lies beside the printer now."""
    return session.scalar(_open(site_id, layout_id))


def open_sheets(session: Session, site_id: int) -> Sequence[Sheet]:
    """Every sheet of the site that is not used up, the newest first."""
    found = select(Sheet).where(Sheet.site_id == site_id, Sheet.closed_at.is_(None))
    return session.scalars(found.order_by(Sheet.id.desc())).all()


def used_places(session: Session, sheet: Sheet | None) -> frozenset[int]:
    """The places of a sheet that are used; none of a sheet that is still to be opened."""
    if sheet is None:
        return frozenset()
    return frozenset(
        session.scalars(select(SheetPlace.position).where(SheetPlace.sheet_id == sheet.id)).all()
    )


def is_kept_open(layout: SheetLayout) -> bool:
    """Whether a sheet of this layout is used up place by place: bought sheets are, plain paper is not."""
    return layout.kind is SheetKind.CARDS


def reserve(
    session: Session,
    print_job: PrintJob,
    layout: SheetLayout,
    cards: Sequence[Card],
    wanted: Collection[int],
    by: By,
) -> list[int]:
    """Reserve a place for each card, on the open sheet and on fresh ones after it, and say where.

    Positions count on over the sheets of this print: with ten places, 12 is the third of the second sheet.
    A full sheet is closed. Refused where `wanted` places are used meanwhile. Two desks at once: the second
    waits and gets the next free places.
    """
    positions: list[int] = []
    left, first = list(cards), 0
    while left:
        sheet = _locked_sheet(session, layout.id, by) if is_kept_open(layout) else _loose(session, layout, by)
        used = used_places(session, sheet)
        count = len(left) if wanted else min(len(left), len(free(layout.positions, used)))
        places = take(layout.positions, used, wanted, count)
        for place, card in zip(places, left, strict=False):
            session.add(SheetPlace(sheet=sheet, position=place, card=card, print_job_id=print_job.id))
            positions.append(first + place)
        _close_when_full(session, sheet, layout, by)
        left, first = left[count:], first + layout.positions
    return positions


def _close_when_full(session: Session, sheet: Sheet, layout: SheetLayout, by: By) -> None:
    session.flush()
    if not free(layout.positions, used_places(session, sheet)):
        sheet.closed_at = sheet.closed_at or by.at
        session.flush()


def _loose(session: Session, layout: SheetLayout, by: By) -> Sheet:
    """A sheet of plain paper, or a label: printed once and never put back."""
    sheet = Sheet(site_id=by.site_id, layout_id=layout.id, opened_at=by.at, closed_at=by.at)
    session.add(sheet)
    session.flush()
    return sheet


def start_fresh_sheet(session: Session, layout_id: str, by: By) -> Sheet:
    """The sheet in use is put away; the next card goes to place 1 of a fresh one."""
    sheet = _locked_sheet(session, layout_id, by)
    if not used_places(session, sheet):
        return sheet  # it is fresh already
    sheet.closed_at = by.at
    session.flush()
    fresh = _locked_sheet(session, layout_id, by)
    write(session, by, "start_fresh_sheet", fresh)
    return fresh


def mark_used(session: Session, layout_id: str, positions: Iterable[int], by: By) -> Sheet:
    """These places of the open sheet are used already: it was bought half-used, or cut by hand.

    Refused for places that the sheet does not have.
    """
    layout = layout_named(layout_id)
    sheet = _locked_sheet(session, layout_id, by)
    for position in sorted(set(positions) - used_places(session, sheet)):
        if not 0 <= position < layout.positions:
            raise Refused(N_("This sheet has places 1 to %(n)d."), n=layout.positions)
        session.add(SheetPlace(sheet=sheet, position=position))
    _close_when_full(session, sheet, layout, by)
    write(session, by, "mark_used", sheet)
    return sheet


def say_came_out(
    session: Session, print_job: PrintJob, came_out: CameOut, ticked: Collection[int], by: By
) -> Sorted:
    """How a sheet came out; `ticked` are the row numbers of the good cards. Spoiled sheets are closed.

    Refused when it was said before, and for a "some" that ticks none or all.
    """
    session.refresh(print_job, with_for_update=True)  # a double click, two desks: one answer counts
    if print_job.came_out is not None:
        raise Refused(N_("It was said already how this sheet came out."))
    places = printed_places(session, print_job)
    sorted_out = sort_out((place.card_id for place in places if place.card_id), came_out, ticked)
    print_job.came_out = came_out
    if sorted_out.spoiled:
        for sheet in {place.sheet for place in places if place.card_id in sorted_out.spoiled}:
            sheet.closed_at = sheet.closed_at or by.at
    write(session, by, f"sheet_came_out_{came_out.value}", print_job)
    return sorted_out


def waiting_question(session: Session, site_id: int, person_id: int | None) -> PrintJob | None:
    """The newest sheet that this person printed and has not said anything about."""
    asked = (
        select(PrintJob)
        .join(SheetPlace, SheetPlace.print_job_id == PrintJob.id)
        .where(PrintJob.site_id == site_id, PrintJob.person_id == person_id, PrintJob.came_out.is_(None))
    )
    return session.scalars(asked.order_by(PrintJob.id.desc()).limit(1)).first()


def _locked_sheet(session: Session, layout_id: str, by: By) -> Sheet:
    """The open sheet, held until this transaction ends; opened where there is none."""
    query = _open(by.site_id, layout_id).with_for_update().execution_options(populate_existing=True)
    sheet = session.scalar(query)
    if sheet is not None:
        return sheet
    try:
        with session.begin_nested():
            session.add(Sheet(site_id=by.site_id, layout_id=layout_id, opened_at=by.at))
    except IntegrityError:  # the other desk opened one at the same moment
        pass
    return session.scalars(query).one()


def _open(site_id: int, layout_id: str) -> Select[Sheet]:
    return select(Sheet).where(
        Sheet.site_id == site_id, Sheet.layout_id == layout_id, Sheet.closed_at.is_(None)
    )
