"""The same form sent twice gets the first answer again: double clicks and lost answers change nothing."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from garage.db import insert_unless_there
from garage.domain.text import N_, Refused
from garage.staff.journal import By
from garage.staff.models import Receipt

RECEIPTS_KEPT = timedelta(days=7)  # nobody sends a form again after that


def body_mark(secret: str, fields: Iterable[tuple[str, str]]) -> str:
    """A keyed fingerprint of what a form said, from which nothing can be guessed back."""
    body = "\x1f".join(f"{name}\x1e{value}" for name, value in sorted(fields))
    return hmac.new(secret.encode(), body.encode(), hashlib.sha256).hexdigest()


def once(session: Session, by: By, form_key: str, mark: str, act: Callable[[], str]) -> str:
    """Run `act`, which returns where to go next, unless this form was answered before.

    Two at the same moment: the second waits at the receipt and gets the first one's answer.
    The same key with another body is Refused: the page was used twice for two different things.
    """
    values = {"site_id": by.site_id, "form_key": form_key, "body_mark": mark, "location": "", "at": by.at}
    receipt = insert_unless_there(session, Receipt, values)
    if receipt is None:
        found = select(Receipt).where(Receipt.site_id == by.site_id, Receipt.form_key == form_key)
        seen = session.scalars(found).one()
        if seen.body_mark != mark:
            raise Refused(N_("This form was saved already with other entries. Open a fresh one."))
        return seen.location
    receipt.location = act()
    return receipt.location


def forget_receipts(session: Session, before: datetime) -> None:
    """Drop receipts that are too old to be asked for again."""
    session.execute(delete(Receipt).where(Receipt.at < before))
