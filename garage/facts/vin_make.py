"""Which make a VIN names, by its first three characters; its names are turned into ours."""

import re

from vininfo.dicts import WMI

from garage.domain.catalogue import Catalogue
from garage.domain.plate import folded
from garage.domain.text import N_, Text
from garage.domain.vin import Vin


def make_of_vin(vin: Vin, catalogue: Catalogue) -> str | None:
    """The full name of the make, or None where it is not known.

    Our own beginnings come first: the list of the VIN reader is wrong for some. Its model years are
    wrong for European cars and are never asked for.
    """
    for make in catalogue.makes:
        if any(vin.wmi.startswith(beginning) for beginning in make.wmi):
            return make.name
    brand = WMI.get(vin.wmi) or WMI.get(vin.wmi[:2])
    if brand is None:
        return None
    name = brand if isinstance(brand, str) else str(brand.manufacturer)
    return _ours(name, catalogue)


def _ours(name: str, catalogue: Catalogue) -> str | None:
    """Our name for the reader's name: an alias, or the longest make that it begins with ("Ford of Europe")."""
    for make in catalogue.makes:
        if name in make.vin_names:
            return make.name
    words = re.findall(r"\w+", name)
    for length in range(len(words), 0, -1):
        if found := catalogue.make_name(" ".join(words[:length])):
            return found
    return None


def makes_disagree(catalogue: Catalogue, vin_make: str | None, radio_make: str | None) -> Text | None:
    """A clear word when the VIN's make and the radio's make are not the same; None where they may be.

    A maker of radios (Blaupunkt) disagrees with nobody, nor do two names of one make (Opel, Vauxhall).
    """
    car, radio = catalogue.make(vin_make), catalogue.make(radio_make)
    if car is None or radio is None or radio.supplier or car.supplier:
        return None
    if folded(car.name) == folded(radio.name) or radio.name in car.same_as:
        return None
    return Text(
        N_("The VIN says %(car)s, the radio's number says %(radio)s. Is this radio from another car?"),
        {"car": car.name, "radio": radio.name},
    )
