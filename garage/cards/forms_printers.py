"""Printers, as forms: which paper lies in one, and what the ruler said about its calibration page."""

from contextlib import suppress
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from garage.cards.layouts import sheet_layouts
from garage.cards.printers import AddPrinter, MeasurePrinter
from garage.domain.measuring import Measured
from garage.domain.sheet_layout import RULER, PrinterProfile
from garage.web.forms import CreatingForm, EditingForm
from garage.web.say import say


def _layouts() -> list[SelectChoice]:
    groups = {True: say(_l("Sheets and labels")), False: say(_l("Others"))}
    return [
        SelectChoice(layout.id, layout.name, optgroup=groups[layout.confirmed])
        for layout in sheet_layouts().values()
    ]


class Millimetres(DecimalField):
    """A measured length; a comma is a point as well, "mm" may stand behind it, and empty is the usual value."""

    wanted = _l("Write a length in millimetres.")

    def __init__(self, label: Any, **kwargs: Any) -> None:
        within = NumberRange(-999, 999, self.wanted)
        super().__init__(label, places=None, validators=[Optional(), within], **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; what is none leaves nothing, so that the range says what is wanted."""
        plain = [text.replace(",", ".").replace("−", "-").strip().removesuffix("mm") for text in valuelist]
        with suppress(ValueError):
            super().process_formdata(plain)

    def number(self, usual: float) -> float:
        """What was measured."""
        return usual if self.data is None else float(self.data)


class Scale(Millimetres):
    """How many times as wide or high as drawn."""

    wanted = _l("Write a number such as 1.002.")


class PrinterForm(CreatingForm):
    """A printer and its paper."""

    name = StringField(
        _l("Printer"),
        validators=[
            DataRequired(_l("Write what you call it, for example “Front desk, lower tray”.")),
            Length(max=40, message=_l("Use at most 40 letters.")),
        ],
    )
    layout = SelectField(_l("Paper in it"), choices=_layouts)

    def to_command(self) -> AddPrinter:
        """The command."""
        return AddPrinter(self.name.data, self.layout.data)


class RulerForm(EditingForm):
    """What the ruler says about the calibration page."""

    across = Millimetres(_l("Ruler across, mm"))
    down = Millimetres(_l("Ruler down, mm"))
    to_the_right = Millimetres(_l("Outlines must move to the right, mm"))
    downwards = Millimetres(_l("Outlines must move down, mm"))

    @property
    def measured(self) -> Measured:
        """The four lengths."""
        return Measured(
            across=self.across.number(RULER),
            down=self.down.number(RULER),
            to_the_right=self.to_the_right.number(0.0),
            downwards=self.downwards.number(0.0),
        )


class NumbersForm(EditingForm):
    """The four numbers themselves, where somebody knows them."""

    right_mm = Millimetres(_l("To the right, mm"))
    down_mm = Millimetres(_l("Down, mm"))
    scale_x = Scale(_l("Width, 1 = as drawn"))
    scale_y = Scale(_l("Height, 1 = as drawn"))

    def to_command(self) -> MeasurePrinter:
        """The command. Refused for numbers that no sound printer needs."""
        profile = PrinterProfile(
            right_mm=self.right_mm.number(0.0),
            down_mm=self.down_mm.number(0.0),
            scale_x=self.scale_x.number(1.0),
            scale_y=self.scale_y.number(1.0),
        )
        return MeasurePrinter(self.version.data, profile)
