"""The form of the calculator: one number, typed twice."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, EqualTo, Length

from garage.web.forms import CreatingForm


class CalculatorForm(CreatingForm):
    """The number on the radio's label; there is no check digit, so a slip makes another radio's code."""

    number = StringField(
        _l("Number on the label"), validators=[DataRequired(_l("Type the number.")), Length(max=20)]
    )
    number_again = StringField(
        _l("Number once more"),
        validators=[
            EqualTo(
                "number", _l("The two numbers are not the same. Read the label again, then type it twice.")
            )
        ],
    )
