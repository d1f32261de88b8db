"""The steps a person takes at a radio, from a closed list that can be said in every language."""

from collections.abc import Mapping
from dataclasses import dataclass

from garage.domain.text import N_, Text

STEPS = {
    "connect_charger": N_("Connect a charger first."),
    "ignition_on": N_("Switch the ignition on."),
    "radio_on": N_("Switch the radio on."),
    "radio_off": N_("Switch the radio off."),
    "look": N_("Look at the display."),
    "photo": N_("Take a photo of the display."),
    "ask_who_tried": N_("Has anyone tried a code already? How often?"),
    "read_number": N_("Read the serial number and write it down."),
    "read_number_again": N_("Read the serial number on the label again."),
    "ask_for_card": N_("Ask for the card or papers; they are often at home."),
    "enter_from_card": N_("Enter the code from the card or the papers, once."),
    "enter_nothing": N_("Enter nothing."),
    "stop_after_one": N_("Wrong code? Stop after one."),
    "leave_on": N_("Leave the radio on."),
    "on_again": N_("If the radio switches itself off, switch it on again."),
    "flat_restarts": N_("A flat battery restarts the wait."),
    "no_engine_indoors": N_("Never run the engine indoors for this."),
    "ask_dealer": N_("Ask the dealer."),
    "ask_specialist": N_("Ask an electronics specialist or the dealer."),
    "ask_manager": N_("Ask a manager."),
    "check_fuse": N_("Check the radio's fuse and its data connection to the car."),
    "owner_switches_off": N_("Let the owner switch the theft lock off before the battery comes off."),
    "stalk_digits": N_(
        "Turn the wheel on the stalk to change a digit; press the stalk's button for the next digit."
    ),
    "press": N_("Press %(key)s."),
    "hold": N_("Hold %(key)s for %(seconds)d seconds, then let go."),
    "hold_until_beep": N_("Hold %(key)s until it beeps."),
    "hold_and_switch_on": N_("Hold %(key)s, switch the radio on and keep holding until %(until)s shows."),
    "hold_together_until": N_("Hold %(keys)s together until %(until)s shows, then let go."),
    "hold_together": N_("Hold %(keys)s together for %(seconds)d seconds, then let go."),
    "press_together": N_("Press %(keys)s together."),
    "hold_within": N_("Within %(seconds)d seconds of switching on, hold %(key)s."),
    "press_for_digit": N_(
        "Press station button %(first)d until the first digit shows, the next button for the next digit, up to button %(last)d."
    ),
    "type_digits": N_("Type the code digit by digit on the station buttons %(first)d to %(last)d."),
    "type_code": N_("Type the code on the number buttons."),
    "within": N_("Enter the whole code within %(seconds)d seconds."),
    "wait_minutes": N_("Wait %(minutes)d minutes."),
    "wait_seconds": N_("Wait %(seconds)d seconds."),
    "shows": N_("The display shows %(what)s."),
}
"""Every step there is. The names of the values say what they are."""

_NUMBERS = frozenset({"seconds", "minutes", "first", "last"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name in the list and its values, such as a button or a number of minutes."""

    name: str
    values: tuple[tuple[str, str | int], ...] = ()

    def text(self) -> Text:
        """The step as a sentence for people."""
        return Text(STEPS[self.name], dict(self.values))


def read_step(row: Mapping[str, object] | str) -> Step:
    """A step from the seeds: by its name alone, or with values as ``{do = "press", key = "5"}``.

    ValueError where the step is not in the list or its values are not the ones it takes.
    """
    given = {"do": row} if isinstance(row, str) else dict(row)
    name = str(given.pop("do", ""))
    if name not in STEPS:
        raise ValueError(f"no such step: {name}")
    for key, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int if key in _NUMBERS else str):
            raise ValueError(f"step {name}: {key} is not a {'number' if key in _NUMBERS else 'text'}")
    try:
        said = STEPS[name] % given
    except KeyError as missing:
        raise ValueError(f"step {name} lacks {missing}") from missing
    if unused := [key for key in given if f"%({key})" not in STEPS[name]]:
        raise ValueError(f"step {name} ({said}) takes no {', '.join(unused)}")
    return Step(name, tuple((key, value) for key, value in given.items() if isinstance(value, (str, int))))


CHARGER_FIRST = (Step("connect_charger"), Step("ignition_on"), Step("radio_on"))
"""How every wait and every first look after a power loss begins."""

WHILE_WAITING = (Step("on_again"), Step("flat_restarts"), Step("no_engine_indoors"))
"""What every wait must say: else the rest of it is lost, or someone is poisoned."""
