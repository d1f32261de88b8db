"""What the garage remembers about a radio: its codes and its photos."""

from sqlalchemy.orm import Session

from garage.db import vault_of
from garage.domain.bar_code import read_bar_codes
from garage.domain.text import N_, Refused
from garage.domain.trying import as_entered
from garage.radios.models import HeadUnit, Origin, Photo, PhotoBytes, PhotoKind, RadioCode, Standing
from garage.radios.photo_worker import Developed
from garage.staff.journal import By, write


def add_code(session: Session, unit: HeadUnit, code: str, origin: Origin, by: By) -> RadioCode:
    """Put a code for this radio on file, sealed, as "code to try"; one that is on file already is kept.

    `code` as it was typed; spaces do not matter, leading zeros do. Refused when it is no code, and when
    it was entered before and did not work: it would only cost a try. Raises CodesLocked without the key.
    """
    entered = as_entered(code)
    known = code_like(session, unit, entered)
    if known is not None:
        if known.standing is Standing.DID_NOT_WORK:
            raise Refused(
                N_(
                    "This code was entered before and did not work. Ask again, with the number read once more."
                )
            )
        return known
    row = RadioCode(
        head_unit=unit,
        sealed=vault_of(session).seal(entered),
        origin=origin,
        standing=Standing.TO_TRY,
        entered_at=by.at,
        entered_by_id=by.person_id,
    )
    session.add(row)
    write(session, by, "add_code", row)
    return row


def code_like(session: Session, unit: HeadUnit, entered: str) -> RadioCode | None:
    """This radio's code that reads `entered`, or None."""
    vault = vault_of(session)
    return next((row for row in unit.codes if vault.open(row.sealed) == entered), None)


def keep_photo(
    session: Session, kind: PhotoKind, made: Developed, by: By, unit: HeadUnit | None = None
) -> Photo:
    """Keep a photo that the darkroom has made anew, with the radio where it is known.

    Of its bar codes only what can be a VIN or a serial number is kept, for somebody to say yes to.
    """
    numbers = "\n".join(code.text for code in read_bar_codes(made.bar_codes))
    photo = Photo(site_id=by.site_id, head_unit=unit, kind=kind, taken_at=by.at, person_id=by.person_id)
    photo.barcodes = numbers
    session.add(photo)
    session.flush()  # the bytes need the photo's number
    session.add(PhotoBytes(photo_id=photo.id, jpeg=made.jpeg))
    write(session, by, "keep_photo", photo)
    return photo


def attach_photos(unit: HeadUnit, *photos: Photo | None) -> None:
    """Photos taken before the number was known stay with the radio; those of another radio stay there."""
    for photo in photos:
        if photo is not None and photo.head_unit is None:
            photo.head_unit = unit


def known_codes(session: Session, unit: HeadUnit) -> list[str]:
    """The codes on file for a radio, to refuse them in notes; none while codes are locked."""
    vault = vault_of(session)
    return [] if vault.locked else [vault.open(code.sealed) for code in unit.codes]
