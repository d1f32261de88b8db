"""Where a job stands: who waits for what, since when, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime

from garage.code_requests.models import CodeRequest
from garage.domain.asking import Status, is_overdue
from garage.domain.job import AfterPower, Answer, Battery
from garage.domain.labelled import Labelled
from garage.domain.text import N_, Text
from garage.intake.models import Job
from garage.radios.models import Standing as CodeStanding


class Lane(Labelled):
    """The parts of the board, in the order in which somebody should act."""

    CALL = "call", N_("Chase: the answer is overdue")
    STOP = "stop", N_("Battery may not come off yet")
    OFF_WITHOUT_YES = "off_without_yes", N_("Battery is off without a yes: help, don't blame")
    CODE = "code", N_("Radio waits for a code")
    BAY = "bay", N_("In the bay")
    READY = "ready", N_("Radio plays: card and keys")


NUMBER_FIRST = Text(N_("Read the radio number first"))


class Tone(Labelled):
    """How loud a row is; the value is its style."""

    GO = "go", N_("go")
    WAIT = "wait", N_("wait")
    STOP = "stop", N_("stop")


@dataclass(frozen=True, slots=True)
class JobStanding:
    """One row of the board."""

    job: Job
    request: CodeRequest | None
    lane: Lane
    tone: Tone
    words: Text
    since: datetime


def standing(job: Job, request: CodeRequest | None, today: date, now: datetime) -> JobStanding:
    """Where this open job stands; `request` is the newest request for its radio's code in this job."""

    def row(lane: Lane, tone: Tone, words: Text, since: datetime | None) -> JobStanding:
        return JobStanding(job, request, lane, tone, words, since or job.happened_at)

    if request is not None and is_overdue(request.status, request.due_on, today):
        return row(Lane.CALL, Tone.STOP, _overdue(request), request.sent_at or request.made_at)
    if job.plays_at is not None:
        return row(Lane.READY, Tone.GO, Text(N_("Plays: print the card, hand over")), job.plays_at)
    if job.battery is Battery.OFF and job.taken_off_without_yes and job.head_unit is None:
        words = Text(N_("Read the number now, enter nothing"))
        return row(Lane.OFF_WITHOUT_YES, Tone.STOP, words, job.battery_off_at)
    if job.battery is Battery.ON and not job.cleared:
        words = Text(N_("Ask a manager: radio from another car")) if job.in_another_vehicle else NUMBER_FIRST
        return row(Lane.STOP, Tone.STOP, words, job.happened_at)
    if _needs_code(job, request):
        tone, words, since = _waits_for_code(job, request, now)
        return row(Lane.CODE, tone, words, since)
    if job.battery is Battery.ON:
        return row(Lane.BAY, Tone.GO, Text(N_("Battery may come off")), job.cleared_at)
    words = (
        Text(N_("Battery is off")) if job.battery is Battery.OFF else Text(N_("Power is back: does it play?"))
    )
    return row(Lane.BAY, Tone.WAIT, words, job.power_back_at or job.battery_off_at)


def _overdue(request: CodeRequest) -> Text:
    if request.status is Status.DRAFT:
        return Text(N_("Request not sent yet"))
    who = request.dealer.name if request.dealer else Text(N_("the customer"))
    return Text(N_("No answer from %(who)s"), {"who": who})


def _needs_code(job: Job, request: CodeRequest | None) -> bool:
    asks = job.after_power is AfterPower.ASKED or job.answer is Answer.LOCKED
    return asks or (request is not None and request.status.is_open)


def _waits_for_code(
    job: Job, request: CodeRequest | None, now: datetime
) -> tuple[Tone, Text, datetime | None]:
    unit = job.head_unit
    since = job.power_back_at
    if unit is None:
        return Tone.STOP, NUMBER_FIRST, since
    if unit.locked_for_good_at is not None:
        return Tone.STOP, Text(N_("Locked for good: ask the customer what to do")), unit.locked_for_good_at
    if unit.waits_until is not None and unit.waits_until > now:
        return Tone.WAIT, Text(N_("Radio makes you wait: charger on, leave it on")), since
    if unit.stopped_at or job.vehicle.stopped_at or job.in_another_vehicle:
        return Tone.STOP, Text(N_("Ask a manager: its code is not shown")), since
    usable = [code.entered_at for code in unit.codes if code.standing is not CodeStanding.DID_NOT_WORK]
    if usable:
        return Tone.GO, Text(N_("A code is here: try it")), max([since or job.happened_at, usable[-1]])
    return _asking(request, since)


def _asking(request: CodeRequest | None, since: datetime | None) -> tuple[Tone, Text, datetime | None]:
    if request is not None and request.status is Status.SENT:
        return Tone.WAIT, Text(N_("Asked, waiting for the answer")), request.sent_at
    if request is not None and request.status is Status.DRAFT:
        return Tone.STOP, Text(N_("Request not sent yet")), request.made_at
    return Tone.STOP, Text(N_("Ask for the code")), since
