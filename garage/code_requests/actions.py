"""Asking for the code of a radio, step by step, until it came or is not needed any more."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from garage.code_requests.commands import Ask, RecordMoney
from garage.code_requests.models import CodeRequest, Dealer, RequestAnswer
from garage.code_requests.one_open import only_open_one
from garage.code_requests.own_ways import end_own_ways
from garage.code_requests.queries import open_request, today_at, usual_answer_by
from garage.code_requests.sending import check_not_locked, take_mail_back
from garage.db import check_version
from garage.domain.asking import AnswerKind, Channel, Status, Step
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.clearing import check_open
from garage.intake.models import Job
from garage.radios.actions import known_codes
from garage.radios.models import RadioCode
from garage.staff.journal import By, write
from garage.staff.models import Site


def ask(session: Session, job: Job, command: Ask, by: By) -> CodeRequest:
    """Begin asking for the code of the job's radio; nothing is sent yet.

    Refused for a closed job, without a serial number, for a radio locked for good, for a dealer we no longer
    ask, for a code in the note, and (AskedAlready) while another request for the same radio is open, also
    under two desks at once. What is open on a way of the customer's own (their card, a message) ends: from
    now on somebody else is asked.
    """
    check_open(job)
    unit = job.head_unit
    if unit is None:
        raise Refused(N_("Nobody can be asked yet. Missing: the radio's serial number."))
    check_not_locked(unit)
    if job.in_another_vehicle:
        raise Refused(N_("Ask a manager: this serial number is on file in another vehicle."))
    dealer = _whom(session, command.dealer_id)
    refuse_code_in_note(command.note, known_codes(session, unit))
    end_own_ways(session, job, by)
    with only_open_one(session, job, unit):
        request = CodeRequest(
            site_id=by.site_id,
            job=job,
            head_unit=unit,
            dealer=dealer,
            channel=command.channel if dealer is not None else Channel.CUSTOMER,
            built_with_this_radio=command.built_with_this_radio,
            made_at=by.at,
            made_by_id=by.person_id,
            due_on=command.due_on,
            note=command.note,
        )
        session.add(request)
    job.built_with_this_radio = command.built_with_this_radio
    write(session, by, "ask", request)
    return request


def _whom(session: Session, dealer_id: int | None) -> Dealer | None:
    """Who is asked; None: the customer asks."""
    if dealer_id is None:
        return None
    dealer = session.get(Dealer, dealer_id)
    check_still_asked(dealer)
    return dealer


def check_still_asked(dealer: Dealer | None) -> None:
    """Refused for somebody who is not in the book, or is switched off there."""
    if dealer is None or not dealer.active:
        raise Refused(N_("We no longer ask there. Choose somebody else."))


def withdraw(session: Session, request: CodeRequest, by: By) -> None:
    """The code is not needed any more."""
    take_mail_back(session, request, by)
    request.take(Step.WITHDRAW)
    request.ended_at = by.at
    write(session, by, "withdraw", request)


def may_be_asked_again(request: CodeRequest) -> bool:
    """Whether the same place can be asked once more: a code would help, and we still ask there."""
    asked_there = request.dealer is None or request.dealer.active
    return asked_there and request.job.is_open and request.still_helps


def ask_again(session: Session, request: CodeRequest, by: By) -> None:
    """Ask the same place once more; Refused for a closed job, and where we no longer ask."""
    check_open(request.job)
    if request.dealer is not None:
        check_still_asked(request.dealer)
    _reopen(session, request, by)


def _reopen(session: Session, request: CodeRequest, by: By) -> None:
    """It is ours again; AskedAlready where somebody else is being asked meanwhile."""
    check_not_locked(request.radio)
    site = session.get_one(Site, request.site_id)
    with only_open_one(session, request.job, request.radio):
        request.take(Step.REOPEN)
        request.sent_at = request.ended_at = request.refusal = request.due_on = None
        if request.channel.is_place:
            request.due_on = usual_answer_by(site, today_at(site, by.at))
    write(session, by, "ask_again" if request.channel.is_place else "open_again", request)


def reopen_after_wrong_code(
    session: Session, code: RadioCode, by: By, display: str = ""
) -> CodeRequest | None:
    """This code did not work: the newest request of an open job that brought it is open again.

    It carries the try: when, and what the display showed; the number is read again before it is sent.
    None where no request of an open job brought it, or somebody is being asked already.
    """
    if open_request(session, code.head_unit) is not None:
        return None
    newest = _that_brought(session, code)
    if newest is not None:
        _reopen(session, newest, by)
        newest.wrong_code_at, newest.wrong_code_display = by.at, display
    return newest


def _that_brought(session: Session, code: RadioCode) -> CodeRequest | None:
    """The newest request of an open job whose last answer with a code was this one."""
    last_code = (
        select(func.max(RequestAnswer.id))
        .where(RequestAnswer.code_request_id == CodeRequest.id, RequestAnswer.kind == AnswerKind.CODE)
        .correlate(CodeRequest)
        .scalar_subquery()
    )
    answered = (
        select(CodeRequest)
        .join(Job)
        .outerjoin(RequestAnswer, RequestAnswer.id == last_code)
        .where(
            CodeRequest.head_unit_id == code.head_unit_id,
            CodeRequest.status == Status.ANSWERED,
            Job.closed_at.is_(None),
            # requests from before answers were on record do not know their code
            or_(RequestAnswer.radio_code_id.is_(None), RequestAnswer.radio_code_id == code.id),
        )
        .order_by(CodeRequest.id.desc())
    )
    return session.scalars(answered).first()


def confirm_number(session: Session, request: CodeRequest, by: By) -> None:
    """Somebody read the number at the radio once more, and it is the one on record."""
    request.job.number_read_at = by.at
    write(session, by, "confirm_number", request)


def follow_number(session: Session, request: CodeRequest, by: By) -> None:
    """The number on record was corrected: from now on this request asks for the new one."""
    unit = request.job.head_unit
    if unit is None or unit is request.head_unit:
        raise Refused(N_("The number on record is the one that is asked for."))
    with only_open_one(session, request.job, unit):
        request.head_unit = unit
    write(session, by, "follow_number", request)


def record_money(session: Session, request: CodeRequest, command: RecordMoney, by: By) -> None:
    """Write down the fee, what was paid, who pays, and who heard the customer's yes."""
    check_version(request, command.version)
    request.quote(command.quoted)
    request.fee_paid = command.paid
    request.fee_payer, request.radio_value = command.payer, command.radio_value
    if command.yes_heard_by != request.fee_yes_heard_by:
        request.fee_yes_heard_by = command.yes_heard_by
        request.fee_yes_at = by.at if command.yes_heard_by else None
    write(session, by, "record_money", request)
