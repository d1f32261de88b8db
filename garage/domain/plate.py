"""Registrations and names as people type them, folded so that spelling does not matter when searching."""

import unicodedata


def plate_key(text: str) -> str:
    """A registration without spaces, dashes and case: ``"ka-ab 123"`` is ``"KAAB123"``."""
    return "".join(letter for letter in text.upper() if letter.isalnum())


def plate_shown(text: str) -> str:
    """A registration as it is written on the car: upper case, single spaces."""
    return " ".join(text.upper().split())


def folded(text: str) -> str:
    """Letters and digits in lower case without accents: ``"Dvořák, 0170-12"`` is ``"dvorak017012"``."""
    apart = unicodedata.normalize("NFKD", text.casefold())  # é becomes e and its accent, ß is ss already
    plain = apart.replace("ł", "l").replace("ø", "o")
    return "".join(letter for letter in plain if letter.isalnum())
