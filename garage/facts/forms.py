"""The forms of the pages about makes: a display to look up, a fact to correct."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from garage.domain.catalogue import Confidence
from garage.facts.correcting import Typed
from garage.facts.row_text import read_row_text
from garage.web.forms import CreatingForm, EditingForm, Form, Money, select


class DisplayForm(Form):
    """What a radio shows, and of which make it is."""

    text = StringField(
        _l("What does the display show?"),
        validators=[DataRequired(_l("Type what the display shows.")), Length(max=60)],
    )
    make = StringField(_l("Make of the car"), validators=[Length(max=40)])


AMOUNT = [InputRequired(_l("Write an amount, for example 35.00."))]


class PriceForm(Form):
    """What a code would cost, and what the radio is worth."""

    quoted = Money(_l("Price of the code"), validators=AMOUNT)
    value = Money(_l("What such a radio costs used"), validators=AMOUNT)


class FactLines(Form):
    """A row as lines, how sure it is, and who says so."""

    text = TextAreaField(
        _l("What is known"), validators=[DataRequired(_l("Write at least one line.")), Length(max=4000)]
    )
    confidence = select(
        _l("How sure is it?"), Confidence, validators=[InputRequired(_l("Choose how sure it is."))]
    )
    source = StringField(
        _l("Source: who says so, since when?"),
        validators=[DataRequired(_l("Write who says so, and since when.")), Length(max=200)],
    )

    def typed(self) -> Typed:
        """What was written; Refused where the lines cannot be read."""
        sure = self.confidence.data if "confidence" in self else None
        return Typed(read_row_text(self.text.data), sure, self.source.data)


class FactForm(EditingForm, FactLines):
    """A fact that stands in the program, corrected."""


class NewFactForm(CreatingForm, FactLines):
    """A fact that stands nowhere yet."""


class SwitchForm(EditingForm):
    """A correction, switched off or on."""
