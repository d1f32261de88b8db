"""What the seeds are about: one file a subject, and how its rows are read, named and corrected."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from garage.domain.catalogue import Family, Make, OtherNumber
from garage.domain.fact_kinds import FACT_KINDS
from garage.domain.text import N_
from garage.facts.seed_numbers import read_family, read_make, read_other_number
from garage.facts.seed_rows import read_fact
from garage.facts.seed_values import Row
from garage.facts.seed_words import WordChange, read_words


@dataclass(frozen=True, slots=True)
class Subject:
    """One seed file. `table` is its list of rows, `key` names a row; rows with `evidence` carry
    confidence and sources. `prefix` stands before the key in the id of a correction."""

    label: str  # a message id
    made: type  # what a row becomes
    read: Callable[[Row], Any]
    table: str = "fact"
    key: str = "id"
    evidence: bool = True
    prefix: str = ""

    def row_key(self, fact_id: str) -> str:
        """The key of the row that a correction of this id is about."""
        return fact_id.removeprefix(self.prefix)


FACTS = {
    "codes": N_("How the code looks"),
    "power_loss": N_("Does it ask for its code after a power loss?"),
    "pairing": N_("Does it know its car?"),
    "wrong_codes": N_("When to stop"),
    "entry": N_("What to press"),
    "number_places": N_("Where is the number"),
    "dealers": N_("What the dealer needs"),
    "battery": N_("What to mind around the battery"),
    "ways": N_("Ways to a code"),
    "displays": N_("What the display shows"),
}
SUBJECTS: dict[str, Subject] = {
    "makes": Subject(
        N_("Makes and their names"), Make, read_make, "make", key="name", evidence=False, prefix="makes."
    ),
    "families": Subject(N_("Shapes of serial numbers"), Family, read_family, "family", prefix="families."),
    "other_numbers": Subject(
        N_("Numbers that are not the serial number"),
        OtherNumber,
        read_other_number,
        "number",
        prefix="other_numbers.",
    ),
    **{kind: Subject(label, FACT_KINDS[kind], partial(read_fact, kind)) for kind, label in FACTS.items()},
    "words": Subject(
        N_("Words of customers' messages"), WordChange, read_words, "", evidence=False, prefix="words."
    ),
}
"""Every subject that a manager can correct, those first that others name."""
