"""Battery may come off: the one decision, for the page, the server and the command line."""

from dataclasses import dataclass

from garage.domain.job import Battery, SameRadio, Work
from garage.domain.labelled import Labelled
from garage.domain.people import Role
from garage.domain.text import N_, Refused, Text


class Ground(Labelled):
    """Why the battery may come off."""

    RECORDED = "recorded", N_("VIN and serial number are on record")
    ON_FILE = "on_file", N_("Code is on file, same radio")
    CARD = "card", N_("Customer has the card")
    NOT_NEEDED = "not_needed", N_("No code needed")
    SUPPLY_KEPT = "supply_kept", N_("Supply kept on")
    POWER_LOST = "power_lost", N_("Power was already lost when the car came in")
    CUSTOMER_AGREES = "customer_agrees", N_("Customer agrees")
    READ_AFTERWARDS = "read_afterwards", N_("The number can only be read afterwards")
    MANAGER = "manager", N_("Manager goes ahead anyway")


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known about a job before the battery comes off.

    Numbers stand as "on record or not": the decision never needs the numbers themselves.
    """

    battery: Battery
    work: Work
    vin: bool = False
    serial_number: bool = False
    code_on_file: bool = False
    same_radio: SameRadio | None = None
    card_code: bool = False
    another_vehicle: bool = False  # the serial number is on file in another vehicle
    only_afterwards: bool = False  # the facts say so, with high confidence
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Plea:
    """One of the honest exits, with the sentence that goes with it."""

    ground: Ground
    sentence: str = ""
    who_said: str = ""  # customer agrees: the person's words about who said it
    how: str = ""  # in the shop, by phone, in writing
    heard_by: str = ""  # who of us heard it


VIN = N_("the VIN")
SERIAL_NUMBER = N_("the radio's serial number")
ASK_MANAGER = N_("a manager's look: this serial number is on file in another vehicle")


def missing(situation: Situation) -> tuple[str, ...]:
    """What is not on record yet, by name (message ids); empty when the number rule is fulfilled."""
    names = []
    if not situation.vin:
        names.append(VIN)
    if not situation.serial_number:
        names.append(SERIAL_NUMBER)
    if situation.another_vehicle:
        names.append(ASK_MANAGER)
    return tuple(names)


def recorded_ground(situation: Situation) -> Ground | None:
    """The ground that the records alone give, without anybody pleading; None if they give none."""
    if situation.battery is not Battery.ON or situation.another_vehicle:
        return None
    if situation.code_on_file and situation.same_radio is SameRadio.YES:
        return Ground.ON_FILE
    if not situation.vin or not situation.serial_number:
        return None
    return Ground.CARD if situation.card_code else Ground.RECORDED


def decide(situation: Situation, plea: Plea | None = None) -> Ground:
    """The ground on which the battery may come off; Refused says what is missing by name.

    The rule this program exists for: VIN and serial number on record before power goes.
    A battery that is off already can never be turned into a yes afterwards.
    """
    if situation.battery is not Battery.ON:
        raise Refused(N_("The battery is off already: a yes cannot be given afterwards."))
    ground = recorded_ground(situation)
    if ground is not None:
        return ground
    if plea is None or plea.ground in {Ground.RECORDED, Ground.ON_FILE, Ground.CARD}:
        raise Refused(
            N_("Stop: not yet. Missing: %(missing)s."),
            missing=tuple(Text(name) for name in missing(situation)),
        )
    _check(situation, plea)
    return plea.ground


def _check(situation: Situation, plea: Plea) -> None:
    if not plea.sentence.strip():
        raise Refused(N_("Write one sentence that says why."))
    match plea.ground:
        case Ground.SUPPLY_KEPT if situation.work is not Work.BATTERY:
            raise Refused(
                N_("Keeping the supply on is for a plain battery swap only, not for %(work)s."),
                work=Text(situation.work.label),
            )
        case Ground.CUSTOMER_AGREES if not (
            plea.who_said.strip() and plea.how.strip() and plea.heard_by.strip()
        ):
            raise Refused(N_("Write who said yes, how, and who heard it."))
        case Ground.READ_AFTERWARDS if not situation.only_afterwards:
            raise Refused(N_("For this radio the number can be read before. Read it first."))
        case Ground.MANAGER if situation.role is None or not situation.role.manages:
            raise Refused(N_("Only a manager can go ahead anyway."))


def exits(situation: Situation) -> tuple[Ground, ...]:
    """The honest exits that are open in this situation, in the order people need them."""
    open_to_all = [Ground.NOT_NEEDED]
    if situation.work is Work.BATTERY:
        open_to_all.append(Ground.SUPPLY_KEPT)
    open_to_all += [Ground.POWER_LOST, Ground.CUSTOMER_AGREES]
    if situation.only_afterwards:
        open_to_all.append(Ground.READ_AFTERWARDS)
    if situation.role is not None and situation.role.manages:
        open_to_all.append(Ground.MANAGER)
    return tuple(open_to_all)
