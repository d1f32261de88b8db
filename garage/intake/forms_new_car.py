"""The new-car page's form: one page, one submit, five answers."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateTimeLocalField, RadioField, StringField
from wtforms.validators import DataRequired, Email, InputRequired, Length, Optional, ValidationError

from garage.domain.job import Answer, Gone, SameRadio, WhichCar, WhyNotNeeded, Work
from garage.domain.serial_number import normalise
from garage.intake.commands import TakeIn
from garage.intake.forms import CarNumbers, SerialTwice
from garage.web.current import now
from garage.web.forms import CreatingForm, radio, row_number, select
from garage.web.local_time import to_utc

LONGEST_NAME = 120
YEARS = range(2000, 2100)  # nobody types in paper that is older, or from another century


def _row_or_nobody(text: Any) -> int:
    """The row of a customer who was offered, 0 for somebody else. Raises ValueError."""
    return int(text) and row_number(text)


class NewCarForm(CreatingForm, CarNumbers, SerialTwice):
    """One page, one submit."""

    registration = StringField(_l("Registration"), validators=[Length(max=20)])
    customer_name = StringField(
        _l("Customer"), validators=[DataRequired(_l("Write the customer's name.")), Length(max=LONGEST_NAME)]
    )
    contact = StringField(_l("Phone or e-mail"), validators=[Length(max=LONGEST_NAME)])
    work = select(_l("What is being done"), Work, default=Work.BATTERY)
    own_number = StringField(_l("Your own job number"), validators=[Length(max=40)])
    happened_at = DateTimeLocalField(_l("The car came in at"), validators=[Optional()])
    which_car = radio(_l("Which is right?"), WhichCar, validators=[Optional()])
    same_customer = RadioField(
        _l("Somebody like this is on file. The same person?"),
        coerce=_row_or_nobody,
        validate_choice=False,  # the answers are looked up with what was typed
        validators=[Optional()],
    )
    answer = radio(
        _l("Radio code?"), Answer, validators=[InputRequired(_l("Choose one of the five answers."))]
    )
    why_not_needed = radio(_l("How do you know?"), WhyNotNeeded, validators=[Optional()])
    answer_reason = StringField(_l("In one sentence"), validators=[Length(max=200)])
    same_radio = radio(_l("Same radio?"), SameRadio, validators=[Optional()])
    code = StringField(_l("Code on the card"), validators=[Length(max=12)])
    code_again = StringField(_l("Code once more"), validators=[Length(max=12)])
    gone = radio(_l("What is it?"), Gone, validators=[Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then what the chosen answer stands on."""
        good = bool(super().validate(extra_validators))
        if not (self.registration.data or self.vin.data):
            good = self._wrong(self.registration, _l("Write the registration or the VIN."))
        if "@" in (self.contact.data or ""):
            good = self._check_email() and good
        return self._answer_holds() and good

    def _wrong(self, field: Any, words: Any) -> bool:
        field.errors = [*field.errors, str(words)]
        return False

    def _check_email(self) -> bool:
        try:
            Email(_l("This e-mail address cannot be right."))(self, self.contact)
        except ValidationError as no:
            return self._wrong(self.contact, no)
        return True

    def _answer_holds(self) -> bool:
        match self.answer.data:
            case Answer.NOT_NEEDED if self.why_not_needed.data is None:
                return self._wrong(self.why_not_needed, _l("Choose how you know."))
            case Answer.NOT_NEEDED if (
                self.why_not_needed.data is WhyNotNeeded.OTHER and not self.answer_reason.data
            ):
                return self._wrong(self.answer_reason, _l("Write one sentence that says why."))
            case Answer.ON_FILE if self.same_radio.data is None:
                return self._wrong(self.same_radio, _l("Look at the radio: is it the one on file?"))
            case Answer.LOCKED if self.gone.data is None:
                return self._wrong(self.gone, _l("Choose what it is."))
            case Answer.CARD:
                return self._card_holds()
        return True

    def _card_holds(self) -> bool:
        good = True
        if not self.vin.data:
            good = self._wrong(self.vin, _l("Write the VIN: the code belongs to this car's radio."))
        if not normalise(self.serial_number.data or ""):
            good = self._wrong(self.serial_number, _l("Write the serial number from the card."))
        elif problem := self.serial_problem():
            good = self._wrong(self.serial_again, problem)
        if not (self.code.data or "").isalnum():
            good = self._wrong(self.code, _l("Write the code from the card: digits, or letters and digits."))
        elif self.code.data != self.code_again.data:
            good = self._wrong(self.code_again, _l("The two codes are not the same. Read the card again."))
        return good

    def validate_happened_at(self, field: DateTimeLocalField) -> None:
        """What is typed in later happened before, and not in another century."""
        if field.data is None:  # a browser without a picker sends whatever was typed
            field.errors = []
            raise ValidationError(str(_l("Write day and time like this: 2026-03-02 14:00.")))
        if field.data.year not in YEARS or to_utc(field.data) > now():
            raise ValidationError(str(_l("Write when the car came in: a time that has passed.")))

    def to_command(self) -> TakeIn:
        """The command."""
        contact = self.contact.data or ""
        card = self.answer.data is Answer.CARD
        return TakeIn(
            registration=self.registration.data or "",
            vin=self.vin.data or "",
            chassis_reason=self.chassis_reason.data or "",
            customer_name=self.customer_name.data,
            phone="" if "@" in contact else contact,
            email=contact if "@" in contact else "",
            work=self.work.data,
            own_number=self.own_number.data or "",
            which_car=self.which_car.data,
            answer=self.answer.data,
            why_not_needed=self.why_not_needed.data,
            answer_reason=self.answer_reason.data or "",
            same_radio=self.same_radio.data if self.answer.data is Answer.ON_FILE else None,
            serial_number=normalise(self.serial_number.data) if card else "",
            radio_code=self.code.data.upper() if card else "",
            gone=self.gone.data if self.answer.data is Answer.LOCKED else None,
            customer_id=self.same_customer.data,
            happened_at=to_utc(self.happened_at.data) if self.happened_at.data else None,
        )
