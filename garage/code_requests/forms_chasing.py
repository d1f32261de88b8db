"""Chasing, as forms: which step was taken, or until when and why it waits."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from garage.code_requests.forms import no_code_in_it
from garage.domain.chasing import Chase
from garage.web.forms import CreatingForm


def _chase(text: str | None) -> Chase | None:
    return next((step for step in Chase if step.value == text), None)


class ChasedForm(CreatingForm):
    """One button: a person has reminded or called them."""

    chase_step = HiddenField(filters=[_chase], validators=[InputRequired()])


class WaitForm(CreatingForm):
    """Until when nobody is asked for the answer, and why."""

    until_on = DateField(_l("Wait until"), validators=[InputRequired(_l("Choose a day."))])
    reason = StringField(
        _l("Why?"), validators=[DataRequired(_l("Say in a word why.")), Length(max=200), no_code_in_it]
    )

    today: date | None = None

    def validate_until_on(self, field: DateField) -> None:
        """A day that is still to come."""
        if self.today and field.data and field.data <= self.today:
            raise ValidationError(str(_l("Choose a day in the future.")))
