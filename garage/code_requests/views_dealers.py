"""Who we ask: the dealer book's pages."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.code_requests.blueprint import bp
from garage.code_requests.dealer_book import FIELDS, add_dealer, change_dealer, dealer_book
from garage.code_requests.forms_dealer import DealerForm, NewDealerForm
from garage.code_requests.models import Dealer
from garage.code_requests.record import records
from garage.db import SavedMeanwhile
from garage.domain.answer_times import Record
from garage.domain.packet import USUAL_CHANNELS
from garage.domain.text import Refused
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, read, transaction


@bp.get("/who-we-ask")
def dealers() -> ResponseReturnValue:
    """Everybody in the book."""
    return render_template(
        "code_requests/dealers.html",
        dealers=dealer_book(read()),
        records=records(read(), me().site.week),
        nothing_yet=Record(),
    )


@bp.get("/who-we-ask/new")
def new_dealer() -> ResponseReturnValue:
    """An empty entry; ?job= is where to go on afterwards, ?make= what they should serve."""
    form = NewDealerForm(
        formdata=None,
        data={
            "job": request.args.get("job", type=int),
            "makes": request.args.get("make", "")[:40],
            "channels": USUAL_CHANNELS,
            "language": me().site.language,
        },
    )
    return new_dealer_page(form)


def new_dealer_page(form: NewDealerForm, status: int = 200) -> ResponseReturnValue:
    """The page for somebody new."""
    return render_template("code_requests/new_dealer.html", form=form, makes=_make_names()), status


def _make_names() -> list[str]:
    return sorted(make.name for make in catalogue().makes if not make.supplier)


@bp.post("/who-we-ask/new")
def add_to_book() -> ResponseReturnValue:
    """Put somebody into the book; go on asking where one came from."""
    form = NewDealerForm()
    if not form.validate():
        return new_dealer_page(form, 422)
    onward = url_for("code_requests.ask", number=form.job.data) if form.job.data else None

    def add(session: Session) -> str:
        dealer = add_dealer(session, form.to_command(catalogue()), by())
        session.flush()  # the address needs the row's number
        return f"{onward}?dealer={dealer.id}" if onward else url_for("code_requests.dealers")

    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: add(session))
    except Refused as no:
        form.refuse(no)
        return new_dealer_page(form, 409)
    return redirect(location, 303)


@bp.get("/who-we-ask/<int:number>")
def dealer(number: int) -> ResponseReturnValue:
    """One entry."""
    found = find_dealer(read(), number)
    return dealer_page(found, dealer_form(found))


def find_dealer(session: Session, number: int) -> Dealer:
    """The entry with this number; else 404."""
    return session.get(Dealer, number) or abort(404)


def dealer_form(dealer: Dealer) -> DealerForm:
    """The entry as it is on file now, whatever was just sent."""
    values = {name: getattr(dealer, name) for name in ("version", *FIELDS)}
    return DealerForm(formdata=None, data=values | {"channels": dealer.offers, "ticks": dealer.insists})


def dealer_page(dealer: Dealer, form: DealerForm, status: int = 200) -> ResponseReturnValue:
    """The page of one entry."""
    page = render_template("code_requests/dealer.html", dealer=dealer, form=form, makes=_make_names())
    return page, status


@bp.post("/who-we-ask/<int:number>")
def save_dealer(number: int) -> ResponseReturnValue:
    """Save the entry; where somebody else was quicker, show both values."""
    form = DealerForm()
    if not form.validate():
        return dealer_page(find_dealer(read(), number), form, 422)
    try:
        with transaction() as session:
            change_dealer(session, find_dealer(session, number), form.to_command(catalogue()), by())
    except Refused as no:
        form.refuse(no)
        found = find_dealer(read(), number)
        if isinstance(no, SavedMeanwhile):
            form.show_saved_meanwhile(dealer_form(found))
        return dealer_page(found, form, 409)
    flash(_("Saved."), "done")
    return redirect(url_for("code_requests.dealers"), 303)
