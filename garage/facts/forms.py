"""The forms of the pages about makes: a display to look up."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from garage.web.forms import Form


class DisplayForm(Form):
    """What a radio shows, and of which make it is."""

    text = StringField(
        _l("What does the display show?"),
        validators=[DataRequired(_l("Type what the display shows.")), Length(max=60)],
    )
    make = StringField(_l("Make of the car"), validators=[Length(max=40)])
