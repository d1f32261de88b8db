"""One car of the invented garage at one moment: who acts, and where its job, request and radio are found."""

from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest
from garage.domain.catalogue import Catalogue
from garage.domain.paper import Paper
from garage.intake.models import Job
from garage.intake.queries import last_job, vehicle_by_plate
from garage.radios.models import HeadUnit, RadioCode
from garage.staff.journal import By
from garage.upkeep.demo_story import Visit

Row = TypeVar("Row")


@dataclass
class Scene:
    """One car at one moment: who acts, and the papers that were printed so far."""

    session: Session
    catalogue: Catalogue
    dealers: dict[str, int]
    visit: Visit
    by: By
    papers: list[Paper] = field(default_factory=list)

    @property
    def job(self) -> Job:
        """The car's newest job."""
        vehicle = vehicle_by_plate(self.session, self.visit.registration)
        return _there(last_job(self.session, vehicle) if vehicle else None)

    @property
    def request(self) -> CodeRequest:
        """The newest time somebody was asked in this job."""
        asked = select(CodeRequest).where(CodeRequest.job_id == self.job.id)
        return _there(self.session.scalars(asked.order_by(CodeRequest.id.desc())).first())

    @property
    def radio(self) -> HeadUnit:
        """The radio in the car."""
        return _there(self.job.head_unit or self.job.vehicle.head_unit)

    @property
    def code(self) -> RadioCode:
        """The code that would be entered next."""
        return _there(self.radio.code_on_file)


def _there(row: Row | None) -> Row:
    if row is None:
        raise LookupError("the story speaks of something that is not there yet")
    return row
