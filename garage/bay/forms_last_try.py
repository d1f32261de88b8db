"""The form before what may be the last try, and the customer's choice when it locked."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from garage.bay.commands import LookAgain
from garage.domain.labelled import Labelled
from garage.domain.text import N_
from garage.domain.trying import Instead, WhyAgain
from garage.web.forms import Form, radio


class WhoLooks(Labelled):
    """Four eyes before the last try, where there are four."""

    TWO = "two", N_("Somebody else looks as well")
    ALONE = "alone", N_("Nobody else is here")


class LastTryForm(Form):
    """Number and code once more, and who says that it is worth the last try."""

    serial_number = StringField(
        _l("Serial number, from the label"),
        validators=[DataRequired(_l("Read the number on the label once more.")), Length(max=40)],
    )
    code = StringField(_l("Code, from where it is written"), validators=[Length(max=20)])
    who = radio(_l("Who looks with you?"), WhoLooks, validators=[InputRequired(_l("Choose one."))])
    second = SelectField(_l("Who?"), coerce=int, validate_choice=False)
    secret = PasswordField(_l("Their PIN or password"), validators=[Length(max=200)])
    reason = StringField(_l("Why is it worth the last try?"), validators=[Length(max=300)])
    why_again = HiddenField()

    with_code = True  # a code that was worked out here stands nowhere to be read again

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; what the answer needs must be there."""
        good = bool(super().validate(extra_validators))
        for field, needed, words in (
            (self.code, self.with_code, _l("Type the code once more.")),
            (self.secret, self.who.data is WhoLooks.TWO, _l("Type the PIN or the password.")),
            (self.reason, self.who.data is WhoLooks.ALONE, _l("Write one sentence.")),
        ):
            if needed and not field.data and not field.errors:
                field.errors = [str(words)]
                good = False
        return good

    @property
    def why(self) -> WhyAgain | None:
        """What changed since the wrong code, as answered on the page before."""
        return {why.value: why for why in WhyAgain}.get(self.why_again.data)

    def to_command(self) -> LookAgain:
        """The command; that the second person's secret is right is looked at before."""
        two = self.who.data is WhoLooks.TWO
        return LookAgain(
            serial_number=self.serial_number.data,
            code=self.code.data or "",
            second=self.second.data if two else None,
            reason="" if two else self.reason.data or "",
        )


class ChoiceForm(Form):
    """What the customer wants instead of a radio that is locked for good."""

    choice = radio(_l("What does the customer want?"), Instead, validators=[InputRequired(_l("Choose one."))])
