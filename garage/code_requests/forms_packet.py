"""What goes with a request, as forms: money, a copy of the papers, and the garage's own texts."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from garage.code_requests.commands import RecordMoney
from garage.code_requests.forms import no_code_in_it
from garage.domain.asking import Payer
from garage.domain.request_text import LONGEST_BODY, LONGEST_SUBJECT, check_lines, check_places
from garage.web.forms import CreatingForm, EditingForm, Form, Money, radio, read_with


class MoneyForm(EditingForm):
    """What a code costs, what was paid, and who said yes to it."""

    fee_quoted = Money(_l("They ask"))
    radio_value = Money(_l("What such a radio costs used"))
    fee_payer = radio(_l("Who pays?"), Payer, validators=[Optional()])
    fee_yes_heard_by = StringField(_l("The customer said yes: who heard it?"), validators=[Length(max=60)])
    fee_paid = Money(_l("Paid"))

    def to_command(self) -> RecordMoney:
        """The command."""
        return RecordMoney(
            version=self.version.data,
            quoted=self.fee_quoted.data,
            paid=self.fee_paid.data,
            payer=self.fee_payer.data,
            radio_value=self.radio_value.data,
            yes_heard_by=self.fee_yes_heard_by.data or "",
        )


class CopyForm(CreatingForm):
    """A copy of the papers for this one sending, with the customer's yes."""

    photo = FileField(
        _l("Copy or photo of the papers"), validators=[FileRequired(_l("Choose or take a photo."))]
    )
    heard_by = StringField(
        _l("Who heard the customer's yes?"),
        validators=[DataRequired(_l("Write who heard it.")), Length(max=60)],
    )
    said_yes = BooleanField(
        _l("The customer said yes to sending this copy"),
        validators=[InputRequired(_l("Without the customer's yes no copy is sent."))],
    )


def fit_to_send(form: Form, field: StringField) -> None:
    """Refuse what cannot be filled in or does not fit a letter, beside the field."""
    read_with(lambda: check_places(field.data or ""))
    read_with(lambda: check_lines(field.data or ""))


class TextForm(EditingForm):
    """One of the garage's own texts. Version 0: as shipped."""

    subject = StringField(
        _l("Subject"),
        validators=[
            DataRequired(_l("Write the subject.")),
            Length(max=LONGEST_SUBJECT),
            fit_to_send,
            no_code_in_it,
        ],
    )
    body = TextAreaField(
        _l("Text"),
        validators=[
            DataRequired(_l("Write the text.")),
            Length(max=LONGEST_BODY),
            fit_to_send,
            no_code_in_it,
        ],
        render_kw={"rows": 18},
    )
