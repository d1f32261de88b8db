"""The facts as they stand now: the shipped ones with this garage's corrections, whoever made them a moment ago."""

import json
import logging
from collections.abc import Sequence
from time import monotonic

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from garage import paths
from garage.db import Database
from garage.domain.catalogue import Catalogue
from garage.facts import seeds
from garage.facts.models import FactCorrection
from garage.facts.seed_rows import Row, SeedProblem

LOOK_EVERY = 3.0  # seconds until another process's correction is seen here
log = logging.getLogger(__name__)


class LivingFacts:
    """Gives the catalogue; looks every few seconds whether a correction was saved."""

    def __init__(self, shipped: Catalogue, database: Database) -> None:
        self._shipped = self._now = shipped
        self._database = database
        self._seen = (0, 0)
        self._look_at = 0.0

    def __call__(self) -> Catalogue:
        """The catalogue of this moment."""
        if monotonic() >= self._look_at:
            self.refresh()
        return self._now

    def refresh(self) -> None:
        """Read the corrections again if one was saved; a busy database leaves what is known as it is."""
        self._look_at = monotonic() + LOOK_EVERY
        try:
            with self._database.reading() as session:
                seen = _changes(session)
                if seen != self._seen:
                    self._now, self._seen = corrected(self._shipped, active(session)), seen
        except OperationalError:
            log.info("corrections were not looked up: database busy")


def _changes(session: Session) -> tuple[int, int]:
    """A pair that every saved correction changes: rows are never deleted, versions only grow."""
    versions = func.coalesce(func.sum(FactCorrection.version), 0)
    rows, sum_of_versions = session.execute(select(func.count(FactCorrection.id), versions)).one()
    return rows, sum_of_versions


def active(session: Session) -> Sequence[FactCorrection]:
    """The corrections that are switched on, the oldest first."""
    return session.scalars(
        select(FactCorrection).where(FactCorrection.active).order_by(FactCorrection.id)
    ).all()


def corrected(shipped: Catalogue, corrections: Sequence[FactCorrection]) -> Catalogue:
    """The shipped facts with these corrections.

    One that does not fit the shipped files of a newer version is left out, never all of them.
    """
    if not corrections:
        return shipped
    try:
        return _load(corrections)
    except SeedProblem:
        fitting: list[FactCorrection] = []
        for correction in corrections:
            try:
                _load([*fitting, correction])
            except SeedProblem:
                log.warning("correction %d does not fit the shipped facts", correction.id)
            else:
                fitting.append(correction)
        return _load(fitting)


def _load(corrections: Sequence[FactCorrection]) -> Catalogue:
    rows: dict[str, list[Row]] = {}
    for correction in corrections:
        rows.setdefault(correction.kind, []).append(row_of(correction.fact_id, json.loads(correction.body)))
    sources = {source_tag(correction.fact_id): correction.source for correction in corrections}
    return seeds.load(paths.SEEDS, rows, sources)


def row_of(fact_id: str, body: Row) -> Row:
    """The row that a correction lays over the shipped one: its only source is the garage's own."""
    return {**body, "id": fact_id, "sources": [source_tag(fact_id)]}


def source_tag(fact_id: str) -> str:
    """The tag under which the catalogue knows a correction's source."""
    return f"our own: {fact_id}"
