"""The door plate of the pages about makes and radios."""

from flask import Blueprint

bp = Blueprint("facts", __name__)
