"""The people who work here, and who did what."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.db import SavedMeanwhile
from garage.domain.people import Role
from garage.domain.text import Refused
from garage.staff import actions, joining, queries
from garage.staff.actions import NameTaken
from garage.staff.blueprint import bp
from garage.staff.commands import Presence
from garage.staff.forms import AddPersonForm, ChangePersonForm
from garage.staff.forms_once import answer_once
from garage.staff.links import keep_link, take_link, works_here_only
from garage.staff.models import JournalEntry, Person
from garage.staff.signed_in import by, me
from garage.staff.words import KINDS, ONLY_ONE, PAGES, VERBS
from garage.web.current import now, read, transaction
from garage.web.forms import row_number


@bp.get("/people")
def people() -> ResponseReturnValue:
    """Who works here."""
    return people_page(AddPersonForm())


def people_page(form: AddPersonForm, status: int = 200) -> ResponseReturnValue:
    """The list and the form for somebody new; only owners make owners."""
    offer_roles(form)
    everybody, links = queries.everybody(read(), me().site_id), queries.links_open(read(), now())
    return render_template("staff/people.html", form=form, everybody=everybody, links=links), status


def offer_roles(form: AddPersonForm | ChangePersonForm) -> None:
    """Only an owner is offered to make somebody an owner."""
    if me().role is not Role.OWNER and form.role.data is not Role.OWNER:
        form.role.choices = [choice for choice in form.role.choices if choice.value != Role.OWNER.value]


@bp.post("/people")
def add_person() -> ResponseReturnValue:
    """Add somebody and show the one-time link."""
    form = AddPersonForm()
    if not form.validate():
        return people_page(form, 422)
    acting, made = by(), []

    def add(session: Session) -> str:
        made.append(actions.add_person(session, acting, form.to_command()))
        return url_for("staff.person", number=made[-1][0].id)

    try:
        with transaction() as session:
            location = answer_once(session, form, partial(add, session))
    except NameTaken as no:
        form.refuse(no, "sign_in_name")
        return people_page(form, 422)
    except Refused as no:
        form.refuse(no)
        return people_page(form, 409)
    for person, token in made:
        keep_link(person, token)
    return redirect(location, 303)


@bp.get("/people/<int:number>")
def person(number: int) -> ResponseReturnValue:
    """A person's entry."""
    return person_page(number, person_form(find_person(read(), number)))


def find_person(session: Session, number: int) -> Person:
    """Somebody of the signed-in person's site; else 404."""
    return queries.person_here(session, me().site_id, number) or abort(404)


def person_form(person: Person) -> ChangePersonForm:
    """The entry as it is on file now."""
    presence = Presence.HERE if person.active else Presence.LEFT
    return ChangePersonForm(formdata=None, obj=person, presence=presence)


def person_page(number: int, form: ChangePersonForm, status: int = 200) -> ResponseReturnValue:
    """A person's page: the entry, the one-time link, the devices."""
    config = current_app.config
    offer_roles(form)
    devices = queries.devices_signed_in(
        read(),
        number,
        now() - timedelta(minutes=config["IDLE_MINUTES"]),
        now() - timedelta(hours=config["SIGN_IN_HOURS"]),
    )
    page = render_template(
        "staff/person.html",
        form=form,
        person=find_person(read(), number),
        devices=devices,
        link=take_link(number),
        here_only=works_here_only(),
        link_open=number in queries.links_open(read(), now()),
    )
    return page, status


@bp.post("/people/<int:number>")
def save_person(number: int) -> ResponseReturnValue:
    """Save the entry; who no longer works here is out at once."""
    form = ChangePersonForm()
    find_person(read(), number)
    if not form.validate():
        return person_page(number, form, 422)
    try:
        with transaction() as session:
            actions.change_person(session, by(), number, form.to_command())
    except Refused as no:
        form.refuse(no)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(person_form(find_person(read(), number)))
        return person_page(number, form, 409)
    flash(_("%(name)s is saved.", name=form.name.data))
    return redirect(url_for("staff.people"), 303)


@bp.post("/people/<int:number>/link")
def invite(number: int) -> ResponseReturnValue:
    """A new one-time link, shown on the next page and nowhere else."""
    with transaction() as session:
        person = find_person(session, number)
        token = joining.invite(session, person, by())
    keep_link(person, token)
    return redirect(url_for("staff.person", number=number), 303)


@bp.post("/people/<int:number>/devices")
def end_sign_ins(number: int) -> ResponseReturnValue:
    """Sign every device of this person out."""
    with transaction() as session:
        person = find_person(session, number)
        actions.end_sign_ins(session, by(), person)
    if person.id == me().id:
        return redirect(url_for("staff.sign_in"), 303)
    flash(_("%(name)s is signed out everywhere.", name=person.name))
    return redirect(url_for("staff.person", number=number), 303)


@bp.get("/who-did-what")
def who_did_what() -> ResponseReturnValue:
    """Every change, newest first."""
    found = queries.journal_page(read(), me().site_id, request.args.get("before", type=row_number))
    entries = found[: queries.ENTRIES_A_PAGE]
    older = entries[-1].id if len(found) > len(entries) else None
    return render_template(
        "staff/who_did_what.html",
        entries=entries,
        older=older,
        VERBS=VERBS,
        KINDS=KINDS,
        ONLY_ONE=ONLY_ONE,
        page_of=page_of,
    )


def page_of(entry: JournalEntry) -> str | None:
    """Where the row of an entry is shown, if it has a page."""
    endpoint, number = PAGES.get(entry.kind, ("", ""))
    if endpoint not in current_app.view_functions:
        return None
    values: dict[str, Any] = {number: entry.row_number} if number else {}
    return url_for(endpoint, **values)
