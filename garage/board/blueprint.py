"""The board's door plate: every page of the room hangs on it."""

from flask import Blueprint

bp = Blueprint("board", __name__)
