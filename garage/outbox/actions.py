"""Putting mails into the outbox, taking them out again, and trying again after a refusal."""

import re
import secrets
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from garage.db import vault_of
from garage.domain.text import N_, Refused
from garage.outbox.mail import Mail, check, packed, unpacked, without_files
from garage.outbox.models import MailStatus, OutboxMail
from garage.staff.journal import By, write
from garage.staff.models import Site

GIVE_UP_AFTER = timedelta(days=5)


def put_in_outbox(session: Session, mail: Mail, by: By, until: datetime | None = None) -> OutboxMail:
    """Put a mail into the outbox, in the caller's transaction; a worker hands it to the mail server later.

    Give `until` for a mail with copies of papers: not sent by then it is given up and the copies are
    forgotten. Refused for anything unsafe in a header; CodesLocked without the code key.
    """
    check(mail)
    row = OutboxMail(
        site_id=by.site_id,
        message_id=new_message_id(session, by.site_id),
        content=vault_of(session).seal(packed(mail)),
        made_at=by.at,
        due_at=by.at,
        until=until or by.at + GIVE_UP_AFTER,
        papers=until is not None,
    )
    session.add(row)
    write(session, by, "write_mail", row)
    return row


def new_message_id(session: Session, site_id: int) -> str:
    """A name for one mail that no other mail in the world has."""
    domain = session.get_one(Site, site_id).email.partition("@")[2]
    safe = domain if re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", domain) else "garage.invalid"
    return f"<{secrets.token_hex(16)}@{safe}>"


def mail_in(session: Session, row: OutboxMail) -> Mail:
    """What the mail says. Raises CodesLocked without the code key."""
    return unpacked(vault_of(session).open(row.content))


def take_out(session: Session, row: OutboxMail, by: By) -> None:
    """Take a mail back that no server has accepted.

    Refused when it is sent, and while it may be: claimed, and no answer on record yet. No clock decides that.
    """
    _hold(session, row)
    if row.status is MailStatus.TAKEN_OUT:
        return
    if row.status is MailStatus.ACCEPTED:
        raise Refused(N_("This mail is sent already."))
    if row.sending_since is not None:
        raise Refused(
            N_("Sending this mail has begun, and it may have arrived. Load this page again in a minute.")
        )
    end(session, row, MailStatus.TAKEN_OUT, by.at)
    write(session, by, "take_mail_out", row)


def try_again(session: Session, row: OutboxMail, by: By) -> None:
    """A person wants another attempt now, with the same Message-ID.

    Refused for a mail that is sent or taken back, and where its copies of papers are forgotten.
    """
    _hold(session, row)
    if row.status in {MailStatus.ACCEPTED, MailStatus.TAKEN_OUT}:
        raise Refused(N_("This mail is over: nothing can be tried again."))
    if row.papers and by.at > row.until:
        raise Refused(N_("The copies of the papers are deleted. Write the mail anew."))
    if row.status is not MailStatus.WAITING:
        row.until = row.until if row.papers else by.at + GIVE_UP_AFTER
        row.status, row.ended_at = MailStatus.WAITING, None
    row.tries, row.due_at = 0, by.at
    write(session, by, "try_mail_again", row)


def put_back(session: Session, row: OutboxMail, by: By) -> None:
    """A mail that was taken back goes out after all, under its own Message-ID: should it have arrived, it is the same."""
    row.status, row.ended_at = MailStatus.WAITING, None
    row.tries, row.due_at, row.until = 0, by.at, by.at + GIVE_UP_AFTER
    write(session, by, "write_mail", row)


def end(session: Session, row: OutboxMail, status: MailStatus, at: datetime) -> None:
    """The mail is over. What it said stays sealed on record; files that are needed no more do not."""
    row.status, row.ended_at, row.sending_since = status, at, None
    if status in {MailStatus.ACCEPTED, MailStatus.TAKEN_OUT} or (row.papers and at >= row.until):
        row.content = vault_of(session).seal(packed(without_files(mail_in(session, row))))


def _hold(session: Session, row: OutboxMail) -> None:
    """Look at the row afresh and keep others from it until this transaction ends."""
    session.flush()
    session.refresh(row, with_for_update=True)
