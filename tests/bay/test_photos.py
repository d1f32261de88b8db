"""Photos through the browser."""

import io
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from PIL import Image

from garage.db import Database
from garage.domain.job import ReadHow
from garage.intake.models import Job
from garage.radios.models import Photo, PhotoKind
from garage.staff.journal import By
from tests import making
from tests.bay.conftest import Visitor, a_job
from tests.radios.conftest import make_label, make_picture


@pytest.fixture
def job(house: Database, people: By) -> Job:
    """A car in the bay, its radio's number on record."""
    with house.transaction() as session:
        return a_job(session, people)


def upload(visitor: Visitor, job: Job, data: bytes, name: str = "IMG_1.jpg", **more: Any) -> Any:
    said = {"kind": "label", "back": "bay"} | more
    return visitor.post(f"/jobs/{job.number}/photo", photo=(io.BytesIO(data), name), **said)


def test_a_photo_of_the_label_stays_with_job_and_radio(
    technician: Visitor, house: Database, job: Job
) -> None:
    answer = upload(technician, job, make_picture((3000, 1500)))
    assert (answer.status_code, answer.location) == (303, f"/jobs/{job.number}/bay")
    with house.reading() as session:
        photo = session.scalars(sa.select(Photo)).one()
        assert (photo.kind, photo.head_unit_id) == (PhotoKind.LABEL, job.head_unit_id)
        assert session.get_one(Job, job.id).label_photo_id == photo.id
    assert f"/photos/{photo.id}.jpg" in technician.get(f"/jobs/{job.number}/bay").text
    served = technician.get(f"/photos/{photo.id}.jpg")
    assert Image.open(io.BytesIO(served.data)).size == (2000, 1000)
    assert served.mimetype == "image/jpeg"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served.headers["Cache-Control"] == "no-store"


def test_a_hostile_file_name_is_never_used(technician: Visitor, house: Database, job: Job) -> None:
    assert (
        upload(
            technician, job, make_picture(), name="../../etc/x%00.php' onload=alert(1)", kind="front"
        ).status_code
        == 303
    )
    with house.reading() as session:
        assert session.scalars(sa.select(Photo.kind)).one() is PhotoKind.FRONT


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg/>", "JPEG, PNG or WebP"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(99), "Most Compatible"),
    ],
)
def test_what_is_no_photo_gets_a_sentence(technician: Visitor, job: Job, data: bytes, words: str) -> None:
    answer = upload(technician, job, data)
    assert answer.status_code == 422
    assert words in answer.text


def test_nothing_chosen_gets_a_sentence(technician: Visitor, job: Job) -> None:
    answer = technician.post(f"/jobs/{job.number}/photo", kind="label")
    assert answer.status_code == 422
    assert "Choose or take a photo" in answer.text


def test_the_page_for_photos_takes_12_megabytes_and_no_other_page_does(technician: Visitor, job: Job) -> None:
    large = make_picture() + bytes(11_500_000)  # a camera's own trailer
    assert upload(technician, job, large).status_code == 303
    assert upload(technician, job, make_picture() + bytes(14_000_000)).status_code == 413
    other = technician.post(f"/jobs/{job.number}/plays", photo=(io.BytesIO(bytes(2_000_000)), "x.jpg"))
    assert other.status_code == 413


def test_a_closed_job_takes_no_photo(technician: Visitor, job: Job) -> None:
    technician.post(f"/jobs/{job.number}/plays")
    assert upload(technician, job, make_picture()).status_code == 409


def test_the_page_says_that_cards_are_not_photographed(technician: Visitor, job: Job) -> None:
    page = technician.get(f"/jobs/{job.number}/photo").text
    assert "No photos of code cards" in page
    assert 'accept="image/jpeg,image/png,image/webp"' in page
    assert 'capture="environment"' in page


def test_nobody_sees_a_photo_without_signing_in(technician: Visitor, job: Job, program: Flask) -> None:
    upload(technician, job, make_picture())
    assert program.test_client().get("/photos/1.jpg").status_code == 303
    assert technician.get("/photos/999.jpg").status_code == 404


SERIAL, VIN = "SKZ1Z2K8399700", "TMBJJ6Y5X54512345"


@pytest.fixture
def bare(house: Database, people: By) -> Job:
    """A car of which nothing was read yet."""
    with house.transaction() as session:
        return making.make_job(session)


def test_a_number_on_a_photo_is_asked_about_and_typed_by_nobody(
    technician: Visitor, house: Database, bare: Job
) -> None:
    path = f"/jobs/{bare.number}/radio"
    assert upload(technician, bare, make_label(SERIAL)).location == path
    assert upload(technician, bare, make_label(VIN, "Code39"), kind="plate").location == path
    asked = technician.get(path).text
    assert f'<strong class="number">{SERIAL}</strong>' in asked
    assert f'value="{SERIAL}"' not in asked
    with house.reading() as session:
        assert session.get_one(Job, bare.id).head_unit_id is None
        version = session.get_one(Job, bare.id).version
    photos = [1, 2]
    said_yes = technician.get(f"{path}?yes={photos[0]}-0&yes={photos[1]}-0").text
    assert said_yes.count(f'value="{SERIAL}"') == 2
    assert f'value="{VIN}"' in said_yes
    numbers = {"serial_number": SERIAL, "serial_again": SERIAL, "vin": VIN, "read_how": "photo"}
    assert technician.post(path, **numbers, version=str(version)).status_code == 303
    with house.reading() as session:
        job = session.get_one(Job, bare.id)
        assert (job.number_read_how, job.cleared) == (ReadHow.PHOTO, True)
        assert job.head_unit is not None
        photos_of_radio = session.scalars(sa.select(Photo.kind).where(Photo.head_unit_id == job.head_unit_id))
        assert photos_of_radio.all() == [PhotoKind.LABEL]  # the plate belongs to the car
    again = upload(technician, bare, make_label(SERIAL), back="bay")
    assert again.location == f"/jobs/{bare.number}/bay"
    assert "says the number on record" in technician.get(again.location).text


def test_a_label_that_cannot_be_read_says_so(technician: Visitor, house: Database, bare: Job) -> None:
    assert upload(technician, bare, make_picture()).location == f"/jobs/{bare.number}/bay"
    assert "No bar code could be read" in technician.get(f"/jobs/{bare.number}/bay").text


def test_a_code_on_a_photo_is_never_kept(technician: Visitor, house: Database, bare: Job) -> None:
    upload(technician, bare, make_label("0739"))
    with house.reading() as session:
        assert session.scalars(sa.select(Photo.barcodes)).all() == [""]
