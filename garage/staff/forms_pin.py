"""The forms for desk PINs: who is here, and one's own."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from garage.staff.models import Person
from garage.staff.pins import check_pin
from garage.web.forms import Form, read_with


class PinForm(Form):
    """Tap the name, type the PIN."""

    person = RadioField(_l("Your name"), coerce=int, validators=[InputRequired(_l("Tap your name."))])
    pin = PasswordField(_l("Your PIN"), validators=[DataRequired(_l("Type your PIN."))])

    def offer(self, people: Sequence[Person]) -> None:
        """The names to choose from; an only one is chosen already."""
        self.person.choices = [SelectChoice(person.id, person.name) for person in people]
        if len(people) == 1 and self.person.data is None:
            self.person.data = people[0].id


class MyPinForm(Form):
    """A new PIN, typed twice."""

    pin = PasswordField(_l("New PIN"), validators=[DataRequired(_l("Choose four to six digits."))])
    again = PasswordField(_l("PIN once more"), validators=[DataRequired(_l("Type the PIN once more."))])

    def validate_pin(self, field: Field) -> None:
        """Four to six digits, and not among the first that anybody would guess."""
        read_with(lambda: check_pin(field.data))

    def validate_again(self, field: Field) -> None:
        """The same twice."""
        if field.data != self.pin.data:
            raise ValidationError(str(_l("The two PINs are not the same. Type both again.")))
