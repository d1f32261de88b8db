"""Texts in files that a spreadsheet opens: what was typed must never become a formula there."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain_cell(value: object) -> object:
    """The value as a cell: a text that a spreadsheet would compute gets an apostrophe in front, numbers stay."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
