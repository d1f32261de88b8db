"""The stop before what may be the last try, and what the customer wants when a radio is locked for good."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.bay.blueprint import bp
from garage.bay.commands import ShowCode
from garage.bay.forms_last_try import ChoiceForm, LastTryForm, WhoLooks
from garage.bay.last_try import NotTheSame, is_written_down
from garage.bay.left import show_on_call
from garage.bay.locked import choice_of, note_choice
from garage.bay.models import LockedChoice
from garage.bay.queries import may_enter
from garage.bay.trying import Shown, show_code
from garage.bay.views_battery import page_they_came_from
from garage.bay.views_call import call_form, call_sheet
from garage.bay.views_codes import codes_page, find_code, outcome_form, shown_page
from garage.domain.secrecy import check_may_see
from garage.domain.text import Refused
from garage.domain.trying import Instead, MayTry
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.intake.views_show import find_job
from garage.radios.models import RadioCode
from garage.staff.limits import WRONG_PASSWORDS, limiter, this_person, was_wrong
from garage.staff.second_person import is_that_person, who_else
from garage.staff.signed_in import by, is_fresh, may_open, me
from garage.web.current import catalogue, close_reading, database, now, read, transaction


@bp.get("/jobs/<int:number>/codes/<int:code_id>/last-try")
def last_try(number: int, code_id: int) -> ResponseReturnValue:
    """Stop: label, number and code once more, and who looks as well."""
    job = _job_here_or_to_call(number)
    form = LastTryForm(why_again=request.args.get("why", ""))
    return last_try_page(job, find_code(job, code_id), form)


@bp.post("/jobs/<int:number>/codes/<int:code_id>/last-try")
@limiter.limit(WRONG_PASSWORDS, key_func=this_person, deduct_when=was_wrong)
def go_ahead(number: int, code_id: int) -> ResponseReturnValue:
    """Number and code are the same, and somebody says that it is worth it: show the code."""
    job = _job_here_or_to_call(number)
    code, form = find_code(job, code_id), LastTryForm()
    form.with_code = is_written_down(code)
    if not form.validate():
        return last_try_page(job, code, form, 422)
    if form.who.data is WhoLooks.TWO:
        who = me()
        close_reading()  # the slow hash needs no database
        if not is_that_person(database(), who, form.second.data, form.secret.data, now()):
            form.secret.errors = [_("This is not right. After five wrong PINs the password is needed.")]
            job = find_job(read(), number)
            return last_try_page(job, find_code(job, code_id), form, 422)
    command = ShowCode(why_again=form.why, fresh=is_fresh(), look=form.to_command())
    try:
        shown = _show(number, code_id, command)
    except Refused as no:
        form.refuse(no, no.field if isinstance(no, NotTheSame) else "")
        job = find_job(read(), number)
        status = 422 if isinstance(no, NotTheSame) else 409
        return last_try_page(job, find_code(job, code_id), form, status)
    job = find_job(read(), number)
    if job.left_at is not None:
        return call_sheet(job, result=call_form(job, command), shown=shown, code_id=code_id)
    return shown_page(job, find_code(job, code_id), outcome_form(job, form.why_again.data or ""), shown=shown)


def _job_here_or_to_call(number: int) -> Job:
    """The job; the code of a car that left is only for those who call its customer."""
    job = find_job(read(), number)
    if job.left_at is not None and not may_open("bay.call"):
        abort(403)
    return job


def _show(number: int, code_id: int, command: ShowCode) -> Shown:
    """The code: in the bay, or for a car that left by the rules of its call sheet."""
    with transaction() as session:
        job = find_job(session, number)
        show = show_code if job.left_at is None else show_on_call
        return show(session, job, find_code(job, code_id), command, catalogue(), by())


def last_try_page(job: Job, code: RadioCode, form: LastTryForm, status: int = 200) -> ResponseReturnValue:
    """The page; where no try is allowed at all, the page of codes says why."""
    try:
        may = _stop_for(job, code, form)
    except Refused as no:
        return codes_page(job, refusal=no.text, status=409)
    if may is None:
        return redirect(url_for("bay.codes", number=job.number), 303)
    others = who_else(read(), me())
    form.second.choices = [(person.id, person.name) for person in others]
    form.with_code = is_written_down(code)
    page = render_template("bay/last_try.html", job=job, code=code, form=form, may=may, others=others)
    return page, status


def _stop_for(job: Job, code: RadioCode, form: LastTryForm) -> MayTry | None:
    """What is known about the try ahead; None where it is not the last one. Refused as showing it would be."""
    check_may_see(code_view(read(), job, is_fresh()))
    may = may_enter(read(), job, catalogue(), code, form.why, now(), looked_again=True)
    return may if may is not None and may.may_be_last else None


@bp.post("/jobs/<int:number>/instead")
def instead(number: int) -> ResponseReturnValue:
    """The customer was asked what they want instead."""
    form = ChoiceForm()
    if not form.validate():
        return codes_page(find_job(read(), number), status=422)
    with transaction() as session:
        note_choice(session, find_job(session, number), form.choice.data, by())
    return redirect(page_they_came_from(number), 303)


@bp.app_template_global("locked_choice")
def locked_choice(job: Job) -> LockedChoice | None:
    """What the customer of a job with a locked radio wants, for any page that shows the job."""
    return choice_of(read(), job)


bp.add_app_template_global(Instead, "INSTEAD")
