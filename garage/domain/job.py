"""One visit of one car: what is being done, the five answers, and the steps around the battery."""

from enum import Enum

from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused, Text


class Work(Labelled):
    """What is being done; every kind takes the battery off."""

    BATTERY = "battery", N_("Battery change")
    STARTER = "starter", N_("Starter or alternator")
    ELECTRICS = "electrics", N_("Electrics or cables")
    AIRBAG = "airbag", N_("Airbag or belt tensioner")
    WELDING = "welding", N_("Welding or body work")
    ENGINE = "engine", N_("Engine, gearbox or fuel system")
    OTHER = "other", N_("Other work with the battery off")


class Answer(Labelled):
    """The five answers to the one question at the desk: "Radio code?"."""

    NOT_NEEDED = "not_needed", N_("No code needed")
    ON_FILE = "on_file", N_("Code is on file")
    CARD = "card", N_("Customer has the card")
    UNKNOWN = "unknown", N_("Don't know: read the number first")
    LOCKED = "locked", N_("Already locked, or power already gone")


class WhyNotNeeded(Labelled):
    """How the desk knows that no code is needed; never from the make alone."""

    PROPOSED = "proposed", N_("As proposed")
    NOT_ASKED = "not_asked", N_("It did not ask last time the power was gone")
    NO_RADIO_CODE = "no_radio_code", N_("No factory radio, or one without a code")
    TOLD = "told", N_("Handbook or dealer says so")
    OTHER = "other", N_("Other")


class Gone(Labelled):
    """What "already" means in the fifth answer."""

    LOCKED = "locked", N_("The radio asks for a code")
    POWER = "power", N_("The car came in without power")


class WhichCar(Labelled):
    """Whose plate is it, when plate and VIN on file do not belong together."""

    PLATE_MOVED = "plate_moved", N_("The plate is on another car now: keep the VIN just entered")
    VIN_WRONG = "vin_wrong", N_("It is the car on file: the VIN just entered is wrong")


class SameRadio(Labelled):
    """Whether the radio in the car is the one on file."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    CANT_TELL = "cant_tell", N_("Can't tell")


class Elsewhere(Labelled):
    """What is said of a radio whose serial number is on file in another vehicle."""

    SWAPPED = "swapped", N_("Swapped: bought used, or it came from another car")
    UNCLEAR = "unclear", N_("Nobody knows where it comes from: it may be stolen")


class YesNo(Labelled):
    """An answer for which "don't know" is honest."""

    YES = "yes", N_("Yes")
    NO = "no", N_("No")
    UNKNOWN = "unknown", N_("Don't know")


class ReadHow(Labelled):
    """Where the serial number was read."""

    LABEL = "label", N_("Label on the radio")
    PHOTO = "photo", N_("Photo of the label")
    PAPERS = "papers", N_("Card or papers")
    DISPLAY = "display", N_("Display of the radio")
    TESTER = "tester", N_("Diagnostic tester")
    ON_FILE = "on_file", N_("From our files, same radio")


class AfterPower(Labelled):
    """What the radio did after power was back."""

    PLAYED = "played", N_("Plays, asked for nothing")
    ASKED = "asked", N_("Asks for a code")


class Battery(Labelled):
    """Where the battery is, seen from the radio."""

    ON = "on", N_("battery on")
    OFF = "off", N_("battery off")
    BACK = "back", N_("battery back on")


class Step(Enum):
    """What people do in the bay."""

    TAKE_OFF = "take_off"
    ALREADY_OFF = "already_off"
    CONNECT = "connect"
    PLAYS = "plays"
    ASKS = "asks"


# (where the battery is, step) -> where it is then. PLAYS and ASKS say that power is back:
# a technician who changed the battery in one go taps once.
STEPS: dict[tuple[Battery, Step], Battery] = {
    (Battery.ON, Step.TAKE_OFF): Battery.OFF,
    (Battery.ON, Step.ALREADY_OFF): Battery.OFF,
    (Battery.ON, Step.PLAYS): Battery.BACK,
    (Battery.ON, Step.ASKS): Battery.BACK,
    (Battery.OFF, Step.CONNECT): Battery.BACK,
    (Battery.OFF, Step.PLAYS): Battery.BACK,
    (Battery.OFF, Step.ASKS): Battery.BACK,
    (Battery.BACK, Step.PLAYS): Battery.BACK,
    (Battery.BACK, Step.ASKS): Battery.BACK,
}


def next_battery(battery: Battery, step: Step, *, cleared: bool) -> Battery:
    """Where the battery is after `step`; Refused where the step makes no sense or lacks the yes.

    Taking off, and everything that says it was off, needs the recorded yes (`cleared`).
    "Already off" needs none: it is the honest way out, without blame.
    """
    following = STEPS.get((battery, step))
    if following is None:
        raise Refused(N_("That was recorded already: %(where)s."), where=Text(battery.label))
    if battery is Battery.ON and step is not Step.ALREADY_OFF and not cleared:
        raise Refused(
            N_("Stop: the battery may not come off yet. If it is off already, say so with the button for it.")
        )
    return following
