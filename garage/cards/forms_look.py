"""How cards look, as forms: colour, footer, barcode, usual paper, logo, and who read a language."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from garage.cards.forms import letters_our_fonts_have, paper_choices
from garage.cards.look import WriteLook
from garage.cards.papers import card_papers
from garage.domain.card import CardColour
from garage.domain.radio_pass import LONGEST_FOOTER
from garage.web.forms import EditingForm, Form, radio


def _usual_choices() -> list[SelectChoice]:
    cards = {paper.value for paper in card_papers() if paper.is_card}
    return [choice for choice in paper_choices() if choice.value in cards]


class LookForm(EditingForm):
    """What the garage chooses for its cards; nothing else on them is written by people."""

    colour = radio(_l("Colour"), CardColour)
    footer = StringField(
        _l("Line at the foot"),
        validators=[
            Length(max=LONGEST_FOOTER, message=_l("Use at most 60 letters: that is what fits.")),
            letters_our_fonts_have,
        ],
    )
    barcode = BooleanField(_l("Print the card number as a barcode too"))
    paper = SelectField(_l("Usual paper"), choices=_usual_choices)

    def to_command(self) -> WriteLook:
        """The command."""
        return WriteLook(
            version=self.version.data,
            colour=self.colour.data,
            footer=self.footer.data or "",
            barcode=bool(self.barcode.data),
            paper=self.paper.data,
        )


class LogoForm(Form):
    """A logo to print."""

    logo = FileField(_l("Logo (PNG or JPEG)"), validators=[FileRequired(_l("Choose a picture first."))])


class LanguageForm(Form):
    """Who has read the texts of a language."""

    read_by = StringField(
        _l("Who has read it?"),
        validators=[
            DataRequired(_l("Write who has read the texts: somebody who speaks the language.")),
            Length(max=60),
        ],
    )
