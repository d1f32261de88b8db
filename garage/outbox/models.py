"""Mails that wait to be sent, written in the same transaction as the change that causes them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from garage.db import Base
from garage.domain.labelled import Labelled
from garage.domain.text import N_
from garage.seal import Sealed


class MailStatus(Labelled):
    """What became of a mail."""

    WAITING = "waiting", N_("Waiting to be sent")
    ACCEPTED = "accepted", N_("Sent")
    REFUSED = "refused", N_("Refused by the mail server")
    GIVEN_UP = "given_up", N_("Not sent: the mail server did not take it in time")
    TAKEN_OUT = "taken_out", N_("Taken back")


class OutboxMail(Base):
    """One mail: sealed, because texts about codes stay sealed wherever they lie."""

    __tablename__ = "outbox_mail"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    message_id: Mapped[str] = mapped_column(unique=True)  # made once: every attempt carries the same
    content: Mapped[Sealed] = mapped_column(deferred=True)  # with its files: read only to send or show it
    status: Mapped[MailStatus] = mapped_column(default=MailStatus.WAITING, index=True)
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]  # the next attempt; claiming a mail moves it on
    until: Mapped[datetime]  # no server took it by then: a person is told
    papers: Mapped[bool] = mapped_column(default=False)  # copies of papers go with it: forgotten at `until`
    tries: Mapped[int] = mapped_column(default=0)  # since it was put in, or since a person tried again
    sending_since: Mapped[datetime | None]  # claimed, and its answer is not on record yet
    ended_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(default="")  # what the mail server answered last, cleaned

    attempts: Mapped[list["OutboxAttempt"]] = relationship(order_by="OutboxAttempt.id")


class OutboxAttempt(Base):
    """One attempt to hand a mail to the mail server, and its answer; empty: the program ended meanwhile."""

    __tablename__ = "outbox_attempt"

    mail_id: Mapped[int] = mapped_column(ForeignKey("outbox_mail.id"), index=True)
    at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
