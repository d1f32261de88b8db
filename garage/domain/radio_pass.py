"""What the card says: how long each line may be, the card number."""

import unicodedata
from datetime import date

from garage.domain.card import CardStyle, Design, RadioPass
from garage.domain.text import N_, Refused, Text

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: read aloud and typed without doubt
CARD_PREFIX = "RP-"
CARD_NUMBER_BYTES = 5  # 40 bits are eight letters

LONGEST_CODE = 12  # what 18 pt on a card of 85.60 mm holds unbroken
LONGEST_SERIAL = 26
LONGEST_GARAGE = 60
LONGEST_PHONE = 24
LONGEST_RADIO = 32
LONGEST_OWN_WORDS = 24
LONGEST_FOOTER = 60

# Letters without capitals that our fonts have; the last two are the ordinals of Spanish and Italian.
_NO_CAPITALS = ("ARABIC ", "HEBREW ", "FEMININE ", "MASCULINE ")
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_card_number(random_bytes: bytes) -> str:
    """A card number such as RP-7K3M9Q2X from exactly five random bytes."""
    if len(random_bytes) != CARD_NUMBER_BYTES:
        raise ValueError(f"a card number takes {CARD_NUMBER_BYTES} random bytes")
    return CARD_PREFIX + letters(random_bytes)


def letters(data: bytes) -> str:
    """Bytes as letters of our alphabet, five bits each; the length must be a multiple of five."""
    if len(data) % 5:
        raise ValueError("letters are made from multiples of five bytes")
    number = int.from_bytes(data)
    places = len(data) * 8 // 5
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(places)))


def read_letters(typed: str) -> str:
    """What a person typed, in our alphabet: no spaces or dashes, O read as 0, I and L as 1."""
    kept = typed.upper().replace(" ", "").replace("-", "").translate(_READ_AS)
    for letter in kept:
        if letter not in ALPHABET:
            raise Refused(N_("“%(letter)s” never stands in a number of ours."), letter=letter)
    return kept


def read_card_number(typed: str) -> str:
    """The card number a person typed, in its one spelling; Refused when it cannot be one."""
    kept = typed.strip().upper()
    kept = read_letters(kept.removeprefix("RP").lstrip("- "))
    if len(kept) != CARD_NUMBER_BYTES * 8 // 5:
        raise Refused(N_("A card number looks like RP-7K3M9Q2X: eight letters and digits after RP."))
    return CARD_PREFIX + kept


def vin_tail(vin: str) -> str:
    """The last eight characters: enough to tell two cars apart, too little to copy a VIN."""
    return vin[-8:]


def card_title(card: RadioPass) -> Text:
    """The title of the file: the card number, never a name, a VIN, a serial number or a code."""
    if card.code is None:
        return Text(N_("Radio number card %(card_number)s"), {"card_number": card.card_number})
    return Text(N_("Radio Pass %(card_number)s"), {"card_number": card.card_number})


def make_radio_pass(
    *,
    garage: str,
    phone: str,
    radio_make: str,
    radio_model: str,
    serial_number: str,
    vin: str,
    card_number: str,
    code: str | None = None,
    worked_on: date | None = None,
    leave_radio_on: bool = False,
    entry_steps: tuple[Text, ...] = (),
    waiting: tuple[Text, ...] = (),
    own_words: str = "",
    design: Design = Design.CLASSIC,
    style: CardStyle | None = None,
    sample: bool = False,
    language: str = "en",
) -> RadioPass:
    """What one card says. Long names are shortened; a code or serial number that does not fit is Refused."""
    _fits_whole(code, serial_number)
    return RadioPass(
        garage=shorten(garage, LONGEST_GARAGE),
        phone=shorten(phone, LONGEST_PHONE),
        radio_make=shorten(radio_make, LONGEST_RADIO),
        radio_model=shorten(radio_model, LONGEST_RADIO),
        serial_number=serial_number,
        vin_tail=vin_tail(vin),
        card_number=card_number,
        code=code or None,
        worked_on=worked_on if code else None,
        leave_radio_on=leave_radio_on and bool(code),
        entry_steps=entry_steps if code else (),
        waiting=waiting if code else (),
        own_words=shorten(own_words, LONGEST_OWN_WORDS),
        design=design if code or design is Design.LARGE_PRINT else Design.NUMBER,
        style=style or CardStyle(),
        sample=sample,
        language=language,
    )


def shorten(text: str, longest: int) -> str:
    """The text on one line, at most ``longest`` characters, the cut marked with an ellipsis."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def letter_no_font_has(text: str) -> str:
    """The first letter that would come out as a box, such as a Chinese one; empty where all are printed.

    The fonts on every installation (Inter, DejaVu) have Latin, Greek, Cyrillic, Arabic and Hebrew.
    """
    others = (sign for sign in text if unicodedata.category(sign) == "Lo")
    return next((sign for sign in others if not unicodedata.name(sign, "").startswith(_NO_CAPITALS)), "")


def _fits_whole(code: str | None, serial_number: str) -> None:
    if not serial_number:
        raise Refused(N_("A card needs the radio's serial number."))
    if len(serial_number) > LONGEST_SERIAL:
        raise Refused(
            N_("This serial number has more than %(n)d characters and does not fit on a card."),
            n=LONGEST_SERIAL,
        )
    if code and len(code) > LONGEST_CODE:
        raise Refused(
            N_("This code has more than %(n)d characters and does not fit on a card."), n=LONGEST_CODE
        )
