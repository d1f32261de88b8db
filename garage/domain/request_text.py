"""The texts that ask for a code: as shipped, a garage's own, and the fixed list of places that are filled in."""

import re
from collections.abc import Mapping

from garage.domain.labelled import Labelled
from garage.domain.packet import TextKind
from garage.domain.text import N_, Refused


class Place(Labelled):
    """What can be filled into a text; the value is written in braces."""

    REFERENCE = "reference", N_("our reference")
    NUMBERS = "numbers", N_("all numbers that they may know, a line each")
    VEHICLE = "vehicle", N_("make and model of the car")
    VIN = "vin", N_("the VIN")
    REGISTRATION = "registration", N_("the registration")
    RADIO = "radio", N_("make and model of the radio")
    SERIAL_NUMBER = "serial number", N_("the radio's serial number")
    PART_NUMBER = "part number", N_("the radio's part number")
    BUILT_WITH = "built with", N_("whether the car was built with this radio")
    ENCLOSED = "enclosed", N_("what is attached")
    PAPERS_SEEN = "papers seen", N_("that we have seen the car's papers")
    DUE_DAY = "due day", N_("the day by which an answer is wanted")
    ASKED_DAY = "asked day", N_("the day on which they were asked")
    WRONG_DAY = "wrong day", N_("the day on which their code did not work")
    DISPLAY = "display", N_("what the radio showed then")
    CUSTOMER_NUMBER = "customer number", N_("our customer number there")
    DEALER = "dealer", N_("who is asked")
    GARAGE = "garage", N_("the garage's name")
    PHONE = "phone", N_("the garage's phone number")
    EMAIL = "email", N_("the garage's e-mail address")


_BRACES = re.compile(r"\{([^{}\n]*)\}")
LONGEST_BODY = 4000
LONGEST_SUBJECT = 150
MOST_LINES = 70  # so it fits a letter, with the numbers on lines of their own
LINES_OF_NUMBERS = 7

SUBJECTS = {
    TextKind.REQUEST: N_("Radio code, our reference {reference}"),
    TextKind.FIRST_REMINDER: N_("Reminder: radio code, our reference {reference}"),
    TextKind.SECOND_REMINDER: N_("Second reminder: radio code, our reference {reference}"),
    TextKind.AFTER_WRONG_CODE: N_("The code did not work, our reference {reference}"),
}
_HELLO = (N_("Dear Sir or Madam,"), "")
_NUMBERS = (
    "",
    "{numbers}",
    "",
    N_("Our customer number with you: {customer number}"),
    N_("Attached: {enclosed}"),
    "{papers seen}",
    N_("Please answer by {due day}."),
    N_("Please name our reference {reference}. If you cannot give the code, tell us why in a word."),
)
_BYE = ("", N_("Kind regards"), "{garage}", "{phone}", "{email}")
BODIES = {
    TextKind.REQUEST: (
        *_HELLO,
        N_("This car is with us for work that takes its battery off."),
        N_("Please tell us the anti-theft code that belongs to its radio."),
        *_NUMBERS,
        *_BYE,
    ),
    TextKind.FIRST_REMINDER: (
        *_HELLO,
        N_("On {asked day} we asked you for the code of a radio. No answer has reached us yet."),
        N_("The car is waiting for it. Please have a look."),
        *_NUMBERS,
        *_BYE,
    ),
    TextKind.SECOND_REMINDER: (
        *_HELLO,
        N_("On {asked day} we asked you for the code of a radio, and we have reminded you once."),
        N_("Please tell us today whether you can help, so that we can ask elsewhere if not."),
        *_NUMBERS,
        *_BYE,
    ),
    TextKind.AFTER_WRONG_CODE: (
        *_HELLO,
        N_("Thank you for the code. It did not work in this radio."),
        N_("It was entered once, on {wrong day}."),
        N_("The radio showed: {display}"),
        N_("We have read the number once more; it stands below. Please look again with it:"),
        N_(
            "the code may have been changed by a dealer since, or the car may hold another radio than it was built with."
        ),
        *_NUMBERS,
        *_BYE,
    ),
}
"""Lines as shipped, in English; each is a message of its own, the empty ones part paragraphs."""


def check_places(text: str) -> None:
    """Refused, with what was meant, for braces around anything that is not on the list."""
    known = {place.value for place in Place}
    strange = next((found[1] for found in _BRACES.finditer(text) if found[1] not in known), None)
    if strange is not None:
        raise Refused(
            N_(
                "{%(place)s} cannot be filled in. Take one from the list, written exactly as it stands there."
            ),
            place=strange,
        )


def check_lines(text: str) -> None:
    """Refused for a text with more lines than a letter has."""
    numbers = text.count("{" + Place.NUMBERS.value + "}")
    if len(text.splitlines()) + numbers * LINES_OF_NUMBERS > MOST_LINES:
        raise Refused(N_("This text has too many lines for a letter: %(most)d are enough."), most=MOST_LINES)


def fill(text: str, values: Mapping[Place, str]) -> str:
    """The text with every place filled in. A line is left out where the only things to fill in are not known.

    Values are put in as they are: what looks like a place inside a value stays as it is.
    """
    by_name = {place.value: values.get(place, "") for place in Place}
    lines = []
    for line in text.splitlines():
        names = [found[1] for found in _BRACES.finditer(line) if found[1] in by_name]
        if names and not any(by_name[name] for name in names):
            continue
        lines.append(_BRACES.sub(lambda found: by_name.get(found[1], found[0]), line))
    return _without_gaps(lines)


def _without_gaps(lines: list[str]) -> str:
    """Never more than one empty line, none at either end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"
