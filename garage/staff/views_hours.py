"""The working hours' page."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.db import SavedMeanwhile
from garage.staff import actions
from garage.staff.blueprint import bp
from garage.staff.forms_hours import HoursForm
from garage.staff.models import Site
from garage.staff.signed_in import by, me
from garage.web.current import read, transaction


@bp.get("/working-hours")
def hours() -> ResponseReturnValue:
    """When somebody is here."""
    return hours_page(hours_form(read()))


def hours_form(session: Session) -> HoursForm:
    """The hours as they are on file now."""
    return HoursForm(formdata=None, obj=session.get_one(Site, me().site_id))


def hours_page(form: HoursForm, status: int = 200) -> ResponseReturnValue:
    """The page."""
    return render_template("staff/hours.html", form=form), status


@bp.post("/working-hours")
def save_hours() -> ResponseReturnValue:
    """Save them; every due time follows from then on."""
    form = HoursForm()
    if not form.validate():
        return hours_page(form, 422)
    try:
        with transaction() as session:
            actions.write_hours(session, by(), form.to_command())
    except SavedMeanwhile as no:
        form.refuse(no)
        form.show_saved_meanwhile(hours_form(read()))
        return hours_page(form, 409)
    flash(_("Saved."), "done")
    return redirect(url_for("staff.hours"), 303)
