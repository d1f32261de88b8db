"""Printing: each press of "print" is put on record with what the paper says; the PDF is made from that record."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.bay.queries import may_enter
from garage.cards.contents import hand_over, job_sheet, radio_pass, windscreen_tag
from garage.cards.letters import request_letter, take_to_dealer
from garage.cards.models import Card, PrintJob
from garage.cards.printable import NotPrintable, printable
from garage.cards.snapshot import freeze, thaw
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import today_at
from garage.db import vault_of
from garage.domain.catalogue import Catalogue
from garage.domain.paper import Paper, PaperKind, cards_on
from garage.domain.radio_pass import CARD_NUMBER_BYTES, new_card_number
from garage.domain.secrecy import check_may_see, refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.code_view import code_view
from garage.intake.models import Job
from garage.radios.actions import known_codes
from garage.radios.models import RadioCode, Standing
from garage.staff.journal import By, write
from garage.staff.models import JournalEntry

FETCH_WITHIN = timedelta(minutes=10)  # a paper with a code is read by who printed it, soon
CARDS = {PaperKind.CARD, PaperKind.HAND_OVER}
FOR_A_JOB = (PaperKind.HAND_OVER, PaperKind.CARD, PaperKind.JOB_SHEET, PaperKind.WINDSCREEN_TAG)
FOR_A_REQUEST = (PaperKind.REQUEST_LETTER, PaperKind.TAKE_TO_DEALER)


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print one kind of paper. Reason and a fresh password are asked for codes outside an open job."""

    kind: PaperKind
    reason: str = ""
    is_fresh: bool = False
    job_url: str = ""  # for the QR code of the job sheet


def print_for_job(session: Session, job: Job, catalogue: Catalogue, command: PrintPaper, by: By) -> PrintJob:
    """Put a paper about a job on record: card, hand-over sheet, job sheet or windscreen tag.

    Cards get a number of their own. With a code on them they follow `check_may_see`, as showing does.
    Refused says why not; raises CodesLocked for a paper with a code while the key is missing.
    """
    if command.kind in CARDS:
        return _print_card(session, job, catalogue, command, by)
    match command.kind:
        case PaperKind.JOB_SHEET:
            paper: Paper = job_sheet(session, job, catalogue, by, command.job_url)
        case PaperKind.WINDSCREEN_TAG:
            paper = windscreen_tag(session, job, catalogue, by)
        case _:
            raise Refused(N_("This paper is not printed from a job."))
    return _keep(session, job, paper, None, "", by)  # no code on it: no reason is asked or kept


def _print_card(session: Session, job: Job, catalogue: Catalogue, command: PrintPaper, by: By) -> PrintJob:
    unit = job.head_unit
    if unit is None:
        raise Refused(N_("A card needs the radio's serial number. Read it first."))
    code, reason = unit.code_on_file, ""
    if code is not None:
        reason = command.reason
        check_may_print(session, job, code, catalogue, command, by)
    card = Card(
        site_id=by.site_id,
        number=new_card_number(secrets.token_bytes(CARD_NUMBER_BYTES)),
        head_unit=unit,
        radio_code=code,
        job_id=job.id,
        made_at=by.at,
    )
    face = radio_pass(session, job, catalogue, card.number, code)
    session.add(card)
    paper: Paper = face
    if command.kind is PaperKind.HAND_OVER:
        paper = hand_over(job, face, today_at(job.site, by.at))
    return _keep(session, job, paper, card, reason, by)


def check_may_print(
    session: Session, job: Job, code: RadioCode, catalogue: Catalogue, command: PrintPaper, by: By
) -> None:
    """Return when a card may carry this code now: what holds for showing a code holds for printing it.

    Who may see it is asked first, so that a reason is compared with codes only for people who may.
    """
    check_may_see(code_view(session, job, command.is_fresh, command.reason))
    may_enter(session, job, catalogue, code, None, by.at)
    if command.reason:
        refuse_code_in_note(command.reason, known_codes(session, code.head_unit))


