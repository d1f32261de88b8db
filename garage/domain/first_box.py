"""What was typed or scanned into the first box: an address on a paper of ours, a number, or plain words."""

import re
from dataclasses import dataclass

from garage.domain.plate import plate_key
from garage.domain.radio_pass import CARD_PREFIX, read_card_number
from garage.domain.same_person import is_phone
from garage.domain.serial_number import normalise
from garage.domain.text import Refused
from garage.domain.vin import read_vin

# The QR code of a job sheet. A scanner set to another keyboard types "/" and ":" as other signs.
_ADDRESS = re.compile(r"https?[^0-9A-Z].*\Wjobs\W(?P<number>[0-9]{1,9})(\W.*)?", re.IGNORECASE)
_JOB = re.compile(r"#?\s*([0-9]{1,9})")
# As screens and papers call it, in every language. Written together it may be a number plate: JOB8.
_NAMED_JOB = re.compile(r"(?:job|auftrag)(?:\s+|\s*#\s*)([0-9]{1,9})", re.IGNORECASE)
_PLATE_LONGEST = 10  # letters and digits; no country has longer plates


@dataclass(frozen=True, slots=True)
class Meant:
    """What a text may mean: each number in the form in which it is kept, empty where it cannot be one."""

    text: str
    job_number: int | None = None
    certain: bool = False  # a paper of ours was scanned: it means this job and nothing else
    card_number: str = ""
    vin: str = ""
    plate: str = ""
    serial_number: str = ""

    @property
    def field(self) -> str:
        """The field of a new car into which an unknown number goes; empty for what is no number."""
        if self.vin:
            return "vin"
        if not any(letter.isdigit() for letter in self.text):
            return ""
        if is_phone(self.text):
            return "contact"
        return "registration" if len(self.plate) <= _PLATE_LONGEST else "serial_number"


def what_is_meant(typed: str) -> Meant:
    """Read what stands in the first box. Stars around a bar code and spaces around it mean nothing."""
    text = " ".join(typed.split()).strip("*").strip()
    if address := _ADDRESS.fullmatch(text):
        return Meant(text, int(address["number"]), certain=True)
    job = _JOB.fullmatch(text) or _NAMED_JOB.fullmatch(text)
    return Meant(
        text=text,
        job_number=int(job[1]) if job else None,
        card_number=_card(text),
        vin=_vin(text),
        plate=plate_key(text),
        serial_number=normalise(text),
    )


def _card(text: str) -> str:
    try:
        return read_card_number(text) if text.upper().startswith(CARD_PREFIX[:2]) else ""
    except Refused:
        return ""


def _vin(text: str) -> str:
    try:
        return read_vin(text).text
    except Refused:
        return ""
