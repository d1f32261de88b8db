"""A job's photos: the radio's label with the number, its front for "same radio?", the car's VIN plate."""

from sqlalchemy.orm import Session

from garage.intake.clearing import check_open
from garage.intake.models import Job
from garage.radios.actions import keep_photo
from garage.radios.models import Photo, PhotoKind
from garage.radios.photo_worker import Developed
from garage.staff.journal import By


def put_photo(session: Session, job: Job, kind: PhotoKind, made: Developed, by: By) -> Photo:
    """Keep the photo as the job's newest of its kind, and with the radio where its number is on record."""
    check_open(job)
    photo = keep_photo(session, kind, made, by, None if kind is PhotoKind.PLATE else job.head_unit)
    match kind:
        case PhotoKind.LABEL:
            job.label_photo = photo
        case PhotoKind.FRONT:
            job.front_photo = photo
        case PhotoKind.PLATE:
            job.plate_photo = photo
    return photo
