"""What the garage remembers about a radio."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage.db import vault_of
from garage.domain.text import Refused
from garage.radios.actions import add_code, attach_photos, keep_photo
from garage.radios.models import Origin, PhotoBytes, PhotoKind, RadioCode, Standing
from garage.radios.photo_worker import Developed
from garage.seal import CodesLocked, Vault
from garage.staff.journal import By
from garage.staff.models import JournalEntry
from tests import making

CANARY = "0739"


def test_a_code_is_sealed_and_to_try(session: Session, by: By) -> None:
    unit = making.make_head_unit(session)
    row = add_code(session, unit, " 07 39", Origin.CARD, by)
    assert vault_of(session).open(row.sealed) == CANARY
    assert (row.standing, row.origin, row.entered_by_id) == (Standing.TO_TRY, Origin.CARD, by.person_id)
    assert unit.code_on_file is row
    in_table = session.connection().exec_driver_sql("SELECT sealed FROM radio_code").scalar()
    assert CANARY not in str(in_table)
    line = session.scalars(sa.select(JournalEntry)).one()
    assert (line.verb, line.kind, line.row_number) == ("add_code", "radio_code", row.id)


def test_the_same_code_twice_is_one_code(session: Session, by: By) -> None:
    unit = making.make_head_unit(session)
    first = add_code(session, unit, CANARY, Origin.CARD, by)
    assert add_code(session, unit, "07-39", Origin.DEALER, by) is first
    assert session.scalar(sa.select(sa.func.count(RadioCode.id))) == 1


def test_two_radios_may_have_the_same_code(session: Session, by: By) -> None:
    first, second = making.make_head_unit(session), making.make_head_unit(session)
    assert add_code(session, first, CANARY, Origin.CARD, by) is not add_code(
        session, second, CANARY, Origin.CARD, by
    )


def test_a_code_that_did_not_work_is_refused_without_repeating_it(session: Session, by: By) -> None:
    unit = making.make_head_unit(session)
    add_code(session, unit, CANARY, Origin.CARD, by).standing = Standing.DID_NOT_WORK
    with pytest.raises(Refused, match="did not work") as no:
        add_code(session, unit, CANARY, Origin.DEALER, by)
    assert CANARY not in str(no.value)


def test_without_the_code_key_no_code_is_taken(session: Session, by: By) -> None:
    unit = making.make_head_unit(session)
    session.info["vault"] = Vault(None)
    with pytest.raises(CodesLocked):
        add_code(session, unit, CANARY, Origin.CARD, by)


def test_a_photo_keeps_its_bytes_apart(session: Session, by: By) -> None:
    photo = keep_photo(session, PhotoKind.LABEL, Developed(b"jpeg"), by)
    assert (photo.site_id, photo.taken_at, photo.head_unit) == (by.site_id, by.at, None)
    stored = sa.select(PhotoBytes.jpeg).where(PhotoBytes.photo_id == photo.id)
    assert session.scalar(stored) == b"jpeg"


def test_photos_taken_before_the_number_was_known_stay_with_the_radio(session: Session, by: By) -> None:
    unit, other = making.make_head_unit(session), making.make_head_unit(session)
    loose = keep_photo(session, PhotoKind.LABEL, Developed(b"a"), by)
    of_other = keep_photo(session, PhotoKind.FRONT, Developed(b"b"), by, other)
    attach_photos(unit, loose, of_other, None)
    assert loose.head_unit is unit
    assert of_other.head_unit is other
