"""People come, change and leave; the letterhead is written; the key sheet is printed and put away."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from garage.db import check_version, vault_of
from garage.domain.people import Role
from garage.domain.text import N_, Refused
from garage.staff import journal, queries, sign_ins
from garage.staff.commands import AddPerson, ChangePerson, Presence, WriteHours, WriteLetterhead
from garage.staff.joining import check_owner_acts, invite
from garage.staff.journal import By
from garage.staff.models import JournalEntry, Person, Site

KEY_SHEET_PRINTED = "print_key_sheet"


class NameTaken(Refused):
    """Somebody signs in with this name already."""

    def __init__(self) -> None:
        super().__init__(N_("Somebody here signs in with this name already. Take another."))


def write_letterhead(session: Session, by: By, wanted: WriteLetterhead) -> None:
    """Write what stands on every paper. Raises SavedMeanwhile."""
    site = session.get_one(Site, by.site_id)
    check_version(site, wanted.version)
    site.name, site.address, site.phone = wanted.name, wanted.address, wanted.phone
    site.email, site.opening_hours = wanted.email, wanted.opening_hours
    site.language, site.time_zone, site.currency = wanted.language, wanted.time_zone, wanted.currency
    journal.write(session, by, "write_letterhead", site)


def write_hours(session: Session, by: By, wanted: WriteHours) -> None:
    """Write when somebody is here. Raises SavedMeanwhile."""
    site = session.get_one(Site, by.site_id)
    check_version(site, wanted.version)
    site.working_days, site.opens, site.closes = wanted.working_days, wanted.opens, wanted.closes
    site.closed_days = wanted.closed_days
    journal.write(session, by, "write_hours", site)


def add_person(session: Session, by: By, wanted: AddPerson) -> tuple[Person, str]:
    """Add somebody and make their one-time link. Returns person and token; raises NameTaken."""
    if wanted.role is Role.OWNER:
        check_owner_acts(session, by, N_("Only an owner makes somebody an owner."))
    if queries.by_sign_in_name(session, wanted.sign_in_name) is not None:
        raise NameTaken
    person = Person(
        site_id=by.site_id,
        name=wanted.name,
        initials=wanted.initials,
        sign_in_name=wanted.sign_in_name,
        role=wanted.role,
        password_hash=None,
        active=True,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:  # two desks added the same name at the same moment
        raise NameTaken from None
    journal.write(session, by, "add_person", person)
    return person, invite(session, person, by)


def change_person(session: Session, by: By, number: int, wanted: ChangePerson) -> None:
    """Save a person's entry; who no longer works here is signed out everywhere at once.

    Refused for changes among owners by somebody who is none, and where no active owner would be left.
    Raises SavedMeanwhile.
    """
    session.get_one(Site, by.site_id, with_for_update=True)  # two owners at once: one of them stays
    person = session.get_one(Person, number)
    check_version(person, wanted.version)
    if Role.OWNER in {person.role, wanted.role}:
        check_owner_acts(
            session, by, N_("Only an owner makes somebody an owner or changes an owner's entry.")
        )
    if person.role is Role.OWNER and (wanted.presence is Presence.LEFT or wanted.role is not Role.OWNER):
        _check_other_owner(session, person)
    person.name, person.initials = wanted.name, wanted.initials
    person.role, person.active = wanted.role, wanted.presence is Presence.HERE
    if not person.active:
        sign_ins.end_all(session, person.id, by.at)
    journal.write(session, by, "change_person", person)


def end_sign_ins(session: Session, by: By, person: Person) -> None:
    """Sign every device of this person out, for example when a phone was lost."""
    sign_ins.end_all(session, person.id, by.at)
    journal.write(session, by, "end_sign_ins", person)


def print_key_sheet(session: Session, by: By) -> None:
    """Put on record that the code key is printed. Raises CodesLocked without the key."""
    vault_of(session).key()
    journal.write(session, by, KEY_SHEET_PRINTED, queries.house(session))


def put_key_away(session: Session, by: By) -> None:
    """The printed key sheet lies in a safe place. Refused before it was ever printed."""
    house = queries.house(session)
    if not key_sheet_printed(session):
        raise Refused(N_("Print the key sheet first."))
    house.key_put_away_at = by.at
    journal.write(session, by, "put_key_away", house)


def key_sheet_printed(session: Session, since: datetime | None = None, person_id: int | None = None) -> bool:
    """Whether the key sheet was printed, by anybody ever or by this person since that moment."""
    printed = select(JournalEntry.id).where(JournalEntry.verb == KEY_SHEET_PRINTED)
    if since is not None:
        printed = printed.where(JournalEntry.at >= since, JournalEntry.person_id == person_id)
    return session.scalars(printed.limit(1)).first() is not None


def _check_other_owner(session: Session, person: Person) -> None:
    others = select(func.count(Person.id)).where(
        Person.role == Role.OWNER, Person.active, Person.id != person.id, Person.password_hash.is_not(None)
    )
    if not session.scalar(others):
        raise Refused(
            N_("%(name)s is the only owner. Make somebody else an owner first, and let them sign in."),
            name=person.name,
        )
