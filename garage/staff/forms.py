"""The staff room's forms: signing in, joining, people."""

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from garage.domain.people import Role
from garage.staff.commands import AddPerson, ChangePerson, Presence, SignUp
from garage.staff.names import read_initials, read_sign_in_name
from garage.staff.passwords import check_password, hash_password
from garage.staff.signed_in import HOME_CURRENCIES, HOME_ZONES
from garage.web.forms import CreatingForm, EditingForm, Form, radio, read_with, select


def some_lines(form: Form, field: Field) -> None:
    """Validator: a text of up to four lines."""
    if (field.data or "").count("\n") > 3:
        raise ValidationError(str(_l("Write at most four lines: that is what fits on the paper.")))


class SignInForm(Form):
    """At the door."""

    name = StringField(
        _l("Sign-in name"),
        validators=[DataRequired(_l("Write your sign-in name.")), Length(max=80)],
    )
    password = PasswordField(_l("Password"), validators=[DataRequired(_l("Write your password."))])


class ProveForm(Form):
    """The password once more, before something that matters."""

    password = PasswordField(_l("Your password"), validators=[DataRequired(_l("Write your password."))])


class NewPasswordForm(Form):
    """A new password, typed twice."""

    password = PasswordField(
        _l("Password"), validators=[DataRequired(_l("Choose a password of at least ten characters."))]
    )
    again = PasswordField(
        _l("Password once more"), validators=[DataRequired(_l("Write the password once more."))]
    )

    their_name = ""  # the sign-in name, which the password must not be

    def validate_password(self, field: Field) -> None:
        """Long enough, and not among the first that anybody would guess."""
        read_with(lambda: check_password(field.data, self.their_name))

    def validate_again(self, field: Field) -> None:
        """The same twice."""
        if field.data != self.password.data:
            raise ValidationError(str(_l("The two passwords are not the same. Write both again.")))


class PersonFields(Form):
    """Who somebody is."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Write the name.")),
            Length(max=60, message=_l("Use at most 60 letters.")),
        ],
    )
    initials = StringField(_l("Initials"))

    def validate_initials(self, field: Field) -> None:
        """Read them, or take them from the name."""
        if self.name.data:
            field.data = read_with(lambda: read_initials(field.data or "", self.name.data))


class SignInNameFields(Form):
    """What somebody types to sign in."""

    sign_in_name = StringField(
        _l("Sign-in name"), validators=[DataRequired(_l("Choose a name to sign in with.")), Length(max=40)]
    )

    def validate_sign_in_name(self, field: Field) -> None:
        """Small letters that every keyboard has."""
        field.data = read_with(lambda: read_sign_in_name(field.data))


class SignUpForm(PersonFields, SignInNameFields, NewPasswordForm):
    """The owner, by the first one-time link."""

    def validate_password(self, field: Field) -> None:
        """Not the name chosen in the same form either."""
        self.their_name = self.sign_in_name.data or ""
        super().validate_password(field)

    def to_command(self, language: str) -> SignUp:
        """The command. Hashes the password: call it before the writing session opens."""
        return SignUp(
            name=self.name.data,
            initials=self.initials.data,
            sign_in_name=self.sign_in_name.data,
            password_hash=hash_password(self.password.data),
            language=language,
            time_zone=HOME_ZONES[language],
            currency=HOME_CURRENCIES[language],
        )


class AddPersonForm(CreatingForm, PersonFields, SignInNameFields):
    """Somebody new works here."""

    role = select(_l("What they do here"), Role, default=Role.FRONT_DESK)

    def to_command(self) -> AddPerson:
        """The command."""
        return AddPerson(
            name=self.name.data,
            initials=self.initials.data,
            sign_in_name=self.sign_in_name.data,
            role=self.role.data,
        )


class SecondManagerForm(CreatingForm, PersonFields, SignInNameFields):
    """Who can let people back in when the owner is away."""

    def to_command(self) -> AddPerson:
        """The command."""
        return AddPerson(
            name=self.name.data,
            initials=self.initials.data,
            sign_in_name=self.sign_in_name.data,
            role=Role.MANAGER,
        )


class ChangePersonForm(EditingForm, PersonFields):
    """A person's entry."""

    role = select(_l("What they do here"), Role)
    presence = radio(_l("Still here?"), Presence, validators=[DataRequired(_l("Choose one."))])

    def to_command(self) -> ChangePerson:
        """The command."""
        return ChangePerson(
            version=self.version.data,
            name=self.name.data,
            initials=self.initials.data,
            role=self.role.data,
            presence=self.presence.data,
        )
