"""Printing, as forms: which paper, what stands on the card, and the reason where one is asked."""

from collections.abc import Iterable
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from garage.cards.actions import FOR_A_JOB, FOR_A_REQUEST, PrintCard
from garage.cards.layouts import sheet_layouts
from garage.cards.life import CardWish, HandOverCard
from garage.cards.models import Printer
from garage.cards.papers import BARE_CARD, HAND_OVER, LARGE_PRINT, card_papers
from garage.cards.rules import Plea
from garage.domain.card_life import Driver
from garage.domain.open_sheet import CameOut
from garage.domain.paper_kind import PaperKind
from garage.domain.radio_pass import LONGEST_OWN_WORDS, letter_no_font_has
from garage.web.forms import CreatingForm, Form, Ticks, radio
from garage.web.say import label, say


def _paper(text: Any) -> PaperKind | None:
    return text if text is None or isinstance(text, PaperKind) else PaperKind(text)


class AgainForm(CreatingForm):
    """Print the same paper once more."""

    reason = StringField(_l("In one sentence: why?"), validators=[Length(max=300)])


class PrintForm(AgainForm):
    """Print a paper about a job or a request."""

    kind = RadioField(
        _l("Which paper?"), coerce=_paper, choices=[], validators=[InputRequired(_l("Choose a paper."))]
    )

    def offer(self, kinds: tuple[PaperKind, ...]) -> None:
        """Which papers may be chosen here."""
        self.kind.choices = [SelectChoice(kind.value, say(kind.label)) for kind in kinds]


def job_form(**fields: Any) -> PrintForm:
    """The form of a job's papers."""
    form = PrintForm(**fields)
    form.offer(FOR_A_JOB)
    return form


def request_form() -> PrintForm:
    """The form of a request's papers, as it was sent."""
    form = PrintForm()
    form.offer(FOR_A_REQUEST)
    return form


def paper_choices() -> list[SelectChoice]:
    """Every paper for a card, those of our own and the confirmed sheets in front."""
    own = {HAND_OVER, BARE_CARD, LARGE_PRINT}
    groups = {True: _l("Sheets and labels"), False: _l("Others: print the calibration page first")}
    return [
        SelectChoice(
            paper.value,
            label(paper.name),
            optgroup=None if paper.value in own or paper.layout is None else groups[paper.layout.confirmed],
        )
        for paper in card_papers()
    ]


def own_name(code: str) -> str:
    """A language as its speakers call it."""
    return (Locale.parse(code).get_display_name(code) or code).capitalize()


def language_choices(languages: Iterable[str]) -> list[SelectChoice]:
    """Languages by their own names."""
    return [SelectChoice(code, own_name(code)) for code in languages]


def printer_choices(printers: Iterable[Printer]) -> list[SelectChoice]:
    """These printers behind the usual choice, those with the same paper together."""
    papers = {layout.id: layout.name for layout in sheet_layouts().values()}
    return [
        SelectChoice("", _l("The one used last for this paper")),
        *(
            SelectChoice(str(one.id), one.name, optgroup=papers[one.layout_id])
            for one in sorted(printers, key=lambda one: one.layout_id)
            if one.layout_id in papers
        ),
    ]


class MayChoose(SelectField):
    """What may be left out: the choices are looked up only to be shown, or to be compared with a chosen one."""

    def pre_validate(self, form: Any) -> None:
        """Compare where something was chosen; a language may be switched off while the page lies open."""
        if not self.data:
            return
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(_("This is not offered any more. Choose another.")) from None


def letters_our_fonts_have(_form: Any, field: StringField) -> None:
    """Refuse letters that would come out as boxes."""
    if letter := letter_no_font_has(field.data or ""):
        raise ValidationError(
            _(
                "“%(letter)s” cannot be printed. Use Latin, Greek, Cyrillic, Arabic or Hebrew letters.",
                letter=letter,
            )
        )


class CardForm(AgainForm):
    """Print a card: on which paper, for which driver, in which language, with which words of the customer."""

    paper = SelectField(_l("Which paper?"), choices=paper_choices, default=HAND_OVER)
    place = RadioField(_l("Place on the sheet"), choices=[], default="", validate_choice=False)
    driver = radio(_l("Whose card?"), Driver, default=Driver.FIRST)
    language = MayChoose(_l("Language"), choices=[])
    own_words = StringField(
        _l("What the customer calls the car"),
        validators=[
            Length(max=LONGEST_OWN_WORDS, message=_l("Use at most 24 letters: that is what fits on a card.")),
            letters_our_fonts_have,
        ],
    )
    printer = MayChoose(_l("Printer"), choices=[], validators=[Optional()])

    def validate_printer(self, field: MayChoose) -> None:
        """A printer was measured with one kind of paper: its numbers are wrong for any other."""
        layout = sheet_layouts().get(self.paper.data)
        holds = next((one.optgroup for one in field.choices if one.value == field.data), None)
        if layout is not None and holds not in {None, layout.name}:
            raise ValidationError(_("This printer holds other paper: %(paper)s.", paper=holds))

    @property
    def places(self) -> tuple[int, ...]:
        """The chosen place of the chosen paper's sheet, counted from 0; empty: the next free one."""
        layout, _, place = (self.place.data or "").rpartition(":")
        is_place = place.isdecimal() and len(place) <= 3
        return (int(place),) if layout == self.paper.data and is_place else ()

    def to_command(self, printer_id: int | None, *, is_fresh: bool) -> PrintCard:
        """The command, on the printer that the browser remembers or that was chosen."""
        wish = CardWish(
            driver=self.driver.data or Driver.FIRST,
            language=self.language.data if self.language.raw_data else None,
            own_words=self.own_words.data if self.own_words.raw_data else None,
        )
        return PrintCard(
            paper=self.paper.data,
            plea=Plea(self.reason.data or "", is_fresh),
            wish=wish,
            places=self.places,
            printer_id=printer_id,
        )


class HandOverForm(Form):
    """Who took the card."""

    handed_to = StringField(
        _l("Who takes it?"),
        validators=[DataRequired(_l("Write who takes the card.")), Length(max=60)],
    )
    papers_seen = BooleanField(_l("I have seen the car's papers"))

    def to_command(self) -> HandOverCard:
        """The command."""
        return HandOverCard(self.handed_to.data, bool(self.papers_seen.data))


class CameOutForm(CreatingForm):
    """How a sheet came out."""

    came_out = radio(_l("Did it come out right?"), CameOut, validators=[InputRequired(_l("Choose one."))])
    good = Ticks(_l("Tick the good ones"), coerce=int, validate_choice=False)
