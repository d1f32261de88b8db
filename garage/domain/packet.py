"""What goes to whoever is asked: what may be told there, what they insist on, and what is still missing."""

from dataclasses import dataclass

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


class Lack(Labelled):
    """What stands against sending; the words say what is missing."""

    SAME_NUMBER = "same_number", N_("The number on record was corrected since: ask for the new one.")
    NUMBER_READ_AGAIN = (
        "number_read_again",
        N_("Their code did not work: read the number at the radio once more."),
    )
    VIN = "vin", N_("The VIN is missing.")
    PART_NUMBER = "part_number", N_("The radio's part number is missing.")
    PHOTO = "photo", N_("They want a photo of the label.")
    PAPERS_SEEN = "papers_seen", N_("The papers of the car have not been seen yet.")
    PAPERS_COPY = "papers_copy", N_("They want a copy of the papers, and the customer's yes to that.")
    FEE_PAID = "fee_paid", N_("They want the fee in advance.")
    EMAIL = "email", N_("Their e-mail address is missing.")
    OUR_EMAIL = "our_email", N_("Our own e-mail address is missing: it stands on the letterhead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnRecord:
    """What is at hand for one request."""

    same_number: bool = True  # the request is about the number that is on record now
    read_again: bool = True  # or nobody has to
    vin: bool = False
    part_number: bool = False
    photo: bool = False
    papers_seen: bool = False
    papers_copy: bool = False
    fee_paid: bool = False
    their_email: bool = False
    our_email: bool = False


def lacking(
    channel: Channel, kind: DealerKind, insists: tuple[Insisted, ...], here: OnRecord
) -> tuple[Lack, ...]:
    """What has to be got before this may be sent, in the order in which it is got; empty: send it.

    A copy of the papers goes only by mail, as a file; on every other way the papers have to be seen here.
    """
    told = may_be_told(kind, insists)
    wants_papers = Insisted.PAPERS in insists and Item.PAPERS in told
    by_mail = channel is Channel.EMAIL
    in_the_way = {
        Lack.SAME_NUMBER: not here.same_number,
        Lack.NUMBER_READ_AGAIN: not here.read_again,
        Lack.VIN: Insisted.VIN in insists and not here.vin,
        Lack.PART_NUMBER: Insisted.PART_NUMBER in insists and not here.part_number,
        Lack.PHOTO: Insisted.PHOTO in insists and not here.photo,
        Lack.PAPERS_SEEN: wants_papers and not here.papers_seen,
        Lack.PAPERS_COPY: wants_papers and by_mail and not here.papers_copy,
        Lack.FEE_PAID: Insisted.FEE in insists and not here.fee_paid,
        Lack.EMAIL: by_mail and not here.their_email,
        Lack.OUR_EMAIL: by_mail and not here.our_email,
    }
    return tuple(lack for lack in Lack if in_the_way.get(lack))
