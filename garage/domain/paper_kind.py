"""The names of the papers."""

from enum import Enum

from garage.domain.text import N_, Text


class PaperKind(Enum):
    """Every paper the garage prints; the value is its name in files and on the command line."""

    CARD = "card"
    HAND_OVER = "handover"
    JOB_SHEET = "job-sheet"
    WINDSCREEN_TAG = "windscreen-tag"
    REQUEST_LETTER = "request-letter"
    TAKE_TO_DEALER = "take-to-dealer"
    BLANK_JOB_SHEET = "blank-job-sheet"
    KEY_SHEET = "key-sheet"
    CARD_SHEET = "card-sheet"
    CALIBRATION = "calibration"
    RECEIPT = "receipt"
    ENTRY_SHEET = "entry-sheet"

    @property
    def label(self) -> Text:
        """What people call this paper."""
        return Text(_LABELS[self])


_LABELS = {
    PaperKind.CARD: N_("Radio Pass"),
    PaperKind.HAND_OVER: N_("Radio Pass with steps"),
    PaperKind.JOB_SHEET: N_("Job sheet"),
    PaperKind.WINDSCREEN_TAG: N_("Windscreen tag"),
    PaperKind.REQUEST_LETTER: N_("Letter to the dealer"),
    PaperKind.TAKE_TO_DEALER: N_("Take this to your dealer"),
    PaperKind.BLANK_JOB_SHEET: N_("Empty job sheet"),
    PaperKind.KEY_SHEET: N_("Key sheet"),
    PaperKind.CARD_SHEET: N_("Sheet of cards"),
    PaperKind.CALIBRATION: N_("Calibration page"),
    PaperKind.RECEIPT: N_("Receipt for the customer"),
    PaperKind.ENTRY_SHEET: N_("Entering the code"),
}
