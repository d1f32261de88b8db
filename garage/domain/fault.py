"""Where the program broke, for its log: never what it was about, for that may hold a code."""

import traceback


def place_of(error: BaseException) -> str:
    """The lines of the program that led to the error, without the error's own words."""
    return "".join(traceback.format_tb(error.__traceback__))
