"""The texts that ask for codes, for managers: with the list of what can be filled in, and a preview."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.code_requests import own_texts
from garage.code_requests.blueprint import bp
from garage.code_requests.forms_packet import TextForm
from garage.code_requests.letter_words import LANGUAGES, own_text, text_of
from garage.code_requests.own_texts import sample_values
from garage.db import SavedMeanwhile
from garage.domain.packet import TextKind
from garage.domain.request_text import Place, fill
from garage.domain.text import Refused
from garage.staff.signed_in import by, me
from garage.web.current import read, transaction


@bp.get("/who-we-ask/texts")
def texts() -> ResponseReturnValue:
    """Every text, and which of them are the garage's own."""
    own = {(kind, language): own_text(read(), kind, language) for kind in TextKind for language in LANGUAGES}
    return render_template("code_requests/texts.html", own=own, kinds=list(TextKind), languages=LANGUAGES)


@bp.get("/who-we-ask/texts/<text_kind>/<text_language>")
def text(text_kind: str, text_language: str) -> ResponseReturnValue:
    """One text, to be written anew."""
    kind = kind_of(text_kind, text_language)
    return text_page(kind, text_language, stored(kind, text_language))


def kind_of(kind: str, language: str) -> TextKind:
    """The kind of text in an address; else 404."""
    known = {one.value: one for one in TextKind}
    return known[kind] if kind in known and language in LANGUAGES else abort(404)


def stored(kind: TextKind, language: str) -> TextForm:
    """The text as it holds now."""
    own = own_text(read(), kind, language)
    subject, body = text_of(read(), kind, language)
    data = {"version": own.version if own else 0, "subject": subject, "body": body}
    return TextForm(formdata=None, data=data)


def text_page(kind: TextKind, language: str, form: TextForm, status: int = 200) -> ResponseReturnValue:
    """The page; the preview shows what stands in the form with invented values."""
    values = sample_values(me().site, language)
    page = render_template(
        "code_requests/text.html",
        kind=kind,
        language=language,
        form=form,
        own=own_text(read(), kind, language),
        places=list(Place),
        preview=(fill(form.subject.data or "", values).strip(), fill(form.body.data or "", values)),
    )
    return page, status


@bp.post("/who-we-ask/texts/<text_kind>/<text_language>")
def save_text(text_kind: str, text_language: str) -> ResponseReturnValue:
    """Save the text, or only look at it first."""
    which, language, form = kind_of(text_kind, text_language), text_language, TextForm()
    if not form.validate() or "look" in request.form:
        return text_page(which, language, form, 200 if not form.errors else 422)
    subject, body, version = form.subject.data, form.body.data, form.version.data
    try:
        with transaction() as session:
            own_texts.write_text(session, which, language, subject, body, version, by())
    except Refused as no:
        form.refuse(no)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(stored(which, language))
        return text_page(which, language, form, 409)
    flash(_("Saved."), "done")
    return redirect(url_for("code_requests.texts"), 303)


@bp.post("/who-we-ask/texts/<text_kind>/<text_language>/shipped")
def give_text_back(text_kind: str, text_language: str) -> ResponseReturnValue:
    """The shipped text holds again."""
    which, language = kind_of(text_kind, text_language), text_language
    try:
        with transaction() as session:
            own_texts.give_back(session, which, language, by())
    except Refused as no:
        form = stored(which, language)
        form.refuse(no)
        return text_page(which, language, form, 409)
    return redirect(url_for("code_requests.texts"), 303)
