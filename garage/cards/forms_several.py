"""Several cards at once, as a form: which radios, on which paper, and the reason where one is asked."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from garage.cards.batches import PrintSeveral
from garage.cards.forms import paper_choices
from garage.cards.papers import card_papers
from garage.web.forms import CreatingForm, Ticks, row_number


def _sheets() -> list[SelectChoice]:
    on_sheets = {paper.value for paper in card_papers() if paper.layout is not None}
    return [choice for choice in paper_choices() if choice.value in on_sheets]


class SeveralForm(CreatingForm):
    """The radios that were ticked; jobs by their numbers, radios by their rows."""

    job = Ticks(_l("Jobs"), coerce=row_number, validate_choice=False)
    radio = Ticks(_l("Radios"), coerce=row_number, validate_choice=False)
    paper = SelectField(_l("Which paper?"), choices=_sheets, default="avery-c32011")
    reason = StringField(_l("In one sentence: why?"), validators=[Length(max=300)])

    def to_command(self, printer_id: int | None) -> PrintSeveral:
        """The command."""
        return PrintSeveral(
            jobs=tuple(self.job.data or ()),
            radios=tuple(self.radio.data or ()),
            paper=self.paper.data,
            reason=self.reason.data or "",
            printer_id=printer_id,
        )
