"""The recorded yes to taking the battery off: given on one decision, taken back with a reason."""

from sqlalchemy.orm import Session

from garage.db import check_version
from garage.domain.catalogue import Catalogue
from garage.domain.clearance import Ground, Plea, decide, recorded_ground
from garage.domain.job import Battery, Work
from garage.domain.people import Role
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.intake.queries import situation_of
from garage.radios.actions import known_codes
from garage.staff.journal import By, write


def give_yes(
    session: Session,
    job: Job,
    catalogue: Catalogue,
    by: By,
    plea: Plea | None = None,
    role: Role | None = None,
) -> None:
    """Put the yes on record if the decision allows it; else Refused with what is missing by name."""
    check_open(job)
    if job.cleared:
        raise Refused(N_("The yes is on record already."))
    if plea is not None:
        refuse_code_of(session, job, plea.sentence, plea.who_said, plea.how, plea.heard_by)
    job.ground = decide(situation_of(job, catalogue, role), plea)
    pleaded = plea if plea is not None and job.ground is plea.ground else None
    job.ground_sentence = pleaded.sentence if pleaded else ""
    job.agreed_who = pleaded.who_said if pleaded else ""
    job.agreed_how = pleaded.how if pleaded else ""
    job.agreed_heard_by = pleaded.heard_by if pleaded else ""
    job.cleared_at, job.cleared_by_id = by.at, by.person_id
    write(session, by, "may_come_off", job)


def give_yes_for(
    session: Session, job: Job, plea: Plea, version: int, catalogue: Catalogue, by: By, role: Role
) -> None:
    """The same for what somebody pleads at the desk. Raises SavedMeanwhile: they looked at another job."""
    check_version(job, version)
    give_yes(session, job, catalogue, by, plea, role)


def refuse_code_of(session: Session, job: Job, *notes: str) -> None:
    """Refused when a note on a job carries a code: one of its radio's, or a number introduced as a code.

    Each note by itself: the end of one and the beginning of the next make no code.
    """
    unit = job.head_unit or job.vehicle.head_unit
    known = known_codes(session, unit) if unit is not None else None
    for note in notes:
        refuse_code_in_note(note, known)


def check_open(job: Job) -> None:
    """Refused once a job is closed: its numbers and its yes stay as they were."""
    if not job.is_open:
        raise Refused(N_("This job is closed."))


def give_yes_if_recorded(session: Session, job: Job, catalogue: Catalogue, by: By) -> None:
    """Give the yes as soon as the records alone allow it."""
    if not job.cleared and recorded_ground(situation_of(job, catalogue)) is not None:
        give_yes(session, job, catalogue, by)


def take_yes_back(session: Session, job: Job, reason: str, by: By) -> None:
    """The yes was a mistake and the battery is still on."""
    check_open(job)
    if not job.cleared or job.battery is not Battery.ON:
        raise Refused(N_("There is no yes that could be taken back."))
    if not reason.strip():
        raise Refused(N_("Write one sentence that says why."))
    refuse_code_of(session, job, reason)
    _withdraw(session, job, by, reason)


def take_yes_back_if_groundless(session: Session, job: Job, catalogue: Catalogue, by: By) -> None:
    """A yes falls with the ground it stood on: the work became another, the number is another car's."""
    if not job.cleared or job.battery is not Battery.ON:
        return
    situation = situation_of(job, catalogue)
    supply = job.ground is Ground.SUPPLY_KEPT and job.work is not Work.BATTERY
    numbers = job.ground in {Ground.RECORDED, Ground.CARD, Ground.ON_FILE}
    if supply or (numbers and recorded_ground(situation) is None):
        _withdraw(session, job, by)


def _withdraw(session: Session, job: Job, by: By, reason: str = "") -> None:
    job.ground, job.cleared_at, job.cleared_by_id = None, None, None
    job.ground_sentence = job.agreed_who = job.agreed_how = job.agreed_heard_by = ""
    write(session, by, "take_yes_back", job, reason)
