"""Whom we ask for codes, each time we asked, and what they answered."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base, Versioned
from garage.domain.asking import (
    AnswerKind,
    Channel,
    Fact,
    Payer,
    Refusal,
    Status,
    Step,
    facts_named,
    next_status,
    stands_at,
)
from garage.domain.chasing import Chase
from garage.domain.job import YesNo
from garage.domain.packet import USUAL_CHANNELS, DealerKind, Insisted
from garage.domain.text import Text
from garage.intake.models import Job
from garage.outbox.models import OutboxMail
from garage.radios.models import HeadUnit, RadioCode, on_record
from garage.seal import Sealed
from garage.staff.models import Person, Reason


class Dealer(Versioned, Base):
    """An entry of the dealer book: who gives codes for which makes, and what they insist on."""

    __tablename__ = "dealer"

    name: Mapped[str]
    kind: Mapped[DealerKind] = mapped_column(default=DealerKind.DEALER)
    makes: Mapped[str] = mapped_column(default="")  # separated by commas; empty: any make
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    channels: Mapped[str] = mapped_column(default="")  # values separated by commas; empty: any way
    portal: Mapped[str] = mapped_column(default="")  # https address, only ever shown
    ticks: Mapped[str] = mapped_column(default="")  # what they insist on: values separated by commas
    insists_on: Mapped[str] = mapped_column(default="")  # and in their own words, one thing a line
    language: Mapped[str] = mapped_column(default="en")
    hours: Mapped[str] = mapped_column(default="")
    fee: Mapped[int | None]  # the usual one, in minor units of the site's currency
    customer_number: Mapped[str] = mapped_column(default="")  # how they know us
    active: Mapped[bool] = mapped_column(default=True)

    @property
    def makes_served(self) -> tuple[str, ...]:
        """The makes one by one; empty: any make."""
        return tuple(make.strip() for make in self.makes.split(",") if make.strip())

    @property
    def offers(self) -> tuple[Channel, ...]:
        """The ways to ask here, the first one preferred; somebody who sends the owner away is asked by the owner."""
        if self.kind is DealerKind.CUSTOMER:
            return (Channel.CUSTOMER,)
        named = set(self.channels.split(","))
        return tuple(way for way in Channel if way.value in named) or USUAL_CHANNELS

    @property
    def insists(self) -> tuple[Insisted, ...]:
        """What they want to have before they answer."""
        named = set(self.ticks.split(","))
        return tuple(tick for tick in Insisted if tick.value in named)


OPEN = text("status IN ('draft', 'queued', 'sent', 'facts')")
OPEN_WITHOUT_RADIO = text("head_unit_id IS NULL AND status IN ('draft', 'queued', 'sent', 'facts')")


class CodeRequest(Versioned, Base):
    """One way to the code of one radio, from the first word until it worked; a radio has one open at a time.

    A customer who writes may not know the radio's number yet: until then it is the job's only open one.
    """

    __tablename__ = "code_request"
    __table_args__ = (
        Index("uq_code_request_open", "head_unit_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index(
            "uq_code_request_open_without_radio",
            "job_id",
            unique=True,
            sqlite_where=OPEN_WITHOUT_RADIO,
            postgresql_where=OPEN_WITHOUT_RADIO,
        ),
    )

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), index=True)
    head_unit_id: Mapped[int | None] = mapped_column(ForeignKey("head_unit.id"), index=True)
    dealer_id: Mapped[int | None] = mapped_column(ForeignKey("dealer.id"))  # None: the customer, nobody
    channel: Mapped[Channel]
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    built_with_this_radio: Mapped[YesNo]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    refusal: Mapped[Refusal | None]
    note: Mapped[str] = mapped_column(default="")
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"))  # the last one that asked
    wrong_code_at: Mapped[datetime | None]  # their code did not work: the number is read again first
    wrong_code_display: Mapped[str] = mapped_column(default="")
    fee_quoted: Mapped[int | None]  # money in minor units of the site's currency
    fee_paid: Mapped[int | None]
    fee_payer: Mapped[Payer | None]
    fee_yes_heard_by: Mapped[str] = mapped_column(default="")  # who heard the customer say yes to the fee
    fee_yes_at: Mapped[datetime | None]
    radio_value: Mapped[int | None]

    job: Mapped[Job] = relationship()
    # pages of earlier rooms say that a radio's code is asked for
    head_unit: Mapped[HeadUnit | None] = relationship(backref="requests")
    dealer: Mapped[Dealer | None] = relationship()
    mail: Mapped[OutboxMail | None] = relationship()
    answers: Mapped[list["RequestAnswer"]] = relationship(
        back_populates="request", order_by="RequestAnswer.id"
    )
    questions: Mapped[list["FactsAsked"]] = relationship(back_populates="request", order_by="FactsAsked.id")
    made_by: Mapped[Person | None] = relationship()

    @property
    def radio(self) -> HeadUnit:
        """The radio whose code is wanted; Refused while nobody knows its number."""
        return on_record(self.head_unit)

    @property
    def whom(self) -> Text:
        """Where the code comes from, as a page says it: a place's name, the customer, or the way it came."""
        if self.dealer is not None:
            return Text("%(name)s", {"name": self.dealer.name})
        return Text((Channel.CUSTOMER if self.channel.is_place else self.channel).label)

    @property
    def stands_at(self) -> Text:
        """Its status in words."""
        return stands_at(self.status, self.channel)

    @property
    def reference(self) -> str:
        """What an answer has to name: job number and number of the request."""
        return f"{self.job.number}-{self.id}"

    @property
    def customer_asks(self) -> bool:
        """Whether the owner of the car asks, at `dealer` where one is named."""
        return self.channel is Channel.CUSTOMER or (self.dealer is None and self.channel.is_place)

    @property
    def still_helps(self) -> bool:
        """Whether a code would be of use now: the radio neither plays nor is locked for good."""
        unit = self.head_unit
        return self.job.plays_at is None and (unit is None or unit.locked_for_good_at is None)

    def quote(self, fee: int | None) -> None:
        """They want so much money; the customer's yes was to another sum."""
        if fee != self.fee_quoted:
            self.fee_quoted, self.fee_yes_heard_by, self.fee_yes_at = fee, "", None

    @property
    def fee_waits_for_yes(self) -> bool:
        """Whether they ask a fee that the customer pays and nobody has heard a yes to."""
        settled = self.fee_yes_at or self.fee_paid is not None or self.fee_payer is Payer.GARAGE
        return self.status is Status.SENT and bool(self.fee_quoted) and not settled

    def take(self, step: Step) -> None:
        """Go one step on; Refused where it does not follow."""
        self.status = next_status(self.status, step, self.channel)


