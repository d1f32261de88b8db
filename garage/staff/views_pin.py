"""Changing over at a browser with the desk PIN, and choosing one's own."""

from flask import flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.staff import queries, sign_ins
from garage.staff.blueprint import bp
from garage.staff.forms_pin import MyPinForm, PinForm
from garage.staff.limits import WRONG_PASSWORDS, limiter, was_wrong
from garage.staff.links import page_for
from garage.staff.models import SignIn
from garage.staff.passwords import hash_password
from garage.staff.pins import pin_is_right, set_pin, take_pin_away, who_may_use_a_pin
from garage.staff.signed_in import browser_hash, by, device, is_fresh, sign_in_here, to_prove
from garage.staff.views_people import find_person
from garage.web.current import close_reading, database, now, read, transaction


def here_today() -> list[SignIn]:
    """Who typed the password at this browser today and has a PIN, by name."""
    mark = browser_hash()
    return list(who_may_use_a_pin(read(), now(), mark)) if mark else []


@bp.get("/who-is-here")
def who_is_here() -> ResponseReturnValue:
    """The people who signed in at this browser today: one tap and the PIN, then back to the page `?next=`."""
    if "next" in request.args:
        browser["after_sign_in"] = request.args["next"]
    if not here_today():
        return redirect(url_for("staff.sign_in", password=1), 303)
    return who_page(PinForm(formdata=None))


def who_page(form: PinForm, status: int = 200) -> ResponseReturnValue:
    """The names, the box for the PIN, and the way to the password."""
    people = here_today()
    form.offer([row.person for row in people])
    garage = queries.garage_name(read())
    return render_template("staff/who_is_here.html", form=form, people=people, garage=garage), status


@bp.post("/who-is-here")
@limiter.limit(WRONG_PASSWORDS, deduct_when=was_wrong)
def change_over() -> ResponseReturnValue:
    """The right PIN signs its person in at this browser; whoever was signed in here is not any more."""
    form = PinForm()
    people = {row.person_id: row for row in here_today()}
    form.offer([row.person for row in people.values()])
    if not form.validate():
        return who_page(form, 422)
    first = people[form.person.data]
    close_reading()  # the slow hash needs no database
    if not pin_is_right(database(), first, form.pin.data, now()):
        if first.person_id not in {row.person_id for row in here_today()}:
            flash(_("Five wrong PINs. Sign in with the password."), "warning")
            return redirect(url_for("staff.sign_in", password=1), 303)
        form.pin.errors = [_("This is not the PIN of %(name)s.", name=first.person.name)]
        return who_page(form, 422)
    coming_from, before = browser.get("after_sign_in"), device()
    with transaction() as session:
        if before is not None:
            sign_ins.end(session, before.id, now())
        entered = sign_ins.start_with_pin(session, first, now())
    sign_in_here(*entered)
    return redirect(page_for(first.person.role, coming_from), 303)


@bp.get("/my-pin")
def my_pin() -> ResponseReturnValue:
    """Choose a PIN, with the password typed a moment ago."""
    if not is_fresh():
        return to_prove(url_for("staff.my_pin"))
    return render_template("staff/my_pin.html", form=MyPinForm(formdata=None))


@bp.post("/my-pin")
def save_my_pin() -> ResponseReturnValue:
    """Keep the new PIN."""
    if not is_fresh():
        return to_prove(url_for("staff.my_pin"))
    form = MyPinForm()
    if not form.validate():
        return render_template("staff/my_pin.html", form=form), 422
    acting = by()
    close_reading()
    hashed = hash_password(form.pin.data)
    with transaction() as session:
        set_pin(session, hashed, acting)
    flash(_("Your PIN is set. Until this evening it will do at every device where you typed your password."))
    return redirect(url_for("board.today"), 303)


@bp.post("/people/<int:number>/pin")
def no_pin(number: int) -> ResponseReturnValue:
    """A manager takes somebody's PIN away."""
    with transaction() as session:
        person = find_person(session, number)
        take_pin_away(session, person, by())
    flash(_("%(name)s needs the password now, and can choose another PIN.", name=person.name))
    return redirect(url_for("staff.person", number=number), 303)
