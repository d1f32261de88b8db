"""Printers, as forms: which paper lies in one, and what the ruler said about its calibration page."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from garage.cards.layouts import sheet_layouts
from garage.cards.printers import AddPrinter, MeasurePrinter
from garage.domain.measuring import Measured
from garage.domain.sheet_layout import PrinterProfile
from garage.web.forms import CreatingForm, EditingForm
from garage.web.say import say


def _layouts() -> list[SelectChoice]:
    groups = {True: say(_l("Sheets and labels")), False: say(_l("Others"))}
    return [
        SelectChoice(layout.id, layout.name, optgroup=groups[layout.confirmed])
        for layout in sheet_layouts().values()
    ]


class Millimetres(DecimalField):
    """A measured length; a comma is a point as well."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        write = [InputRequired(_l("Write what the ruler says, in millimetres.")), NumberRange(-999, 999)]
        super().__init__(label, places=None, validators=write, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number; a ValueError's sentence stands beside the field."""
        super().process_formdata([text.replace(",", ".") for text in valuelist])


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

    across = Millimetres(_l("The ruler across is this long"))
    down = Millimetres(_l("The ruler down is this long"))
    left = Millimetres(_l("From the left edge to the cross"))
    top = Millimetres(_l("From the upper edge to the cross"))

    @property
    def measured(self) -> Measured:
        """The four lengths."""
        four = (self.across.data, self.down.data, self.left.data, self.top.data)
        return Measured(*(float(length) for length in four))


class NumbersForm(EditingForm):
    """The four numbers themselves, where somebody knows them."""

    right_mm = Millimetres(_l("To the right, mm"))
    down_mm = Millimetres(_l("Down, mm"))
    scale_x = Millimetres(_l("Width, 1 = as drawn"))
    scale_y = Millimetres(_l("Height, 1 = as drawn"))

    def to_command(self) -> MeasurePrinter:
        """The command. Refused for numbers that no sound printer needs."""
        profile = PrinterProfile(
            right_mm=float(self.right_mm.data),
            down_mm=float(self.down_mm.data),
            scale_x=float(self.scale_x.data),
            scale_y=float(self.scale_y.data),
        )
        return MeasurePrinter(self.version.data, profile)
