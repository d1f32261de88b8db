"""Printing, as forms: which paper, and the reason where one is asked."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from garage.cards.actions import CARDS, FOR_A_JOB, FOR_A_REQUEST
from garage.domain.paper import PaperKind
from garage.web.forms import CreatingForm
from garage.web.say import say


def _paper(text: Any) -> PaperKind | None:
    return text if text is None or isinstance(text, PaperKind) else PaperKind(text)


class AgainForm(CreatingForm):
    """Print the same paper once more."""

    reason = StringField(_l("In one sentence: why?"), validators=[Length(max=300)])


class PrintForm(AgainForm):
    """Print a paper about a job or a request."""

    kind = RadioField(
        _l("Which paper?"), coerce=_paper, choices=[], validators=[InputRequired(_l("Choose a paper."))]
    )

    def offer(self, kinds: tuple[PaperKind, ...]) -> None:
        """Which papers may be chosen here."""
        self.kind.choices = [SelectChoice(kind.value, say(kind.label)) for kind in kinds]


def job_form(**fields: Any) -> PrintForm:
    """The form of a job's papers."""
    form = PrintForm(**fields)
    form.offer(FOR_A_JOB)
    return form


def card_form() -> PrintForm:
    """A fresh form that offers the two kinds of card."""
    form = PrintForm(formdata=None, data={"kind": PaperKind.HAND_OVER})
    form.offer(tuple(kind for kind in FOR_A_JOB if kind in CARDS))
    return form


def request_form() -> PrintForm:
    """The form of a request's papers, as it was sent."""
    form = PrintForm()
    form.offer(FOR_A_REQUEST)
    return form
