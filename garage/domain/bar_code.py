"""What a bar code on a label or plate may stand for: a VIN or a serial number, to be asked about, never taken."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from garage.domain.labelled import Labelled
from garage.domain.serial_number import normalise
from garage.domain.text import N_, Refused
from garage.domain.vin import read_vin

MOST = 4  # labels carry two or three codes; more would be noise
# Long enough never to be a radio code, which must not lie unsealed, and without what no label prints.
_PRINTED = re.compile(r"[*]?[0-9A-Z][0-9A-Z ./-]{5,22}[0-9A-Z][*]?")
_SERIAL = re.compile(r"(?=(?:.*[0-9]){4})[0-9A-Z]{7,20}")


class Numbered(Labelled):
    """What a number names."""

    SERIAL = "serial", N_("Serial number of the radio")
    VIN = "vin", N_("VIN")


@dataclass(frozen=True, slots=True)
class BarCode:
    """One number that a bar code carries, in the spelling in which it would be kept."""

    kind: Numbered
    text: str


def read_bar_codes(texts: Iterable[str]) -> tuple[BarCode, ...]:
    """The numbers among the texts of bar codes, in their order, each once; what can be neither is left out."""
    found = [code for text in texts if (code := _read(text)) is not None]
    return tuple(dict.fromkeys(found))[:MOST]


def _read(text: str) -> BarCode | None:
    printed = text.strip()
    if not _PRINTED.fullmatch(printed):
        return None
    try:
        return BarCode(Numbered.VIN, read_vin(printed).text)
    except Refused:
        serial = normalise(printed)
    return BarCode(Numbered.SERIAL, serial) if _SERIAL.fullmatch(serial) else None
