"""A manager's pages: everything kept about a make or about all of them, correcting a row, adding one."""

from collections.abc import Sequence
from typing import TypeVar

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from garage import paths
from garage.db import SavedMeanwhile
from garage.domain.catalogue import Confidence
from garage.domain.text import Refused
from garage.facts import correcting, living, seeds
from garage.facts.blueprint import bp
from garage.facts.forms import FactForm, FactLines, NewFactForm, SwitchForm
from garage.facts.kept import home_of, shelves
from garage.facts.models import FactCorrection
from garage.facts.row_text import row_text
from garage.facts.subjects import SUBJECTS
from garage.facts.views_makes import slug as slug_of
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, look_up_corrections, now, read, transaction

NEW = {
    "makes": 'name = ""\naliases = []',
    "families": 'name = ""\nshapes = ["XY####@#######"]\nexamples = ["XY1234A1234567"]\nmakes = [{make}]\nneeds_make = false',
    "other_numbers": 'what = "a part number"\nshapes = ["####@#####"]\nexamples = ["1234A12345"]\nmakes = [{make}]',
}
"""How a new row of these subjects begins; a new fact begins with its make."""

AnyForm = TypeVar("AnyForm", bound=FactLines)


@bp.get("/facts")
@bp.get("/makes/<slug>/facts")
def rows(slug: str = "") -> ResponseReturnValue:
    """Everything kept about a make (or about none), also what is not sure enough to be shown."""
    make = make_named(slug)
    corrections = {row.fact_id: row for row in read().scalars(select(FactCorrection))}
    return render_template(
        "facts/rows.html",
        make=make,
        shelves=shelves(catalogue(), make),
        corrections=corrections,
        switched_off=[row for row in corrections.values() if not row.active],
        unfit=[row for row in corrections.values() if row.active and not _holds(row)],
    )


def _holds(row: FactCorrection) -> bool:
    """Whether a correction that is switched on is used: one that does not fit the others is left out."""
    return living.source_tag(row.fact_id) in catalogue().sources


@bp.get("/facts/<kind>/<fact_id>")
def row(kind: str, fact_id: str) -> ResponseReturnValue:
    """One row as lines, to correct."""
    return row_page(kind, fact_id, fact_form(read(), kind, fact_id))


@bp.post("/facts/<kind>/<fact_id>")
def save_row(kind: str, fact_id: str) -> ResponseReturnValue:
    """Lay the correction over the shipped row; it holds at once."""
    shown = fact_form(read(), kind, fact_id)  # 404 where there is no such row
    form = fitted(FactForm(), kind)
    if not form.validate():
        return row_page(kind, fact_id, form, 422)
    try:
        fact = correcting.checked(kind, fact_id, form.typed(), others())
        with transaction() as session:
            correcting.correct_fact(session, fact, form.version.data, by())
    except SavedMeanwhile as no:
        form.refuse(no)
        form.show_saved_meanwhile(shown)
        return row_page(kind, fact_id, form, 409)
    except Refused as no:
        form.refuse(no, "text")
        return row_page(kind, fact_id, form, 422)
    return _saved(kind, fact_id)


@bp.get("/facts/new/<kind>")
@bp.get("/makes/<slug>/facts/new/<kind>")
def new_row(kind: str, slug: str = "") -> ResponseReturnValue:
    """A row of one subject to begin with, and an example beside it."""
    make = make_named(slug)
    begun = NEW[kind].replace("{make}", f'"{make}"' if make else "") if kind in NEW else ""
    text = begun or (row_text({"makes": [make]}) if make else "")
    form = NewFactForm(formdata=None, text=text, confidence=Confidence.MEDIUM, source=ours())
    return new_page(make, kind, form)


@bp.post("/facts/new/<kind>")
@bp.post("/makes/<slug>/facts/new/<kind>")
def add_row(kind: str, slug: str = "") -> ResponseReturnValue:
    """Put a new row on record; it holds at once."""
    make = make_named(slug)
    if kind not in SUBJECTS or kind == "words":
        abort(404)
    form = fitted(NewFactForm(), kind)
    if not form.validate():
        return new_page(make, kind, form, 422)
    try:
        fact = correcting.checked_new(kind, form.typed(), others())
    except Refused as no:
        form.refuse(no, "text")
        return new_page(make, kind, form, 422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _added(session, fact, make))
    except Refused as no:
        form.refuse(no)
        return new_page(make, kind, form, 409)
    look_up_corrections()
    return redirect(location, 303)


