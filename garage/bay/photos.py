"""A job's photos of its radio: the label with the number, and the front for "same radio?"."""

from sqlalchemy.orm import Session

from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.radios.actions import keep_photo
from garage.radios.models import Photo, PhotoKind
from garage.staff.journal import By


def put_photo(session: Session, job: Job, kind: PhotoKind, jpeg: bytes, by: By) -> Photo:
    """Keep the photo as the job's newest of its kind, and with the radio where its number is on record."""
    if not job.is_open:
        raise Refused(N_("This job is closed."))
    photo = keep_photo(session, kind, jpeg, by, job.head_unit)
    if kind is PhotoKind.LABEL:
        job.label_photo = photo
    else:
        job.front_photo = photo
    return photo
