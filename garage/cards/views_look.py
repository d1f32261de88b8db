"""How the garage's cards look, in which languages they speak, and the way to everything about cards."""

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.cards import look
from garage.cards.blueprint import bp
from garage.cards.forms import own_name
from garage.cards.forms_look import LanguageForm, LogoForm, LookForm
from garage.cards.life import card_numbered
from garage.cards.papers import card_paper
from garage.cards.sample import sample_card
from garage.cards.views_pdf import pdf_of
from garage.db import SavedMeanwhile
from garage.domain.card_languages import CHECKED, PREPARED
from garage.domain.radio_pass import read_card_number
from garage.domain.text import Refused
from garage.radios.views import darkroom
from garage.staff.signed_in import by, me
from garage.web.current import close_reading, read, transaction


@bp.url_value_preprocessor
def let_logos_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """This one page takes more than a form: said before anything of the upload is read."""
    if endpoint == "cards.save_logo":
        request.max_content_length = current_app.config["MAX_PHOTO_LENGTH"]


@bp.get("/cards")
def hub() -> ResponseReturnValue:
    """Everything about cards and printers that is not about one job; ?number= leads to a card."""
    searched = request.args.get("number", "").strip()[:20]
    try:
        found = card_numbered(read(), me().site_id, read_card_number(searched)) if searched else None
    except Refused:
        found = None
    if found is not None:
        return redirect(url_for("cards.card", number=found.number), 303)
    return render_template("prints/hub.html", searched=searched)


@bp.get("/cards/look")
def card_look() -> ResponseReturnValue:
    """Colour, logo, line at the foot, barcode, usual paper."""
    return look_page(look_form())


def look_form() -> LookForm:
    """What is chosen now."""
    return LookForm(formdata=None, obj=look.look_of(read(), me().site_id))


def look_page(form: LookForm, status: int = 200, logo: LogoForm | None = None) -> ResponseReturnValue:
    """The page, with whatever was typed."""
    page = render_template(
        "prints/look.html",
        form=form,
        logo=logo or LogoForm(formdata=None),
        chosen=look.look_of(read(), me().site_id),
    )
    return page, status


@bp.post("/cards/look")
def save_look() -> ResponseReturnValue:
    """Save how cards look."""
    form = LookForm()
    if not form.validate():
        return look_page(form, 422)
    try:
        with transaction() as session:
            look.write_look(session, form.to_command(), by())
    except Refused as no:
        form.refuse(no)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(look_form())
        return look_page(form, 409)
    flash(_("Saved."), "done")
    return redirect(url_for("cards.card_look"), 303)


@bp.post("/cards/logo")
def save_logo() -> ResponseReturnValue:
    """Keep a logo: made anew in a process of its own before the database is touched."""
    if "remove" in request.form:
        with transaction() as session:
            look.change_logo(session, None, by())
        return redirect(url_for("cards.card_look"), 303)
    form = LogoForm()
    if not form.validate():
        return look_page(look_form(), 422, form)
    close_reading()  # the database is not kept waiting for a slow picture
    try:
        png = darkroom().develop_logo(form.logo.data.read())
        with transaction() as session:
            look.change_logo(session, png, by())
    except Refused as no:
        form.refuse(no, "logo")
        return look_page(look_form(), 422, form)
    flash(_("The logo is kept."), "done")
    return redirect(url_for("cards.card_look"), 303)


@bp.get("/cards/sample.pdf")
def sample() -> ResponseReturnValue:
    """A card with invented numbers, as this site's cards look now; ?language= lets a speaker read it first."""
    chosen = look.look_of(read(), me().site_id)
    language = request.args.get("language")
    paper = sample_card(
        me().site,
        card_paper(request.args.get("paper", chosen.paper)),
        look.style_of(chosen),
        language if language in (*CHECKED, *PREPARED) else None,
    )
    return pdf_of(paper, "sample-card.pdf")


@bp.get("/cards/languages")
def languages() -> ResponseReturnValue:
    """In which languages cards are printed, and who has read them."""
    return languages_page()


def languages_page(
    status: int = 200, asked: str = "", form: LanguageForm | None = None
) -> ResponseReturnValue:
    """The list; `form` came back with a sentence for the language `asked`."""
    page = render_template(
        "prints/languages.html",
        checked=CHECKED,
        prepared=PREPARED,
        read={row.language: row for row in look.languages_read(read(), me().site_id)},
        own_name=own_name,
        asked=asked,
        form=form or LanguageForm(formdata=None),
    )
    return page, status


@bp.post("/cards/languages/<language>")
def switch_language(language: str) -> ResponseReturnValue:
    """Switch a language on by naming who has read it, or off again."""
    if language not in PREPARED:
        abort(404)
    form = LanguageForm()
    off = "off" in request.form
    if not off and not form.validate():
        return languages_page(422, language, form)
    try:
        with transaction() as session:
            if off:
                look.switch_language_off(session, language, by())
            else:
                look.switch_language_on(session, language, form.read_by.data, by())
    except Refused as no:
        form.refuse(no, "read_by")
        return languages_page(409, language, form)
    return redirect(url_for("cards.languages"), 303)
