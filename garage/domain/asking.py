"""Asking for a code: the steps of a request, the reasons for a no, and until when an answer is due."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum

from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused, Text

ANSWER_DAYS = 3  # working days of ours that a dealer is usually given
FURTHEST = timedelta(days=366)  # nobody is waited for longer: the year was mistyped


class Status(Labelled):
    """Where a request for a code stands."""

    DRAFT = "draft", N_("Not sent yet")
    QUEUED = "queued", N_("Waiting to be sent")
    SENT = "sent", N_("Sent, waiting")
    FACTS = "facts", N_("Waiting for the customer's answer")
    ANSWERED = "answered", N_("Code came")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Not needed any more")

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in {Status.DRAFT, Status.QUEUED, Status.SENT, Status.FACTS}


class Step(Enum):
    """What happens to a request."""

    QUEUE = "queue"
    SEND = "send"
    BOUNCE = "bounce"
    NEED_MORE = "need_more"
    WAIT = "wait"
    ASK_FEE = "ask_fee"
    ASK_FACTS = "ask_facts"
    GET_FACTS = "get_facts"
    ANSWER = "answer"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Refusal(Labelled):
    """Why no code came."""

    NOT_THE_OWNER = "not_the_owner", N_("Not the owner")
    NO_RECORD = "no_record", N_("No record of this radio")
    CAR_MUST_COME = "car_must_come", N_("The car must come")
    MAKE_GIVES_NONE = "make_gives_none", N_("This make gives no codes")
    FEE_NOT_AGREED = "fee_not_agreed", N_("Fee not agreed")


class AnswerKind(Labelled):
    """What they said."""

    CODE = "code", N_("The code")
    NEED_MORE = "need_more", N_("They need more")
    REFUSED = "refused", N_("No code")
    WAIT = "wait", N_("Wait")
    FEE = "fee", N_("They ask a fee")
    MESSAGE = "message", N_("The customer wrote")

    @property
    def of_a_place(self) -> bool:
        """Whether those who are asked for codes answer like this."""
        return self is not AnswerKind.MESSAGE


class Fact(Labelled):
    """What a customer who wrote can be asked for; the values are the names in a message's `ask_for`."""

    MAKE = "make", N_("Make of the car")
    SERIAL_NUMBER = "serial_number", N_("Serial number")
    PHOTO = "photo", N_("Photo of the label")
    VIN = "vin", N_("VIN")


class Payer(Labelled):
    """Who pays the fee."""

    CUSTOMER = "customer", N_("The customer")
    GARAGE = "garage", N_("We do")


def facts_named(names: Iterable[str]) -> tuple[Fact, ...]:
    """The facts by their names, in the order in which people are asked; other names are left out."""
    wanted = set(names)
    return tuple(fact for fact in Fact if fact.value in wanted)


class Channel(Labelled):
    """The way to a code: how a place is asked, or that nobody is: the customer has it, or the number tells it."""

    LETTER = "letter", N_("Letter")
    EMAIL = "email", N_("E-mail")
    PHONE = "phone", N_("Phone")
    PORTAL = "portal", N_("Portal")
    COUNTER = "counter", N_("At their counter")
    CUSTOMER = "customer", N_("The customer asks")
    CARD = "card", N_("Customer's card or papers")
    CALCULATOR = "calculator", N_("Calculator")
    MESSAGE = "message", N_("The customer's message")

    @property
    def is_place(self) -> bool:
        """Whether a place is asked this way; no other way ever gets a mail or is chased."""
        return self not in {Channel.CARD, Channel.CALCULATOR, Channel.MESSAGE}


PLACES = tuple(channel for channel in Channel if channel.is_place)

_SENT_WORDS = {
    Channel.LETTER: N_("The letter is on its way"),
    Channel.EMAIL: N_("The e-mail is sent"),
    Channel.PHONE: N_("Asked by phone"),
    Channel.PORTAL: N_("Sent through their portal"),
    Channel.COUNTER: N_("Asked at their counter"),
    Channel.CUSTOMER: N_("The customer has the page and asks"),
}

_WITH_THE_CUSTOMER = {Step.ASK_FACTS, Step.GET_FACTS}  # never with a place
_EVERY_WAY = {Step.ANSWER, Step.WITHDRAW, Step.REOPEN}  # the code came, it did not work, it is not needed

# Whatever they say, they have been asked: an answer counts before anybody wrote "sent".
_HEARD = {
    Step.NEED_MORE: Status.DRAFT,  # it is our turn again
    Step.WAIT: Status.SENT,
    Step.ASK_FEE: Status.SENT,
    Step.ANSWER: Status.ANSWERED,
    Step.REFUSE: Status.REFUSED,
    Step.WITHDRAW: Status.WITHDRAWN,
}

_ASKING = (Status.DRAFT, Status.QUEUED, Status.SENT)

STEPS: dict[tuple[Status, Step], Status] = {
    (Status.DRAFT, Step.QUEUE): Status.QUEUED,
    (Status.DRAFT, Step.SEND): Status.SENT,
    (Status.QUEUED, Step.SEND): Status.SENT,
    (Status.QUEUED, Step.BOUNCE): Status.DRAFT,
    **{(status, step): after for status in _ASKING for step, after in _HEARD.items()},
    (Status.DRAFT, Step.ASK_FACTS): Status.FACTS,
    (Status.FACTS, Step.ASK_FACTS): Status.FACTS,  # asked once more
    (Status.FACTS, Step.GET_FACTS): Status.DRAFT,  # it is our turn again
    (Status.FACTS, Step.ANSWER): Status.ANSWERED,
    (Status.FACTS, Step.WITHDRAW): Status.WITHDRAWN,
    (Status.ANSWERED, Step.REOPEN): Status.DRAFT,  # nobody has told the dealer yet that the code was wrong
    (Status.REFUSED, Step.REOPEN): Status.DRAFT,
    (Status.WITHDRAWN, Step.REOPEN): Status.DRAFT,
}


def steps_with(channel: Channel) -> frozenset[Step]:
    """The steps that a request can take on its way: nobody sends to a customer, and no place is asked back."""
    return (
        frozenset(Step) - _WITH_THE_CUSTOMER
        if channel.is_place
        else frozenset(_WITH_THE_CUSTOMER | _EVERY_WAY)
    )


def next_status(status: Status, step: Step, channel: Channel) -> Status:
    """The status after `step`; Refused where the step does not follow, or is none of this way."""
    following = STEPS.get((status, step)) if step in steps_with(channel) else None
    if following is None:
        raise Refused(
            N_("That does not follow any more. This request now stands at: %(status)s."),
            status=stands_at(status, channel),
        )
    return following


def check_within_a_year(day: date, today: date) -> None:
    """Refused for a day that is more than a year away: nobody would be chased until then."""
    if day > today + FURTHEST:
        raise Refused(N_("Choose a day within a year."))


def stands_at(status: Status, channel: Channel) -> Text:
    """What people read for a status: where no place is asked nothing is "not sent", it is our turn."""
    ours = status is Status.DRAFT and not channel.is_place
    return Text(N_("Our turn") if ours else status.label)


def lies_too_long(status: Status, due_on: date | None, today: date) -> bool:
    """Whether it still lies here unsent although the day on which the answer was wanted has passed."""
    return status is Status.DRAFT and due_on is not None and due_on < today


def sent_words(channel: Channel) -> Text:
    """What a person says when a request is on its way by this channel."""
    return Text(_SENT_WORDS[channel])