def print_request(
    session: Session, request: CodeRequest, catalogue: Catalogue, kind: PaperKind, by: By
) -> PrintJob:
    """Put the letter to the dealer, or the page that the owner takes there, on record."""
    if kind not in FOR_A_REQUEST:
        raise Refused(N_("This paper is not printed from a request."))
    write_paper = request_letter if kind is PaperKind.REQUEST_LETTER else take_to_dealer
    return _keep(session, request.job, write_paper(session, request, catalogue, by), None, "", by)


def _keep(session: Session, job: Job, paper: Paper, card: Card | None, reason: str, by: By) -> PrintJob:
    try:
        printable(paper)
    except NotPrintable as no:
        raise Refused(
            N_("One number is too long for this paper, or holds signs that cannot be printed: %(name)s."),
            name=no.args[0].replace("_", " "),
        ) from None
    secret = carries_code(paper)
    says = freeze(paper)
    row = PrintJob(
        site_id=by.site_id,
        kind=paper.kind,
        says=None if secret else says,
        says_sealed=vault_of(session).seal(says) if secret else None,
        card=card,
        job_id=job.id,
        person_id=by.person_id,
        at=by.at,
    )
    session.add(row)
    write(session, by, "print", row, reason)
    return row


def print_again(session: Session, row: PrintJob, catalogue: Catalogue, command: PrintPaper, by: By) -> None:
    """Put on record that the same paper is printed once more. The same rule holds as for the first time."""
    _check_card(session, row, catalogue, command, by)
    write(session, by, "print_again", row, command.reason if row.says_sealed is not None else "")


def may_fetch(session: Session, row: PrintJob, catalogue: Catalogue, by: By) -> None:
    """Return when the PDF of a print may be read; Refused says what to do instead.

    A paper with a code is read by the person who pressed "print", within ten minutes: so every look at
    a code is on record. Papers without a code may be read by everybody here.
    """
    if row.says_sealed is None:
        return
    pressed = select(JournalEntry.id).where(
        JournalEntry.kind == PrintJob.__tablename__,
        JournalEntry.row_number == row.id,
        JournalEntry.verb.in_(("print", "print_again")),
        JournalEntry.person_id == by.person_id,
        JournalEntry.at > by.at - FETCH_WITHIN,
    )
    if session.scalars(pressed.limit(1)).first() is None:
        raise Refused(N_("Press “print again”: a paper with a code opens only for who printed it just now."))
    beside = "printed just now, the reason stands beside the print"
    _check_card(session, row, catalogue, PrintPaper(row.kind, beside, is_fresh=True), by)


def _check_card(session: Session, row: PrintJob, catalogue: Catalogue, command: PrintPaper, by: By) -> None:
    """A card on record still belongs to the job's radio, and its code may be seen now."""
    card, job = row.card, row.job
    if card is None or job is None:
        return
    if card.head_unit_id != job.head_unit_id:
        raise Refused(N_("This card belongs to another radio than the one in this job. Print a new one."))
    if card.radio_code is None:
        return
    if card.radio_code.standing is Standing.DID_NOT_WORK:
        raise Refused(N_("The code on this card did not work. Shred the card and print a new one."))
    check_may_print(session, job, card.radio_code, catalogue, command, by)


def paper_of(session: Session, row: PrintJob) -> Paper:
    """What the paper of a print says. Raises CodesLocked for one with a code while the key is missing."""
    if row.says_sealed is not None:
        return thaw(vault_of(session).open(row.says_sealed))
    return thaw(row.says or "")


def carries_code(paper: Paper) -> bool:
    """Whether a radio's code stands on the paper."""
    return any(card.code is not None for card in cards_on(paper))


def file_name(row: PrintJob) -> str:
    """The name of a print's PDF: its kind and a number, nothing about customer, car or radio."""
    number = row.card.number if row.card is not None else str(row.id)
    return f"{row.kind.value}-{number}.pdf"
