"""Forms that make something new are answered once, however often they are sent."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from garage.staff.models import Receipt
from garage.staff.receipts import body_mark, once
from garage.staff.signed_in import by
from garage.web.forms import CreatingForm


def answer_once(session: Session, form: CreatingForm, act: Callable[[], str]) -> str:
    """Run `act`, which returns where to go next; the same form again gets the first answer.

    Refused when the same form comes with other entries. Two at the same moment (PostgreSQL): the second
    waits for the first, fails on its receipt and gets the first one's answer.
    """
    acting, key = by(), form.form_key.data
    mark = body_mark(current_app.config["SECRET_KEY"], form.body)
    try:
        with session.begin_nested():
            return once(session, acting, key, mark, act)
    except IntegrityError:
        receipts = select(Receipt.id).where(Receipt.site_id == acting.site_id, Receipt.form_key == key)
        if session.scalar(receipts) is None:
            raise  # something else than the receipt was there already
        return once(session, acting, key, mark, act)
