"""Lines of a card that must fit their box: broken and counted here, so that nothing is cut off on paper."""

from collections.abc import Callable
from math import ceil
from textwrap import wrap

from garage.domain.card import RadioPass
from garage.domain.text import N_, Text

RADIO_LINES, RADIO_WIDTH = 5, 18  # lines, and characters of 7.5 pt, beside the code
NUMBER_LINES, NUMBER_WIDTH = 4, 16  # the same beside the barcode of a radio number card
NAME_WIDTH = 19  # characters of 7 pt, semi-bold, beside a logo
STEP_WIDTH = 66  # characters of 7 pt on the back
STEP_LINES = 9
DIGITS = (
    N_("zero"),
    N_("one"),
    N_("two"),
    N_("three"),
    N_("four"),
    N_("five"),
    N_("six"),
    N_("seven"),
    N_("eight"),
    N_("nine"),
)


def radio_lines(card: RadioPass, translate: Callable[[str], str]) -> str:
    """Radio, what the customer calls the car, and the end of the VIN: a few short lines, the last one always."""
    tail = [Text(N_("VIN … %(tail)s"), {"tail": card.vin_tail}).say(translate)] if card.vin_tail else []
    most, width = (RADIO_LINES, RADIO_WIDTH) if card.code else (NUMBER_LINES, NUMBER_WIDTH)
    own = _broken(card.own_words, width, min(2, most - len(tail) - 2))
    room = most - len(tail) - len(own)
    name = f"{card.radio_make} {card.radio_model}".strip()
    if len(name) <= width:
        radio = [name] if name else []  # nothing is known but the number: no empty line
    else:
        radio = _broken(card.radio_make, width, 1) + _broken(card.radio_model, width, room - 1)
    return "\n".join([*radio, *own, *tail])


def beside_logo(name: str) -> str:
    """The garage's name where its logo leaves two short lines; what does not fit is marked."""
    return "\n".join(wrap(name, NAME_WIDTH, max_lines=2, placeholder="…"))


def _broken(text: str, width: int, lines: int) -> list[str]:
    return wrap(text, width, max_lines=lines, placeholder="…")


def steps_that_fit(steps: list[str]) -> list[str]:
    """All steps when they fit the back of a card; none when they do not: half of the steps would harm a radio."""
    lines = sum(ceil((len(step) + 3) / STEP_WIDTH) for step in steps)
    return steps if lines <= STEP_LINES else []


def spelled(code: str, translate: Callable[[str], str]) -> str:
    """The code to read aloud: digits as words, letters as they are."""
    return " – ".join(translate(DIGITS[int(sign)]) if sign in "0123456789" else sign for sign in code)
