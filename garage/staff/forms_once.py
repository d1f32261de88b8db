"""Forms that make something new are answered once, however often they are sent."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

from garage.staff.receipts import body_mark, once
from garage.staff.signed_in import by
from garage.web.forms import CreatingForm


def answer_once(session: Session, form: CreatingForm, act: Callable[[], str]) -> str:
    """Run `act`, which returns where to go next; the same form again gets the first answer.

    Refused when the same form comes with other entries.
    """
    mark = body_mark(current_app.config["SECRET_KEY"], form.body)
    return once(session, by(), form.form_key.data, mark, act)
