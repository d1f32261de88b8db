"""The board on a desk and on the wall; both fetch their rows again by themselves."""

from datetime import datetime, timedelta
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from garage.board.blueprint import bp
from garage.board.queries import closed_since, open_jobs
from garage.board.wall import screens
from garage.code_requests.mail_state import mail_trouble
from garage.outbox.mail_server import mail_server
from garage.staff.first_steps import open_first_steps
from garage.staff.models import House
from garage.staff.queries import house
from garage.staff.signed_in import me
from garage.web.current import database, now, read, settings
from garage.web.local_time import local_now

BACKUP_EVERY = timedelta(days=7)


@bp.get("/")
def today() -> ResponseReturnValue:
    """Who is waiting for what, since when."""
    session = read()
    return render_template(
        "board/today.html",
        **_rows(),
        mail_trouble=mail_trouble(
            session,
            me().site_id,
            now(),
            has_server=mail_server(settings().config) is not None,
            locked=database().vault.locked,
        ),
        backup_missing=backup_missing(house(session), now()),
        first_steps=open_first_steps(session) if me().role.manages else [],
        first_box_focus=True,
    )


@bp.get("/lanes")
def lanes() -> ResponseReturnValue:
    """The board's rows alone, as they stand now."""
    return render_template("board/_lanes.html", **_rows())


def _rows() -> dict[str, Any]:
    session, local = read(), local_now()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "lanes": open_jobs(session, me().site_id, local.date(), now()),
        "done": closed_since(session, me().site_id, midnight),
    }


@bp.get("/wall")
def wall() -> ResponseReturnValue:
    """The board for a screen on the wall: plates and what comes next, no names."""
    return render_template("board/wall.html", screens=_screens())


@bp.get("/wall/rows")
def wall_rows() -> ResponseReturnValue:
    """The wall's rows alone, as they stand now."""
    return render_template("board/_wall.html", screens=_screens())


def _screens() -> Any:
    return screens(open_jobs(read(), me().site_id, local_now().date(), now()))


def backup_missing(of: House, at: datetime) -> bool:
    """Whether the last backup is more than seven days old; a new garage has seven days for its first."""
    return at - (of.backed_up_at or of.opened_at) > BACKUP_EVERY
