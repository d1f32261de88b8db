"""Forms for a car that leaves without a playing radio, and for the call to its customer."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, Optional

from garage.bay.forms import MINUTES, EarlierTriesForm, OutcomeForm
from garage.domain.job import YesNo
from garage.domain.leaving import DidItPlay, GoesOn
from garage.domain.trying import Outcome
from garage.web.forms import EditingForm, Form, WholeNumber, radio


class LetGoForm(Form):
    """The car leaves: how it goes on, and why."""

    goes_on = radio(_l("How does it go on?"), GoesOn, default=GoesOn.WAITS, validators=[Optional()])
    reason = StringField(_l("In one sentence: why?"), validators=[Length(max=300)])


class TriedSinceForm(EarlierTriesForm):
    """Who tried since it was asked last; the question itself stands above the answers."""

    earlier = radio(_l("Their answer"), YesNo, validators=[InputRequired(_l("Choose one."))])

    def show_saved_meanwhile(self, current: EditingForm) -> None:
        """As for every form; but these tries add to those on record, which the page says: neither replaces the other."""
        current["earlier"].data, current["about"].data = self.earlier.data, self.about.data
        super().show_saved_meanwhile(current)


class CallForm(OutcomeForm):
    """What the customer said on the phone after entering the code."""

    played = radio(_l("Did it play?"), DidItPlay, validators=[InputRequired(_l("Choose one."))])
    outcome = radio(
        _l("What does the radio do?"),
        [outcome for outcome in Outcome if outcome is not Outcome.WORKED],
        default=Outcome.DID_NOT_WORK,
        validators=[Optional()],
    )
    wait_minutes = WholeNumber(_l("How many minutes does it make them wait?"), validators=MINUTES)

    def came_of_it(self) -> Outcome | None:
        """What the radio did; None while they try later."""
        if self.played.data is DidItPlay.YES:
            return Outcome.WORKED
        return self.outcome.data if self.played.data is DidItPlay.NO else None
