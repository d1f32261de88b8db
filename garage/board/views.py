"""The first box and the job's own page; the board's pages hang on the same door plate."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from garage.board import views_board, views_figures
from garage.board.blueprint import bp
from garage.board.first_box import Hit, find_meant
from garage.board.queries import around
from garage.cards.life import card_numbered
from garage.domain.first_box import what_is_meant
from garage.intake.code_view import code_view
from garage.intake.queries import radio_in_car
from garage.intake.views_show import find_job
from garage.staff.signed_in import is_fresh, me
from garage.staff.words import VERBS
from garage.web.current import catalogue, now, read
from garage.web.local_time import local_now

__all__ = ["bp", "views_board", "views_figures"]
LONGEST_IN_BOX = 200  # an address on a paper of ours


@bp.post("/find")
def find() -> ResponseReturnValue:
    """The first box: one clear answer opens it, several are a list, a number nobody knows opens a new car."""
    text = request.form.get("text", "").strip()[:LONGEST_IN_BOX]
    meant = what_is_meant(text)
    found = find_meant(read(), me().site_id, meant, customers=me().role.finds_customers)
    offer_card(meant.card_number)
    if found.job is not None:
        return redirect(url_for("board.job", number=found.job.number), 303)
    if found.unit is not None:
        return redirect(url_for("bay.radio", unit_id=found.unit.id), 303)
    if len(found.hits) == 1 and not found.loose and found.hits[0].as_found:
        return redirect(hit_url(found.hits[0]), 303)
    if not (found.hits or found.loose) and meant.field and not meant.certain:
        browser["new_car"] = {meant.field: meant.vin or meant.text}
        return redirect(url_for("intake.new_car"), 303)
    return render_template("board/found.html", found=found, hits=found.hits, hit_url=hit_url, searched=text)


def offer_card(number: str) -> None:
    """A card of ours leads to its car; the card's own page stays one click away."""
    card = card_numbered(read(), me().site_id, number) if number else None
    if card is None:
        return
    current = _("Card %(number)s", number=card.number)
    words = current if card.is_current else f"{current}: {_('no longer current')}"
    link = Markup('<a href="{}">{}</a>').format(url_for("cards.card", number=card.number), words)
    flash(link, "done" if card.is_current else "warning")


def hit_url(hit: Hit) -> str:
    """Where a car that was found leads: to its job where one is open here, else to a new one."""
    if hit.job is not None and hit.job.is_open and hit.job.site_id == me().site_id:
        return url_for("board.job", number=hit.job.number)
    return url_for("intake.new_car", car=hit.vehicle.id)


@bp.get("/jobs/<int:number>")
def job(number: int) -> ResponseReturnValue:
    """One job: what it says now, what comes next, and everything that happened."""
    session = read()
    found = find_job(session, number)
    local = local_now()
    return render_template(
        "board/job.html",
        job=found,
        around=around(session, found, local.date(), now()),
        view=code_view(session, found, is_fresh()),
        asked=radio_in_car(found.vehicle, found.head_unit, catalogue()),
        verbs=VERBS,
    )
