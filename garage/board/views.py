"""The board, the first box, and the job's own page."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from garage.board.queries import LONG, around, closed_since, open_jobs, search
from garage.domain.plate import plate_key
from garage.intake.code_view import code_view
from garage.intake.queries import radio_in_car
from garage.intake.views_show import find_job
from garage.staff.first_steps import open_first_steps
from garage.staff.models import House
from garage.staff.signed_in import is_fresh, me
from garage.staff.words import VERBS
from garage.web.current import now, read
from garage.web.local_time import local_now

bp = Blueprint("board", __name__)


@bp.get("/")
def today() -> ResponseReturnValue:
    """Who is waiting for what, since when."""
    session = read()
    local = local_now()
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    house = session.scalars(select(House)).one()
    return render_template(
        "board/today.html",
        lanes=open_jobs(session, me().site_id, local.date(), now()),
        done=closed_since(session, me().site_id, midnight),
        backup_missing=backup_missing(house, now()),
        first_steps=open_first_steps(session) if me().role.manages else [],
        first_box_focus=True,
    )


def backup_missing(house: House, at: datetime) -> bool:
    """Whether the last backup is more than seven days old; a new garage has seven days for its first."""
    return at - (house.backed_up_at or house.opened_at) > LONG


@bp.post("/find")
def find() -> ResponseReturnValue:
    """The first box: one clear answer opens it, a plate or VIN nobody knows opens a new car."""
    text = request.form.get("text", "").strip()[:80]
    jobs = search(read(), me().site_id, text)
    key = plate_key(text)
    exact = [job for job in jobs if key in {job.vehicle.registration, job.vehicle.vin, str(job.number)}]
    if exact:
        newest = exact[0]
        if newest.is_open or key == str(newest.number):
            return redirect(url_for("board.job", number=newest.number), 303)
    elif len(jobs) == 1:
        return redirect(url_for("board.job", number=jobs[0].number), 303)
    if exact or (not jobs and any(letter.isdigit() for letter in key)):
        browser["new_car"] = text
        return redirect(url_for("intake.new_car"), 303)
    return render_template("board/found.html", jobs=jobs, searched=text)


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
        asked=radio_in_car(found),
        verbs=VERBS,
    )
