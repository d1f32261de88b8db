"""The door plate of the print room: every page of the room hangs on it."""

from flask import Blueprint

bp = Blueprint("cards", __name__)
