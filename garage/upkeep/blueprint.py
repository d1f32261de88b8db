"""The door plate of the pages for what is done now and then."""

from flask import Blueprint

bp = Blueprint("upkeep", __name__)
