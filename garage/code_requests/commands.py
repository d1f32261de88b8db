"""What people say when they ask for a code, as plain values."""

from dataclasses import dataclass
from datetime import date

from garage.domain.asking import Channel, Payer
from garage.domain.job import YesNo
from garage.domain.packet import DealerKind, Insisted


@dataclass(frozen=True, slots=True)
class WriteDealer:
    """An entry of the dealer book as it should stand. `version` is None for a new one."""

    name: str
    kind: DealerKind = DealerKind.DEALER
    makes: str = ""  # separated by commas; empty: any make
    address: str = ""
    phone: str = ""
    email: str = ""
    portal: str = ""
    channels: tuple[Channel, ...] = ()  # empty: the usual ones
    ticks: tuple[Insisted, ...] = ()
    insists_on: str = ""  # in their own words, one thing a line
    language: str = "en"
    hours: str = ""
    fee: int | None = None  # minor units of the site's currency
    customer_number: str = ""
    active: bool = True
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for the code of a job's radio. Without a dealer the customer asks."""

    dealer_id: int | None
    channel: Channel
    built_with_this_radio: YesNo
    due_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RecordMoney:
    """What a code costs; amounts in minor units of the site's currency, None where not known."""

    version: int
    quoted: int | None
    paid: int | None
    payer: Payer | None
    radio_value: int | None
    yes_heard_by: str  # empty: the customer has not said yes
