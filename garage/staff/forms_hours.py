"""The working hours' form: which days, from when to when, and the days on which nobody works."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from garage.domain.chasing import read_closed_days
from garage.domain.text import N_
from garage.staff.commands import WriteHours
from garage.web.forms import EditingForm, Ticks, read_with
from garage.web.say import say

WEEK = [
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
]


def _days() -> list[SelectChoice]:
    return [SelectChoice(str(number), say(name)) for number, name in enumerate(WEEK, start=1)]


class HoursForm(EditingForm):
    """When somebody is here: dealers are reminded within these hours, and days are counted by them."""

    working_days = Ticks(
        _l("Days"), choices=_days, validators=[InputRequired(_l("Choose at least one day."))]
    )
    opens = TimeField(_l("From"), validators=[InputRequired(_l("Write a time such as 08:00."))])
    closes = TimeField(_l("To"), validators=[InputRequired(_l("Write a time such as 17:00."))])
    closed_days = TextAreaField(
        _l("Closed on"), validators=[Length(max=2000, message=_l("Use at most 2000 letters."))]
    )

    def validate_closes(self, field: TimeField) -> None:
        """A day ends after it begins."""
        if self.opens.data and field.data and field.data <= self.opens.data:
            raise ValidationError(str(_l("The day must end after it begins.")))

    def validate_closed_days(self, field: TextAreaField) -> None:
        """Every line is a day."""
        read_with(lambda: read_closed_days(field.data or ""))

    def to_command(self) -> WriteHours:
        """The command."""
        return WriteHours(
            version=self.version.data,
            working_days="".join(sorted(self.working_days.data)),
            opens=self.opens.data,
            closes=self.closes.data,
            closed_days=self.closed_days.data or "",
        )
