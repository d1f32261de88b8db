"""Cars that left before their radio played: the car leaves, the call sheet, the card posted or collected."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.bay import left
from garage.bay.actions import is_asked_for
from garage.bay.blueprint import bp
from garage.bay.commands import ShowCode
from garage.bay.forms import ShowForm
from garage.bay.forms_call import CallForm, LetGoForm, TriedSinceForm
from garage.bay.queries import is_asking, limit_of, newest_try, steps_to_enter, to_enter, tries_of
from garage.bay.trying import Shown, note_tries_since, record_try
from garage.bay.views_battery import take
from garage.bay.views_codes import find_code, keep_tries
from garage.domain.leaving import DidItPlay, GoesOn
from garage.domain.lock_out import waiting_steps
from garage.domain.text import Refused, Text
from garage.domain.trying import LastTry, Outcome
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.intake.views_show import find_job
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, is_fresh
from garage.web.current import catalogue, now, read, transaction


@bp.get("/jobs/<int:number>/let-go")
def ask_let_go(number: int) -> ResponseReturnValue:
    """The car leaves although its radio does not play: how does it go on?"""
    job = find_job(read(), number)
    usual = GoesOn.ENDS if job.left_at else GoesOn.WAITS
    return let_go_page(job, LetGoForm(formdata=None, goes_on=usual))


def let_go_page(job: Job, form: LetGoForm, status: int = 200) -> ResponseReturnValue:
    """The page; while the code is asked for there is nothing to choose."""
    asked_for = is_asked_for(read(), job)
    return render_template("bay/let_go.html", job=job, form=form, asked_for=asked_for), status


@bp.post("/jobs/<int:number>/let-go")
def let_go(number: int) -> ResponseReturnValue:
    """The car leaves all the same."""
    form = LetGoForm()
    if not form.validate():
        return let_go_page(find_job(read(), number), form, 422)
    try:
        with transaction() as session:
            job = find_job(session, number)
            left.let_go(session, job, form.goes_on.data or GoesOn.WAITS, form.reason.data or "", by())
    except Refused as no:
        form.refuse(no, "reason")
        return let_go_page(find_job(read(), number), form, 409)
    return redirect(url_for("board.job", number=number), 303)


@bp.post("/jobs/<int:number>/came-back")
def came_back(number: int) -> ResponseReturnValue:
    """The car is here again."""
    return take(number, left.come_back)


@bp.post("/jobs/<int:number>/card-posted")
def card_posted(number: int) -> ResponseReturnValue:
    """The card is in the post."""
    return take(number, left.post_card)


@bp.post("/jobs/<int:number>/card-kept")
def card_kept(number: int) -> ResponseReturnValue:
    """The card lies here until it is collected."""
    return take(number, left.keep_card)


@bp.post("/jobs/<int:number>/card-handed-over")
def card_handed_over(number: int) -> ResponseReturnValue:
    """The customer has collected the card."""
    return take(number, left.hand_card_over)


@bp.get("/jobs/<int:number>/call")
def call(number: int) -> ResponseReturnValue:
    """The call sheet: whom to call, what to ask, what to read out; the code is masked until it is shown."""
    return call_sheet(find_job(read(), number))


@bp.post("/jobs/<int:number>/call/tried")
def tried_at_home(number: int) -> ResponseReturnValue:
    """Has anyone tried a code since the car left?"""
    return keep_tries(number, TriedSinceForm(), note_tries_since, call_sheet, "bay.call")


@bp.post("/jobs/<int:number>/call/codes/<int:code_id>/show")
def show_on_call(number: int, code_id: int) -> ResponseReturnValue:
    """Show the code to whoever has the customer on the phone; put on record."""
    form = ShowForm()
    form.validate()
    command = ShowCode(why_again=form.why_again.data, fresh=is_fresh())
    try:
        with transaction() as session:
            job = find_job(session, number)
            shown = left.show_on_call(session, job, find_code(job, code_id), command, catalogue(), by())
    except LastTry:
        why = command.why_again.value if command.why_again else None
        return redirect(url_for("bay.last_try", number=number, code_id=code_id, why=why), 303)
    except Refused as no:
        return call_sheet(find_job(read(), number), refusal=no.text, status=409)
    job = find_job(read(), number)
    return call_sheet(job, result=call_form(job, command), shown=shown, code_id=code_id)


@bp.post("/jobs/<int:number>/call/codes/<int:code_id>/played")
def called(number: int, code_id: int) -> ResponseReturnValue:
    """Did it play? Put what the customer says on record, like a try in the bay."""
    form = CallForm()
    if not form.validate():
        return call_sheet(find_job(read(), number), result=form, code_id=code_id, status=422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _called(session, number, code_id, form))
    except Refused as no:
        form.refuse(no)
        job = find_job(read(), number)
        form.newest_try.data = call_form(job).newest_try.data  # they have seen it now
        return call_sheet(job, result=form, code_id=code_id, status=409)
    if form.played.data is DidItPlay.YES:
        flash(_("It plays. Print the card, then post it or keep it here."), "done")
    elif form.played.data is DidItPlay.NO:
        flash(_("Stop. They enter nothing more, and leave the radio on if it makes them wait."), "warning")
    return redirect(location, 303)


def _called(session: Session, number: int, code_id: int, form: CallForm) -> str:
    job = find_job(session, number)
    code = find_code(job, code_id)
    if form.played.data is DidItPlay.LATER:
        left.call_later(session, job, by())
        return url_for("board.today")
    left.check_left(job)
    record_try(session, job, code, form.to_command(), by())
    return url_for("board.job", number=number)


def call_sheet(
    job: Job,
    *,
    earlier: TriedSinceForm | None = None,
    result: CallForm | None = None,
    shown: Shown | None = None,
    refusal: Text | None = None,
    code_id: int | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page, with whatever was typed and what is wrong with it.

    `code_id`: the code that is on the phone now, whatever else has come meanwhile; else the likeliest.
    """
    session = read()
    codes = to_enter(session, job, catalogue(), now())
    entry = next((one for one in codes if code_id in {None, one.code.id}), None)
    limit = limit_of(job, catalogue())
    page = render_template(
        "bay/call.html",
        job=job,
        view=code_view(session, job, is_fresh()),
        asking=is_asking(job),
        asked_now=left.asked_on_this_call(session, job, entry.code if entry else None),
        entry=entry,
        earlier=earlier or TriedSinceForm(formdata=None, version=job.version),  # asked afresh on each call
        result=result or call_form(job),
        shown=shown,
        refusal=refusal,
        steps=steps_to_enter(job, catalogue()),
        limit=limit,
        waiting=waiting_steps(limit, len(tries_of(session, job))),
    )
    return page, status


def call_form(job: Job, shown: ShowCode | None = None) -> CallForm:
    """A fresh form that knows the newest try on record, and why the code may be entered again."""
    why = shown.why_again if shown else None
    data = {"newest_try": newest_try(read(), job), "why_again": why.value if why else ""}
    return CallForm(formdata=None, data=data | {"outcome": Outcome.DID_NOT_WORK})
