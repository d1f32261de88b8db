"""Where a job stands: who waits for what, since when, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from garage.code_requests.mailing import NOT_SENT
from garage.code_requests.models import CodeRequest
from garage.domain.asking import Status, lies_too_long
from garage.domain.chasing import Chase, Due
from garage.domain.job import AfterPower, Answer, Battery
from garage.domain.labelled import Labelled
from garage.domain.text import N_, Text
from garage.domain.trying import Instead
from garage.intake.models import Job
from garage.radios.models import Standing as CodeStanding


class Lane(Labelled):
    """The parts of the board, in the order in which somebody should act."""

    CUSTOMER = "customer", N_("Call the customer")
    OVERDUE = "overdue", N_("Chase: the answer is overdue")
    OFF_WITHOUT_YES = "off_without_yes", N_("Battery is off without a yes: help, don't blame")
    STOP = "stop", N_("Battery may not come off yet")
    WAIT = "wait", N_("Radio makes you wait")
    CODE = "code", N_("Radio waits for a code")
    BAY = "bay", N_("In the bay")
    CARD = "card", N_("Radio plays: print the card")
    READY = "ready", N_("Ready: card and keys")


CHASE_WORDS = {
    Chase.FIRST: N_("No answer: remind %(who)s"),
    Chase.SECOND: N_("No answer: remind %(who)s again"),
    Chase.PHONE: N_("No answer: call %(who)s"),
    Chase.ELSEWHERE: N_("No answer from %(who)s: ask somebody else"),
}
NUMBER_FIRST = Text(N_("Read the radio number first"))


CUSTOMER_ANSWERS = Text(Status.FACTS.label)


class Tone(Enum):
    """How loud a row is; the value is its style."""

    GO = "go"
    WAIT = "wait"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class JobStanding:
    """One row of the board. `until`: when the radio's wait is over, for a running countdown."""

    job: Job
    request: CodeRequest | None
    lane: Lane
    tone: Tone
    words: Text
    since: datetime
    until: datetime | None = None
    chase: Due | None = None

    @property
    def briefly(self) -> Text:
        """The words for the wall: without the name of the place, which may be too long for its rows."""
        if self.chase is None or self.lane is not Lane.OVERDUE:
            return self.words
        return Text(self.chase.step.label)


Place = tuple[Lane, Tone, Text, datetime | None]


def standing(
    job: Job,
    request: CodeRequest | None,
    today: date,
    now: datetime,
    *,
    carded: bool = False,
    chase: Due | None = None,
    instead: Instead | None = None,
) -> JobStanding:
    """Where this open job stands.

    `request` is the open, else the newest request for its radio's code in this job; `carded`: a card was
    printed in it; `chase`: what a person has to do now because nobody has answered; `instead`: what the
    customer wants for a radio that is locked for good.
    """
    if request is not None and not (request.channel.is_place or request.status is Status.FACTS):
        request = None  # nobody is waited for: what the radio needs says what is to be done
    unit = job.head_unit
    until = unit.waits_until if unit and unit.waits_until and unit.waits_until > now else None
    lane, tone, words, since = _place(job, request, today, until, chase, carded=carded)
    if instead is not None and lane in {Lane.CODE, Lane.CUSTOMER} and unit and unit.locked_for_good_at:
        tone, words = Tone.WAIT, Text(N_("Locked for good: %(instead)s"), {"instead": Text(instead.label)})
    return JobStanding(job, request, lane, tone, words, since or job.happened_at, until, chase)


def _place(
    job: Job,
    request: CodeRequest | None,
    today: date,
    until: datetime | None,
    chase: Due | None,
    *,
    carded: bool,
) -> Place:
    if job.plays_at is not None:
        return _plays(job, request, carded=carded)
    if (call := _call(job, until)) is not None:
        return call
    asked_back = request is not None and request.fee_waits_for_yes  # it is our turn, not theirs
    if request is not None and not asked_back and (words := _overdue(request, today, chase)) is not None:
        return Lane.OVERDUE, Tone.STOP, words, request.sent_at or request.made_at
    if job.battery is Battery.OFF and job.taken_off_without_yes and job.head_unit is None:
        words = Text(N_("Read the number now, enter nothing"))
        return Lane.OFF_WITHOUT_YES, Tone.STOP, words, job.battery_off_at
    if job.battery is Battery.ON and not job.cleared and job.left_at is None:
        return Lane.STOP, Tone.STOP, _not_yet(job, request), job.happened_at
    if until is not None:
        return Lane.WAIT, Tone.WAIT, Text(N_("Charger on, leave the radio on")), job.power_back_at
    if _needs_code(job, request):
        return _waits_for_code(job, request)
    return _in_the_bay(job)


def _not_yet(job: Job, request: CodeRequest | None) -> Text:
    """Why the battery may not come off yet."""
    if job.in_another_vehicle:
        return Text(N_("Ask a manager: radio from another car"))
    waits = request is not None and request.status is Status.FACTS
    if waits:
        return CUSTOMER_ANSWERS
    if job.head_unit is None:
        return NUMBER_FIRST
    return Text(N_("Check the numbers first") if job.vehicle.vin else N_("Write down the VIN first"))


