"""One-time links: the first owner joins, new people set their password, a lost password is set anew."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, joinedload

from garage import clock
from garage.domain.people import Role
from garage.domain.text import N_, Refused
from garage.staff import journal, queries, sign_ins
from garage.staff.commands import SignUp
from garage.staff.journal import By
from garage.staff.models import Invitation, Person, Site

TOKEN_BYTES = 24
OWNER_DAYS = timedelta(days=7)
PERSON_DAYS = timedelta(days=3)


class LinkGone(Refused):
    """The one-time link was used, is too old, or never was one."""

    def __init__(self, *, used: bool = False) -> None:
        super().__init__(N_("This link was used already.") if used else N_("This link no longer works."))
        self.used = used


def first_invitation(session: Session, now: datetime) -> str | None:
    """A one-time link's token for the first owner; None once somebody works here.

    Older ones stop working: the link printed last is the one that counts.
    """
    if session.scalar(select(func.count(Person.id))):
        return None
    session.execute(delete(Invitation).where(Invitation.person_id.is_(None), Invitation.used_at.is_(None)))
    return _invitation(session, None, now + OWNER_DAYS)


def invite(session: Session, whom: Person | str, by: By | None = None) -> str:
    """A one-time link's token with which a person sets the password; `whom` may be the sign-in name.

    `by` is None on the command line. Older links of this person stop working.
    Refused for an unknown name, for somebody who no longer works here, and for an owner unless by an
    owner or on the command line: the link lets whoever holds it sign in as that person.
    """
    person = named(session, whom) if isinstance(whom, str) else whom
    acting = by or By(person.site_id, None, clock.now())
    if not person.active:
        raise Refused(N_("%(name)s no longer works here. Let them in again first."), name=person.name)
    if by is not None and person.role is Role.OWNER and by.person_id != person.id:
        check_owner_acts(
            session,
            by,
            N_("Only an owner gives a new link to an owner. “garage invite” on the computer works too."),
        )
    session.execute(delete(Invitation).where(Invitation.person_id == person.id, Invitation.used_at.is_(None)))
    token = _invitation(session, person, acting.at + PERSON_DAYS)
    journal.write(session, acting, "invite", person)
    return token


def named(session: Session, sign_in_name: str) -> Person:
    """The person with this sign-in name, capitals or not. Refused for an unknown one."""
    person = queries.by_sign_in_name(session, sign_in_name)
    if person is None:
        raise Refused(N_("Nobody here signs in as “%(name)s”."), name=sign_in_name)
    return person


def check_owner_acts(session: Session, by: By, otherwise: str) -> None:
    """Refused with `otherwise` (a message id) unless an owner, or the program itself, acts."""
    if by.person_id is not None and session.get_one(Person, by.person_id).role is not Role.OWNER:
        raise Refused(otherwise)


def find_link(session: Session, token: str, now: datetime, *, hold: bool = False) -> Invitation:
    """The link behind a token; `hold` keeps it from being used elsewhere until the session ends.

    Raises LinkGone.
    """
    wanted = select(Invitation).where(Invitation.token_hash == sign_ins.token_hash(token))
    link = session.scalar(wanted.with_for_update() if hold else wanted)
    if link is None:
        raise LinkGone
    if link.used_at is not None:
        raise LinkGone(used=True)
    if link.expires_at <= now or (link.person is not None and not link.person.active):
        raise LinkGone
    return link


def sign_up(session: Session, token: str, owner: SignUp, now: datetime, request_id: str) -> Person:
    """Make the first owner from the first link. Raises LinkGone."""
    link = find_link(session, token, now, hold=True)
    if link.person_id is not None or session.scalar(select(func.count(Person.id))):
        raise LinkGone
    site = session.scalars(select(Site).order_by(Site.id)).first()
    if site is None:
        raise LookupError("the house was not founded: it has no site")
    site.language, site.time_zone, site.currency = owner.language, owner.time_zone, owner.currency
    person = Person(
        site_id=site.id,
        site=site,
        name=owner.name,
        initials=owner.initials,
        sign_in_name=owner.sign_in_name,
        role=Role.OWNER,
        password_hash=owner.password_hash,
        active=True,
    )
    session.add(person)
    link.used_at = now
    session.flush()
    journal.write(session, By(site.id, person.id, now, request_id), "sign_up", person)
    return person


def set_password(session: Session, token: str, password_hash: str, now: datetime, request_id: str) -> Person:
    """Set a person's password by the one-time link; every device of theirs is signed out. Raises LinkGone."""
    link = find_link(session, token, now, hold=True)
    if link.person_id is None:
        raise LinkGone
    person = session.get_one(Person, link.person_id, options=[joinedload(Person.site)])
    person.password_hash = password_hash
    link.used_at = now
    sign_ins.end_all(session, person.id, now)
    journal.write(session, By(person.site_id, person.id, now, request_id), "set_password", person)
    return person


def _invitation(session: Session, person: Person | None, expires_at: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        Invitation(
            token_hash=sign_ins.token_hash(token),
            person_id=person.id if person else None,
            expires_at=expires_at,
            used_at=None,
        )
    )
    session.flush()
    return token
