"""Signed-in devices: one row each, ended at once by the person, a manager or the clock."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session, contains_eager

from garage.staff.models import Person, SignIn

TOKEN_BYTES = 24
SEEN_EVERY = timedelta(minutes=1)

# Built once: building it takes longer than asking it, and every page asks it.
SIGNED_IN = (
    select(SignIn)
    .join(SignIn.person)
    .options(contains_eager(SignIn.person).joinedload(Person.site))
    .where(
        SignIn.token_hash == bindparam("token_hash"),
        SignIn.ended_at.is_(None),
        SignIn.last_seen_at > bindparam("rests_from"),
        SignIn.signed_in_at > bindparam("ends_from"),
        Person.active,
    )
)


def token_hash(token: str) -> str:
    """What is stored of a token: nobody who reads the database can sign in with it."""
    return hashlib.sha256(token.encode()).hexdigest()


def start(
    session: Session, person: Person, at: datetime, device_hash: str = "", pin_until: datetime | None = None
) -> tuple[SignIn, str]:
    """Sign a device in with the password; the token goes into its cookie and is stored nowhere else.

    Until `pin_until` the person may come back at the browser behind `device_hash` with the PIN alone.
    """
    row = SignIn(
        person=person,
        signed_in_at=at,
        fresh_at=at,
        last_seen_at=at,
        device_hash=device_hash,
        pin_until=pin_until,
    )
    return _keep(session, row)


def start_with_pin(session: Session, first: SignIn, at: datetime) -> tuple[SignIn, str]:
    """Sign the same browser in with the PIN: no longer than the password typed at `first` lasts."""
    row = SignIn(
        person=session.get_one(Person, first.person_id),
        signed_in_at=first.signed_in_at,
        fresh_at=None,
        last_seen_at=at,
        device_hash=first.device_hash,
        pin_until=None,
    )
    return _keep(session, row)


def _keep(session: Session, row: SignIn) -> tuple[SignIn, str]:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row.token_hash = token_hash(token)
    session.add(row)
    session.flush()
    # the page after this asks for the site's language, without a session
    session.refresh(row.person, ["site"])
    return row, token


def find(session: Session, token: str, at: datetime, *, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The device behind a token; None once it rested or lasted too long, was ended, or its person left."""
    asked = {"token_hash": token_hash(token), "rests_from": at - idle, "ends_from": at - longest}
    return session.scalar(SIGNED_IN, asked)


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


def forget_pin(session: Session, row: SignIn) -> None:
    """The person has left this browser, or their PIN was guessed at: next time the password is needed there."""
    at_this_browser = (SignIn.person_id == row.person_id) & (SignIn.device_hash == row.device_hash)
    session.execute(update(SignIn).where(at_this_browser).values(pin_until=None))


def end_all(session: Session, person_id: int, at: datetime) -> None:
    """Sign every device of this person out; the password is needed everywhere."""
    session.execute(
        update(SignIn).where(SignIn.person_id == person_id, SignIn.ended_at.is_(None)).values(ended_at=at)
    )
    session.execute(update(SignIn).where(SignIn.person_id == person_id).values(pin_until=None))
