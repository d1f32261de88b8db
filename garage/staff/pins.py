"""Desk PINs: a short code for changing over at a browser where the person typed the password today."""

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select, update
from sqlalchemy.orm import Session, contains_eager

from garage.db import Database
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write
from garage.staff.models import Person, SignIn
from garage.staff.passwords import is_right
from garage.staff.sign_ins import forget_pin

SHORTEST, LONGEST = 4, 6
MOST_WRONG = 5  # per person and browser; then the password is needed
FEWEST_DIFFERENT = 3  # 1212, 7779 and the like are guessed first
_PIN = re.compile(rf"[0-9]{{{SHORTEST},{LONGEST}}}")
_YEAR = re.compile(r"(19|20)[0-9]{2}")  # birthdays
_ON_THE_KEYS = frozenset({"2580", "0852", "1379", "9713", "147258", "258369", "159357", "357159"})


def check_pin(pin: str) -> None:
    """Refused when it is no PIN of four to six digits, or one of those that anybody would guess."""
    if not _PIN.fullmatch(pin):
        raise Refused(N_("A PIN has %(shortest)d to %(longest)d digits."), shortest=SHORTEST, longest=LONGEST)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if (
        len(set(pin)) < FEWEST_DIFFERENT
        or steps in ({1}, {9})
        or pin in _ON_THE_KEYS
        or _YEAR.fullmatch(pin)
        or pin[: len(pin) // 2] * 2 == pin
    ):
        raise Refused(N_("This PIN is guessed first. Take another one, no year and no row of digits."))


def set_pin(session: Session, pin_hash: str, by: By) -> None:
    """Whoever acts has a new PIN. Wrong ones typed so far are forgotten."""
    person = session.get_one(Person, by.person_id)
    person.pin_hash = pin_hash
    session.execute(update(SignIn).where(SignIn.person_id == person.id).values(wrong_pins=0))
    write(session, by, "set_pin", person)


def take_pin_away(session: Session, person: Person, by: By) -> None:
    """The person needs the password again until they choose another PIN. Refused where there is none."""
    if person.pin_hash is None:
        raise Refused(N_("%(name)s has no PIN."), name=person.name)
    person.pin_hash = None
    write(session, by, "take_pin_away", person)


def who_may_use_a_pin(session: Session, at: datetime, device_hash: str | None = None) -> Sequence[SignIn]:
    """The newest sign-in with a password of everybody whose PIN will do: at this browser, or (None) at any."""
    found = (
        select(SignIn)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person).joinedload(Person.site))
        .where(SignIn.pin_until > at, Person.active, Person.pin_hash.is_not(None))
        .order_by(SignIn.id)
    )
    if device_hash is not None:
        found = found.where(SignIn.device_hash == device_hash)
    newest = {row.person_id: row for row in session.scalars(found)}
    return sorted(newest.values(), key=lambda row: row.person.name.casefold())


def pin_is_right(database: Database, row: SignIn, typed: str, at: datetime) -> bool:
    """Whether this is the PIN of the person behind `row`, an entry of `who_may_use_a_pin`.

    Counts before it looks, so that many guesses sent at once are no more than those sent one by one;
    after the fifth wrong one the password is needed, which is put on record.
    """
    with database.transaction() as session:
        counted = (
            update(SignIn)
            .where(SignIn.id == row.id, SignIn.pin_until > at, SignIn.wrong_pins < MOST_WRONG)
            .values(wrong_pins=SignIn.wrong_pins + 1)
            .returning(SignIn.wrong_pins)
        )
        guesses = session.scalar(counted)
    if guesses is None:
        return False
    right = is_right(typed, row.person.pin_hash)
    with database.transaction() as session:
        kept = session.get_one(SignIn, row.id)
        if right:
            kept.wrong_pins = 0
        elif guesses >= MOST_WRONG:
            forget_pin(session, kept)
            write(session, By(kept.person.site_id, None, at), "pin_used_up", kept.person)
    return right
