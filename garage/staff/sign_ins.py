"""Signed-in devices: one row each, ended at once by the person, a manager or the clock."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, contains_eager

from garage.staff.models import Person, SignIn

TOKEN_BYTES = 24
SEEN_EVERY = timedelta(minutes=1)


def token_hash(token: str) -> str:
    """What is stored of a token: nobody who reads the database can sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(session: Session, person: Person, at: datetime) -> tuple[SignIn, str]:
    """Sign a device in; the token goes into its cookie and is stored nowhere else."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = SignIn(
        token_hash=token_hash(token),
        person=person,
        signed_in_at=at,
        fresh_at=at,
        last_seen_at=at,
    )
    session.add(row)
    session.flush()
    session.refresh(person, ["site"])  # the page after this asks for the site's language, without a session
    return row, token


def find(session: Session, token: str, at: datetime, *, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The device behind a token; None once it rested or lasted too long, was ended, or its person left."""
    return session.scalar(
        select(SignIn)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person).joinedload(Person.site))
        .where(
            SignIn.token_hash == token_hash(token),
            SignIn.ended_at.is_(None),
            SignIn.last_seen_at > at - idle,
            SignIn.signed_in_at > at - longest,
            Person.active,
        )
    )


def keep_alive(session: Session, sign_in_id: int, at: datetime) -> None:
    """The device was used just now."""
    session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.last_seen_at < at).values(last_seen_at=at)
    )


def refresh(session: Session, sign_in_id: int, at: datetime) -> None:
    """The password was typed again at this device."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(fresh_at=at, last_seen_at=at))


def end(session: Session, sign_in_id: int, at: datetime) -> None:
    """Sign this device out."""
    session.execute(
        update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=at)
    )


def end_all(session: Session, person_id: int, at: datetime) -> None:
    """Sign every device of this person out."""
    session.execute(
        update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None)).values(ended_at=at)
    )
