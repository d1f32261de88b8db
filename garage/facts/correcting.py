"""A manager's corrections: a row of the seeds changed, added, switched off and on again."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage import paths
from garage.db import SavedMeanwhile, check_version
from garage.domain.catalogue import Confidence
from garage.domain.display import plain_display
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.facts import living, seeds
from garage.facts.models import FactCorrection
from garage.facts.row_text import refuse_form_lines
from garage.facts.seed_numbers import PATTERNS
from garage.facts.seed_values import Row
from garage.facts.seed_words import BY_MAKE
from garage.facts.subjects import SUBJECTS
from garage.staff.journal import By, write

_EVERY_ROW = {"id", "scope", "confidence", "sources"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A correction that was checked: `body` is JSON, ready to be kept."""

    kind: str
    fact_id: str
    body: str
    source: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a manager wrote: the row's values, how sure they are, who says so."""

    row: dict[str, Any]
    confidence: Confidence | None
    source: str


def checked(kind: str, fact_id: str, typed: Typed, others: Sequence[living.Correction] = ()) -> FactRow:
    """What a manager wrote, read exactly as strictly as the shipped files. Refused with a clear sentence.

    It has to fit together with the `others`: the corrections that are switched on.
    """
    subject, row = SUBJECTS[kind], dict(typed.row)
    refuse_form_lines(row, [subject.key])
    if subject.evidence and typed.confidence:
        row["confidence"] = typed.confidence.value
    shipped = seeds.shipped_rows(paths.SEEDS, kind).get(subject.row_key(fact_id), {})
    _refuse_codes([typed.source, *(value for value in row.values() if isinstance(value, str))])
    _settle_patterns(kind, row, shipped)
    _check_values(kind, row)
    if kind == "words":
        _check_left_out(subject.row_key(fact_id), row)
    taken_away = {key: None for key in shipped if key not in row and key not in {*_EVERY_ROW, subject.key}}
    body = json.dumps({**taken_away, **row}, ensure_ascii=False)
    checked_row = FactRow(kind, fact_id, body, typed.source)
    kept = living.fitting([other for other in others if other.fact_id != fact_id])
    try:
        living.load([*kept, checked_row])
    except seeds.SeedProblem as problem:
        raise _unusable(str(problem)) from None
    return checked_row


def checked_new(kind: str, typed: Typed, others: Sequence[living.Correction] = ()) -> FactRow:
    """Like `checked`, for a row that stands nowhere yet; a make's name stands among its lines."""
    if kind != "makes":
        return checked(kind, _new_id(kind), typed, others)
    row = dict(typed.row)
    name = row.pop("name", "")
    if not isinstance(name, str) or not name.strip():
        raise _missing(["name"])
    if living.load(()).make(name):
        raise Refused(N_("%(name)s is known already. Correct it there."), name=name)
    return checked(kind, f"makes.{name}", Typed(row, typed.confidence, typed.source), others)


def _new_id(kind: str) -> str:
    letters = secrets.token_hex(4)
    return (
        f"families.OWN_{letters.upper()}" if kind == "families" else f"{SUBJECTS[kind].prefix}own.{letters}"
    )


def _refuse_codes(texts: list[str]) -> None:
    for text in texts:
        refuse_code_in_note(text)


def _settle_patterns(kind: str, row: dict[str, Any], shipped: Row) -> None:
    """No pattern comes from a form, where it could keep the program busy for ever."""
    if kind == "displays":
        if "shown" in row:
            row["pattern"] = _display_pattern(row["shown"], shipped)
        return
    for pattern, shapes in PATTERNS.items():
        if pattern in row and row[pattern] != shipped.get(pattern):
            raise Refused(
                N_(
                    "Write shapes in place of a pattern, for example %(example)s (# is a digit, @ a letter, ? either)."
                ),
                example=f'{shapes} = ["BP####?#######"]',
            )


def _display_pattern(shown: object, shipped: Row) -> str:
    """The shipped pattern, which may count tries, and every text that it does not stand for."""
    texts = [str(text) for text in shown] if isinstance(shown, list) else []
    known = set(shipped.get("shown", ()))
    keep = bool(known) and known <= set(texts)
    own = [re.escape(plain_display(text)) for text in texts if not (keep and text in known)]
    return "|".join([shipped["pattern"], *own] if keep else own)


def _check_values(kind: str, row: dict[str, Any]) -> None:
    subject = SUBJECTS[kind]
    needed = {
        field.name
        for field in fields(subject.made)
        if field.default is MISSING and field.default_factory is MISSING
    } - {*_EVERY_ROW, subject.key}
    given = set(row) | {pattern for pattern, shapes in PATTERNS.items() if shapes in row}
    if missing := needed - given:
        raise _missing(sorted(PATTERNS.get(name, name) if kind != "displays" else name for name in missing))
    evidence = {"sources": ["own"]} if subject.evidence else {}
    try:
        subject.read({**row, subject.key: "own", **evidence})
    except (ValueError, TypeError, Refused) as problem:
        raise _unusable(str(problem)) from None


def _check_left_out(line: str, row: Row) -> None:
    subject, _, name = line.partition(".")
    shipped = living.load(()).words.get(subject, {}).get(name, ())
    if unknown := [word for word in row.get("leave_out", ()) if word not in shipped]:
        raise Refused(N_("These words are not among the shipped ones: %(words)s"), words=", ".join(unknown))


def _missing(names: list[str]) -> Refused:
    return Refused(N_("These lines are missing: %(names)s"), names=", ".join(names))


def _unusable(problem: str) -> Refused:
    return Refused(N_("This cannot be used: %(problem)s"), problem=problem)


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
    """Put a row on record that stands in no shipped file. Refused where this garage has it already."""
    if correction_of(session, row.fact_id):
        raise Refused(
            N_("%(name)s is known already. Correct it there."), name=SUBJECTS[row.kind].row_key(row.fact_id)
        )
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


def check_switch(correction: living.Correction, on: bool, others: Sequence[living.Correction]) -> None:
    """Refused where a correction cannot be used, or where one of the `others` that are on needs it."""
    without = [other for other in others if other.fact_id != correction.fact_id]
    kept = living.fitting(without)
    if on:
        try:
            living.load([*kept, correction])
        except seeds.SeedProblem as problem:
            raise _unusable(str(problem)) from None
        return
    fit_now = living.fitting([*without, correction])
    lost = [one.fact_id for one in fit_now if one is not correction and one not in kept]
    if lost:
        raise Refused(N_("Switch these off first, they need it: %(rows)s"), rows=", ".join(lost))


def correction_of(session: Session, fact_id: str) -> FactCorrection | None:
    """The correction of a fact, switched on or not."""
    return session.scalar(select(FactCorrection).where(FactCorrection.fact_id == fact_id))


def written_row(correction: FactCorrection | None, kind: str, fact_id: str) -> Row | None:
    """A row as it stands now, for a form: the shipped one with its correction. None where there is none."""
    subject = SUBJECTS[kind]
    key = subject.row_key(fact_id)
    shipped = seeds.shipped_rows(paths.SEEDS, kind).get(key)
    if shipped is None and kind == "words" and key.partition(".")[0] in BY_MAKE:
        shipped = {"also": [], "leave_out": []}  # a make of which nothing is said yet
    if shipped is None and correction is None:
        return None
    begun: Row = {"aliases": []} if kind == "makes" else {}
    body = json.loads(correction.body) if correction else {}
    unwritten = {subject.key} | ({"pattern"} if kind == "displays" else set())
    row = {**begun, **(shipped or {}), **body}
    return {name: value for name, value in row.items() if value is not None and name not in unwritten}
