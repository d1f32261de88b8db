"""Serial numbers of radios: one spelling, the shapes that fit, and what people really do wrong with them."""

import re
from dataclasses import dataclass

from garage.domain.catalogue import Catalogue, CrossCheck, Family, OtherNumber
from garage.domain.look_alikes import readings
from garage.domain.text import N_, Text

SHORTEST = 4  # a Renault pre-code; whatever is shorter names no radio
_BETWEEN = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")
_AROUND = "#:;,*'\"()[]"
_HALVES = re.compile(r"(?P<first>[UL])(?P<one>[0-9]{4})[/+,&]?(?P<second>[UL])(?P<two>[0-9]{4})")
# Labels print these digits before the number; they are no part of it.
_LABEL_DIGITS = re.compile(r"(?:815)+(?=(?:BP|CM|C7)[0-9A-Z])|(?:014)+(?=(?:VW|AU|SK|SE)Z)")


def normalise(text: str) -> str:
    """The one spelling of a serial number; doing it twice changes nothing.

    Capitals; no spaces, dots and dashes; no punctuation around it; no leading 815 (Bosch) or 014
    (Volkswagen group); the two halves that a Honda shows (U1234 L5678) as 12345678.
    """
    joined = _BETWEEN.sub("", text).upper().strip(_AROUND)
    if (halves := _HALVES.fullmatch(joined)) and halves["first"] != halves["second"]:
        one, two = halves["one"], halves["two"]
        return one + two if halves["first"] == "U" else two + one
    return joined[label.end() :] if (label := _LABEL_DIGITS.match(joined)) else joined


@dataclass(frozen=True, slots=True)
class Reading:
    """What a serial number looks like. `complete` is False where it fits no shape, or fits another number.

    `other_readings` are numbers that look alike and would fit too: to be asked, never taken.
    """

    serial_number: str
    families: tuple[str, ...]
    make: str | None
    complete: bool
    warnings: tuple[Text, ...]
    other_readings: tuple[str, ...] = ()


def identify(
    text: str, catalogue: Catalogue, make: str | None = None, part_number: str | None = None
) -> Reading:
    """What we can say about a number given as a radio's serial number. Odd numbers are marked, never refused.

    The make, if known, makes some shapes more likely; the type number is checked against the serial number.
    """
    number = normalise(text)
    said_make = catalogue.make_name(make)
    fitting = _fitting(number, catalogue, said_make)
    begun = () if fitting else _begun(number, catalogue, said_make)
    other = _other_number(number, catalogue, said_make, fitting)
    doubtful = _is_another(other)
    alike = () if doubtful else readings(number, _shapes_to_expect(catalogue, fitting, begun, said_make))
    warnings = (
        *(() if doubtful else _length_warning(number, fitting, begun)),
        *_other_warning(other),
        *(() if doubtful else _make_warning(catalogue, number, fitting, said_make)),
        *_cross_warnings(catalogue, number, part_number, fitting),
        *(() if fitting else _alike_warning(alike)),
    )
    return Reading(
        serial_number=number,
        families=tuple(family.id for family in fitting or begun),
        make=said_make or _named_make(number, fitting or begun),
        complete=bool(fitting) and not doubtful,
        warnings=warnings,
        other_readings=alike,
    )


def whole_families(text: str, catalogue: Catalogue, make: str | None = None) -> tuple[str, ...]:
    """The shapes by which facts are asked about a radio's serial number, the likeliest first.

    Empty where it fits none, or fits another kind of number: then it tells nothing about the radio.
    """
    number, said_make = normalise(text), catalogue.make_name(make)
    fitting = _fitting(number, catalogue, said_make)
    if _is_another(_other_number(number, catalogue, said_make, fitting)):
        return ()
    return tuple(family.id for family in fitting)


def _is_another(other: OtherNumber | None) -> bool:
    return other is not None and not other.perhaps


def _fitting(number: str, catalogue: Catalogue, make: str | None) -> tuple[Family, ...]:
    found = [family for family in catalogue.families if family.pattern.fullmatch(number)]
    return tuple(sorted(found, key=lambda family: _unlikeliness(family, make)))


def _unlikeliness(family: Family, make: str | None) -> tuple[bool, bool, int]:
    for_this_make = make is not None and make in (*family.makes, *family.suppliers)
    return (not for_this_make, family.needs_make, family.confidence.rank)


def _begun(number: str, catalogue: Catalogue, make: str | None) -> tuple[Family, ...]:
    """Shapes that this number begins like: it was cut short, or more than the number was copied."""
    found = [
        family
        for family in catalogue.families
        if family.begins is not None
        and family.begins.match(number)
        and (make is None or not family.needs_make or make in family.makes)
    ]
    return tuple(sorted(found, key=lambda family: _unlikeliness(family, make)))


