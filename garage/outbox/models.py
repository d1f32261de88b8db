"""Mails that wait to be sent, written in the same transaction as the change that causes them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from garage.db import Base
from garage.seal import Sealed


class OutboxMail(Base):
    """One mail: sealed, because texts about codes stay sealed wherever they lie."""

    __tablename__ = "outbox_mail"

    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    message_id: Mapped[str] = mapped_column(unique=True)
    content: Mapped[Sealed]
    due_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class OutboxAttempt(Base):
    """One attempt to hand a mail to the mail server, and its answer."""

    __tablename__ = "outbox_attempt"

    mail_id: Mapped[int] = mapped_column(ForeignKey("outbox_mail.id"), index=True)
    at: Mapped[datetime]
    answer: Mapped[str]
