"""Photos of radios, as pictures, and the darkroom that makes them."""

from flask import Blueprint, Response, abort, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from garage.radios.models import PhotoBytes
from garage.radios.photos import Darkroom
from garage.web.current import read
from garage.web.headers import DOWNLOAD_POLICY

bp = Blueprint("radios", __name__)


@bp.get("/photos/<int:photo_id>.jpg")
def photo(photo_id: int) -> ResponseReturnValue:
    """A photo, upright and at most 2000 pixels."""
    jpeg = read().scalar(select(PhotoBytes.jpeg).where(PhotoBytes.photo_id == photo_id)) or abort(404)
    answer = Response(jpeg, mimetype="image/jpeg")
    answer.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return answer


def darkroom() -> Darkroom:
    """Where this program's photos are made."""
    made: Darkroom = current_app.extensions["garage.darkroom"]
    return made
