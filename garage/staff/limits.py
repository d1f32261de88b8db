"""How often somebody may guess a password: ten wrong ones in five minutes, by name and by address."""

from flask import Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

WRONG_PASSWORDS = "10 per 5 minutes"

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://")  # counts are per process


def was_wrong(response: Response) -> bool:
    """Only wrong tries count: at eight in the morning a whole garage signs in from one address."""
    return response.status_code == 422


def typed_name() -> str:
    """The name somebody tries to sign in with, whether it exists or not."""
    return "name:" + request.form.get("name", "").strip().casefold()[:80]


def this_person() -> str:
    """The person who is asked for the password again."""
    return f"person:{current_user.row.person_id}"
