"""Trying codes: what was tried before, a code to try, showing it, and what came of entering it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session

from garage.bay.actions import power_is_back, say_after_power
from garage.bay.commands import AddCodeToTry, NoteEarlierTries, RecordTry, ShowCode
from garage.bay.last_try import look_again
from garage.bay.models import Try
from garage.bay.queries import may_enter, newest_try, open_job_of, radio_view, said_before, shape_of
from garage.code_requests.actions import reopen_after_wrong_code
from garage.code_requests.answers import asked_there, record_answer
from garage.code_requests.own_ways import keep_code
from garage.db import check_version, vault_of
from garage.domain.catalogue import Catalogue
from garage.domain.code_shape import doubts
from garage.domain.job import AfterPower, Battery, YesNo
from garage.domain.secrecy import check_may_see, refuse_code_in_note, refuse_known_code
from garage.domain.text import N_, Refused, Text
from garage.domain.trying import MayTry, Outcome, as_entered, tried_since
from garage.intake.clearing import check_open
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.radios.actions import known_codes
from garage.radios.models import HeadUnit, RadioCode, Standing, on_record
from garage.staff.journal import By, write


class OddCode(Refused):
    """The code does not look like one of this radio: asked about before it costs a try."""

    def __init__(self, doubted: Sequence[Text]) -> None:
        super().__init__(N_("Look at the code again."))
        self.doubts = tuple(doubted)


@dataclass(frozen=True, slots=True)
class Shown:
    """A code that a person may see now. `may`: it is shown in order to be entered."""

    text: str = field(repr=False)
    may: MayTry | None


def note_earlier_tries(session: Session, job: Job, command: NoteEarlierTries, by: By) -> None:
    """Keep who tried before the car came in, and what the display shows; it replaces what was said."""
    _note_tries(session, job, command, by)
    job.earlier_tries = command.earlier
    job.earlier_tries_count = command.about if command.earlier is YesNo.YES else 0


def note_tries_since(session: Session, job: Job, command: NoteEarlierTries, by: By) -> None:
    """Keep who tried since the car left, as the customer says on the phone: it adds to what was said."""
    before = said_before(session, job) if job.earlier_tries is None else job.earlier_tries_count
    known = YesNo.YES if before and job.earlier_tries is None else job.earlier_tries
    _note_tries(session, job, command, by)
    said = tried_since(known, before, command.earlier, command.about)
    job.earlier_tries, job.earlier_tries_count = said


def _note_tries(session: Session, job: Job, command: NoteEarlierTries, by: By) -> None:
    check_open(job)
    check_version(job, command.version)
    if command.earlier is YesNo.YES and command.about < 1:
        raise Refused(N_("Write about how many codes were tried."))
    _refuse_code(session, job, command.display_text)
    job.display_text = command.display_text
    write(session, by, "note_earlier_tries", job)


def add_code_to_try(
    session: Session, job: Job, command: AddCodeToTry, catalogue: Catalogue, by: By
) -> RadioCode:
    """Put a code to try on file for the job's radio.

    It is the answer of the dealer or other place that is being asked, where it comes from such a one. OddCode
    where the facts doubt it and nobody has looked again. Refused without a serial number, for a radio locked
    for good, and for a code that was wrong before.
    """
    check_open(job)
    unit = on_record(job.head_unit)
    if unit.locked_for_good_at is not None:
        raise Refused(N_("This radio is locked for good. No code will open it."))
    odd = doubts(as_entered(command.code), shape_of(job, catalogue))
    if odd and not command.checked:
        raise OddCode(odd)
    asked = asked_there(session, job, command.origin)
    if asked is not None:
        return record_answer(session, asked, command.code, by)
    return keep_code(session, job, command.code, command.origin, by)


def show_code(
    session: Session, job: Job, code: RadioCode, command: ShowCode, catalogue: Catalogue, by: By
) -> Shown:
    """The code itself, for a person to see; put on record.

    Refused by the rules of who may see a code and, while the radio asks for it, of when one may be entered;
    LastTry where nobody looked at number and code once more before what may be the last try.
    """
    check_may_see(code_view(session, job, command.fresh, command.reason))
    look = command.look
    may = may_enter(session, job, catalogue, code, command.why_again, by.at, looked_again=look is not None)
    if look is not None and may is not None and may.may_be_last:
        look_again(session, code, look, by)
    text = vault_of(session).open(code.sealed)
    refuse_code_in_note(command.reason, [text])
    reason = command.reason or f"#{job.number}"  # inside an open job the job is the reason
    write(session, by, "show_code", code, reason)
    return Shown(text, may)


def show_code_outside(session: Session, unit: HeadUnit, code: RadioCode, command: ShowCode, by: By) -> Shown:
    """The same without a job: a reason and a fresh password are needed. Put on record.

    Refused while a job has this radio or its car: there the rules of trying hold.
    """
    here = job_here(session, unit, by)
    if here is not None:
        raise Refused(N_("Its car is here: job %(number)d. Show the code there."), number=here.number)
    check_may_see(radio_view(session, unit, command.fresh, command.reason))
    text = vault_of(session).open(code.sealed)
    refuse_code_in_note(command.reason, [text])
    write(session, by, "show_code", code, command.reason)
    return Shown(text, None)


def job_here(session: Session, unit: HeadUnit, by: By) -> Job | None:
    """The open job of this site that has this radio or its car.

    Refused while another site has it: a job belongs to its site, and nobody else can look it up by its number.
    """
    job = open_job_of(session, unit, by.site_id)
    if job is not None and job.site_id != by.site_id:
        raise Refused(
            N_("Its car is at %(site)s now. Its code is shown and printed only there."), site=job.site.name
        )
    return job


def record_try(session: Session, job: Job, code: RadioCode, command: RecordTry, by: By) -> Try:
    """Put on record what came of entering a code: on the code, the radio, the job and the request at once.

    In an open job what happened is never refused, only asked for again: where somebody else recorded a
    try meanwhile, or where the radio waits and nobody said how long.
    """
    _check_may_record(session, job, command)
    tried = Try(
        job=job,
        radio_code=code,
        outcome=command.outcome,
        why_again=command.why_again,
        display_text=command.display_text,
        wait_minutes=command.wait_minutes if command.outcome is Outcome.WAITS else None,
        at=by.at,
        person_id=by.person_id,
    )
    session.add(tried)
    job.display_text = command.display_text  # what it showed before does not hold any more
    _radio_asked(session, job, by)
    _follow_outcome(session, job, code, tried, by)
    write(session, by, "record_try", tried)
    return tried


def _check_may_record(session: Session, job: Job, command: RecordTry) -> None:
    check_open(job)
    unit = on_record(job.head_unit)
    session.get(HeadUnit, unit.id, with_for_update=True, populate_existing=True)  # one at a time
    if newest_try(session, job) != command.newest_try:
        raise Refused(
            N_(
                "Somebody else has recorded a try meanwhile. Look at it first; then record yours if it was another."
            )
        )
    if command.outcome is Outcome.WAITS and not command.wait_minutes:
        raise Refused(N_("Write how many minutes the radio makes you wait."))
    _refuse_code(session, job, command.display_text)


def _follow_outcome(session: Session, job: Job, code: RadioCode, tried: Try, by: By) -> None:
    unit = code.head_unit
    if tried.outcome is Outcome.WORKED:
        code.standing, code.worked_at = Standing.WORKED, by.at
        unit.waits_until, unit.locked_for_good_at = None, None  # it took a code: it was not locked for good
        job.plays_at = by.at
        return
    code.standing = Standing.DID_NOT_WORK
    if tried.outcome is Outcome.WAITS and tried.wait_minutes is not None:
        unit.waits_until = by.at + timedelta(minutes=tried.wait_minutes)
    if tried.outcome is Outcome.LOCKED_FOR_GOOD:
        unit.locked_for_good_at, unit.waits_until = by.at, None
    else:
        reopen_after_wrong_code(session, code, by, tried.display_text)


def _radio_asked(session: Session, job: Job, by: By) -> None:
    """Nobody enters a code into a radio that does not ask: power is back, and it asked."""
    power_is_back(job, by)
    if job.battery is Battery.BACK:
        say_after_power(session, job, AfterPower.ASKED, by)


def _refuse_code(session: Session, job: Job, display_text: str) -> None:
    if job.head_unit is not None:
        refuse_known_code(display_text, known_codes(session, job.head_unit))
