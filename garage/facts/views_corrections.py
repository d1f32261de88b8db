"""A manager's pages: every fact of a make, correcting one, adding one, switching a correction off."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from garage import paths
from garage.db import SavedMeanwhile
from garage.domain.catalogue import Catalogue, Confidence, Fact
from garage.domain.fact_kinds import FACT_KINDS
from garage.domain.text import Refused
from garage.facts import correcting, seeds
from garage.facts.blueprint import bp
from garage.facts.forms import FactForm, NewFactForm, SwitchForm
from garage.facts.make_words import bounds
from garage.facts.models import FactCorrection
from garage.facts.row_text import row_text
from garage.facts.views_makes import slug as slug_of
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, look_up_corrections, now, read, transaction


@bp.get("/makes/<slug>/facts")
def rows(slug: str) -> ResponseReturnValue:
    """Everything kept about a make by kind, also what is not sure enough to be shown."""
    name = catalogue().make_name(slug) or abort(404)
    corrections = {row.fact_id: row for row in read().scalars(select(FactCorrection))}
    kinds = [
        (kind, words, catalogue().of_make(made, name))
        for (kind, made), words in zip(FACT_KINDS.items(), correcting.KIND_NAMES.values(), strict=True)
    ]
    return render_template(
        "facts/rows.html",
        make=name,
        kinds=kinds,
        bounds=lambda fact: bounds(catalogue(), fact.scope),
        corrections=corrections,
        switched_off=[row for row in corrections.values() if not row.active],
    )


@bp.get("/facts/<kind>/<fact_id>")
def row(kind: str, fact_id: str) -> ResponseReturnValue:
    """One fact as lines, to correct."""
    return row_page(kind, fact_id, fact_form(read(), kind, fact_id))


@bp.post("/facts/<kind>/<fact_id>")
def save_row(kind: str, fact_id: str) -> ResponseReturnValue:
    """Lay the correction over the shipped row; it holds at once."""
    form = FactForm()
    shown = fact_form(read(), kind, fact_id)  # 404 where there is no such fact
    if not form.validate():
        return row_page(kind, fact_id, form, 422)
    try:
        fact = correcting.checked(kind, fact_id, form.text.data, form.confidence.data, form.source.data)
        with transaction() as session:
            correcting.correct_fact(session, fact, form.version.data, by())
    except SavedMeanwhile as no:
        form.refuse(no)
        form.show_saved_meanwhile(shown)
        return row_page(kind, fact_id, form, 409)
    except Refused as no:
        form.refuse(no, "text")
        return row_page(kind, fact_id, form, 422)
    return _saved(fact_id)


@bp.get("/makes/<slug>/facts/new/<kind>")
def new_row(slug: str, kind: str) -> ResponseReturnValue:
    """An empty fact of one kind, with an example beside it."""
    name = catalogue().make_name(slug) or abort(404)
    form = NewFactForm(
        formdata=None, text=row_text({"makes": [name]}), confidence=Confidence.MEDIUM, source=ours()
    )
    return new_page(name, kind, form)


@bp.post("/makes/<slug>/facts/new/<kind>")
def add_row(slug: str, kind: str) -> ResponseReturnValue:
    """Put a new fact on record; it holds at once."""
    name = catalogue().make_name(slug) or abort(404)
    form = NewFactForm()
    if kind not in FACT_KINDS:
        abort(404)
    if not form.validate():
        return new_page(name, kind, form, 422)
    try:
        fact = correcting.checked(
            kind, correcting.new_fact_id(), form.text.data, form.confidence.data, form.source.data
        )
    except Refused as no:
        form.refuse(no, "text")
        return new_page(name, kind, form, 422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _added(session, fact, name))
    except Refused as no:
        form.refuse(no)
        return new_page(name, kind, form, 409)
    look_up_corrections()
    return redirect(location, 303)


def _added(session: Session, fact: correcting.FactRow, make: str) -> str:
    correcting.add_fact(session, fact, by())
    return url_for("facts.rows", slug=slug_of(make))


@bp.post("/facts/<kind>/<fact_id>/switch")
def switch_row(kind: str, fact_id: str) -> ResponseReturnValue:
    """Switch a correction off, so that the shipped row holds again, or on."""
    form = SwitchForm()
    if not form.validate():
        abort(400)
    with transaction() as session:
        correction = correcting.correction_of(session, fact_id) or abort(404)
        correcting.switch_fact(session, correction, "on" in request.form, form.version.data, by())
    return _saved(fact_id)


def _saved(fact_id: str) -> ResponseReturnValue:
    look_up_corrections()
    flash(_("Saved. It holds at once."), "done")
    fact = find(catalogue(), fact_id)
    if fact is None or not fact.scope.makes:
        return redirect(url_for("facts.makes"), 303)
    return redirect(url_for("facts.rows", slug=slug_of(fact.scope.makes[0])), 303)


def find(facts: Catalogue, fact_id: str) -> Fact | None:
    """The fact with this id, or None."""
    return next((fact for fact in facts.facts if fact.id == fact_id), None)


def ours() -> str:
    """The usual source of a correction: who says so, since when."""
    return str(_("our own: %(name)s, %(day)s", name=me().name, day=format_date(now(), "d MMM yyyy")))


def fact_form(session: Session, kind: str, fact_id: str) -> FactForm:
    """A fact as it stands now; 404 where there is none."""
    correction = correcting.correction_of(session, fact_id)
    if kind not in FACT_KINDS or (correction is not None and correction.kind != kind):
        abort(404)
    written = correcting.written_row(correction, kind, fact_id) or abort(404)
    return FactForm(
        formdata=None,
        version=correction.version if correction else 0,
        text=row_text(written),
        confidence=next(sure for sure in Confidence if sure.value == written["confidence"]),
        source=correction.source if correction else ours(),
    )


def row_page(kind: str, fact_id: str, form: FactForm, status: int = 200) -> ResponseReturnValue:
    """The form of one fact."""
    page = render_template(
        "facts/row.html",
        form=form,
        kind=kind,
        kind_name=correcting.KIND_NAMES[kind],
        fact_id=fact_id,
        fact=find(catalogue(), fact_id),
        correction=correcting.correction_of(read(), fact_id),
    )
    return page, status


def new_page(make: str, kind: str, form: NewFactForm, status: int = 200) -> ResponseReturnValue:
    """The form of a new fact."""
    shipped = seeds.shipped_rows(paths.SEEDS, kind) if kind in FACT_KINDS else abort(404)
    example = row_text(max(shipped.values(), key=len))
    page = render_template(
        "facts/new_row.html",
        form=form,
        make=make,
        kind=kind,
        kind_name=correcting.KIND_NAMES[kind],
        example=example,
    )
    return page, status