def _plays(job: Job, request: CodeRequest | None, *, carded: bool) -> Place:
    """The radio plays: what is left is paper and keys, or to tell a dealer that nobody waits any more."""
    if request is not None and request.status.is_open and request.channel.is_place:
        words = Text(N_("Plays: say that its code is not needed any more"))
        return Lane.READY, Tone.WAIT, words, job.plays_at
    if job.card_kept_at is not None:
        return Lane.READY, Tone.WAIT, Text(N_("The card waits to be collected")), job.card_kept_at
    if job.head_unit is not None and not carded:
        words = Text(N_("Plays: print the card"))
        return Lane.CARD, Tone.GO, words, job.plays_at
    if job.left_at is not None:
        return Lane.READY, Tone.GO, Text(N_("Post the card, or keep it here")), job.plays_at
    return Lane.READY, Tone.GO, Text(N_("Hand card and keys over")), job.plays_at


def _call(job: Job, until: datetime | None) -> Place | None:
    """The car has left, and there is something to tell the customer."""
    unit = job.head_unit
    if job.left_at is None or unit is None or until is not None or _barred(job):
        return None
    if unit.locked_for_good_at is not None:
        words = Text(N_("Locked for good: ask the customer what to do"))
        return Lane.CUSTOMER, Tone.STOP, words, unit.locked_for_good_at
    came = _newest_usable(job)
    if came is None:
        return None
    if job.called_at is not None and job.called_at > came:
        return Lane.CUSTOMER, Tone.WAIT, Text(N_("Called: they try later. Call again")), job.called_at
    return Lane.CUSTOMER, Tone.GO, Text(N_("A code is here: call the customer")), max(came, job.left_at)


def _overdue(request: CodeRequest, today: date, chase: Due | None) -> Text | None:
    if request.status is Status.FACTS:
        passed = request.due_on is not None and request.due_on < today
        return Text(N_("The customer has not answered: ask again")) if passed else None
    dealer = None if request.customer_asks else request.dealer
    who = dealer.name if dealer else Text(N_("the customer"))
    if chase is not None:
        return Text(CHASE_WORDS[chase.step], {"who": who})
    if request.status is not Status.DRAFT:
        return None
    if request.mail is not None and request.mail.status in NOT_SENT:
        return Text(N_("Mail to %(who)s came back"), {"who": who})
    if lies_too_long(request.status, request.due_on, today):
        return Text(N_("Request not sent yet"))
    return None


def _needs_code(job: Job, request: CodeRequest | None) -> bool:
    asks = job.after_power is AfterPower.ASKED or job.answer is Answer.LOCKED or job.left_at is not None
    return asks or (request is not None and request.status.is_open)


def _waits_for_code(job: Job, request: CodeRequest | None) -> Place:
    unit = job.head_unit
    since = job.power_back_at
    if unit is None:
        waits = request is not None and request.status is Status.FACTS
        return _asking(request, since) if waits else (Lane.CODE, Tone.STOP, NUMBER_FIRST, since)
    if unit.locked_for_good_at is not None:
        words = Text(N_("Locked for good: ask the customer what to do"))
        return Lane.CODE, Tone.STOP, words, unit.locked_for_good_at
    if _barred(job):
        return Lane.CODE, Tone.STOP, Text(N_("Ask a manager: its code is not shown")), since
    came = _newest_usable(job)
    if came is not None:
        return Lane.CODE, Tone.GO, Text(N_("A code is here: try it")), max(since or job.happened_at, came)
    return _asking(request, since)


def _asking(request: CodeRequest | None, since: datetime | None) -> Place:
    if request is not None and request.fee_waits_for_yes:
        return Lane.CODE, Tone.STOP, Text(N_("They ask a fee: ask the customer")), request.sent_at
    if request is not None and request.status is Status.SENT:
        return Lane.CODE, Tone.WAIT, Text(N_("Asked, waiting for the answer")), request.sent_at
    if request is not None and request.status is Status.DRAFT:
        return Lane.CODE, Tone.STOP, Text(N_("Request not sent yet")), request.made_at
    if request is not None and request.status is Status.QUEUED:
        return Lane.CODE, Tone.WAIT, Text(Status.QUEUED.label), request.made_at
    if request is not None and request.status is Status.FACTS:
        return Lane.CODE, Tone.WAIT, CUSTOMER_ANSWERS, request.questions[-1].at
    return Lane.CODE, Tone.STOP, Text(N_("Ask for the code")), since


def _in_the_bay(job: Job) -> Place:
    if job.battery is Battery.ON:
        return Lane.BAY, Tone.GO, Text(N_("Battery may come off")), job.cleared_at
    if job.battery is Battery.OFF:
        return Lane.BAY, Tone.WAIT, Text(N_("Battery is off")), job.battery_off_at
    return Lane.BAY, Tone.WAIT, Text(N_("Power is back: does it play?")), job.power_back_at


def _barred(job: Job) -> bool:
    unit = job.head_unit
    return bool((unit and unit.stopped_at) or job.vehicle.stopped_at or job.in_another_vehicle)


def _newest_usable(job: Job) -> datetime | None:
    """When the newest code came that may still be right."""
    codes = job.head_unit.codes if job.head_unit else []
    usable = [code.entered_at for code in codes if code.standing is not CodeStanding.DID_NOT_WORK]
    return usable[-1] if usable else None
