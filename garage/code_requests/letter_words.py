"""The e-mail to a dealer, ready to be opened in the desk's own mail program."""

from urllib.parse import quote

from flask_babel import format_date
from flask_babel import gettext as _

from garage.code_requests.models import CodeRequest


def mail_link(request: CodeRequest) -> str:
    """A mailto: address with subject and text; empty without a dealer's address. Holds no customer and no code."""
    if request.dealer is None or not request.dealer.email:
        return ""
    subject = _("Radio code, our reference %(reference)s", reference=request.reference)
    return f"mailto:{quote(request.dealer.email, safe='@+')}?subject={quote(subject)}&body={quote(_text(request))}"


def _text(request: CodeRequest) -> str:
    job, unit = request.job, request.head_unit
    numbers = [
        (_("Vehicle"), job.vehicle.name),
        (_("VIN"), job.vehicle.vin),
        (_("Radio"), unit.name),
        (_("Radio's serial number"), unit.serial_number),
        (_("Part number"), unit.part_number),
        (_("Is it the radio the car was built with?"), _(request.built_with_this_radio.label)),
    ]
    due = format_date(request.due_on, "d MMMM yyyy") if request.due_on else ""
    lines = [
        _("Dear Sir or Madam,"),
        "",
        _("This car is with us for work that takes its battery off."),
        _("Please tell us the anti-theft code that belongs to its radio."),
        "",
        *(f"{name}: {value}" for name, value in numbers if value),
        "",
        _("Please answer by %(day)s.", day=due) if due else "",
        _("Kind regards"),
        job.site.name,
        job.site.phone,
    ]
    return "\r\n".join(lines)
