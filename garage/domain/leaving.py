"""A car that leaves although its radio does not play yet: how it goes on, and what the customer says on the phone."""

from garage.domain.labelled import Labelled
from garage.domain.text import N_


class GoesOn(Labelled):
    """What becomes of the job."""

    WAITS = "waits", N_("The customer waits for the code: keep it on the board")
    ENDS = "ends", N_("Nothing more to do: close the job")


class DidItPlay(Labelled):
    """What the customer says on the phone."""

    YES = "yes", N_("Yes, it plays")
    NO = "no", N_("No")
    LATER = "later", N_("Later")
