"""The forms of the old code book: the file, and which column holds what."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired, NumberRange

from garage.domain.code_book import Column, Layout
from garage.web.forms import CreatingForm, EditingForm, WholeNumber
from garage.web.say import label

NOWHERE = -1


class BookForm(CreatingForm):
    """A file with old codes."""

    book = FileField(_l("The file (CSV or XLSX)"), validators=[FileRequired(_l("Choose the file."))])


def _column(column: Column) -> SelectField:
    return SelectField(label(column), coerce=int)


class ColumnsForm(EditingForm):
    """Which column holds what."""

    registration = _column(Column.REGISTRATION)
    vin = _column(Column.VIN)
    make = _column(Column.MAKE)
    radio = _column(Column.RADIO)
    serial_number = _column(Column.SERIAL_NUMBER)
    code = _column(Column.CODE)
    customer = _column(Column.CUSTOMER)
    begins = WholeNumber(
        _l("The rows begin in line"),
        validators=[InputRequired(_l("Write a line number.")), NumberRange(1, 20_000)],
    )

    def offer(self, columns: Sequence[tuple[int, str]]) -> None:
        """The columns of the file, to choose from."""
        for column in Column:
            self[column.value].choices = [(NOWHERE, "–"), *columns]

    def validate(self, extra_validators: object = None) -> bool:
        """A column holds one thing."""
        good = super().validate(extra_validators)
        taken: set[int] = set()
        for column in Column:
            field = self[column.value]
            if field.data in taken:
                field.errors = [*field.errors, _l("This column was chosen above already.")]
                good = False
            taken |= {field.data} - {NOWHERE}
        return good

    def to_layout(self) -> Layout:
        """Where the rows begin and which column holds what."""
        chosen = {column: self[column.value].data for column in Column}
        begins: int = self.begins.data or 1
        return Layout(begins - 1, {column: place for column, place in chosen.items() if place != NOWHERE})


def columns_form(layout: Layout, version: int) -> ColumnsForm:
    """The form as the columns are matched now."""
    data = {column.value: layout.columns.get(column, NOWHERE) for column in Column}
    return ColumnsForm(formdata=None, version=version, begins=layout.first_row + 1, **data)
