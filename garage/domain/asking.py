"""Asking for a code: the steps of a request and the reasons for a no."""

from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused


class Status(Labelled):
    """Where a request for a code stands."""

    DRAFT = "draft", N_("Not sent yet")
    SENT = "sent", N_("Sent, waiting")
    ANSWERED = "answered", N_("Code came")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Not needed any more")

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in {Status.DRAFT, Status.SENT}


class Step(Labelled):
    """What happens to a request."""

    SEND = "send", N_("Sent")
    ANSWER = "answer", N_("The code came")
    REFUSE = "refuse", N_("Refused")
    WITHDRAW = "withdraw", N_("Not needed any more")
    REOPEN = "reopen", N_("Ask again")


class Refusal(Labelled):
    """Why no code came."""

    NOT_THE_OWNER = "not_the_owner", N_("Not the owner")
    NO_RECORD = "no_record", N_("No record of this radio")
    CAR_MUST_COME = "car_must_come", N_("The car must come")
    MAKE_GIVES_NONE = "make_gives_none", N_("This make gives no codes")
    FEE_NOT_AGREED = "fee_not_agreed", N_("Fee not agreed")


class Channel(Labelled):
    """How we ask."""

    LETTER = "letter", N_("Letter")
    EMAIL = "email", N_("E-mail")
    PHONE = "phone", N_("Phone")
    COUNTER = "counter", N_("At their counter")
    CUSTOMER = "customer", N_("The customer asks")


STEPS: dict[tuple[Status, Step], Status] = {
    (Status.DRAFT, Step.SEND): Status.SENT,
    (Status.DRAFT, Step.ANSWER): Status.ANSWERED,
    (Status.DRAFT, Step.REFUSE): Status.REFUSED,
    (Status.DRAFT, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.SENT, Step.ANSWER): Status.ANSWERED,
    (Status.SENT, Step.REFUSE): Status.REFUSED,
    (Status.SENT, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.ANSWERED, Step.REOPEN): Status.SENT,
    (Status.REFUSED, Step.REOPEN): Status.DRAFT,
    (Status.WITHDRAWN, Step.REOPEN): Status.DRAFT,
}


def next_status(status: Status, step: Step) -> Status:
    """The status after `step`; Refused where the step does not follow."""
    following = STEPS.get((status, step))
    if following is None:
        raise Refused(
            N_("That does not follow: this request is at “%(status)s”."), status=status.label.lower()
        )
    return following
