"""What they said: typed in ten seconds or pasted, and a person's yes before anything becomes a code to try."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from garage.code_requests import answers
from garage.code_requests.blueprint import bp
from garage.code_requests.forms_answer import AnswerForm
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import today_at
from garage.code_requests.views_request import take
from garage.code_requests.views_show import find_request, show
from garage.domain.answer_text import codes_in
from garage.domain.asking import AnswerKind
from garage.domain.code_shape import CodeShape, code_shape, doubts
from garage.intake.queries import radio_in_car
from garage.staff.journal import By
from garage.web.current import catalogue, read


@bp.post("/requests/<int:request_id>/answer")
def answer(request_id: int) -> ResponseReturnValue:
    """Keep what they said. A code found in a pasted text, or an odd one, is asked about before it is saved."""
    form, request = AnswerForm(), find_request(read(), request_id)
    form.offer_kinds(request.channel)
    if form.what.data is AnswerKind.CODE and questions(request, form):
        return show(request_id, 422, answer=form)
    after = "job" if form.what.data is AnswerKind.CODE else "request"
    return take(request_id, form, "answer", lambda *given: keep(form, *given), after)


def questions(request: CodeRequest, form: AnswerForm) -> bool:
    """Whether a person has to look once more before the code is saved: which one it is, or that it is odd."""
    shape = shape_of(request)
    found = codes_in(form.text.data or "", shape, answers.no_codes(request))
    form.offer(found)
    if not form.validate():
        form.asking = bool(found) and not form.code.data
        return True
    if not form.the_code:
        form.ask_which(found)
        if not found:
            form.asking = False
            form.code.errors = [*form.code.errors, _("No code was found in this text. Type it here.")]
        return True
    if not form.fits_anyway.data:
        form.odd = doubts(form.the_code, shape)
    form.asking = bool(form.odd) and not form.code.data
    return bool(form.odd)


def shape_of(request: CodeRequest) -> CodeShape:
    """How codes of the request's radio look."""
    job, facts = request.job, catalogue()
    return code_shape(facts, radio_in_car(job.vehicle, job.head_unit, facts))


def keep(form: AnswerForm, session: Session, request: CodeRequest, by: By) -> None:
    """Keep the answer and move the request on."""
    text = form.text.data or ""
    match form.what.data:
        case AnswerKind.CODE:
            answers.record_answer(session, request, form.the_code, by, text)
        case AnswerKind.NEED_MORE:
            answers.need_more(session, request, form.needs.data, by, text)
        case AnswerKind.REFUSED:
            answers.record_refusal(session, request, form.refusal_reason.data, by, text)
        case AnswerKind.WAIT:
            answers.check_day_to_wait(form.until_on.data, today_at(request.job.site, by.at))
            answers.wait_until(session, request, form.until_on.data, by, text)
        case AnswerKind.MESSAGE:
            answers.record_message(session, request, by, text)
        case AnswerKind.FEE:
            answers.ask_fee(session, request, form.fee.data or 0, by, text)
