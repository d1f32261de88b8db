"""One-time links: the first owner signs up, everybody else chooses a password."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.staff import joining, queries
from garage.staff.blueprint import bp
from garage.staff.forms import NewPasswordForm, SignUpForm
from garage.staff.joining import LinkGone
from garage.staff.models import Invitation
from garage.staff.passwords import hash_password
from garage.staff.signed_in import language, sign_in_here
from garage.staff.views_door import enter, first_page
from garage.web.current import now, read, transaction


@bp.get("/welcome/<token>")
def welcome(token: str) -> ResponseReturnValue:
    """What the link is for: signing up as the owner, or a password for somebody who is on the list."""
    try:
        link = joining.find_link(read(), token, now())
    except LinkGone as gone:
        return gone_page(gone)
    return join_page(link, token, NewPasswordForm() if link.person else SignUpForm())


@bp.post("/welcome/<token>")
def join(token: str) -> ResponseReturnValue:
    """Use the link: once, and signed in at the end of it."""
    try:
        link = joining.find_link(read(), token, now())
        return choose_password(link, token) if link.person else become_owner(link, token)
    except LinkGone as gone:
        return gone_page(gone)


def become_owner(link: Invitation, token: str) -> ResponseReturnValue:
    """The first person signs up and goes on to the letterhead."""
    form = SignUpForm()
    if not form.validate():
        return join_page(link, token, form, 422)
    command = form.to_command(language())
    with transaction() as session:
        entered = enter(session, joining.sign_up(session, token, command, now(), g.request_id))
    sign_in_here(*entered)
    return redirect(url_for("staff.letterhead", first=1), 303)


def choose_password(link: Invitation, token: str) -> ResponseReturnValue:
    """Somebody on the list sets the password."""
    form = NewPasswordForm()
    if link.person:
        form.their_name = link.person.sign_in_name
    if not form.validate():
        return join_page(link, token, form, 422)
    hashed = hash_password(form.password.data)
    with transaction() as session:
        who = joining.set_password(session, token, hashed, now(), g.request_id)
        entered = enter(session, who)
    sign_in_here(*entered)
    flash(
        _(
            "Welcome, %(name)s. From now on you sign in as “%(sign_in)s”.",
            name=who.name,
            sign_in=who.sign_in_name,
        )
    )
    return redirect(first_page(who, None), 303)


def join_page(
    link: Invitation, token: str, form: SignUpForm | NewPasswordForm, status: int = 200
) -> ResponseReturnValue:
    """The page behind a link that works."""
    page = "staff/set_password.html" if link.person else "staff/sign_up.html"
    garage = queries.garage_name(read())
    return render_template(page, form=form, token=token, person=link.person, garage=garage), status


def gone_page(gone: LinkGone) -> ResponseReturnValue:
    """Say kindly that the link is used up, and how to get another."""
    return render_template("staff/link_gone.html", used=gone.used, anybody=queries.anybody(read())), 410
