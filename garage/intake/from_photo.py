"""Numbers that were read from a job's photos: offered to a person, taken into the form only after a yes."""

from collections.abc import Collection
from dataclasses import dataclass

from garage.domain.bar_code import Numbered
from garage.domain.job import ReadHow
from garage.intake.forms import RadioForm
from garage.intake.models import Job
from garage.radios.models import Photo


@dataclass(frozen=True, slots=True)
class Offer:
    """One number that a photo shows, and what its yes is called in the page's address."""

    kind: Numbered
    text: str
    photo: Photo
    yes: str
    taken: bool = False


def offers(job: Job, taken: Collection[str] = ()) -> tuple[Offer, ...]:
    """What the newest photos of label and VIN plate say and nobody has put on record yet.

    `taken`: the offers (by `yes`) that a person has said yes to.
    """
    on_record = {job.vehicle.vin, job.head_unit.serial_number if job.head_unit else None}
    found = []
    for photo in (job.label_photo, job.plate_photo):
        for place, code in enumerate(photo.numbers if photo else ()):
            yes = f"{photo.id}-{place}" if photo else ""
            if photo and code.text not in on_record:
                found.append(Offer(code.kind, code.text, photo, yes, yes in taken))
                on_record.add(code.text)
    return tuple(found)


def fill_from_photo(form: RadioForm, found: tuple[Offer, ...]) -> None:
    """Put the numbers that somebody said yes to into the form: they need not be typed twice."""
    for offer in found:
        if offer.taken and offer.kind is Numbered.VIN:
            form.vin.data = offer.text
        elif offer.taken:
            form.serial_number.data = form.serial_again.data = offer.text
            form.read_how.data = ReadHow.PHOTO