def _added(session: Session, fact: correcting.FactRow, make: str) -> str:
    correcting.add_fact(session, fact, by())
    return list_of(make)


@bp.post("/facts/<kind>/<fact_id>/switch")
def switch_row(kind: str, fact_id: str) -> ResponseReturnValue:
    """Switch a correction off, so that the shipped row holds again, or on."""
    form = SwitchForm()
    if not form.validate():
        abort(400)
    on = "on" in request.form
    try:
        correcting.check_switch(_correction(read(), kind, fact_id), on, others())
        with transaction() as session:
            correction = _correction(session, kind, fact_id)
            correcting.switch_fact(session, correction, on, form.version.data, by())
    except Refused as no:
        shown = fact_form(read(), kind, fact_id)
        shown.refuse(no)
        return row_page(kind, fact_id, shown, 409)
    return _saved(kind, fact_id)


def _correction(session: Session, kind: str, fact_id: str) -> FactCorrection:
    found = correcting.correction_of(session, fact_id)
    return found if found is not None and found.kind == kind else abort(404)


def _saved(kind: str, fact_id: str) -> ResponseReturnValue:
    look_up_corrections()
    flash(_("Saved. It holds at once."), "done")
    return redirect(list_of(home_of(catalogue(), kind, fact_id)), 303)


def make_named(slug: str) -> str:
    """The make in the address; "" where none is, 404 where it is not known."""
    return (catalogue().make_name(slug) or abort(404)) if slug else ""


def list_of(make: str) -> str:
    """The address of the list on which a make's rows stand, or those of no make."""
    return url_for("facts.rows", slug=slug_of(make)) if make else url_for("facts.rows")


def others() -> Sequence[FactCorrection]:
    """The corrections that are switched on."""
    return living.active(read())


def ours() -> str:
    """The usual source of a correction: who says so, since when."""
    return str(_("our own: %(name)s, %(day)s", name=me().name, day=format_date(now(), "d MMM yyyy")))


def fitted(form: AnyForm, kind: str) -> AnyForm:
    """The form for rows of this subject: names and words carry no confidence."""
    if not SUBJECTS[kind].evidence:
        del form.confidence
    return form


def fact_form(session: Session, kind: str, fact_id: str) -> FactForm:
    """A row as it stands now; 404 where there is none."""
    correction = correcting.correction_of(session, fact_id)
    if kind not in SUBJECTS or (correction is not None and correction.kind != kind):
        abort(404)
    written = correcting.written_row(correction, kind, fact_id)
    if written is None:
        abort(404)
    form = FactForm(
        formdata=None,
        version=correction.version if correction else 0,
        text=row_text(written),
        confidence=next((sure for sure in Confidence if sure.value == written.get("confidence")), None),
        source=correction.source if correction else ours(),
    )
    return fitted(form, kind)


def row_page(kind: str, fact_id: str, form: FactForm, status: int = 200) -> ResponseReturnValue:
    """The form of one row."""
    subject, _sep, line = SUBJECTS[kind].row_key(fact_id).partition(".")
    page = render_template(
        "facts/row.html",
        form=form,
        kind=kind,
        kind_name=SUBJECTS[kind].label,
        fact_id=fact_id,
        back=list_of(home_of(catalogue(), kind, fact_id)),
        words=catalogue().words.get(subject, {}).get(line, ()) if kind == "words" else (),
        correction=correcting.correction_of(read(), fact_id),
    )
    return page, status


def new_page(make: str, kind: str, form: NewFactForm, status: int = 200) -> ResponseReturnValue:
    """The form of a new row."""
    if kind not in SUBJECTS or kind == "words":
        abort(404)
    shipped = seeds.shipped_rows(paths.SEEDS, kind)
    page = render_template(
        "facts/new_row.html",
        form=fitted(form, kind),
        make=make,
        kind=kind,
        kind_name=SUBJECTS[kind].label,
        example="" if kind in NEW else row_text(max(shipped.values(), key=len)),
    )
    return page, status
