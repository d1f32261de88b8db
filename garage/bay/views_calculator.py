"""The calculator's page inside a job, and the owner's list of who used it often."""

from datetime import timedelta

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.bay.blueprint import bp
from garage.bay.calculator import calculate, calculation_for, check_may_calculate, worked_out_often
from garage.bay.forms_calculator import CalculatorForm
from garage.bay.queries import limit_of, steps_to_enter
from garage.domain.lock_out import waiting_steps
from garage.domain.text import Refused
from garage.intake.models import Job
from garage.intake.views_show import find_job
from garage.staff.forms_once import answer_once
from garage.staff.limits import limiter
from garage.staff.signed_in import by, me, person
from garage.web.current import catalogue, now, read, transaction

AT_MOST = "10 per hour"
LOOK_BACK = timedelta(days=90)


def who_asks() -> str:
    """Everybody is counted alone."""
    who = person()
    return f"calculator:{who.id if who else 0}"


@bp.app_template_global("calculator_for")
def applies(job: Job) -> bool:
    """Whether the facts know a calculation for the car of this job, and the job can still use it."""
    unit = job.head_unit
    usable = job.is_open and unit is not None and unit.locked_for_good_at is None
    return usable and calculation_for(job, catalogue()) is not None


@bp.get("/jobs/<int:number>/calculator")
def calculator(number: int) -> ResponseReturnValue:
    """What to know before, then one number typed twice; or the sentence that says what is missing."""
    return calculator_page(find_job(read(), number), CalculatorForm(formdata=None))


@bp.post("/jobs/<int:number>/calculator")
@limiter.limit(AT_MOST, key_func=who_asks)
def work_out(number: int) -> ResponseReturnValue:
    """Work the code out; it becomes a code to try and is shown like every other code."""
    form = CalculatorForm()
    if not form.validate():
        return calculator_page(find_job(read(), number), form, 422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _work_out(session, number, form))
    except Refused as no:
        form.refuse(no, "number")
        return calculator_page(find_job(read(), number), form, 409)
    flash(_("A code to try is on file. It is unconfirmed until the radio has accepted it."), "done")
    return redirect(location, 303)


def _work_out(session: Session, number: int, form: CalculatorForm) -> str:
    calculate(session, find_job(session, number), form.number.data, catalogue(), by())
    return url_for("bay.codes", number=number)


def calculator_page(job: Job, form: CalculatorForm, status: int = 200) -> ResponseReturnValue:
    """The page; where something stands against it, that sentence alone. 404 where no calculation is known."""
    if calculation_for(job, catalogue()) is None:
        abort(404)
    refusal = fact = None
    try:
        fact = check_may_calculate(read(), job, catalogue()).fact
    except Refused as no:
        refusal = no.text
    limit = limit_of(job, catalogue())
    page = render_template(
        "bay/calculator.html",
        job=job,
        form=form,
        fact=fact,
        refusal=refusal,
        needs_papers=job.papers_seen_at is None and applies(job),
        limit=limit,
        waiting=waiting_steps(limit),
        steps=steps_to_enter(job, catalogue()),
    )
    return page, status


@bp.get("/calculations")
def calculations() -> ResponseReturnValue:
    """For the owner: who had more than three codes worked out on one day."""
    often = worked_out_often(read(), me().site_id, now() - LOOK_BACK, get_timezone())
    return render_template("bay/calculations.html", often=often)