class ChaseStep(Base):
    """A step of chasing that was taken, by the program or a person; or a reason to wait with the next one."""

    __tablename__ = "chase_step"
    __table_args__ = (
        Index(
            "uq_chase_step_taken",
            "code_request_id",
            "asked_at",
            "step",
            unique=True,
            sqlite_where=text("step <> 'later'"),
            postgresql_where=text("step <> 'later'"),
        ),
    )

    code_request_id: Mapped[int] = mapped_column(ForeignKey("code_request.id"), index=True)
    asked_at: Mapped[datetime]  # when that was sent which is chased: asked again, chasing begins anew
    step: Mapped[Chase]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))  # None: the program itself
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_mail.id"), index=True)
    until: Mapped[datetime | None]
    reason_id: Mapped[int | None] = mapped_column(ForeignKey("reason.id"))

    request: Mapped[CodeRequest] = relationship()
    person: Mapped[Person | None] = relationship()
    mail: Mapped[OutboxMail | None] = relationship()
    reason: Mapped[Reason | None] = relationship()


class RequestAnswer(Base):
    """What somebody answered, and when; the pasted text is sealed, and the code is cut out of it."""

    __tablename__ = "request_answer"

    code_request_id: Mapped[int] = mapped_column(ForeignKey("code_request.id"), index=True)
    kind: Mapped[AnswerKind]
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime | None]  # when that was sent to which this is the answer
    radio_code_id: Mapped[int | None] = mapped_column(ForeignKey("radio_code.id"))
    refusal: Mapped[Refusal | None]
    needs: Mapped[str] = mapped_column(default="")
    until_on: Mapped[date | None]
    fee: Mapped[int | None]
    pasted: Mapped[Sealed | None]

    request: Mapped[CodeRequest] = relationship(back_populates="answers")
    person: Mapped[Person | None] = relationship()
    radio_code: Mapped[RadioCode | None] = relationship()


class FactsAsked(Base):
    """What a customer who wrote was asked back, by whom and when. A person wrote it; the program never does."""

    __tablename__ = "facts_asked"

    code_request_id: Mapped[int] = mapped_column(ForeignKey("code_request.id"), index=True)
    asks: Mapped[str]  # values of Fact, separated by commas
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    request: Mapped[CodeRequest] = relationship(back_populates="questions")
    person: Mapped[Person | None] = relationship()

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What was asked for, one by one."""
        return facts_named(self.asks.split(","))
