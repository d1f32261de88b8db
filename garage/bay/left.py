"""Cars that left before their radio played: kept on the board, the customer called, the card posted or collected."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.actions import close, is_asked_for
from garage.bay.commands import ShowCode
from garage.bay.queries import is_asking
from garage.bay.trying import Shown, show_code
from garage.code_requests.own_ways import end_own_ways
from garage.domain.catalogue import Catalogue
from garage.domain.leaving import GoesOn
from garage.domain.text import N_, Refused
from garage.intake.clearing import check_open, refuse_code_of
from garage.intake.models import Job
from garage.radios.models import RadioCode
from garage.staff.journal import By, write
from garage.staff.models import JournalEntry


def let_go(session: Session, job: Job, goes_on: GoesOn, reason: str, by: By) -> None:
    """The car leaves although its radio does not play.

    While its code is asked for, or the customer waits for it, the board keeps the job. Else it is closed:
    Refused without a reason.
    """
    check_open(job)
    refuse_code_of(session, job, reason)
    if goes_on is GoesOn.WAITS or is_asked_for(session, job):
        if job.left_at is not None:
            raise Refused(N_("That the car has left is on record already."))
        job.left_at = by.at
        write(session, by, "left", job, reason)
        return
    if not reason.strip():
        raise Refused(N_("Write one sentence that says why."))
    end_own_ways(session, job, by)
    job.closed_at = by.at
    write(session, by, "let_go", job, reason)


def come_back(session: Session, job: Job, by: By) -> None:
    """The car is here again: from now on the bay does what the customer would have done."""
    check_left(job)
    job.left_at, job.called_at = None, None
    write(session, by, "came_back", job)


def call_later(session: Session, job: Job, by: By) -> None:
    """The customer was called: not reached, or they enter the code another time."""
    check_left(job)
    job.called_at = by.at
    write(session, by, "call_later", job)


def asked_on_this_call(session: Session, job: Job, code: RadioCode | None) -> bool:
    """Whether somebody has asked who tried a code, since the car left, the last call, and since `code` came.

    At home everybody tries: what was said at the desk does not hold for a car that was away.
    """
    moments = [job.left_at, job.called_at, code.entered_at if code is not None else None]
    since = max((moment for moment in moments if moment is not None), default=job.opened_at)
    said = select(JournalEntry.id).where(
        JournalEntry.kind == Job.__tablename__,
        JournalEntry.row_number == job.id,
        JournalEntry.verb == "note_earlier_tries",
        JournalEntry.at > since,
    )
    return session.scalar(said.limit(1)) is not None


def show_on_call(
    session: Session, job: Job, code: RadioCode, command: ShowCode, catalogue: Catalogue, by: By
) -> Shown:
    """The code, to be read out to the customer who was called; put on record.

    Refused before it was asked who tried meanwhile, and by every rule that holds for showing a code.
    """
    check_left(job)
    if is_asking(job) and not asked_on_this_call(session, job, code):
        raise Refused(N_("First ask: has anyone tried a code since the car left?"))
    shown = show_code(session, job, code, command, catalogue, by)
    write(session, by, "call", job)
    return shown


def post_card(session: Session, job: Job, by: By) -> None:
    """The card is in the post: nothing is left to do."""
    _check_plays(job)
    write(session, by, "post_card", job)
    close(session, job, by)


def keep_card(session: Session, job: Job, by: By) -> None:
    """The card lies here until the customer collects it; the board keeps the job until then."""
    _check_plays(job)
    job.card_kept_at = by.at
    write(session, by, "keep_card", job)


def hand_card_over(session: Session, job: Job, by: By) -> None:
    """The customer has collected the card: nothing is left to do."""
    _check_plays(job)
    write(session, by, "hand_card_over", job)
    close(session, job, by)


def check_left(job: Job) -> None:
    """Refused for a car that is here, and once the job is closed."""
    check_open(job)
    if job.left_at is None:
        raise Refused(N_("The car is here. Enter the code in the bay."))


def _check_plays(job: Job) -> None:
    check_left(job)
    if job.plays_at is None:
        raise Refused(N_("The radio does not play yet."))
