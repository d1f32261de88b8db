"""The facts as they stand now: the shipped ones with this garage's corrections, whoever made them a moment ago."""

import json
import logging
from collections.abc import Sequence
from time import monotonic
from typing import Protocol

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from garage import paths
from garage.db import Database
from garage.domain.catalogue import Catalogue
from garage.facts import seeds
from garage.facts.models import FactCorrection
from garage.facts.seed_values import Row
from garage.facts.subjects import SUBJECTS

LOOK_EVERY = 3.0  # seconds until another process's correction is seen here
log = logging.getLogger(__name__)


class Correction(Protocol):
    """A row that a manager laid over a shipped one, kept or about to be."""

    @property
    def kind(self) -> str: ...
    @property
    def fact_id(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def source(self) -> str: ...


class LivingFacts:
    """Gives the catalogue; looks every few seconds whether a correction was saved."""

    def __init__(self, shipped: Catalogue, database: Database) -> None:
        self._now = shipped
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
                    self._now, self._seen = corrected(active(session)), seen
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


def corrected(corrections: Sequence[Correction]) -> Catalogue:
    """The shipped facts with these corrections.

    One that does not fit the shipped files of a newer version is left out, never all of them.
    """
    try:
        return load(corrections)
    except seeds.SeedProblem:
        return load(fitting(corrections))


def fitting(corrections: Sequence[Correction]) -> list[Correction]:
    """The corrections that can be used together with the shipped files; makes before what names them."""
    order = list(SUBJECTS)
    known = [correction for correction in corrections if correction.kind in order]
    kept: list[Correction] = []
    for correction in sorted(known, key=lambda one: order.index(one.kind)):
        try:
            load([*kept, correction])
        except seeds.SeedProblem:
            log.warning("correction %s does not fit the shipped facts", correction.fact_id)
        else:
            kept.append(correction)
    return kept


def load(corrections: Sequence[Correction]) -> Catalogue:
    """The shipped facts with all of these corrections. SeedProblem where one cannot be used."""
    rows: dict[str, list[Row]] = {}
    for correction in corrections:
        if correction.kind not in SUBJECTS:
            raise seeds.SeedProblem(f"{correction.kind}: no such subject")
        row = row_of(correction.kind, correction.fact_id, json.loads(correction.body))
        rows.setdefault(correction.kind, []).append(row)
    sources = {source_tag(correction.fact_id): correction.source for correction in corrections}
    return seeds.load(paths.SEEDS, rows, sources)


def row_of(kind: str, fact_id: str, body: Row) -> Row:
    """The row that a correction lays over the shipped one: its only source is the garage's own."""
    subject = SUBJECTS[kind]
    evidence = {"sources": [source_tag(fact_id)]} if subject.evidence else {}
    return {**body, subject.key: subject.row_key(fact_id), **evidence}


def source_tag(fact_id: str) -> str:
    """The tag under which the catalogue knows a correction's source."""
    return f"our own: {fact_id}"


def on_file(engine: Engine) -> Catalogue:
    """The facts as the database behind `engine` corrects them; the shipped ones where it does not answer."""
    try:
        with Session(engine) as session:
            return corrected(active(session))
    except SQLAlchemyError:
        return corrected(())
