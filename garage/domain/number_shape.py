"""Shapes of numbers as people write them: # is a digit, @ a letter, ? either, all else stands for itself."""

import re
from collections.abc import Iterable

_SIGNS = {"#": "[0-9]", "@": "[A-Z]", "?": "[0-9A-Z]"}
_WRITTEN = re.compile(r"[0-9A-Z/#@?]{2,24}")


def shape_pattern(shapes: Iterable[str]) -> re.Pattern[str]:
    """The pattern of numbers of these shapes: ``["BP####?#######"]`` fits ``BP9475A2784083``.

    Such a pattern repeats nothing, so it is quick on every text whatever was typed.
    ValueError where nothing or something else is written.
    """
    written = list(shapes)
    if not written:
        raise ValueError("write at least one shape")
    for shape in written:
        if not _WRITTEN.fullmatch(shape):
            raise ValueError(
                f"{shape} is no shape: 2 to 24 capitals and digits, # for a digit, @ for a letter, ? for either"
            )
    return re.compile("|".join("".join(_SIGNS.get(sign, sign) for sign in shape) for shape in written))
