"""What they said, as one form: a code, something missing, a no, a day to wait for, or a fee."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from garage.code_requests.forms import no_code_in_it
from garage.domain.answer_text import LONGEST_TEXT, FoundCode
from garage.domain.asking import AnswerKind, Channel, Refusal
from garage.domain.text import Refused, Text
from garage.domain.trying import as_entered
from garage.intake.forms_message import without_controls
from garage.web.forms import CreatingForm, Money, radio
from garage.web.say import label, say


class AnswerForm(CreatingForm):
    """What they said; `text` is their answer as it was pasted."""

    text = TextAreaField(
        _l("Pasted"),
        filters=[without_controls],
        validators=[
            Length(max=LONGEST_TEXT, message=_l("This is too long. Paste the part about the radio."))
        ],
    )
    what = radio(_l("What did they say?"), AnswerKind, default=AnswerKind.CODE)
    code = StringField(_l("Code"), validators=[Length(max=40)])
    code_again = StringField(_l("Code once more"), validators=[Length(max=40)])
    chosen = RadioField(_l("Is this the code?"), choices=[], validate_choice=False)
    fits_anyway = BooleanField(_l("Yes, it is right as written"))
    needs = StringField(_l("What do they need?"), validators=[Length(max=200), no_code_in_it])
    refusal_reason = radio(_l("Why?"), Refusal, validators=[Optional()])
    until_on = DateField(_l("Until when?"), validators=[Optional()])
    fee = Money(_l("How much?"))
    odd: tuple[Text, ...] = ()  # what does not fit about the code, as questions
    asking = False  # a code was found in the text: a person has to say yes

    def offer_kinds(self, channel: Channel) -> None:
        """Offer what can be said on this way: a place answers, a customer writes."""
        kinds = [
            kind for kind in AnswerKind if kind is AnswerKind.CODE or kind.of_a_place is channel.is_place
        ]
        words = {AnswerKind.MESSAGE: _l("What we asked for, or something else")}
        self.what.choices = [SelectChoice(kind.value, words.get(kind, label(kind))) for kind in kinds]
        if not self.is_submitted() and not channel.is_place:
            self.what.data = AnswerKind.MESSAGE

    def offer(self, found: tuple[FoundCode, ...]) -> None:
        """Offer the codes found in the text."""
        self.chosen.choices = [SelectChoice(one.code, one.code) for one in found]
        if self.chosen.data not in [one.code for one in found]:
            self.chosen.data = None

    def ask_which(self, found: tuple[FoundCode, ...]) -> None:
        """Ask a person for the yes; the only one that looks like a code of this radio is ticked."""
        fitting = [one for one in found if one.fits]
        self.asking = True
        likely = fitting if fitting else found
        self.chosen.data = likely[0].code if len(likely) == 1 else None

    @property
    def the_code(self) -> str:
        """The code that was typed or chosen; empty where there is none yet."""
        return str(self.code.data or self.chosen.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Each kind of answer needs its own field."""
        if not super().validate(extra_validators):
            return False
        wrong = self._missing()
        if wrong is not None:
            name, words = wrong
            self[name].errors = [*self[name].errors, str(words)]
        return wrong is None

    def _missing(self) -> tuple[str, object] | None:
        match self.what.data:
            case AnswerKind.CODE:
                return self._wrong_code()
            case AnswerKind.NEED_MORE if not self.needs.data:
                return "needs", _l("Write what they need.")
            case AnswerKind.REFUSED if self.refusal_reason.data is None:
                return "refusal_reason", _l("Choose the reason they gave.")
            case AnswerKind.WAIT if not _is_our_time(self.until_on.data):
                return "until_on", _l("Choose the day until which they ask us to wait.")
            case AnswerKind.FEE if not self.fee.data:
                return "fee", _l("Write an amount, for example 35.00.")
        return None

    def _wrong_code(self) -> tuple[str, object] | None:
        """A code typed by hand is typed twice: one wrong digit costs a try."""
        if not self.code.data:
            return None if self.text.data else ("code", _l("Write the code, or paste their answer."))
        try:
            self.code.data = as_entered(self.code.data)
        except Refused as no:
            return "code", say(no.text)
        again = "".join((self.code_again.data or "").split()).replace("-", "").upper()
        if again != self.code.data:
            return "code_again", _l("The two codes are not the same. Look at the answer again.")
        return None


def _is_our_time(day: date | None) -> bool:
    return day is not None and 2020 <= day.year < 2100


class MarkForm(CreatingForm):
    """Send the mail that was looked at."""

    seen = StringField(validators=[InputRequired(), Length(max=64)])
