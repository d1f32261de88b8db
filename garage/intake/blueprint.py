"""The desk's door plate: every page of the room hangs on it."""

from flask import Blueprint

bp = Blueprint("intake", __name__)
