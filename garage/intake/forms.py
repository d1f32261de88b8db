"""The desk's forms: what was typed becomes commands, or a sentence beside the field."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    Email,
    InputRequired,
    Length,
    NumberRange,
    Optional,
)

from garage.domain.clearance import Ground, Plea
from garage.domain.job import Elsewhere, ReadHow, Work, YesNo
from garage.domain.serial_number import SHORTEST, normalise
from garage.domain.vin import read_chassis_number, read_vin
from garage.intake.commands import CorrectCar, RecordRadio
from garage.intake.second_look import Numbers
from garage.web.forms import EditingForm, Form, WholeNumber, radio, read_with, select


class CarNumbers(Form):
    """VIN or, for an older car, its shorter chassis number."""

    vin = StringField(_l("VIN"), validators=[Optional(), Length(max=40)])
    chassis_reason = StringField(
        _l("Older car with a shorter number: write why"), validators=[Optional(), Length(max=120)]
    )

    def validate_vin(self, field: StringField) -> None:
        """Read the VIN; the sentence says the likely reading, nothing is changed silently."""
        field.data = read_with(lambda: self.read_number(field.data))

    def read_number(self, text: str) -> str:
        """The number in its normal form. Refused when it is neither a VIN nor excused by a reason."""
        if self.chassis_reason.data:
            return read_chassis_number(text, self.chassis_reason.data)
        return read_vin(text).text


class SerialTwice(Form):
    """A radio's serial number, typed twice: one wrong letter makes another radio's code."""

    serial_number = StringField(_l("Serial number of the radio"), validators=[Optional(), Length(max=40)])
    serial_again = StringField(_l("Serial number once more"), validators=[Optional(), Length(max=40)])

    def serial_problem(self) -> str:
        """What is wrong with the two, or an empty text."""
        first, second = normalise(self.serial_number.data or ""), normalise(self.serial_again.data or "")
        if first == second:
            if (self.serial_number.data or self.serial_again.data) and len(first) < SHORTEST:
                return str(_l("A serial number has at least four letters or digits."))
            return ""
        place = next((n for n, (a, b) in enumerate(zip(first, second, strict=False), 1) if a != b), None)
        if place is None:
            return str(_l("The two serial numbers are not equally long. Read both again."))
        return str(_l("The two serial numbers differ at character %(place)d. Read both again.", place=place))


class HelpForm(Form):
    """The numbers as they stand in a page's fields, half typed or whole."""

    vin = StringField(validators=[Length(max=40)])
    chassis_reason = StringField(validators=[Length(max=120)])
    make = StringField(validators=[Length(max=40)])
    serial_number = StringField(validators=[Length(max=40)])
    part_number = StringField(validators=[Length(max=40)])
    radio_make = StringField(validators=[Length(max=40)])
    typing = StringField(validators=[Length(max=40)])
    job = WholeNumber(validators=[Optional()])

    def to_numbers(self) -> Numbers:
        """What is looked at."""
        return Numbers(
            vin=self.vin.data or "",
            old_car=bool(self.chassis_reason.data),
            make=self.make.data or "",
            serial_number=self.serial_number.data or "",
            part_number=self.part_number.data or "",
            radio_make=self.radio_make.data or "",
            typing=self.typing.data or "",
        )


