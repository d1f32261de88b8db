"""The dealer book: whom we ask for which make, and what they insist on."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from garage.code_requests.commands import WriteDealer
from garage.code_requests.models import CodeRequest, Dealer
from garage.db import check_version
from garage.domain.asking import Status
from garage.domain.catalogue import Catalogue
from garage.domain.secrecy import refuse_code_in_note
from garage.staff.journal import By, write


def add_dealer(session: Session, command: WriteDealer, by: By) -> Dealer:
    """Put somebody we ask into the book."""
    dealer = Dealer()
    _write(dealer, command)
    session.add(dealer)
    write(session, by, "add_dealer", dealer)
    return dealer


def change_dealer(session: Session, dealer: Dealer, command: WriteDealer, by: By) -> None:
    """Write an entry anew, or switch it off. Raises SavedMeanwhile where somebody else was quicker."""
    if command.version is not None:
        check_version(dealer, command.version)
    _write(dealer, command)
    write(session, by, "change_dealer", dealer)


def _write(dealer: Dealer, command: WriteDealer) -> None:
    refuse_code_in_note(command.insists_on)
    dealer.name, dealer.makes, dealer.address = command.name, command.makes, command.address
    dealer.phone, dealer.email, dealer.insists_on = command.phone, command.email, command.insists_on
    dealer.kind, dealer.active = command.kind, command.active


def dealer_book(session: Session) -> Sequence[Dealer]:
    """Everybody in the book by name, those we no longer ask last."""
    return session.scalars(
        select(Dealer).order_by(Dealer.active.desc(), func.lower(Dealer.name), Dealer.id)
    ).all()


def dealers_for(session: Session, catalogue: Catalogue, make: str | None) -> list[Dealer]:
    """Whom we ask for a make, the likeliest first; those who do not serve it come last.

    Who names the make goes before who serves any; then who answered most often; then by name.
    """
    alike = _sold_as(catalogue, make)
    answers = _answers(session)

    def rank(dealer: Dealer) -> tuple[int, int, str]:
        served = {catalogue.make_name(name) or name for name in dealer.makes_served}
        place = 0 if served & alike else 1 if not served else 2
        return place, -answers.get(dealer.id, 0), dealer.name.casefold()

    return sorted((dealer for dealer in dealer_book(session) if dealer.active), key=rank)


def proposed_dealer(session: Session, catalogue: Catalogue, make: str | None) -> Dealer | None:
    """The dealer to ask for a make, or None where nobody in the book serves it."""
    first = next(iter(dealers_for(session, catalogue, make)), None)
    return first if first is not None and serves(catalogue, first, make) else None


def serves(catalogue: Catalogue, dealer: Dealer, make: str | None) -> bool:
    """Whether this dealer gives codes for the make, or for any."""
    served = {catalogue.make_name(name) or name for name in dealer.makes_served}
    return not served or bool(served & _sold_as(catalogue, make))


def _sold_as(catalogue: Catalogue, make: str | None) -> set[str]:
    """The make by its full name, and the makes that sell the same cars and radios."""
    known = catalogue.make(make)
    return {known.name, *known.same_as} if known else {make or ""}


def _answers(session: Session) -> dict[int, int]:
    counted = (
        select(CodeRequest.dealer_id, func.count())
        .where(CodeRequest.status == Status.ANSWERED, CodeRequest.dealer_id.is_not(None))
        .group_by(CodeRequest.dealer_id)
    )
    return {dealer_id: number for dealer_id, number in session.execute(counted) if dealer_id is not None}
