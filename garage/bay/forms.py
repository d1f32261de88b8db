"""The bay's forms: what was typed becomes commands, or a sentence beside the field."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import (
    DataRequired,
    EqualTo,
    InputRequired,
    Length,
    NumberRange,
    Optional,
)

from garage.bay.commands import AddCodeToTry, NoteEarlierTries, RecordTry
from garage.domain.job import YesNo
from garage.domain.trying import Outcome, WhyAgain, as_entered
from garage.intake.forms import ReasonForm
from garage.radios.models import Origin, PhotoKind
from garage.web.forms import CreatingForm, EditingForm, Form, WholeNumber, radio, read_with, select

MINUTES = [Optional(), NumberRange(1, 24 * 60, _l("Write minutes, at most a day."))]


class EarlierTriesForm(EditingForm):
    """Who tried before, and what the display shows."""

    earlier = radio(
        _l("Has anyone tried a code already?"), YesNo, validators=[InputRequired(_l("Choose one."))]
    )
    about = WholeNumber(
        _l("About how many?"),
        validators=[Optional(), NumberRange(1, 99, _l("Write a number, for example 2."))],
    )
    display_text = StringField(_l("What does the display show now?"), validators=[Length(max=60)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; "yes" needs a number."""
        good = bool(super().validate(extra_validators))
        if self.earlier.data is YesNo.YES and self.about.data is None and not self.about.errors:
            self.about.errors = [str(_l("Write about how many codes were tried; your best guess will do."))]
            return False
        return good

    def to_command(self) -> NoteEarlierTries:
        """The command."""
        return NoteEarlierTries(
            earlier=self.earlier.data,
            about=self.about.data or 0,
            display_text=self.display_text.data or "",
            version=self.version.data,
        )


class AddCodeForm(CreatingForm):
    """A code to try, typed twice."""

    code = StringField(_l("Code"), validators=[DataRequired(_l("Type the code.")), Length(max=20)])
    code_again = StringField(
        _l("Code once more"),
        validators=[
            EqualTo("code", _l("The two codes are not the same. Read it again, then type it twice."))
        ],
    )
    origin = select(
        _l("Where is it from?"),
        [origin for origin in Origin if origin not in {Origin.CALCULATOR, Origin.OLD_BOOK}],
        default=Origin.DEALER,
    )
    checked = BooleanField(_l("I have checked it: the code is right"))

    def validate_code(self, field: StringField) -> None:
        """Digits and letters, as many as a code may have."""
        read_with(lambda: as_entered(field.data))

    def to_command(self) -> AddCodeToTry:
        """The command."""
        return AddCodeToTry(code=self.code.data, origin=self.origin.data, checked=self.checked.data)


class ShowForm(Form):
    """A person wants to see a code."""

    why_again = radio(_l("What changed since the wrong code?"), WhyAgain, validators=[Optional()])


class OutcomeForm(CreatingForm):
    """What the radio did with the code."""

    outcome = radio(_l("What did the radio do?"), Outcome, validators=[InputRequired(_l("Choose one."))])
    wait_minutes = WholeNumber(_l("How many minutes does it make you wait?"), validators=MINUTES)
    display_text = StringField(_l("What does the display show now?"), validators=[Length(max=60)])
    newest_try = HiddenField(default="0", filters=[lambda text: int(text) if str(text).isdecimal() else 0])
    why_again = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a wait needs its minutes."""
        good = bool(super().validate(extra_validators))
        waits = self.came_of_it() is Outcome.WAITS
        if waits and self.wait_minutes.data is None and not self.wait_minutes.errors:
            self.wait_minutes.errors = [str(_l("Write the minutes. If nobody knows, write 60."))]
            return False
        return good

    def came_of_it(self) -> Outcome | None:
        """What the radio did, as far as it was said."""
        came: Outcome | None = self.outcome.data
        return came

    def to_command(self) -> RecordTry:
        """The command, for a form that is valid."""
        reasons = {why.value: why for why in WhyAgain}
        outcome = self.came_of_it() or Outcome.DID_NOT_WORK
        return RecordTry(
            outcome=outcome,
            newest_try=self.newest_try.data,
            why_again=reasons.get(self.why_again.data),
            display_text="" if outcome is Outcome.WORKED else self.display_text.data or "",
            wait_minutes=self.wait_minutes.data,
        )


class PhotoForm(Form):
    """A photo of the radio's label, its front or the car's VIN plate."""

    kind = select(_l("What it shows"), PhotoKind)
    photo = FileField(_l("Photo"), validators=[FileRequired(_l("Choose or take a photo."))])


class StopForm(EditingForm, ReasonForm):
    """A manager's stop, and taking it off again."""
