"""The page of codes: what was tried before, codes to try, showing one, and what came of it."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.bay.blueprint import bp
from garage.bay.commands import NoteEarlierTries, ShowCode
from garage.bay.forms import AddCodeForm, EarlierTriesForm, OutcomeForm, ShowForm
from garage.bay.queries import (
    is_asking,
    limit_of,
    newest_try,
    said_before,
    shown_now,
    steps_to_enter,
    to_enter,
    tries_of,
)
from garage.bay.trying import OddCode, Shown, add_code_to_try, note_earlier_tries, record_try, show_code
from garage.db import SavedMeanwhile
from garage.domain.job import YesNo
from garage.domain.lock_out import waiting_steps
from garage.domain.text import Refused, Text
from garage.domain.trying import LastTry, Outcome
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.intake.views_show import find_job
from garage.radios.models import RadioCode
from garage.staff.forms_once import answer_once
from garage.staff.journal import By
from garage.staff.signed_in import by, is_fresh
from garage.web.current import catalogue, now, read, transaction


@bp.get("/jobs/<int:number>/codes")
def codes(number: int) -> ResponseReturnValue:
    """Everything about this radio's codes, masked."""
    return codes_page(find_job(read(), number))


@bp.post("/jobs/<int:number>/tried-before")
def tried_before(number: int) -> ResponseReturnValue:
    """Has anyone tried a code already, and what does the display show?"""
    return keep_tries(number, EarlierTriesForm(), note_earlier_tries, codes_page, "bay.codes")


def keep_tries(
    number: int,
    form: EarlierTriesForm,
    note: Callable[[Session, Job, NoteEarlierTries, By], None],
    page: Callable[..., ResponseReturnValue],
    after: str,
) -> ResponseReturnValue:
    """Keep by `note` who tried and go on to the endpoint `after`; else `page` once more with the sentence."""
    if not form.validate():
        return page(find_job(read(), number), earlier=form, status=422)
    try:
        with transaction() as session:
            note(session, find_job(session, number), form.to_command(), by())
    except Refused as no:
        form.refuse(no)
        job = find_job(read(), number)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(earlier_form(job, fresh=True))
        return page(job, earlier=form, status=409)
    return redirect(url_for(after, number=number), 303)


@bp.post("/jobs/<int:number>/codes")
def add_code(number: int) -> ResponseReturnValue:
    """Put a code to try on file."""
    form = AddCodeForm()
    if not form.validate():
        return codes_page(find_job(read(), number), adding=form, status=422)

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _add(session, number, form))
    except OddCode as odd:
        return codes_page(find_job(read(), number), adding=form, doubts=odd.doubts, status=422)
    except Refused as no:
        form.refuse(no)
        return codes_page(find_job(read(), number), adding=form, status=409)
    return redirect(location, 303)


def _add(session: Session, number: int, form: AddCodeForm) -> str:
    add_code_to_try(session, find_job(session, number), form.to_command(), catalogue(), by())
    return url_for("bay.codes", number=number)


@bp.post("/jobs/<int:number>/codes/<int:code_id>/show")
def show(number: int, code_id: int) -> ResponseReturnValue:
    """Show one code, large; put on record that this person saw it. Of a car that left only on its call sheet."""
    if find_job(read(), number).left_at is not None:
        return redirect(url_for("bay.call", number=number), 303)
    form = ShowForm()
    form.validate()
    command = ShowCode(why_again=form.why_again.data, fresh=is_fresh())
    try:
        with transaction() as session:
            job = find_job(session, number)
            shown = show_code(session, job, find_code(job, code_id), command, catalogue(), by())
    except LastTry:
        why = command.why_again.value if command.why_again else None
        return redirect(url_for("bay.last_try", number=number, code_id=code_id, why=why), 303)
    except Refused as no:
        return codes_page(find_job(read(), number), refusal=no.text, status=409)
    job = find_job(read(), number)
    outcome = outcome_form(job, why_again=command.why_again.value if command.why_again else "")
    return shown_page(job, find_code(job, code_id), outcome, shown=shown)


@bp.get("/jobs/<int:number>/codes/<int:code_id>/entered")
def entered(number: int, code_id: int) -> ResponseReturnValue:
    """A code was entered from the customer's card: what did the radio do? The code stays masked."""
    job = find_job(read(), number)
    return shown_page(job, find_code(job, code_id), outcome_form(job))


