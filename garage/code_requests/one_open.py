"""One radio, one open request: a second is refused with the first one's number, also under two desks at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import open_request, open_without_radio
from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.radios.models import HeadUnit


class AskedAlready(Refused):
    """Somebody is being asked for this radio's code already. Knows the request that is open."""

    def __init__(self, first: CodeRequest) -> None:
        super().__init__(
            N_("The code of this radio is being asked for already: job %(number)d."), number=first.job.number
        )
        self.request_id = first.id
        self.site_id = first.site_id


@contextmanager
def only_open_one(session: Session, job: Job, unit: HeadUnit | None) -> Iterator[None]:
    """What the block opens is the radio's only open request; else AskedAlready and nothing of it stays.

    While nobody knows the radio's number (`unit` is None) it is the job's only one. The look before is the
    answer for most; the unique index is the answer for two desks at once.
    """
    if (first := _open(session, job, unit)) is not None:
        raise AskedAlready(first)
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError:
        if (first := _open(session, job, unit)) is None:
            raise
        raise AskedAlready(first) from None


def _open(session: Session, job: Job, unit: HeadUnit | None) -> CodeRequest | None:
    return open_request(session, unit) if unit is not None else open_without_radio(session, job)
