"""Forms for a car that leaves without a playing radio, and for the call to its customer."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from garage.bay.commands import RecordTry
from garage.bay.forms import LONGEST_WAIT
from garage.domain.leaving import DidItPlay, GoesOn
from garage.domain.trying import Outcome, WhyAgain
from garage.web.forms import CreatingForm, Form, WholeNumber, radio


class LetGoForm(Form):
    """The car leaves: how it goes on, and why."""

    goes_on = radio(_l("How does it go on?"), GoesOn, default=GoesOn.WAITS, validators=[Optional()])
    reason = StringField(_l("In one sentence: why?"), validators=[Length(max=300)])


class CallForm(CreatingForm):
    """What the customer said on the phone after entering the code."""

    played = radio(_l("Did it play?"), DidItPlay, validators=[InputRequired(_l("Choose one."))])
    outcome = radio(
        _l("What does the radio do?"),
        [outcome for outcome in Outcome if outcome is not Outcome.WORKED],
        default=Outcome.DID_NOT_WORK,
        validators=[Optional()],
    )
    wait_minutes = WholeNumber(
        _l("How many minutes does it make them wait?"),
        validators=[Optional(), NumberRange(1, LONGEST_WAIT, _l("Write minutes, at most a day."))],
    )
    display_text = StringField(_l("What does the display show now?"), validators=[Length(max=60)])
    newest_try = HiddenField(default="0", filters=[lambda text: int(text) if str(text).isdecimal() else 0])
    why_again = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; a wait needs its minutes."""
        good = bool(super().validate(extra_validators))
        waits = self.played.data is DidItPlay.NO and self.outcome.data is Outcome.WAITS
        if waits and self.wait_minutes.data is None and not self.wait_minutes.errors:
            self.wait_minutes.errors = [str(_l("Write the minutes. If nobody knows, write 60."))]
            return False
        return good

    def to_command(self) -> RecordTry:
        """The command; not for "later", where no code was entered."""
        reasons = {why.value: why for why in WhyAgain}
        worked = self.played.data is DidItPlay.YES
        return RecordTry(
            outcome=Outcome.WORKED if worked else self.outcome.data or Outcome.DID_NOT_WORK,
            newest_try=self.newest_try.data,
            why_again=reasons.get(self.why_again.data),
            display_text="" if worked else self.display_text.data or "",
            wait_minutes=self.wait_minutes.data,
        )