class RadioForm(EditingForm, CarNumbers, SerialTwice):
    """The numbers of car and radio, read at the car."""

    make = StringField(_l("Make of the car"), validators=[Length(max=40)])
    model = StringField(_l("Model"), validators=[Length(max=60)])
    year = WholeNumber(
        _l("Year"), validators=[Optional(), NumberRange(1950, 2100, _l("Write the year in four digits."))]
    )
    radio_make = StringField(_l("Make of the radio"), validators=[Length(max=40)])
    radio_model = StringField(_l("Model of the radio"), validators=[Length(max=60)])
    part_number = StringField(_l("Part number"), validators=[Length(max=40)])
    read_how = select(
        _l("Where was the number read?"), [how for how in ReadHow if how is not ReadHow.ON_FILE]
    )
    built_with_this_radio = radio(
        _l("Is it the radio the car was built with?"), YesNo, default=YesNo.UNKNOWN, validators=[Optional()]
    )
    display_text = StringField(_l("What does the display show now?"), validators=[Length(max=60)])
    elsewhere = radio(_l("Where is the radio from?"), Elsewhere, validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that both serial numbers are the same."""
        good = bool(super().validate(extra_validators))
        if problem := self.serial_problem():
            self.serial_again.errors = [*self.serial_again.errors, problem]
            return False
        return good

    def to_command(self) -> RecordRadio:
        """The command."""
        return RecordRadio(
            vin=self.vin.data or "",
            chassis_reason=self.chassis_reason.data or "",
            make=self.make.data or "",
            model=self.model.data or "",
            year=self.year.data,
            serial_number=normalise(self.serial_number.data or ""),
            radio_make=self.radio_make.data or "",
            radio_model=self.radio_model.data or "",
            part_number=self.part_number.data or "",
            read_how=self.read_how.data,
            built_with_this_radio=self.built_with_this_radio.data or YesNo.UNKNOWN,
            display_text=self.display_text.data or "",
            version=self.version.data,
            elsewhere=self.elsewhere.data,
        )


class YesForm(EditingForm):
    """One of the honest exits, with its sentence."""

    ground = radio(_l("Why may it come off?"), Ground, validators=[InputRequired(_l("Choose one."))])
    sentence = TextAreaField(_l("In one sentence"), validators=[Length(max=300)])
    who_said = StringField(_l("Who said yes?"), validators=[Length(max=120)])
    how = StringField(_l("How? In the shop, by phone, in writing …"), validators=[Length(max=120)])
    heard_by = StringField(_l("Who of us heard it?"), validators=[Length(max=120)])

    def to_plea(self) -> Plea:
        """The plea that the one decision judges."""
        return Plea(
            ground=self.ground.data,
            sentence=self.sentence.data or "",
            who_said=self.who_said.data or "",
            how=self.how.data or "",
            heard_by=self.heard_by.data or "",
        )


class ReasonForm(Form):
    """A step that needs one sentence."""

    reason = StringField(
        _l("In one sentence: why?"), validators=[DataRequired(_l("Write one sentence.")), Length(max=300)]
    )


class MergeForm(EditingForm, ReasonForm):
    """Two entries become one; `version` is that of the entry that stays."""

    gone_version = HiddenField(
        validators=[InputRequired()], filters=[lambda text: int(text) if text else None]
    )

    @property
    def versions(self) -> tuple[int, int]:
        """The versions that the person was looking at: of the entry that stays and of the one that goes."""
        return self.version.data, self.gone_version.data


class CarForm(EditingForm):
    """Customer and car, corrected."""

    customer_name = StringField(
        _l("Customer"), validators=[DataRequired(_l("Write the customer's name.")), Length(max=120)]
    )
    phone = StringField(_l("Phone"), validators=[Length(max=60)])
    email = StringField(
        _l("E-mail"),
        validators=[Optional(), Length(max=120), Email(_l("This e-mail address cannot be right."))],
    )
    registration = StringField(_l("Registration"), validators=[Length(max=20)])
    make = StringField(_l("Make of the car"), validators=[Length(max=40)])
    model = StringField(_l("Model"), validators=[Length(max=60)])
    year = WholeNumber(
        _l("Year"), validators=[Optional(), NumberRange(1950, 2100, _l("Write the year in four digits."))]
    )
    work = select(_l("What is being done"), Work)
    own_number = StringField(_l("Your own job number"), validators=[Length(max=40)])

    def to_command(self) -> CorrectCar:
        """The command."""
        return CorrectCar(
            customer_name=self.customer_name.data,
            phone=self.phone.data or "",
            email=self.email.data or "",
            registration=self.registration.data or "",
            make=self.make.data or "",
            model=self.model.data or "",
            year=self.year.data,
            work=self.work.data,
            own_number=self.own_number.data or "",
            version=self.version.data,
        )
