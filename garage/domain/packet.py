"""What goes to whoever is asked: what may be told there, what they insist on, and what is still missing."""

from garage.domain.asking import Channel
from garage.domain.labelled import Labelled
from garage.domain.text import N_


class DealerKind(Labelled):
    """Who is asked."""

    DEALER = "dealer", N_("Dealer of the make")
    ONLINE = "online", N_("Online service")
    SPECIALIST = "specialist", N_("Electronics specialist")
    CUSTOMER = "customer", N_("Answers only the owner: the customer asks")


class Insisted(Labelled):
    """What somebody may insist on before they answer."""

    VIN = "vin", N_("the VIN")
    SERIAL_NUMBER = "serial_number", N_("the radio's serial number")
    PART_NUMBER = "part_number", N_("the radio's part number")
    PAPERS = "papers", N_("a copy of the car's papers")
    PHOTO = "photo", N_("a photo of the label")
    FEE = "fee", N_("the fee in advance")


class TextKind(Labelled):
    """The texts that go out, and when."""

    REQUEST = "request", N_("The first time")
    FIRST_REMINDER = "first_reminder", N_("First reminder")
    SECOND_REMINDER = "second_reminder", N_("Second reminder")
    AFTER_WRONG_CODE = "after_wrong_code", N_("After a wrong code")


USUAL_CHANNELS = (Channel.LETTER, Channel.EMAIL, Channel.PHONE, Channel.COUNTER)


class Item(Labelled):
    """What a request can tell about a radio, its car and whose it is."""

    SERIAL_NUMBER = "serial_number", N_("Radio's serial number")
    RADIO = "radio", N_("Radio")
    PART_NUMBER = "part_number", N_("Part number")
    VIN = "vin", N_("VIN")
    VEHICLE = "vehicle", N_("Vehicle")
    REGISTRATION = "registration", N_("Registration")
    BUILT_WITH = "built_with", N_("Is it the radio the car was built with?")
    PHOTO = "photo", N_("Photo of the label")
    PAPERS = "papers", N_("Copy of the papers")


_ALWAYS = frozenset({Item.SERIAL_NUMBER, Item.RADIO})
_ONLINE_ON_DEMAND = {
    Insisted.VIN: Item.VIN,
    Insisted.PART_NUMBER: Item.PART_NUMBER,
    Insisted.PHOTO: Item.PHOTO,
}


def may_be_told(kind: DealerKind, insists: tuple[Insisted, ...]) -> frozenset[Item]:
    """What this place may be told. Name and address of the customer are told to nobody.

    An online service learns which radio it is and, where it insists, VIN, part number and a photo of the
    label: never anything of the owner, the plate or the papers. Copies of papers go only where they are
    insisted on.
    """
    if kind is DealerKind.ONLINE:
        return _ALWAYS | {_ONLINE_ON_DEMAND[tick] for tick in insists if tick in _ONLINE_ON_DEMAND}
    left_out = {
        Item.PHOTO: Insisted.PHOTO,
        Item.PAPERS: Insisted.PAPERS,
    }
    return frozenset(item for item in Item if item not in left_out or left_out[item] in insists)
