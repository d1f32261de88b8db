"""Ways to a code on which no place is asked: the customer's card, the calculator, what the customer writes."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest, FactsAsked, RequestAnswer
from garage.code_requests.one_open import AskedAlready, only_open_one
from garage.code_requests.queries import OPEN, open_of_job, today_at, usual_answer_by
from garage.domain.asking import PLACES, AnswerKind, Channel, Fact, Status, Step
from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.radios.actions import add_code
from garage.radios.models import Origin, RadioCode, on_record
from garage.staff.journal import By, write

WAYS = {
    Origin.CARD: Channel.CARD,
    Origin.CALCULATOR: Channel.CALCULATOR,
    Origin.CUSTOMER: Channel.MESSAGE,
}
"""Codes of every other origin came from a place, whose answer they are where it was asked, or stood in our books."""


def keep_code(session: Session, job: Job, code: str, origin: Origin, by: By) -> RadioCode:
    """Put a code to try on file for the job's radio, and with it the way it came, as `add_code` does.

    It answers what is open on such a way in this job; else it is a way of its own, over as soon as it began.
    A place that is being asked meanwhile stays asked: the code was not tried yet.
    """
    row = add_code(session, on_record(job.head_unit), code, origin, by)
    way = WAYS.get(origin)
    if way is None or _came_already(session, job, row):
        return row
    request = next(iter(_open_own(session, job)), None) or _new(job, way, by)
    request.take(Step.ANSWER)
    request.head_unit, request.ended_at, request.due_on = job.head_unit, by.at, None
    answer = RequestAnswer(kind=AnswerKind.CODE, at=by.at, person_id=by.person_id, radio_code=row)
    request.answers.append(answer)
    session.add(request)
    write(session, by, "code_came", request)
    return row


def message_in(session: Session, job: Job, asked: Sequence[Fact], by: By) -> CodeRequest:
    """The customer wrote; `asked` is what they were asked back at once.

    Where anything is open for this radio or job the message is noted there, also when another desk opened it
    this very moment, and a place stays asked as it is; else it opens a request of its own.
    """
    request = open_of_job(session, job)
    if request is None:
        try:
            with only_open_one(session, job, job.head_unit):
                request = _new(job, Channel.MESSAGE, by)
                session.add(request)
            write(session, by, "message_in", job)
        except AskedAlready as first:
            request = session.get_one(CodeRequest, first.request_id)
            customer_wrote(session, request, by)
    else:
        customer_wrote(session, request, by)
    if asked:
        ask_back(session, request, asked, by)
    return request


def customer_wrote(session: Session, request: CodeRequest, by: By) -> RequestAnswer:
    """A message of the customer belongs to this request; one that was waited for makes it our turn again."""
    if not request.status.is_open:
        raise Refused(N_("Nobody waits for an answer."))
    if request.status is Status.FACTS:
        request.take(Step.GET_FACTS)
        request.due_on = None
    answer = RequestAnswer(kind=AnswerKind.MESSAGE, at=by.at, person_id=by.person_id)
    request.answers.append(answer)
    write(session, by, "customer_wrote", request)
    return answer


def ask_back(session: Session, request: CodeRequest, asked: Sequence[Fact], by: By) -> None:
    """A person has asked the customer for what is missing. The program writes to no customer.

    On a way of its own the request now waits for them, until a day on which a person asks again; a place
    that is asked for the code stays asked, and the question is noted.
    """
    if not request.status.is_open or not asked:
        raise Refused(N_("There is nothing to ask the customer."))
    if not request.channel.is_place:
        request.take(Step.ASK_FACTS)
        request.due_on = usual_answer_by(request.job.site, today_at(request.job.site, by.at))
    asks = ",".join(fact.value for fact in asked)
    request.questions.append(FactsAsked(asks=asks, at=by.at, person_id=by.person_id))
    write(session, by, "ask_back", request)


def end_own_ways(session: Session, job: Job, by: By) -> None:
    """Nobody waits any more for a code on a way of the customer's own: a place is asked, or the job is over."""
    for request in _open_own(session, job):
        request.take(Step.WITHDRAW)
        request.ended_at = by.at
        write(session, by, "withdraw", request)


def _open_own(session: Session, job: Job) -> Sequence[CodeRequest]:
    """What is open for this job or its radio on a way on which no place is asked; nobody else changes it now."""
    mine = [CodeRequest.job_id == job.id]
    if job.head_unit is not None:
        mine.append(CodeRequest.head_unit_id == job.head_unit.id)
    found = select(CodeRequest).where(
        or_(*mine), CodeRequest.status.in_(OPEN), CodeRequest.channel.not_in(PLACES)
    )
    held = found.order_by(CodeRequest.id).with_for_update().execution_options(populate_existing=True)
    return session.scalars(held).all()


def _new(job: Job, way: Channel, by: By) -> CodeRequest:
    return CodeRequest(
        site_id=job.site_id,
        job=job,
        head_unit=job.head_unit,
        channel=way,
        status=Status.DRAFT,
        built_with_this_radio=job.built_with_this_radio,
        made_at=by.at,
        made_by_id=by.person_id,
        note="",
    )


def _came_already(session: Session, job: Job, code: RadioCode) -> bool:
    """Whether this job has this code from somebody already: typed twice it came once."""
    came = (
        select(RequestAnswer.id)
        .join(RequestAnswer.request)
        .where(CodeRequest.job_id == job.id, RequestAnswer.radio_code_id == code.id)
    )
    return session.scalar(came.limit(1)) is not None
