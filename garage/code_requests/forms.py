"""Asking for a code, as forms: what was typed becomes commands, or a sentence beside the field."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from garage.code_requests.commands import Ask
from garage.code_requests.models import Dealer
from garage.domain.asking import PLACES, Channel, check_within_a_year
from garage.domain.job import YesNo
from garage.domain.secrecy import refuse_code_in_note
from garage.web.current import now
from garage.web.forms import CreatingForm, Form, radio, read_with
from garage.web.say import say


def whole_number(text: Any) -> int | None:
    """A row number from a form, or None."""
    return int(text) if text and str(text).isdecimal() else None


def no_code_in_it(form: Form, field: TextAreaField) -> None:
    """Refuse a code in a free text, beside the field."""
    read_with(lambda: refuse_code_in_note(field.data or ""))


class AskForm(CreatingForm):
    """Whom we ask, how, and until when."""

    channel = radio(_l("How?"), PLACES, validators=[InputRequired(_l("Choose one."))])
    dealer = SelectField(_l("Whom?"), coerce=whole_number, choices=[], validate_choice=False)
    built_with_this_radio = radio(
        _l("Is it the radio the car was built with?"), YesNo, validators=[InputRequired(_l("Choose one."))]
    )
    due_on = DateField(_l("Answer due on"), validators=[Optional()])
    note = TextAreaField(_l("Note"), validators=[Length(max=500), no_code_in_it], render_kw={"rows": 2})

    dealers: Mapping[int, Dealer]

    def offer(self, dealers: Sequence[Dealer]) -> None:
        """Put the dealers into the list, as they come."""
        self.dealers = {dealer.id: dealer for dealer in dealers}
        self.dealer.choices = [
            SelectChoice(dealer.id, f"{dealer.name} ({dealer.makes})" if dealer.makes else dealer.name)
            for dealer in dealers
        ]

    def validate_dealer(self, field: SelectField) -> None:
        """A dealer who stands in the book and offers this way is needed, unless the customer asks."""
        chosen = self.dealers.get(field.data)
        if self.channel.data is None or self.channel.data is Channel.CUSTOMER:
            return
        if chosen is None:
            raise ValidationError(str(_l("Choose whom to ask, or let the customer ask.")))
        if self.channel.data not in chosen.offers:
            offered = ", ".join(say(channel) for channel in chosen.offers)
            raise ValidationError(_("They cannot be asked like this, but by: %(offered)s.", offered=offered))

    def validate_due_on(self, field: DateField) -> None:
        """Dates before our time and a year away are slips of the finger."""
        if field.data is not None and not 2020 <= field.data.year < 2100:
            raise ValidationError(str(_l("Write the year in four digits.")))
        if field.data is not None:
            read_with(lambda: check_within_a_year(field.data, now().date()))

    def to_command(self) -> Ask:
        """The command."""
        chosen = self.dealers.get(self.dealer.data)
        answers = chosen is not None and self.channel.data in chosen.offers
        return Ask(
            dealer_id=chosen.id if chosen is not None and answers else None,
            channel=self.channel.data,
            built_with_this_radio=self.built_with_this_radio.data,
            due_on=self.due_on.data,
            note=self.note.data or "",
        )


class StepForm(CreatingForm):
    """One button."""
