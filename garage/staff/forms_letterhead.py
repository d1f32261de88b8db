"""The letterhead's form: how long each line may be is what fits on the paper."""

from functools import cache
from zoneinfo import available_timezones

from babel.numbers import get_currency_name
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional

from garage.staff.commands import WriteLetterhead
from garage.staff.forms import some_lines
from garage.staff.signed_in import LANGUAGES
from garage.web.forms import EditingForm

CURRENCIES = "EUR GBP CHF USD PLN CZK DKK NOK SEK HUF RON BGN TRY AUD CAD NZD ZAR".split()  # noqa: SIM905 - a list to read
REGIONS = ("Europe/", "Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Indian/", "Pacific/")


def _languages() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def _currencies() -> list[SelectChoice]:
    return [
        SelectChoice(code, f"{code} · {get_currency_name(code, locale=get_locale())}") for code in CURRENCIES
    ]


@cache
def _zones() -> list[SelectChoice]:
    """The time zones of the world by region; the own continent of most garages first."""
    names = sorted(
        (name for name in available_timezones() if name.startswith(REGIONS)),
        key=lambda name: (REGIONS.index(name.partition("/")[0] + "/"), name),
    )
    return [
        SelectChoice(name, name.partition("/")[2].replace("_", " "), optgroup=name.partition("/")[0])
        for name in names
    ]


class LetterheadForm(EditingForm):
    """What stands on top of every paper; how long each may be is what fits there."""

    name = StringField(
        _l("Name of the garage"),
        validators=[
            DataRequired(_l("Write the garage's name: it stands on every card.")),
            Length(max=60, message=_l("Use at most 60 letters: that is what fits on the paper.")),
        ],
    )
    address = TextAreaField(
        _l("Address"), validators=[Length(max=160, message=_l("Use at most 160 letters.")), some_lines]
    )
    phone = TelField(
        _l("Phone"),
        validators=[
            DataRequired(_l("Write the phone number: customers call it when the radio asks for its code.")),
            Length(max=24, message=_l("Use at most 24 digits and signs: that is what fits on the card.")),
        ],
    )
    email = EmailField(
        _l("E-mail"),
        validators=[
            Optional(),
            Length(max=60, message=_l("Use at most 60 letters.")),
            Email(_l("This e-mail address cannot be right. It looks like name@garage.com.")),
        ],
    )
    opening_hours = TextAreaField(
        _l("Opening hours"), validators=[Length(max=160, message=_l("Use at most 160 letters.")), some_lines]
    )
    language = SelectField(_l("Language"), choices=_languages)
    time_zone = SelectField(_l("Time zone"), choices=_zones)
    currency = SelectField(_l("Currency"), choices=_currencies)

    def to_command(self) -> WriteLetterhead:
        """The command."""
        return WriteLetterhead(
            version=self.version.data,
            name=self.name.data,
            address=self.address.data or "",
            phone=self.phone.data,
            email=self.email.data or "",
            opening_hours=self.opening_hours.data or "",
            language=self.language.data,
            time_zone=self.time_zone.data,
            currency=self.currency.data,
        )
