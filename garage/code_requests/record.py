"""The record of those we ask: how many answers, how long they took, how often their codes played."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest, RequestAnswer
from garage.domain.answer_times import Record
from garage.domain.asking import AnswerKind
from garage.domain.chasing import WorkingWeek
from garage.intake.models import Job, Vehicle
from garage.radios.models import RadioCode, Standing

ENDS = (AnswerKind.CODE, AnswerKind.REFUSED)


def records(
    session: Session, week: WorkingWeek, make: str | None = None, dealer_id: int | None = None
) -> Mapping[int, Record]:
    """The record of everybody in the book by their row number, in the whole company.

    Of one make, or of one dealer alone, where given.

    An answer is a code or a clear no; what was answered before anybody wrote "sent" has no time.
    """
    came = (
        select(
            CodeRequest.dealer_id,
            RequestAnswer.asked_at,
            RequestAnswer.at,
            RadioCode.standing,
        )
        .join(RequestAnswer.request)
        .outerjoin(RequestAnswer.radio_code)
        .where(CodeRequest.dealer_id.is_not(None), RequestAnswer.kind.in_(ENDS))
    )
    if make is not None:
        came = came.join(Job, CodeRequest.job_id == Job.id).join(Vehicle).where(Vehicle.make == make)
    if dealer_id is not None:
        came = came.where(CodeRequest.dealer_id == dealer_id)
    answers: dict[int | None, int] = defaultdict(int)
    days: dict[int | None, list[int]] = defaultdict(list)
    ended: dict[tuple[int | None, Standing | None], int] = defaultdict(int)
    for dealer_id, asked_at, at, standing in session.execute(came):
        answers[dealer_id] += 1
        ended[dealer_id, standing] += 1
        if asked_at is not None:
            days[dealer_id].append(week.days_between(asked_at, at))
    return {
        dealer_id: Record(
            number,
            tuple(days[dealer_id]),
            ended[dealer_id, Standing.WORKED],
            ended[dealer_id, Standing.DID_NOT_WORK],
        )
        for dealer_id, number in answers.items()
        if dealer_id is not None
    }
