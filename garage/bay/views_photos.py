"""Photos of the radio's label and front and of the VIN plate, from a phone's camera or a file."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from garage.bay.blueprint import bp
from garage.bay.forms import PhotoForm
from garage.bay.photos import put_photo
from garage.bay.views_battery import page_they_came_from
from garage.domain.text import Refused
from garage.intake.from_photo import offers
from garage.intake.views_show import find_job
from garage.radios.models import PhotoKind
from garage.radios.photo_worker import Developed
from garage.radios.views import darkroom
from garage.staff.signed_in import by
from garage.web.current import close_reading, read, transaction


@bp.url_value_preprocessor
def let_photos_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """This one page takes more than a form: said before anything of the upload is read."""
    if endpoint == "bay.take_photo":
        request.max_content_length = current_app.config["MAX_PHOTO_LENGTH"]


@bp.get("/jobs/<int:number>/photo")
def photos(number: int) -> ResponseReturnValue:
    """The page for photos."""
    return render_template("bay/photo.html", job=find_job(read(), number), refusal=None)


@bp.post("/jobs/<int:number>/photo")
def take_photo(number: int) -> ResponseReturnValue:
    """Keep a photo: made anew in a process of its own before the database is touched."""
    form = PhotoForm()
    job = find_job(read(), number)
    if not form.validate():
        words = next(error for field in form for error in field.errors)
        return render_template("bay/photo.html", job=job, refusal=words), 422
    close_reading()  # the database is not kept waiting for a slow photo
    readable = form.kind.data is not PhotoKind.FRONT
    try:
        upload = form.photo.data.read()
        made = darkroom().develop_and_read(upload) if readable else Developed(darkroom().develop(upload))
    except Refused as no:
        return render_template("bay/photo.html", job=find_job(read(), number), refusal=no.text), 422
    with transaction() as session:
        job = find_job(session, number)
        photo = put_photo(session, job, form.kind.data, made, by())
        asked_about = any(offer.photo is photo for offer in offers(job))
    if asked_about:
        return redirect(url_for("intake.radio", number=number), 303)
    if photo.numbers:
        flash(_("The photo is kept. Its bar code says the number on record."), "done")
    elif readable:
        flash(
            _(
                "The photo is kept. No bar code could be read on it: read the number yourself and type it twice."
            ),
            "warning",
        )
    else:
        flash(_("The photo is kept."), "done")
    return redirect(page_they_came_from(number), 303)
