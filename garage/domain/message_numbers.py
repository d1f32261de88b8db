"""The numbers in a customer's message: which of them is the radio's serial number, which the VIN."""

import re
from dataclasses import dataclass

from garage.domain.catalogue import Catalogue, Family, InText, OtherNumber
from garage.domain.message_runs import Found, Labels, Run

_DISTINCT = 6  # characters that are hardly anything else
_VIN = re.compile(r"(?=(?:[A-Z]*[0-9]){5})[A-HJ-NPR-Z0-9]{13}[0-9]{4}")
_SPOKEN_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_HALVES = re.compile(r"U[0-9]{4}L[0-9]{4}|L[0-9]{4}U[0-9]{4}")


@dataclass(frozen=True, slots=True)
class SerialNumber:
    """A run that may be a radio's serial number, the family it fits and how sure that is."""

    run: Run
    family: Family
    whole: bool
    sureness: int


def read_vin_number(found_runs: list[Run], catalogue: Catalogue) -> Found | None:
    """The VIN: seventeen characters in one piece, or in several where the message says that it is one."""
    for run in found_runs:
        labelled = run.said == "vin"
        if run.pieces > 1 and not labelled:
            continue
        shape = _SPOKEN_VIN if labelled else _VIN
        if shape.fullmatch(run.joined) and (labelled or not _says_something(run.number, catalogue)):
            return Found(run.joined, run.start, run.end)
    return None


def _says_something(number: str, catalogue: Catalogue) -> bool:
    return any(family.pattern.fullmatch(number) for family in catalogue.families if not family.needs_make)


def read_part_number(
    found_runs: list[Run], catalogue: Catalogue, make: str | None, taken: Found | None
) -> Found | None:
    """A part or type number by its shape, or whatever the message calls one."""
    free = [run for run in found_runs if run.said != "other" and not _overlap(run, taken)]
    for other in catalogue.other_numbers:
        if not other.part_number or (other.makes and make not in other.makes):
            continue
        fitting = [
            run
            for run in free
            if other.pattern.fullmatch(run.joined) and (run.said == "part" or not _is_vague(run, other))
        ]
        if fitting:
            longest = max(fitting, key=lambda run: (len(run.joined), -run.start))
            return Found(longest.joined, longest.start, longest.end)
    called = (run for run in free if run.said == "part" and run.pieces == 1 and _is_long(run.joined))
    return next((Found(run.joined, run.start, run.end) for run in called), None)


def _is_vague(run: Run, other: OtherNumber) -> bool:
    """Digits that are a part number only because of the make: the message must call them one."""
    return bool(other.makes) and run.joined.isdigit()


def _is_long(number: str) -> bool:
    return len(number) >= 7 and sum(letter.isdigit() for letter in number) >= 5


def _overlap(run: Run, found: Found | None) -> bool:
    return found is not None and run.start < found.end and found.start < run.end


def serial_numbers(
    found_runs: list[Run], catalogue: Catalogue, make: str | None, labels: Labels, vin: Found | None
) -> list[SerialNumber]:
    """Every run that may be the serial number of a radio of this make; the surest first."""
    candidates = []
    for run in found_runs:
        if run.letter_last or run.said == "other" or _overlap(run, vin):
            continue
        if run.said == "vin" and len(run.joined) == 17:
            continue
        candidates += _whole_numbers(run, catalogue, make) or _begun_numbers(run, catalogue, make, labels)
    return sorted(candidates, key=lambda one: (-one.sureness, one.run.start, one.run.pieces))


def _whole_numbers(run: Run, catalogue: Catalogue, make: str | None) -> list[SerialNumber]:
    number = run.number
    if number.isdigit() and any(_forbids(other, number, make) for other in catalogue.other_numbers):
        return []
    return [
        SerialNumber(run, family, True, 20 + _said(run) - run.pieces // 3)
        for family in catalogue.families
        if family.pattern.fullmatch(number) and _may_be(run, family, make, number)
    ]


def _forbids(other: OtherNumber, number: str, make: str | None) -> bool:
    """Whether digits are another number: one that is never a serial number, or one of this make."""
    return (not other.makes or make in other.makes) and other.pattern.fullmatch(number) is not None


def _said(run: Run) -> int:
    return {"serial": 3, "part": -3}.get(run.said, 0)


def _may_be(run: Run, family: Family, make: str | None, number: str) -> bool:
    """Whether a number of this shape may be taken for a serial number in this message."""
    if family.in_text is InText.ALWAYS:
        return True
    named = make in family.makes or make in family.suppliers
    most = 3 if named or run.said == "serial" else 2  # "M 013 344"
    apart = run.pieces <= most and family.whole is not None and not number[0].isdigit()
    in_one = run.pieces == 1 or (apart and run.first_is_letters)
    if not (in_one or _HALVES.fullmatch(run.joined)):
        return False
    match family.in_text:
        case InText.UNLESS_OTHER_MAKE:
            return named or make is None or run.said == "serial"
        case InText.WITH_MAKE:
            return named or (make is None and run.said == "serial" and len(number) >= _DISTINCT)
        case _:
            halves = named and _HALVES.fullmatch(run.joined) is not None
            return halves or (run.said == "serial" and (named or make is None))


def _begun_numbers(run: Run, catalogue: Catalogue, make: str | None, labels: Labels) -> list[SerialNumber]:
    """A number that was cut short, has a digit too many or an O for a 0, as people really write them."""
    others = (other for other in catalogue.other_numbers if not other.makes)
    begun = [
        SerialNumber(run, family, False, 5 + _said(run) - run.pieces)
        for family in catalogue.families
        if run.pieces <= 2 and _is_begun(run.number, family) and _may_be_begun(run, family, make)
    ]
    if not begun or labels.hides(run.end) or any(other.pattern.fullmatch(run.number) for other in others):
        return []
    return begun


def _is_begun(number: str, family: Family) -> bool:
    if family.begins is None or family.whole is None or not (start := family.begins.match(number)):
        return False
    letters = sum(letter.isalpha() for letter in number[start.end() :])
    return 0.6 * family.whole <= len(number) <= family.whole + 2 and letters <= (
        0 if family.needs_make else 2
    )


def _may_be_begun(run: Run, family: Family, make: str | None) -> bool:
    if family.in_text is InText.ALWAYS:
        return True
    said = run.said == "serial"
    in_one = run.pieces == 1 or (run.first_is_letters and said)
    return in_one and (make in family.makes or (make is None and said))
