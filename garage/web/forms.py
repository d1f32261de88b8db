"""The form every page builds on: stripped texts, plain words for errors, one key for one saving."""

import re
import secrets
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice, SelectFieldBase, enum_coerce
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextInput, core
from wtforms.widgets.core import clean_key

from garage.db import HIGHEST_ROW
from garage.domain.labelled import Labelled
from garage.domain.secrecy import PasswordFirst
from garage.domain.text import Refused
from garage.domain.typed import printable_line
from garage.web.say import label, say


def attributes(**named: Any) -> Markup:
    """HTML attributes, sorted by name: True stands as the name alone, False not at all."""
    said = []
    for name, value in sorted(named.items()):
        if value is True:
            said.append(clean_key(name))
        elif value is not False:
            text = str(escape(value)).replace('"', "&quot;")  # a text that is markup may hold quotes
            said.append(f'{clean_key(name)}="{text}"')
    return Markup(" ".join(said))  # noqa: S704 - values are escaped, names are ours


# WTForms writes each attribute through a template of its own: a third of a page with a form.
core.html_params = attributes
core.Input.html_params = staticmethod(attributes)


def _strip(text: Any) -> Any:
    return text.strip() if isinstance(text, str) else text


class Form(FlaskForm):
    """Base of all forms. `refusal` is set when a rule said no to the whole form."""

    refusal: str = ""
    wants_password: bool = False  # typing the password is all that is missing

    class Meta(FlaskForm.Meta):
        """Strip every text on the way in, in front of a field's own filters."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Bind a field with the stripping filter; nobody saved anything meanwhile."""
            filters = [_strip, *unbound_field.kwargs.get("filters", [])]
            field = unbound_field.bind(form=form, filters=filters, **options)
            field.on_file = ""
            return field

    def validate(self, extra_validators: Any = None) -> bool:
        """Check every field, and that no text holds signs that nobody sees."""
        good = bool(super().validate(extra_validators))
        for field in self:
            if isinstance(field, StringField) and isinstance(field.data, str):
                try:
                    field.data = printable_line(field.data, lines=isinstance(field, TextAreaField))
                except Refused as no:
                    self.refuse(no, field.name)
                    good = False
        return good

    def refuse(self, no: Refused, field: str = "") -> None:
        """Show a rule's reason beside `field`, or above the form."""
        self.wants_password = isinstance(no, PasswordFirst)
        if field:
            self[field].errors = [*self[field].errors, say(no.text)]
        else:
            self.refusal = say(no.text)

    @property
    def body(self) -> list[tuple[str, str]]:
        """What the form says, without the tokens that guard it: for telling a repeated form from a new one."""
        return [
            (field.name, str(field.data))
            for field in self
            if field.name not in {"csrf_token", "form_key", "version"}
        ]


def new_form_key() -> str:
    """A key for one form, or one button, that makes something."""
    return secrets.token_urlsafe(12)


class CreatingForm(Form):
    """A form that makes something new: sent twice, it makes it once."""

    form_key = HiddenField(  # without a label: nobody reads it, and a usual one is looked up in a file
        "", default=new_form_key, validators=[InputRequired(), Length(max=40)]
    )


class EditingForm(Form):
    """A form that changes something: it knows which version it started from."""

    version = HiddenField(
        "", validators=[InputRequired()], filters=[lambda text: None if text in {None, ""} else int(text)]
    )

    def show_saved_meanwhile(self, current: "EditingForm") -> None:
        """Put what is on file now (`current`) beside what was typed; saving again is then meant."""
        self.version.data = current.version.data
        for field in self:
            theirs = current[field.name]
            if theirs.data != field.data and _shown(theirs) != _shown(field) and field.name != "csrf_token":
                field.on_file = _shown(theirs)
        if any(field.on_file for field in self):
            self.refusal = _(
                "Saved meanwhile by someone else. Both values stand below: keep yours or take theirs, then save again."
            )


def _shown(field: Field) -> str:
    """What a field holds, in the words of its page; a dash where it holds nothing."""
    if isinstance(field, BooleanField):
        return str(_("Yes") if field.data else _("No"))
    if isinstance(field.data, Labelled):
        return say(field.data)  # also one that is not offered any more
    if isinstance(field, SelectFieldBase):
        return ", ".join(str(choice.label) for choice in field.iter_choices() if choice.selected) or "–"
    return str(field._value() or "–")


def read_with(read: Callable[[], Any]) -> Any:
    """What `read` makes of a field's text; what it refuses stands beside the field."""
    try:
        return read()
    except Refused as no:
        raise ValidationError(say(no.text)) from None


def row_number(text: Any) -> int:
    """A number that a row can have, from a form or an address. Raises ValueError."""
    number = int(text)
    if not 0 < number <= HIGHEST_ROW:
        raise ValueError("no row has this number")
    return number


class WholeNumber(IntegerField):
    """A whole number of at most nine digits: no column holds more."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a ValueError's sentence stands beside the field."""
        if valuelist and len(valuelist[0].strip()) > 9:
            self.data = None
            raise ValueError(_l("Write a smaller number."))
        super().process_formdata(valuelist)


class Money(Field):
    """An amount as people write it (35, 35.00, 35,50) and its data in minor units; None where nothing stands."""

    widget = TextInput()
    MOST = 100_000_00

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_decimal(Decimal(self.data) / 100, "0.00")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount; a ValueError's sentence stands beside the field."""
        typed = (valuelist[0] if valuelist else "").replace(" ", "")
        self.data = None
        if not typed:
            return
        found = re.fullmatch(r"(\d{1,6})(?:[.,](\d{1,2}))?", typed, re.ASCII)
        if found is None:
            raise ValueError(_l("Write an amount, for example 35.00."))
        minor = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
        if minor > self.MOST:
            raise ValueError(_l("Write an amount, for example 35.00."))
        self.data = minor


class Ticks(SelectMultipleField):
    """Several things of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def tick_boxes(text: Any, kinds: Iterable[Labelled], **kwargs: Any) -> Ticks:
    """Boxes to tick; its data is the list of ticked members."""
    members = list(kinds)
    return Ticks(text, choices=_options(members), coerce=enum_coerce(type(members[0])), **kwargs)


def select(text: Any, kinds: Iterable[Labelled], **kwargs: Any) -> SelectField:
    """A drop-down over a labelled choice; its data is the member."""
    members = list(kinds)
    return SelectField(text, choices=_options(members), coerce=enum_coerce(type(members[0])), **kwargs)


def radio(text: Any, kinds: Iterable[Labelled], **kwargs: Any) -> RadioField:
    """Large answers to one question; its data is the member, or None where nothing was chosen."""
    members = list(kinds)
    return RadioField(text, choices=_options(members), coerce=enum_coerce(type(members[0])), **kwargs)


def _options(members: list[Labelled]) -> list[SelectChoice]:
    return [SelectChoice(member.value, label(member)) for member in members]
