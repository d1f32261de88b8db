"""Photos of radios, as pictures."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from garage.radios.models import PhotoBytes
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
