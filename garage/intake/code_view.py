"""What stands for and against seeing a radio's code from a job: one answer for showing and for printing."""

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from garage.domain.secrecy import CodeView
from garage.intake.models import Fitting, Job

# Both built once: building them takes longer than asking them, and every card and its PDF ask them.
EARLIER = (
    select(Job.customer_id, Job.papers_seen_at)
    .where(
        Job.id < bindparam("job"),
        or_(Job.vehicle_id == bindparam("vehicle"), Job.head_unit_id == bindparam("radio")),
    )
    .order_by(Job.id)
)
FITTED_IN = select(Fitting.vehicle_id).where(
    Fitting.head_unit_id == bindparam("radio"), Fitting.until_at.is_(None)
)


def code_view(session: Session, job: Job, person_is_fresh: bool, reason: str = "") -> CodeView:
    """The facts of `job` that `garage.domain.secrecy.check_may_see` decides on.

    `person_is_fresh`: the person typed the password a moment ago; `reason`: why, where no job is open.
    """
    radio = job.head_unit
    return CodeView(
        stopped=job.vehicle.stopped_at is not None or (radio is not None and radio.stopped_at is not None),
        another_vehicle=job.in_another_vehicle or fitted_elsewhere(session, job),
        new_customer=previous_customer_differs(session, job),
        papers_seen=job.papers_seen_at is not None,
        in_open_job=job.is_open,  # an open job is on the board every day: it is today's
        fresh=person_is_fresh,
        reason=reason,
    )


def previous_customer_differs(session: Session, job: Job) -> bool:
    """Whether this car, or this radio, is known to be somebody else's; False on the first visit.

    It is the customer's who last showed the papers, else the first one's: coming twice proves nothing.
    """
    asked = {"job": job.id, "vehicle": job.vehicle_id, "radio": job.head_unit_id}
    earlier = session.execute(EARLIER, asked).all()
    if not earlier:
        return False
    proved = [row.customer_id for row in earlier if row.papers_seen_at is not None]
    keeper = proved[-1] if proved else earlier[0].customer_id
    return bool(keeper != job.customer_id)


def fitted_elsewhere(session: Session, job: Job) -> bool:
    """Whether the radio of this job sits in another vehicle, as far as the garage knows."""
    if job.head_unit_id is None:
        return False
    there = session.scalar(FITTED_IN, {"radio": job.head_unit_id})
    return there is not None and there != job.vehicle_id
