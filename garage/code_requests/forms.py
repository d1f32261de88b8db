"""Asking for a code, as forms: what was typed becomes commands, or a sentence beside the field."""

import secrets
from dataclasses import replace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, ValidationError

from garage.code_requests.commands import Ask, WriteDealer
from garage.domain.asking import Channel, Refusal
from garage.domain.catalogue import Catalogue
from garage.domain.job import YesNo
from garage.domain.packet import DealerKind
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import Refused, Text
from garage.domain.trying import as_entered
from garage.web.forms import CreatingForm, EditingForm, Form, radio, select
from garage.web.say import say


def new_form_key() -> str:
    """A key for one button that makes something."""
    return secrets.token_urlsafe(12)


def _number(text: Any) -> int | None:
    return int(text) if text and str(text).isdecimal() else None


def no_code_in_it(form: Form, field: TextAreaField) -> None:
    """Refuse a code in a free text, beside the field."""
    try:
        refuse_code_in_note(field.data or "")
    except Refused as no:
        raise ValidationError(say(no.text)) from None


class DealerFields(Form):
    """An entry of the dealer book."""

    name = StringField(_l("Name"), validators=[DataRequired(_l("Write the name.")), Length(max=60)])
    makes = StringField(_l("Makes they serve"), validators=[Length(max=200)])
    phone = StringField(_l("Phone"), validators=[Length(max=40)])
    email = StringField(
        _l("E-mail"),
        validators=[Optional(), Length(max=120), Email(_l("This e-mail address cannot be right."))],
    )
    address = TextAreaField(_l("Address"), validators=[Length(max=160)], render_kw={"rows": 3})
    insists_on = TextAreaField(
        _l("What they insist on"), validators=[Length(max=400), no_code_in_it], render_kw={"rows": 3}
    )
    kind = select(_l("Who is it?"), DealerKind)

    def to_command(self, catalogue: Catalogue) -> WriteDealer:
        """The command; makes we know get their full name."""
        makes = [make.strip() for make in (self.makes.data or "").split(",") if make.strip()]
        return WriteDealer(
            name=self.name.data,
            makes=", ".join(dict.fromkeys(catalogue.make_name(make) or make for make in makes)),
            address=self.address.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            insists_on=self.insists_on.data or "",
            kind=self.kind.data,
        )


class NewDealerForm(CreatingForm, DealerFields):
    """Somebody new in the book; `job` is where the page was opened from, to go on there."""

    job = HiddenField(filters=[_number])


class DealerForm(EditingForm, DealerFields):
    """An entry changed, or switched off."""

    active = BooleanField(_l("We ask there"))

    def to_command(self, catalogue: Catalogue) -> WriteDealer:
        """The command, with the version it was edited from."""
        return replace(super().to_command(catalogue), version=self.version.data, active=self.active.data)


class AskForm(CreatingForm):
    """Whom we ask, how, and until when."""

    channel = radio(_l("How?"), Channel, validators=[InputRequired(_l("Choose one."))])
    dealer = SelectField(_l("Whom?"), coerce=_number, choices=[], validate_choice=False)
    built_with_this_radio = radio(
        _l("Is it the radio the car was built with?"), YesNo, validators=[InputRequired(_l("Choose one."))]
    )
    due_on = DateField(_l("Answer due on"), validators=[Optional()])
    note = TextAreaField(_l("Note"), validators=[Length(max=500), no_code_in_it], render_kw={"rows": 2})

    def offer(self, dealers: list[tuple[int, str]]) -> None:
        """Put the dealers into the list, as they come."""
        self.dealer.choices = [SelectChoice(number, name) for number, name in dealers]

    def validate_dealer(self, field: SelectField) -> None:
        """A dealer who stands in the book is needed, unless the customer asks."""
        offered = {choice.value for choice in field.choices}
        if self.channel.data is not Channel.CUSTOMER and field.data not in offered:
            raise ValidationError(str(_l("Choose whom to ask, or let the customer ask.")))

    def validate_due_on(self, field: DateField) -> None:
        """Dates before our time are slips of the finger."""
        if field.data is not None and not 2020 <= field.data.year < 2100:
            raise ValidationError(str(_l("Write the year in four digits.")))

    def to_command(self) -> Ask:
        """The command."""
        customer_asks = self.channel.data is Channel.CUSTOMER
        return Ask(
            dealer_id=None if customer_asks else self.dealer.data,
            channel=self.channel.data,
            built_with_this_radio=self.built_with_this_radio.data,
            due_on=self.due_on.data,
            note=self.note.data or "",
        )


class StepForm(CreatingForm):
    """One button."""


class CodeForm(CreatingForm):
    """The code that came, typed twice: one wrong digit costs a try."""

    code = StringField(_l("Code"), validators=[DataRequired(_l("Write the code.")), Length(max=40)])
    code_again = StringField(_l("Code once more"), validators=[Length(max=40)])
    fits_anyway = BooleanField(_l("Yes, it is right as written"))
    odd: tuple[Text, ...] = ()  # what does not fit about the code, as questions

    def validate_code(self, field: StringField) -> None:
        """Read the code; leading zeros stay."""
        try:
            field.data = as_entered(field.data)
        except Refused as no:
            raise ValidationError(say(no.text)) from None

    def validate_code_again(self, field: StringField) -> None:
        """Both must be the same."""
        if "".join((field.data or "").split()).replace("-", "").upper() != self.code.data:
            raise ValidationError(str(_l("The two codes are not the same. Look at the answer again.")))


class RefusalForm(CreatingForm):
    """They give no code, and why."""

    refusal_reason = radio(
        _l("Why?"), Refusal, validators=[InputRequired(_l("Choose the reason they gave."))]
    )
