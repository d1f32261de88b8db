"""The garage's own papers: letterhead, second manager, key sheet. The owner's first steps walk through them."""

from datetime import timedelta
from functools import partial

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_timezone
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.db import SavedMeanwhile
from garage.domain.key_sheet import key_lines
from garage.domain.paper import KeySheet
from garage.domain.text import Refused
from garage.staff import actions, queries
from garage.staff.actions import NameTaken
from garage.staff.blueprint import bp
from garage.staff.forms import SecondManagerForm
from garage.staff.forms_letterhead import LetterheadForm
from garage.staff.forms_once import answer_once
from garage.staff.links import keep_link, take_link, works_here_only
from garage.staff.models import Site
from garage.staff.signed_in import by, is_fresh, me, to_prove
from garage.web.current import close_reading, database, now, read, transaction
from garage.web.errors import page
from garage.web.headers import DOWNLOAD_POLICY


def first_steps() -> bool:
    """Whether the owner is walking through the first steps; each page then leads to the next."""
    return "first" in request.args


def to(endpoint: str) -> str:
    """A page of the same walk."""
    return url_for(endpoint, first=1) if first_steps() else url_for(endpoint)


@bp.get("/letterhead")
def letterhead() -> ResponseReturnValue:
    """What stands on top of every paper."""
    return letterhead_page(letterhead_form(read()))


def letterhead_form(session: Session) -> LetterheadForm:
    """The letterhead as it is on file now."""
    return LetterheadForm(formdata=None, obj=session.get_one(Site, me().site_id))


def letterhead_page(form: LetterheadForm, status: int = 200) -> ResponseReturnValue:
    """The letterhead's page."""
    return render_template("staff/letterhead.html", form=form, first=first_steps(), to=to), status


@bp.post("/letterhead")
def save_letterhead() -> ResponseReturnValue:
    """Save it, then on to the second manager while the first steps are walked."""
    form = LetterheadForm()
    if not form.validate():
        return letterhead_page(form, 422)
    try:
        with transaction() as session:
            actions.write_letterhead(session, by(), form.to_command())
    except SavedMeanwhile as no:
        form.refuse(no)
        form.show_saved_meanwhile(letterhead_form(read()))
        return letterhead_page(form, 409)
    if first_steps():
        return redirect(to("staff.second_manager"), 303)
    with force_locale(form.language.data):  # the next page speaks it already
        flash(_("The letterhead is saved."))
    return redirect(url_for("staff.letterhead"), 303)


@bp.get("/second-manager")
def second_manager() -> ResponseReturnValue:
    """Who can let people back in when the owner is away."""
    return second_manager_page(SecondManagerForm())


def second_manager_page(form: SecondManagerForm, status: int = 200) -> ResponseReturnValue:
    """The form, or who it is together with the link to hand over."""
    second = queries.second_manager(read(), me().id)
    link = take_link(second.id) if second else None
    shown = render_template(
        "staff/second_manager.html",
        form=form,
        second=second,
        link=link,
        here_only=works_here_only(),
        first=first_steps(),
        to=to,
    )
    return shown, status


@bp.post("/second-manager")
def name_second_manager() -> ResponseReturnValue:
    """Add the second manager and show the one-time link."""
    form = SecondManagerForm()
    if not form.validate():
        return second_manager_page(form, 422)
    acting, made = by(), []

    def add(session: Session) -> str:
        made.append(actions.add_person(session, acting, form.to_command()))
        return to("staff.second_manager")

    try:
        with transaction() as session:
            location = answer_once(session, form, partial(add, session))
    except NameTaken as no:
        form.refuse(no, "sign_in_name")
        return second_manager_page(form, 422)
    except Refused as no:
        form.refuse(no)
        return second_manager_page(form, 409)
    for person, token in made:
        keep_link(person, token)
    return redirect(location, 303)


@bp.get("/key-sheet")
def keep_key() -> ResponseReturnValue:
    """What the key sheet is for, printing it, and putting it away."""
    return render_template(
        "staff/keep_key.html",
        house=queries.house(read()),
        printed=actions.key_sheet_printed(read()),
        ready=is_fresh() and just_printed(read()),
        first=first_steps(),
        to=to,
    )


@bp.post("/key-sheet/print")
def print_key_sheet() -> ResponseReturnValue:
    """Put on record that the key sheet is printed; the sheet can be opened for the next minutes."""
    if not is_fresh():
        return to_prove(to("staff.keep_key"))
    with transaction() as session:
        actions.print_key_sheet(session, by())
    return redirect(to("staff.keep_key") + "#sheet", 303)


@bp.get("/key-sheet/key-sheet.pdf")
def key_sheet() -> ResponseReturnValue:
    """The key sheet itself, for minutes after it was asked for and only with a fresh password."""
    if not (is_fresh() and just_printed(read())):
        return redirect(url_for("staff.keep_key"), 303)
    key, site = database().vault.key(), me().site
    paper = KeySheet(
        garage=site.name,
        key_name=key.key_id,
        made_on=now().astimezone(get_timezone()).date(),
        lines=key_lines(key.secret),
        sample=queries.house(read()).sample,
        language=site.language,
    )
    close_reading()  # a press that is slow must not hold the database open
    try:
        pdf: bytes = current_app.extensions["garage.press"].print(paper)
    except RuntimeError:  # the press says why in the log, never what stands on the paper
        return page(503, _("The key sheet was not made"), _("Load this page again in a moment."))
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = "inline; filename=key-sheet.pdf"
    response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY  # the pages' own would blank the PDF viewer
    return response


@bp.post("/key-sheet/away")
def put_key_away() -> ResponseReturnValue:
    """The owner says that the sheet lies in a safe place."""
    with transaction() as session:
        actions.put_key_away(session, by())
    flash(
        _("The garage is ready. Type a registration to take in the first car.")
        if first_steps()
        else _("Noted: the key sheet is put away.")
    )
    return redirect(url_for("board.today") if first_steps() else url_for("staff.keep_key"), 303)


def just_printed(session: Session) -> bool:
    """Whether this person asked for the key sheet within the last minutes."""
    since = now() - timedelta(minutes=current_app.config["FRESH_MINUTES"])
    return actions.key_sheet_printed(session, since, me().id)
