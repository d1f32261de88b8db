"""The closed lists of words in which the facts are said, so that every language can say them."""

from garage.domain.labelled import Labelled
from garage.domain.text import N_


class NumberPlace(Labelled):
    """Where a serial number can be read."""

    PAPERS = "papers", N_("On the radio card or in the car's papers")
    MANUAL = "manual", N_("On a sticker in the radio's manual")
    SERVICE_BOOK = "service_book", N_("On the first page of the service book")
    TESTER = "tester", N_("With the diagnostic tester, radio in its place")
    DISPLAY = "display", N_("On the radio's own display")
    LABEL = "label", N_("On the label on the radio's casing")
    LABEL_TOP = "label_top", N_("On the label on top of the radio's casing")
    LABEL_SIDE = "label_side", N_("On the label on the side of the radio's casing")


class Need(Labelled):
    """What someone who gives a code wants to have or see."""

    SERIAL_NUMBER = "serial_number", N_("the radio's serial number")
    PART_NUMBER = "part_number", N_("the radio's part number")
    VIN = "vin", N_("the VIN")
    REGISTRATION = "registration", N_("the registration papers")
    OWNERSHIP = "ownership", N_("proof of ownership")
    IDENTITY = "identity", N_("an identity card or passport")
    CARD_DATA = "card_data", N_("what stands on the radio card or car pass")
    CAR = "car", N_("the car itself")
    RADIO = "radio", N_("the radio itself")
    PHOTO = "photo", N_("a photo of the label")
    ACCOUNT = "account", N_("an account with the maker")
    CABLE = "cable", N_("a diagnostic cable")
    JOB = "job", N_("an open job and papers seen")


class Way(Labelled):
    """Ways to a code."""

    CARD = "card", N_("Card or papers of the customer")
    DEALER = "dealer", N_("Dealer of the make")
    CUSTOMER = "customer", N_("The customer asks the dealer")
    MAKER_ONLINE = "maker_online", N_("The maker's own website or app")
    DIAGNOSTIC = "diagnostic", N_("Reading it with a diagnostic tool")
    ONLINE = "online", N_("Online service")
    SPECIALIST = "specialist", N_("Electronics specialist")
    CALCULATOR = "calculator", N_("Calculation from the number, inside a job")


class When(Labelled):
    """On which side of the power loss something is to be minded."""

    BEFORE = "before", N_("Before the battery comes off")
    AFTER = "after", N_("After power is back")


class Care(Labelled):
    """What else to mind when the 12 volts go away."""

    ASK_CARD = "ask_card", N_("Ask for the radio card first.")
    NOTE_STATIONS = "note_stations", N_("Note the stored stations.")
    READ_FAULTS = "read_faults", N_("Ignition off, then read and print the fault memory.")
    LOADS_OFF = "loads_off", N_("Ignition and all loads off, then the negative terminal.")
    ARMED = "armed", N_("Check whether the theft lock is armed; let the owner switch it off.")
    KEY_OUTSIDE = "key_outside", N_("Key outside the car, driver's window down, boot and bonnet open.")
    MAY_JAM = (
        "may_jam",
        N_(
            "Windows, doors, boot, charge flap, parking brake or gear selector may jam without 12 volts: follow the maker's procedure."
        ),
    )
    MEMORY_SAVER = (
        "memory_saver",
        N_(
            "A memory saver is for a plain battery swap only. Insulate the loose positive clamp: it stays live. It can fail: record the number anyway."
        ),
    )
    SIREN_15S = (
        "siren_15s",
        N_("Ignition on and off, then take the battery off within 15 seconds, else the siren sounds."),
    )
    SIREN = "siren", N_("An armed alarm may sound its siren: disarm it first.")
    BSI_SLEEP = (
        "bsi_sleep",
        N_("Wait 3 minutes for the car's electronics to sleep; wait 30 seconds after connecting again."),
    )
    WAIT_10_START = "wait_10_start", N_("Wait 10 minutes after connecting again before starting.")
    STEERING = "steering", N_("Turn the steering from lock to lock, else the stability lamp comes on.")
    REGISTER_BATTERY = (
        "register_battery",
        N_("Register the new battery with the tester; another size or type needs coding."),
    )
    WINDOWS = "windows", N_("Teach windows and sunroof their ends again.")
    CLOCK = "clock", N_("Set clock, stations and on-board computer again.")
    KEYS = "keys", N_("Teach infrared keys again.")
    LOW_VOLTAGE = "low_voltage", N_("Less than 12 volts can lock the radio: charger on first.")


class Meaning(Labelled):
    """What a display says."""

    ASKS = "asks", N_("Locked: it asks for its code.")
    LOCKED_OR_WAITS = (
        "locked_or_waits",
        N_("Locked: it asks for its code, or it makes you wait after wrong codes."),
    )
    ATTEMPT_NUMBER = "attempt_number", N_("Locked; the digit counts the codes entered.")
    TRIES_LEFT = "tries_left", N_("Locked; the number is how many tries are left.")
    ENTRY_START = "entry_start", N_("The start of entering a code. It is not a code.")
    READY = "ready", N_("Ready for the code.")
    WRONG = "wrong", N_("A wrong code was entered.")
    WAITS = "waits", N_("It makes you wait.")
    LOCKED_AFTER_TEN = "locked_after_ten", N_("Ten wrong codes were entered.")
    LOCKED_FOR_GOOD = "locked_for_good", N_("Locked for good: no code will open it.")
    ONE_LEFT = "one_left", N_("One try is left.")
    SHORT_PAUSE = "short_pause", N_("A short pause after a wrong code.")
    ARMED = "armed", N_("The theft lock is armed: it will ask after a power loss.")
    CAR_MISSING = (
        "car_missing",
        N_("The radio does not find its car: no data connection, or it belongs to another car."),
    )
    CARD_WRONG = "card_wrong", N_("The key card is wrong or was not read.")
    ACCEPTED = "accepted", N_("The code was accepted.")
    MAYBE_OFF_BUT_ON = (
        "maybe_off_but_on",
        N_("It makes you wait after wrong codes; it is really switched on."),
    )
    UNKNOWN = "unknown", N_("We know nothing sure about this display.")
