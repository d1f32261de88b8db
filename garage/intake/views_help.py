"""Help while numbers are typed: a piece of the page that says what is odd about them."""

from flask import render_template
from flask.typing import ResponseReturnValue

from garage.intake.blueprint import bp
from garage.intake.forms import HelpForm
from garage.intake.second_look import SecondLook, second_look
from garage.intake.views_show import find_job
from garage.web.current import catalogue, read


@bp.post("/numbers/help")
def help_numbers() -> ResponseReturnValue:
    """What can be said about the numbers so far. Nothing is kept."""
    form = HelpForm()
    look, vehicle = SecondLook(), None
    if form.validate():
        vehicle = find_job(read(), form.job.data).vehicle if form.job.data else None
        look = second_look(read(), catalogue(), form.to_numbers(), vehicle)
    return render_template("intake/_help.html", look=look, vehicle=vehicle)
