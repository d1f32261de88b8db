"""The door plate of the room that asks for codes: every page of the room hangs on it."""

from flask import Blueprint

from garage.web.forms import new_form_key

bp = Blueprint("code_requests", __name__)


@bp.app_context_processor
def keys_for_buttons() -> dict[str, object]:
    """What a button needs that makes something by itself: a key of its own, so a double click makes it once."""
    return {"new_form_key": new_form_key}
