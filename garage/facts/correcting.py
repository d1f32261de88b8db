"""A manager's corrections: a fact changed, added, switched off and on again."""

import json
import re
import secrets
from dataclasses import MISSING, dataclass, fields

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage import paths
from garage.db import SavedMeanwhile, check_version
from garage.domain.catalogue import Confidence
from garage.domain.display import plain_display
from garage.domain.fact_kinds import FACT_KINDS
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.facts import seeds
from garage.facts.living import row_of, source_tag
from garage.facts.models import FactCorrection
from garage.facts.row_text import read_row_text
from garage.facts.seed_rows import Row, SeedProblem, read_fact
from garage.staff.journal import By, write

KIND_NAMES = {
    "codes": N_("How the code looks"),
    "power_loss": N_("Does it ask for its code after a power loss?"),
    "pairing": N_("Does it know its car?"),
    "wrong_codes": N_("When to stop"),
    "entry": N_("What to press"),
    "number_places": N_("Where is the number"),
    "dealers": N_("What the dealer needs"),
    "battery": N_("What to mind around the battery"),
    "ways": N_("Ways to a code"),
    "displays": N_("What the display shows"),
}
_EVERY_ROW = {"id", "scope", "confidence", "sources"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A correction that was checked: `body` is JSON, ready to be kept."""

    kind: str
    fact_id: str
    body: str
    source: str


def checked(kind: str, fact_id: str, text: str, confidence: Confidence, source: str) -> FactRow:
    """What a manager wrote, read exactly as strictly as the shipped files. Refused with a clear sentence."""
    row = read_row_text(text) | {"confidence": confidence.value}
    shipped = seeds.shipped_rows(paths.SEEDS, kind).get(fact_id, {})
    for typed in (str(row.get("note", "")), source):
        refuse_code_in_note(typed)
    _check_values(kind, row)
    if kind == "displays" and row.get("pattern") != shipped.get("pattern", ""):
        row["pattern"] = _pattern_for(row["shown"])
    taken_away = {key: None for key in shipped if key not in row and key not in _EVERY_ROW}
    body = {**taken_away, **row}
    try:
        seeds.load(paths.SEEDS, {kind: [row_of(fact_id, body)]}, {source_tag(fact_id): source})
    except SeedProblem as problem:
        raise _unusable(str(problem)) from None
    return FactRow(kind, fact_id, json.dumps(body, ensure_ascii=False), source)


def _check_values(kind: str, row: dict[str, object]) -> None:
    if kind == "displays" and "shown" in row:
        row.setdefault("pattern", "")  # made from what is shown
    needed = {field.name for field in fields(FACT_KINDS[kind]) if field.default is MISSING} - _EVERY_ROW
    if missing := sorted(needed - set(row)):
        raise Refused(N_("These lines are missing: %(names)s"), names=", ".join(missing))
    try:
        read_fact(kind, {**row, "id": "own", "sources": ["own"]})
    except (ValueError, TypeError) as problem:
        raise _unusable(str(problem)) from None


def _unusable(problem: str) -> Refused:
    return Refused(N_("This cannot be used: %(problem)s"), problem=problem)


def _pattern_for(shown: object) -> str:
    """Written by the program: a pattern from a form could keep it busy for ever."""
    texts = shown if isinstance(shown, list) else []
    return "|".join(re.escape(plain_display(str(text))) for text in texts)


def correct_fact(session: Session, row: FactRow, version: int, by: By) -> FactCorrection:
    """Lay a correction over a shipped row, or change one. `version` is 0 where none was there."""
    found = correction_of(session, row.fact_id)
    if found is None:
        if version:
            raise SavedMeanwhile
        return _keep(session, row, "correct_fact", by)
    check_version(found, version)
    found.body, found.source, found.active = row.body, row.source, True
    found.at, found.person_id = by.at, by.person_id
    write(session, by, "correct_fact", found)
    return found


def add_fact(session: Session, row: FactRow, by: By) -> FactCorrection:
    """Put a fact on record that stands in no shipped file."""
    return _keep(session, row, "add_fact", by)


def _keep(session: Session, row: FactRow, verb: str, by: By) -> FactCorrection:
    kept = FactCorrection(
        kind=row.kind,
        fact_id=row.fact_id,
        body=row.body,
        source=row.source,
        at=by.at,
        person_id=by.person_id,
    )
    session.add(kept)
    write(session, by, verb, kept)
    return kept


def switch_fact(session: Session, correction: FactCorrection, on: bool, version: int, by: By) -> None:
    """Switch a correction off, so that the shipped row holds again, or on."""
    check_version(correction, version)
    correction.active = on
    write(session, by, "switch_fact", correction)


def new_fact_id() -> str:
    """An id for a fact of our own."""
    return f"own.{secrets.token_hex(4)}"


def correction_of(session: Session, fact_id: str) -> FactCorrection | None:
    """The correction of a fact, switched on or not."""
    return session.scalar(select(FactCorrection).where(FactCorrection.fact_id == fact_id))


def written_row(correction: FactCorrection | None, kind: str, fact_id: str) -> Row:
    """A fact's row as it stands now, for a form: the shipped one with its correction."""
    shipped = seeds.shipped_rows(paths.SEEDS, kind).get(fact_id, {})
    body = json.loads(correction.body) if correction else {}
    return {key: value for key, value in {**shipped, **body}.items() if value is not None}
