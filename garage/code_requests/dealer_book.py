"""The dealer book: whom we ask for which make, and what they insist on."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from garage.code_requests.commands import WriteDealer
from garage.code_requests.models import Dealer
from garage.db import check_version
from garage.domain.secrecy import refuse_code_in_note
from garage.staff.journal import By, write

FIELDS = (
    "name",
    "kind",
    "makes",
    "address",
    "phone",
    "email",
    "portal",
    "insists_on",
    "language",
    "hours",
    "fee",
    "customer_number",
    "active",
)


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
    for name in FIELDS:
        setattr(dealer, name, getattr(command, name))
    dealer.channels = ",".join(channel.value for channel in command.channels)
    dealer.ticks = ",".join(tick.value for tick in command.ticks)


def dealer_book(session: Session) -> Sequence[Dealer]:
    """Everybody in the book by name, those we no longer ask last."""
    return session.scalars(
        select(Dealer).order_by(Dealer.active.desc(), func.lower(Dealer.name), Dealer.id)
    ).all()
