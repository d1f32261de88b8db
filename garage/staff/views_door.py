"""At the door: signing in and out, and the password once more."""

import logging
from datetime import timedelta

from flask import current_app, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import logout_user
from sqlalchemy.orm import Session

from garage.domain.people import Role
from garage.domain.text import N_, Refused
from garage.staff import queries, sign_ins
from garage.staff.blueprint import bp
from garage.staff.forms import ProveForm, SignInForm
from garage.staff.limits import WRONG_PASSWORDS, limiter, this_person, typed_name, was_wrong
from garage.staff.links import local_page, page_for
from garage.staff.models import Person, SignIn
from garage.staff.passwords import is_right
from garage.staff.signed_in import device, mark_browser, me, person, sign_in_here
from garage.staff.views_pin import here_today
from garage.web.current import close_reading, now, read, transaction

log = logging.getLogger(__name__)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """The door."""
    if "password" in request.args:  # somebody else wants to sign in here
        return sign_in_page(SignInForm())
    if person() is not None:
        return redirect(url_for("board.today"), 303)
    if here_today():
        return redirect(url_for("staff.who_is_here"), 303)
    return sign_in_page(SignInForm())


def sign_in_page(form: SignInForm, status: int = 200) -> ResponseReturnValue:
    """The door, with what was wrong last time."""
    garage, anybody = queries.garage_name(read()), queries.anybody(read())
    return render_template("staff/sign_in.html", form=form, garage=garage, anybody=anybody), status


@bp.post("/sign-in")
@limiter.limit(WRONG_PASSWORDS, deduct_when=was_wrong)
@limiter.limit(WRONG_PASSWORDS, key_func=typed_name, deduct_when=was_wrong)
def let_in() -> ResponseReturnValue:
    """Sign in, or say that name or password is wrong, never which."""
    form = SignInForm()
    if not form.validate():
        return sign_in_page(form, 422)
    found = queries.by_sign_in_name(read(), form.name.data)
    stored = found.password_hash if found and found.active else None
    close_reading()  # the slow hash needs no database
    if not is_right(form.password.data, stored) or found is None:
        log.warning("a sign-in was refused")  # the typed name may be a password in the wrong field
        form.refusal = _(
            "Sign-in name or password is not right. Capitals and small letters matter in the password."
        )
        return sign_in_page(form, 422)
    coming_from = browser.get("after_sign_in")
    with transaction() as session:
        who = session.get_one(Person, found.id)
        if who.password_hash != stored:
            raise Refused(N_("Your password was changed a moment ago. Sign in with the new one."))
        entered = enter(session, who)
    sign_in_here(*entered)
    return redirect(first_page(who, coming_from), 303)


def enter(session: Session, who: Person) -> tuple[SignIn, str]:
    """A new sign-in for this browser, for `sign_in_here`; whoever was signed in here before is not any more."""
    before = device()
    if before is not None:
        sign_ins.end(session, before.id, now())
    pin_until = now() + timedelta(hours=current_app.config["SIGN_IN_HOURS"])
    return sign_ins.start(session, who, now(), mark_browser(), pin_until)


def first_page(who: Person, coming_from: str | None) -> str:
    """Where to begin: the letterhead while it is missing, else the page that was wanted."""
    if who.role is Role.OWNER and not who.site.has_letterhead:
        return url_for("staff.letterhead", first=1)
    return page_for(who.role, coming_from)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this sign-in; the browser forgets the pages it has seen."""
    row = signed_in_row()
    with transaction() as session:
        sign_ins.end(session, row.id, now())
        sign_ins.forget_pin(session, row)
    logout_user()
    browser.clear()
    response = redirect(url_for("staff.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.get("/password")
def prove() -> ResponseReturnValue:
    """Ask for the password once more."""
    return render_template("staff/prove.html", form=ProveForm(), next=local_page(request.args.get("next")))


@bp.post("/password")
@limiter.limit(WRONG_PASSWORDS, key_func=this_person, deduct_when=was_wrong)
def prove_it() -> ResponseReturnValue:
    """The password was typed again: go on to the page that asked for it."""
    form, target = ProveForm(), local_page(request.args.get("next"))
    if not form.validate():
        return render_template("staff/prove.html", form=form, next=target), 422
    row, stored = signed_in_row(), me().password_hash
    close_reading()
    if not is_right(form.password.data, stored):
        log.warning("a password typed once more was not right")
        form.password.errors = [_("This is not your password. Capitals and small letters matter.")]
        return render_template("staff/prove.html", form=form, next=target), 422
    with transaction() as session:
        sign_ins.refresh(session, row.id, now())
    return redirect(target, 303)


def signed_in_row() -> SignIn:
    """This device; the table of who may open which page lets nobody else come here."""
    row = device()
    if row is None:
        raise LookupError(f"{current_app.name}: a page for signed-in people was opened by nobody")
    return row
