"""A car in the bay, its radio and the trade's facts."""

from functools import cache
from typing import Any

import pytest
from sqlalchemy.orm import Session

from garage import paths
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground
from garage.facts import seeds
from garage.intake.models import Job
from garage.staff.journal import By
from tests import making


@cache
def facts() -> Catalogue:
    """The shipped facts, read once."""
    return seeds.load(paths.SEEDS)


@pytest.fixture
def catalogue() -> Catalogue:
    """The shipped facts."""
    return facts()


@pytest.fixture
def job(session: Session, by: By) -> Job:
    """A Skoda with its radio's number on record: the battery may come off."""
    return a_job(session, by)


def a_job(session: Session, by: By, **fields: Any) -> Job:
    """A job whose radio is known and whose battery may come off; `fields` change it."""
    vehicle = making.make_vehicle(session, year=2004)
    unit = making.make_head_unit(session, vehicle=vehicle)
    given = {"vehicle": vehicle, "head_unit": unit, "ground": Ground.RECORDED, "cleared_at": by.at} | fields
    return making.make_job(session, **given)
