"""The garage itself, its people, who is signed in, and who did what."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.domain.chasing import WorkingWeek, read_closed_days, working_days
from garage.domain.people import Role
from garage.seal import Sealed


class House(Base):
    """The one row that says whose database this is and how it is kept."""

    __tablename__ = "house"

    canary: Mapped[Sealed]  # opens only with the key that belongs to this database
    opened_at: Mapped[datetime]
    key_put_away_at: Mapped[datetime | None]  # somebody confirmed that the key sheet is in a safe place
    backed_up_at: Mapped[datetime | None]
    worker_seen_at: Mapped[datetime | None]  # the last sign of life of whoever sends and chases
    sample: Mapped[bool] = mapped_column(default=False)  # invented customers: everything says SAMPLE


class Site(Versioned, Base):
    """A workshop at one address: its letterhead, language and clock."""

    __tablename__ = "site"

    name: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    opening_hours: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="en")
    time_zone: Mapped[str] = mapped_column(default="Europe/London")
    currency: Mapped[str] = mapped_column(default="EUR")
    working_days: Mapped[str] = mapped_column(default="12345")  # 1 Monday to 7 Sunday
    opens: Mapped[time] = mapped_column(default=time(8))
    closes: Mapped[time] = mapped_column(default=time(17))
    closed_days: Mapped[str] = mapped_column(default="1.1.\n25.12.\n26.12.")  # one a line

    @property
    def has_letterhead(self) -> bool:
        """Whether the garage has written its name and phone: every paper carries them."""
        return bool(self.name and self.phone)

    @property
    def week(self) -> WorkingWeek:
        """When somebody works here."""
        return WorkingWeek(
            ZoneInfo(self.time_zone),
            working_days(self.working_days),
            self.opens,
            self.closes,
            read_closed_days(self.closed_days),
        )


class Person(Versioned, Base):
    """Somebody who works here."""

    __tablename__ = "person"
    __table_args__ = (Index("uq_person_sign_in", text("lower(sign_in_name)"), unique=True),)

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    name: Mapped[str]
    initials: Mapped[str]
    sign_in_name: Mapped[str]
    role: Mapped[Role]
    password_hash: Mapped[str | None]  # None until the invitation was used
    pin_hash: Mapped[str | None]  # a short code for changing over at a device where the password was typed
    active: Mapped[bool] = mapped_column(default=True)

    site: Mapped[Site] = relationship()


class Invitation(Base):
    """A one-time link: for the first owner, a new person, or a lost password."""

    __tablename__ = "invitation"

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the first owner
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person | None] = relationship()


class SignIn(Base):
    """A signed-in device; ending the row ends the session at once."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    signed_in_at: Mapped[datetime]  # with the password; changing over with the PIN does not prolong it
    fresh_at: Mapped[datetime | None]  # when the password was last typed; None: came in with the PIN
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # which browser; its cookie knows the rest
    device_hash: Mapped[str] = mapped_column(default="", index=True)
    pin_until: Mapped[datetime | None]  # so long the PIN will do at this browser; None: password only
    wrong_pins: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()


class Reason(Base):
    """What a person typed to explain a step; the journal only points here."""

    __tablename__ = "reason"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    text: Mapped[str]


class JournalEntry(Base):
    """Who did what, and when: row numbers and kinds, never names, plates, VINs, serials or codes."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index("ix_journal_entry_row", "kind", "row_number"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    verb: Mapped[str]
    kind: Mapped[str]
    row_number: Mapped[int]
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))
    request_id: Mapped[str]

    person: Mapped[Person | None] = relationship()
    reason: Mapped[Reason | None] = relationship()


class Receipt(Base):
    """The answer a form got: the same form sent twice gets the first answer again."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("site_id", "form_key"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    form_key: Mapped[str]
    body_mark: Mapped[str]  # keyed, so that nothing can be guessed back from it
    location: Mapped[str]
    at: Mapped[datetime]
