"""What the staff room's pages read."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from garage.domain.people import Role
from garage.staff.models import House, Invitation, JournalEntry, Person, SignIn, Site

ENTRIES_A_PAGE = 50


def everybody(session: Session, site_id: int) -> Sequence[Person]:
    """Who works at this site, then who no longer does, by name."""
    here = select(Person).where(Person.site_id == site_id)
    return session.scalars(here.order_by(Person.active.desc(), func.lower(Person.name), Person.id)).all()


def by_sign_in_name(session: Session, name: str) -> Person | None:
    """Who signs in with this name, capitals or not."""
    wanted = func.lower(Person.sign_in_name) == name.strip().lower()
    return session.scalar(select(Person).options(joinedload(Person.site)).where(wanted))


def person_here(session: Session, site_id: int, number: int) -> Person | None:
    """The person with this row number, at this site."""
    return session.scalar(select(Person).where(Person.site_id == site_id, Person.id == number))


def second_manager(session: Session, owner_id: int) -> Person | None:
    """Somebody else who can let people back in."""
    managing = [role for role in Role if role.manages]
    others = select(Person).where(Person.active, Person.role.in_(managing), Person.id != owner_id)
    return session.scalars(others.order_by(Person.id)).first()


def house(session: Session) -> House:
    """The row that says whose database this is."""
    return session.scalars(select(House)).one()


def anybody(session: Session) -> bool:
    """Whether somebody signed up already."""
    return session.scalar(select(Person.id).limit(1)) is not None


def links_open(session: Session, at: datetime) -> set[int]:
    """The numbers of the people who have a one-time link that still works."""
    links = select(Invitation.person_id).where(Invitation.used_at.is_(None), Invitation.expires_at > at)
    return {number for number in session.scalars(links) if number is not None}


def devices_signed_in(
    session: Session, person_id: int, seen_after: datetime, signed_in_after: datetime
) -> int:
    """How many devices this person is signed in at."""
    devices = select(func.count(SignIn.id)).where(
        SignIn.person_id == person_id,
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > seen_after,
        SignIn.signed_in_at > signed_in_after,
    )
    return session.scalar(devices) or 0


def garage_name(session: Session) -> str:
    """The garage's name as on its letterhead; empty before that is written."""
    return session.scalar(select(Site.name).order_by(Site.id).limit(1)) or ""


def journal_page(session: Session, site_id: int, before: int | None) -> Sequence[JournalEntry]:
    """The newest entries of a site, or those older than entry `before`; one more than fit a page."""
    entries = (
        select(JournalEntry)
        .options(joinedload(JournalEntry.person), joinedload(JournalEntry.reason))
        .where(JournalEntry.site_id == site_id)
        .order_by(JournalEntry.id.desc())
        .limit(ENTRIES_A_PAGE + 1)
    )
    return session.scalars(entries.where(JournalEntry.id < before) if before else entries).all()
