"""Cards as pages: print one on the paper that is chosen, its own page, and all cards of a radio."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.bay.views_radio import find_radio
from garage.cards import life
from garage.cards.blueprint import bp
from garage.cards.forms import HandOverForm, own_name
from garage.cards.models import Card
from garage.cards.queries import presses_of_card
from garage.domain.card_life import LOST_CARD
from garage.domain.radio_pass import read_card_number
from garage.domain.text import Refused
from garage.intake.forms import ReasonForm
from garage.staff.signed_in import by, me
from garage.staff.words import VERBS
from garage.web.current import read, transaction


@bp.get("/cards/<number>")
def card(number: str) -> ResponseReturnValue:
    """A card by its number, as it was scanned or typed."""
    return card_page(find_card(read(), number))


def card_page(
    found: Card, status: int = 200, handing: HandOverForm | None = None, voiding: ReasonForm | None = None
) -> ResponseReturnValue:
    """The page, with whatever was typed."""
    to = found.handed_to or (found.job.customer.name if found.job else "")
    page = render_template(
        "prints/card.html",
        card=found,
        presses=presses_of_card(read(), found),
        lost=LOST_CARD,
        verbs=VERBS,
        own_name=own_name,
        handing=handing
        or HandOverForm(formdata=None, data={"handed_to": to, "papers_seen": found.papers_seen}),
        voiding=voiding or ReasonForm(formdata=None),
    )
    return page, status


def find_card(session: Session, number: str) -> Card:
    """The card with this number at the signed-in person's site; else 404."""
    try:
        spelled = read_card_number(number)
    except Refused:
        abort(404)
    return life.card_numbered(session, me().site_id, spelled) or abort(404)


@bp.post("/cards/<number>/handed-over")
def hand_card_over(number: str) -> ResponseReturnValue:
    """Somebody took the card."""
    form = HandOverForm()
    if not form.validate():
        return card_page(find_card(read(), number), 422, handing=form)
    try:
        with transaction() as session:
            life.hand_card_over(session, find_card(session, number), form.to_command(), by())
    except Refused as no:
        form.refuse(no)
        return card_page(find_card(read(), number), 409, handing=form)
    flash(_("Noted: the card is handed over."), "done")
    return redirect(url_for("cards.card", number=number), 303)


@bp.post("/cards/<number>/gone")
def void_card(number: str) -> ResponseReturnValue:
    """The card is no longer our current one."""
    form = ReasonForm()
    if not form.validate():
        return card_page(find_card(read(), number), 422, voiding=form)
    try:
        with transaction() as session:
            life.void_card(session, find_card(session, number), form.reason.data, by())
    except Refused as no:
        form.refuse(no)
        return card_page(find_card(read(), number), 409, voiding=form)
    return redirect(url_for("cards.card", number=number), 303)


@bp.get("/radios/<int:unit_id>/cards")
def cards_of_radio(unit_id: int) -> ResponseReturnValue:
    """Every card of a radio that this site made."""
    unit = find_radio(read(), unit_id)
    here = [one for one in life.cards_of(read(), unit) if one.site_id == me().site_id]
    return render_template("prints/cards_of_radio.html", unit=unit, cards=here)
