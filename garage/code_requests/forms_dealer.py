"""The dealer book's forms: who is asked, how, and what they insist on."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Length, Optional, ValidationError

from garage.code_requests.commands import WriteDealer
from garage.code_requests.forms import no_code_in_it, whole_number
from garage.domain.asking import PLACES, Channel
from garage.domain.catalogue import Catalogue
from garage.domain.packet import DealerKind, Insisted
from garage.staff.signed_in import LANGUAGES
from garage.web.forms import CreatingForm, EditingForm, Form, Money, select, tick_boxes

OFFERED = [channel for channel in PLACES if channel is not Channel.CUSTOMER]


class DealerFields(Form):
    """An entry of the dealer book."""

    name = StringField(_l("Name"), validators=[DataRequired(_l("Write the name.")), Length(max=60)])
    kind = select(_l("Who is it?"), DealerKind)
    makes = StringField(_l("Makes they serve"), validators=[Length(max=200)])
    channels = tick_boxes(_l("They can be asked by"), OFFERED)
    phone = StringField(_l("Phone"), validators=[Length(max=40)])
    email = StringField(
        _l("E-mail"),
        validators=[Optional(), Length(max=120), Email(_l("This e-mail address cannot be right."))],
    )
    portal = StringField(_l("Address of their portal"), validators=[Length(max=200)])
    address = TextAreaField(_l("Address"), validators=[Length(max=160)], render_kw={"rows": 3})
    ticks = tick_boxes(_l("They insist on"), Insisted)
    insists_on = TextAreaField(
        _l("What else they insist on"), validators=[Length(max=400), no_code_in_it], render_kw={"rows": 3}
    )
    fee = Money(_l("Usual fee"))
    customer_number = StringField(_l("Our customer number there"), validators=[Length(max=24)])
    hours = StringField(_l("Their hours"), validators=[Length(max=80)])
    language = SelectField(
        _l("Language of our texts"),
        choices=[SelectChoice(*one) for one in LANGUAGES.items()],
        default="en",
    )

    def validate_portal(self, field: StringField) -> None:
        """Only an https address is shown as a link; nothing is ever fetched from it."""
        try:
            parts = urlsplit(field.data or "")
            good = not field.data or (parts.scheme == "https" and bool(parts.hostname))
        except ValueError:
            good = False
        if not good:
            raise ValidationError(str(_l("Write the address with https:// in front.")))

    def to_command(self, catalogue: Catalogue) -> WriteDealer:
        """The command; makes we know get their full name."""
        makes = [make.strip() for make in (self.makes.data or "").split(",") if make.strip()]
        texts: dict[str, Any] = {
            name: self[name].data or ""
            for name in ("address", "phone", "email", "portal", "insists_on", "hours", "customer_number")
        }
        return WriteDealer(
            name=self.name.data,
            kind=self.kind.data,
            makes=", ".join(dict.fromkeys(catalogue.make_name(make) or make for make in makes)),
            channels=tuple(self.channels.data),
            ticks=tuple(self.ticks.data),
            language=self.language.data,
            fee=self.fee.data,
            **texts,
        )


class NewDealerForm(CreatingForm, DealerFields):
    """Somebody new in the book; `job` is where the page was opened from, to go on there."""

    job = HiddenField(filters=[whole_number])


class DealerForm(EditingForm, DealerFields):
    """An entry changed, or switched off."""

    active = BooleanField(_l("We ask there"))

    def to_command(self, catalogue: Catalogue) -> WriteDealer:
        """The command, with the version it was edited from."""
        return replace(super().to_command(catalogue), version=self.version.data, active=self.active.data)