def _named_make(number: str, families: tuple[Family, ...]) -> str | None:
    if not families:
        return None
    first = families[0]
    named = next((make for start, make in first.named_by.items() if number.startswith(start)), None)
    return named or first.usual_make or None


def _other_number(
    number: str, catalogue: Catalogue, make: str | None, fitting: tuple[Family, ...]
) -> OtherNumber | None:
    """The other kind of number this is, unless a shape that fits it says more about this make."""
    for other in catalogue.other_numbers:
        if other.makes and make not in other.makes:
            continue
        if other.pattern.fullmatch(number) and not _outranked(other, fitting, make):
            return other
    return None


def _outranked(other: OtherNumber, fitting: tuple[Family, ...], make: str | None) -> bool:
    if not fitting or other.perhaps:
        return False
    return not fitting[0].needs_make or make in fitting[0].makes


def _shapes_to_expect(
    catalogue: Catalogue, fitting: tuple[Family, ...], begun: tuple[Family, ...], make: str | None
) -> list[re.Pattern[str]]:
    """Look-alike readings are only sought in the shape that fits, or in shapes that say something."""
    if fitting or begun:
        return [family.pattern for family in (fitting or begun)[:1]]
    return [family.pattern for family in catalogue.families if not family.needs_make or make in family.makes]


def _length_warning(number: str, fitting: tuple[Family, ...], begun: tuple[Family, ...]) -> tuple[Text, ...]:
    if not number:
        return (Text(N_("There is no number.")),)
    if fitting:
        return ()
    if not begun:
        return (Text(N_("We know no radio number of this shape. Look at the label again.")),)
    whole = begun[0].whole
    if whole is None or len(number) == whole:
        return (Text(N_("It begins like a radio number, but one character does not fit. Look again.")),)
    if len(number) < whole:
        message = N_("Too short: such a number has %(whole)d characters, this one has %(length)d.")
    else:
        message = N_("Too long: such a number has %(whole)d characters, this one has %(length)d.")
    return (Text(message, {"whole": whole, "length": len(number)}),)


def _other_warning(other: OtherNumber | None) -> tuple[Text, ...]:
    if other is None:
        return ()
    return (
        Text(N_("This looks like %(what)s, not like the radio's serial number."), {"what": Text(other.what)}),
    )


def _make_warning(
    catalogue: Catalogue, number: str, fitting: tuple[Family, ...], make: str | None
) -> tuple[Text, ...]:
    said = catalogue.make(make)
    if said is None or said.supplier or not fitting:
        return ()
    first = fitting[0]
    usual = _named_make(number, fitting[:1]) or (first.makes[0] if len(first.makes) == 1 else None)
    expected = usual is None and (make in first.makes or not first.makes)
    if expected or usual == make or (usual and usual in said.same_as):
        return ()
    makes = (usual,) if usual else first.makes
    return (
        Text(
            N_("Such a number is usual for %(usual)s, not for %(make)s. Is this radio from another car?"),
            {"usual": ", ".join(makes), "make": said.name},
        ),
    )


def _cross_warnings(
    catalogue: Catalogue, number: str, part_number: str | None, fitting: tuple[Family, ...]
) -> tuple[Text, ...]:
    part = normalise(part_number or "")
    if not part:
        return ()
    if part == number:
        return (Text(N_("Serial number and part number are the same. Which of them stands on the label?")),)
    check = fitting[0].cross_check if fitting else None
    if check is None:
        return _swapped_warning(catalogue, number, part)
    if not _is_of(catalogue, part, check.other) or _agree(check, number, part):
        return ()
    return (Text(N_("Serial number and type number do not belong together: one of them was misread.")),)


def _agree(check: CrossCheck, number: str, part: str) -> bool:
    length = check.last - check.first + 1
    start = check.other_first - 1
    return number[check.first - 1 : check.last] == part[start : start + length]


def _is_of(catalogue: Catalogue, part: str, other_id: str) -> bool:
    return any(
        other.id == other_id and other.pattern.fullmatch(part) is not None
        for other in catalogue.other_numbers
    )


def _swapped_warning(catalogue: Catalogue, number: str, part: str) -> tuple[Text, ...]:
    checks = [family.cross_check for family in catalogue.families if family.pattern.fullmatch(part)]
    if any(check is not None and _is_of(catalogue, number, check.other) for check in checks):
        return (Text(N_("Serial number and part number look swapped.")),)
    return ()


def _alike_warning(alike: tuple[str, ...]) -> tuple[Text, ...]:
    if not alike:
        return ()
    return (
        Text(
            N_("Easily misread characters. These would fit: %(readings)s. Look at the label."),
            {"readings": ", ".join(alike)},
        ),
    )
