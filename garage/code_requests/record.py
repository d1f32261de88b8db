"""The record of those we ask: how many answers, how long they took, how often their codes played."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest, RequestAnswer
from garage.domain.answer_times import Record
from garage.domain.asking import AnswerKind
from garage.domain.chasing import WorkingWeek
from garage.intake.models import Job, Vehicle
from garage.radios.models import RadioCode, Standing

ENDS = (AnswerKind.CODE, AnswerKind.REFUSED)
NEWEST = 50  # answers that tell how quick a place is today; older ones tell of other days
Came = Select[int | None, datetime | None, datetime, Standing | None]


def records(session: Session, week: WorkingWeek) -> Mapping[int, Record]:
    """The record of everybody in the book by their row number, in the whole company.

    An answer is a code or a clear no; what was answered before anybody wrote "sent" has no time.
    """
    return _told(session, week, _came())


def newest_times(session: Session, week: WorkingWeek, dealer_id: int, make: str) -> Record:
    """How quick one place is for one make: its newest answers of which the time is known, at most NEWEST."""
    of_make = _came().join(Job, CodeRequest.job_id == Job.id).join(Vehicle).where(Vehicle.make == make)
    theirs = of_make.where(CodeRequest.dealer_id == dealer_id, RequestAnswer.asked_at.is_not(None))
    newest = theirs.order_by(RequestAnswer.at.desc(), RequestAnswer.id.desc()).limit(NEWEST)
    return _told(session, week, newest).get(dealer_id, Record())


def _came() -> Came:
    return (
        select(CodeRequest.dealer_id, RequestAnswer.asked_at, RequestAnswer.at, RadioCode.standing)
        .join(RequestAnswer.request)
        .outerjoin(RequestAnswer.radio_code)
        .where(CodeRequest.dealer_id.is_not(None), RequestAnswer.kind.in_(ENDS))
    )


def _told(session: Session, week: WorkingWeek, came: Came) -> dict[int, Record]:
    days: dict[int, list[int]] = defaultdict(list)
    ended: dict[int, Counter[Standing | None]] = defaultdict(Counter)
    for dealer_id, asked_at, at, standing in session.execute(came):
        if dealer_id is None:
            continue
        ended[dealer_id][standing] += 1
        if asked_at is not None:
            days[dealer_id].append(week.days_between(asked_at, at))
    return {
        dealer_id: Record(
            counted.total(),
            tuple(days[dealer_id]),
            counted[Standing.WORKED],
            counted[Standing.DID_NOT_WORK],
        )
        for dealer_id, counted in ended.items()
    }
