"""The forms around a customer's message: the text itself, and what of it goes with the car."""

import unicodedata

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from garage.domain.answer_text import LONGEST_TEXT
from garage.web.forms import CreatingForm, Form, WholeNumber


def without_controls(text: str | None) -> str:
    """Pasted mails carry tabs and worse: each becomes a space, so that places in the text stay right."""
    lines = "\n".join((text or "").splitlines())
    return "".join(
        " " if unicodedata.category(letter) in {"Cc", "Cs", "Co"} and letter != "\n" else letter
        for letter in lines
    )


class MessageForm(Form):
    """What a customer wrote."""

    text = TextAreaField(
        _l("What the customer wrote"),
        filters=[without_controls],
        validators=[
            DataRequired(_l("Paste the message first.")),
            Length(max=LONGEST_TEXT, message=_l("This is too long. Paste the part about the radio.")),
        ],
    )


class FromMessageForm(Form):
    """What was found in a message and goes with the car that is taken in."""

    make = HiddenField(validators=[Length(max=40)])
    model = HiddenField(validators=[Length(max=60)])
    year = HiddenField(validators=[Length(max=4)])
    radio_model = HiddenField(validators=[Length(max=60)])
    serial_number = HiddenField(validators=[Length(max=40)])
    part_number = HiddenField(validators=[Length(max=40)])
    vin = HiddenField(validators=[Length(max=40)])
    display_text = HiddenField(validators=[Length(max=60)])
    ask_for = HiddenField(validators=[Length(max=60)])  # what was missing, by name
    asked = SubmitField()  # a person has asked the customer for it


class NoteMessageForm(CreatingForm):
    """The message belongs to a car whose job is open."""

    job = WholeNumber(_l("Job number"), validators=[InputRequired(_l("Write the number of the job."))])
    text = HiddenField(filters=[without_controls], validators=[Length(max=LONGEST_TEXT)])
    asked = SubmitField()
