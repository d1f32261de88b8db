"""What a new garage still has to do, and what the board reminds the owner of until it is done."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.db import vault_of
from garage.domain.people import Role
from garage.domain.text import N_, Text
from garage.staff.models import House, Person, Site


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing still to do: the page where it is done (an endpoint) and a sentence for the board."""

    endpoint: str
    text: Text


def open_first_steps(session: Session) -> list[FirstStep]:
    """What is still to do after sign-up, in order; empty once all is done.

    Show a step to whom `access.may_open` lets in. The key sheet waits while codes are locked: the alarm on
    every page says so already.
    """
    steps = []
    site = session.scalars(select(Site).order_by(Site.id)).first()
    if site is not None and not site.has_letterhead:
        steps.append(FirstStep("staff.letterhead", Text(N_("Write the letterhead: every paper carries it."))))
    steps += _second_manager(session)
    house = session.scalars(select(House)).first()
    if house is not None and house.key_put_away_at is None and not vault_of(session).locked:
        steps.append(
            FirstStep(
                "staff.keep_key",
                Text(
                    N_(
                        "Print the key sheet and put it away: without the key nobody can ever read the codes again."
                    )
                ),
            )
        )
    return steps


def _second_manager(session: Session) -> list[FirstStep]:
    managing = session.scalars(
        select(Person)
        .where(Person.active, Person.role.in_([role for role in Role if role.manages]))
        .order_by(Person.id)
    ).all()
    if len(managing) < 2:
        return [
            FirstStep(
                "staff.second_manager",
                Text(N_("Name a second manager who can let people back in when you are away.")),
            )
        ]
    if sum(person.password_hash is not None for person in managing) < 2:
        names = ", ".join(person.name for person in managing if person.password_hash is None)
        return [
            FirstStep(
                "staff.people",
                Text(
                    N_("%(names)s cannot sign in yet: hand over the one-time link, or make a new one."),
                    {"names": names},
                ),
            )
        ]
    return []
