"""The text of a reminder, in the language of whoever is reminded."""

from flask_babel import force_locale, format_date
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest
from garage.domain.chasing import Chase
from garage.outbox.mail import Mail


def reminder(session: Session, request: CodeRequest, step: Chase) -> Mail:
    """The reminder for this step; it names radio and reference, never the customer. Needs an app context."""
    dealer, site = request.dealer, request.job.site
    assert dealer is not None  # a customer is never written to
    with force_locale(dealer.language):
        asked = format_date(request.sent_at, "d MMMM yyyy")
        number = _("Radio's serial number")
        lines = [
            _("Dear Sir or Madam,"),
            "",
            _(
                "On %(day)s we asked you for the anti-theft code of a radio and have no answer yet.",
                day=asked,
            ),
            _("This is our second reminder.") if step is Chase.SECOND else "",
            _("Please tell us the code, or what you still need for it."),
            "",
            f"{_('Our reference')}: {request.reference}",
            f"{number}: {request.head_unit.serial_number}",
            "",
            _("Kind regards"),
            site.name,
            site.phone,
        ]
        subject = _("Reminder: radio code, our reference %(reference)s", reference=request.reference)
        return Mail(dealer.email, subject, "\n".join(lines), reply_to=site.email)
