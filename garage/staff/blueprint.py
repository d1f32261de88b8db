"""The staff room's door plate: every page of the room hangs on it."""

from flask import Blueprint

bp = Blueprint("staff", __name__)