@bp.post("/jobs/<int:number>/codes/<int:code_id>/entered")
def record(number: int, code_id: int) -> ResponseReturnValue:
    """Put on record what came of entering the code."""
    form = OutcomeForm()
    if not form.validate():
        job = find_job(read(), number)
        return shown_page(job, find_code(job, code_id), form, status=422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _record(session, number, code_id, form))
    except Refused as no:
        form.refuse(no)
        job = find_job(read(), number)
        form.newest_try.data = outcome_form(job).newest_try.data  # they have seen it now
        return shown_page(job, find_code(job, code_id), form, status=409)
    _tell(form.outcome.data)
    return redirect(location, 303)


def _record(session: Session, number: int, code_id: int, form: OutcomeForm) -> str:
    job = find_job(session, number)
    record_try(session, job, find_code(job, code_id), form.to_command(), by())
    page = "bay.codes" if form.outcome.data is Outcome.WAITS else "board.job"
    return url_for(page, number=number)


def _tell(outcome: Outcome) -> None:
    match outcome:
        case Outcome.WORKED:
            flash(_("It worked. Print the card, then hand the car over."), "done")
        case Outcome.DID_NOT_WORK:
            flash(_("Stop. Enter nothing more. Read the serial number on the label again."), "warning")
        case Outcome.WAITS:
            flash(_("Stop. Leave the radio on and wait until the time is over."), "warning")
        case Outcome.LOCKED_FOR_GOOD:
            flash(_("Locked for good: no code will open it. Ask the customer what to do."), "warning")


def codes_page(
    job: Job,
    *,
    earlier: EarlierTriesForm | None = None,
    adding: AddCodeForm | None = None,
    doubts: tuple[Text, ...] = (),
    refusal: Text | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page of codes, with whatever was typed and what is wrong with it."""
    session = read()
    tries = tries_of(session, job)
    limit = limit_of(job, catalogue())
    page = render_template(
        "bay/codes.html",
        job=job,
        view=code_view(session, job, is_fresh()),
        asking=is_asking(job),
        entries=to_enter(session, job, catalogue(), now()),
        tries=tries,
        earlier=earlier or earlier_form(job),
        adding=adding or AddCodeForm(formdata=None),
        doubts=doubts,
        refusal=refusal,
        limit=limit,
        display=shown_now(job, catalogue()),
        waiting=waiting_steps(limit, len(tries)),
    )
    return page, status


def shown_page(
    job: Job, code: RadioCode, form: OutcomeForm, *, shown: Shown | None = None, status: int = 200
) -> ResponseReturnValue:
    """One code, shown or masked, with how to enter it and what came of it."""
    page = render_template(
        "bay/entering.html",
        job=job,
        code=code,
        shown=shown,
        form=form,
        asking=is_asking(job),
        steps=steps_to_enter(job, catalogue()),
        limit=limit_of(job, catalogue()),
    )
    return page, status


def earlier_form(job: Job, *, fresh: bool = False) -> EarlierTriesForm:
    """Who tried before, as on file or as an earlier job was told; `fresh`: as it stands now, whatever was just sent."""
    before = said_before(read(), job) if job.earlier_tries is None else 0
    values = {
        "version": job.version,
        "earlier": YesNo.YES if before else job.earlier_tries,
        "about": job.earlier_tries_count or before or None,
        "display_text": job.display_text,
    }
    return EarlierTriesForm(formdata=None, data=values) if fresh else EarlierTriesForm(data=values)


def outcome_form(job: Job, why_again: str = "") -> OutcomeForm:
    """A fresh form that knows the newest try on record."""
    wait = limit_of(job, catalogue()).wait
    minutes = wait[0].seconds // 60 if wait and len(wait) == 1 else None
    data = {"newest_try": newest_try(read(), job), "why_again": why_again, "wait_minutes": minutes or None}
    return OutcomeForm(formdata=None, data=data)


def find_code(job: Job, code_id: int) -> RadioCode:
    """A code of this job's radio; else 404."""
    unit = job.head_unit
    return next((code for code in (unit.codes if unit else []) if code.id == code_id), None) or abort(404)
