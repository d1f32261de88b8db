"""What they answered: each answer moves the request on and stays on record."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from sqlalchemy.orm import Session

from garage.code_requests.chasing import wait_with_it
from garage.code_requests.models import CodeRequest, RequestAnswer
from garage.code_requests.own_ways import customer_wrote
from garage.code_requests.queries import open_of_job
from garage.code_requests.sending import take_mail_back
from garage.db import vault_of
from garage.domain.answer_text import cut_out, every_code_in
from garage.domain.asking import AnswerKind, Channel, Refusal, Status, Step, check_within_a_year
from garage.domain.code_shape import CodeShape
from garage.domain.packet import DealerKind
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.radios.actions import add_code, known_codes
from garage.radios.models import Origin, RadioCode
from garage.seal import Sealed
from garage.staff.journal import By, write

ORIGINS = {
    DealerKind.DEALER: Origin.DEALER,
    DealerKind.ONLINE: Origin.ONLINE,
    DealerKind.SPECIALIST: Origin.SPECIALIST,
    DealerKind.CUSTOMER: Origin.CUSTOMER,
}


def asked_there(session: Session, job: Job, origin: Origin) -> CodeRequest | None:
    """The request that a code answers which is typed without it: sent from this site to a place of that kind."""
    request = open_of_job(session, job)
    if request is None or request.status is not Status.SENT or request.channel is Channel.CUSTOMER:
        return None
    here = request.site_id == job.site_id and request.head_unit is job.head_unit
    place = request.dealer
    return request if here and place is not None and ORIGINS[place.kind] is origin else None


def record_answer(session: Session, request: CodeRequest, code: str, by: By, pasted: str = "") -> RadioCode:
    """The code came: it is sealed as a code to try. Refused where it was entered before and did not work."""
    unit = request.head_unit or request.job.head_unit or request.radio
    answer = _heard(session, request, AnswerKind.CODE, Step.ANSWER, by)
    request.head_unit = unit
    place = None if request.channel is Channel.CUSTOMER else request.dealer
    row = add_code(session, unit, code, ORIGINS[place.kind] if place else Origin.CUSTOMER, by)
    session.flush()  # the answer points to the code
    answer.radio_code = row
    answer.pasted = _sealed(session, request, pasted)
    request.ended_at = by.at
    write(session, by, "answer" if request.channel.is_place else "code_came", request)
    return row


def record_refusal(
    session: Session, request: CodeRequest, refusal: Refusal, by: By, pasted: str = ""
) -> None:
    """They give no code."""
    answer = _heard(session, request, AnswerKind.REFUSED, Step.REFUSE, by)
    answer.refusal, answer.pasted = refusal, _sealed(session, request, pasted)
    request.refusal, request.ended_at = refusal, by.at
    write(session, by, "refuse", request)


def need_more(session: Session, request: CodeRequest, needs: str, by: By, pasted: str = "") -> None:
    """They need something first: the request is ours again until it is sent once more."""
    refuse_code_in_note(needs, known_codes(session, request.radio))
    answer = _heard(session, request, AnswerKind.NEED_MORE, Step.NEED_MORE, by)
    answer.needs, answer.pasted = needs, _sealed(session, request, pasted)
    request.sent_at = None
    write(session, by, "need_more", request)


def wait_until(session: Session, request: CodeRequest, day: date, by: By, pasted: str = "") -> None:
    """They ask us to wait: the answer is due on that day."""
    answer = _heard(session, request, AnswerKind.WAIT, Step.WAIT, by)
    answer.until_on, answer.pasted = day, _sealed(session, request, pasted)
    request.due_on, request.sent_at = day, request.sent_at or by.at
    write(session, by, "wait_until", request)
    opens = request.job.site.week.opening(day)
    with suppress(Refused):  # where nobody is chased there is nothing to put off
        wait_with_it(session, request, opens, "", by)


def ask_fee(session: Session, request: CodeRequest, fee: int, by: By, pasted: str = "") -> None:
    """They want money: `fee` in minor units of the site's currency."""
    answer = _heard(session, request, AnswerKind.FEE, Step.ASK_FEE, by)
    answer.fee, answer.pasted = fee, _sealed(session, request, pasted)
    request.quote(fee)
    request.sent_at = request.sent_at or by.at
    write(session, by, "ask_fee", request)


def record_message(session: Session, request: CodeRequest, by: By, pasted: str = "") -> None:
    """The customer wrote: what was missing is there, or it is not; either way it is our turn again."""
    customer_wrote(session, request, by).pasted = _sealed(session, request, pasted)


def _heard(session: Session, request: CodeRequest, kind: AnswerKind, step: Step, by: By) -> RequestAnswer:
    """They answered: what waits in the outbox stays in the house, and the request goes its step."""
    asked_at = request.sent_at
    take_mail_back(session, request, by)
    request.take(step)
    answer = RequestAnswer(request=request, kind=kind, at=by.at, person_id=by.person_id, asked_at=asked_at)
    session.add(answer)
    return answer


def _sealed(session: Session, request: CodeRequest, pasted: str) -> Sealed | None:
    """The pasted text as it is kept: sealed, and with dots where a code stands."""
    if not pasted.strip():
        return None
    found = [one.code for one in every_code_in(pasted, CodeShape(), no_codes(request))]
    known = known_codes(session, request.head_unit) if request.head_unit is not None else []
    return vault_of(session).seal(cut_out(pasted, [*found, *known]))


def no_codes(request: CodeRequest) -> list[str]:
    """The numbers of a request that are never its code."""
    job, unit, dealer = request.job, request.head_unit, request.dealer
    numbers = [
        request.reference,
        *((unit.serial_number, unit.part_number, unit.model) if unit else ()),
        job.vehicle.vin,
        job.vehicle.registration,
        job.own_number,
        job.site.phone,
        job.customer.phone,
        *((dealer.phone, dealer.customer_number) if dealer else ()),
    ]
    return [number for number in numbers if number]


def kept_texts(session: Session, answers: Sequence[RequestAnswer]) -> dict[int, str]:
    """The pasted texts as they are kept, by the answer's row number; none while codes are locked."""
    vault = vault_of(session)
    if vault.locked:
        return {}
    return {answer.id: vault.open(answer.pasted) for answer in answers if answer.pasted is not None}


def check_day_to_wait(day: date, today: date) -> None:
    """Refused for a day to wait until that has passed, or that is more than a year away."""
    if day < today:
        raise Refused(N_("This day has passed. Choose the day until which they ask us to wait."))
    check_within_a_year(day, today)
