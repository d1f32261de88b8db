"""What people type: no signs in it that nobody sees and no paper prints."""

import unicodedata

from garage.domain.text import N_, Refused


def printable_line(text: str, *, lines: bool = False) -> str:
    """The text with plain line ends. Refused when it holds control characters, or lines where one is meant."""
    plain = "\n".join(text.splitlines()) if lines else text
    if any(unicodedata.category(letter) in {"Cc", "Cs", "Co"} and letter != "\n" for letter in plain):
        raise Refused(N_("This has a character that cannot be printed. Type it again."))
    if not lines and "\n" in plain:
        raise Refused(N_("Write this on one line."))
    return plain
