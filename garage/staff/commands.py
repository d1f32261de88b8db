"""What people ask for at the staff room's desk, checked and frozen."""

from dataclasses import dataclass, field
from datetime import time

from garage.domain.labelled import Labelled
from garage.domain.people import Role
from garage.domain.text import N_


class Presence(Labelled):
    """Whether somebody still works here."""

    HERE = "here", N_("Works here")
    LEFT = "left", N_("No longer works here: cannot sign in")


@dataclass(frozen=True, slots=True)
class SignUp:
    """The owner joins by the first one-time link."""

    name: str
    initials: str
    sign_in_name: str
    password_hash: str = field(repr=False)
    language: str  # the browser's, until the letterhead says otherwise
    time_zone: str
    currency: str


@dataclass(frozen=True, slots=True)
class WriteHours:
    """When somebody is here: days 1 Monday to 7 Sunday, closed days one a line."""

    version: int
    working_days: str
    opens: time
    closes: time
    closed_days: str


@dataclass(frozen=True, slots=True)
class AddPerson:
    """Somebody new works here."""

    name: str
    initials: str
    sign_in_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """A person's entry, as edited from `version`."""

    version: int
    name: str
    initials: str
    role: Role
    presence: Presence


@dataclass(frozen=True, slots=True)
class WriteLetterhead:
    """What stands on top of every paper, as edited from `version`."""

    version: int
    name: str
    address: str
    phone: str
    email: str
    opening_hours: str
    language: str
    time_zone: str
    currency: str
