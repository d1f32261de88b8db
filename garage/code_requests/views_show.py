"""The page of one request: where it stands, what goes out, what came back."""

from collections.abc import Callable
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.code_requests.actions import may_be_asked_again
from garage.code_requests.answers import kept_texts
from garage.code_requests.blueprint import bp
from garage.code_requests.forms_answer import AnswerForm
from garage.code_requests.forms_packet import CopyForm, MoneyForm
from garage.code_requests.letter_words import Written, place_of, told_to
from garage.code_requests.models import CodeRequest
from garage.code_requests.promising import Promised, promised
from garage.code_requests.queries import code_request, only_to_owner, requests_of, today_at, wanted
from garage.code_requests.reminding import letter_text, reminder, reminder_now
from garage.code_requests.sending import copies_of, mail_of, mark_of, missing
from garage.domain.asking import Channel, Status, lies_too_long, sent_words
from garage.domain.message import MessageReading, with_questions
from garage.domain.packet import Lack
from garage.domain.text import Refused, Text
from garage.domain.ways import price_warning
from garage.intake.models import Job
from garage.intake.views_message import replies
from garage.outbox.mail import Mail, check
from garage.staff.signed_in import me
from garage.web.current import catalogue, now, read, settings

# Where each missing thing is got: a page of the job, of the place that is asked, or a button on the page itself.
JOB_PAGES = {
    Lack.VIN: "intake.radio",
    Lack.PART_NUMBER: "intake.radio",
    Lack.NUMBER_READ_AGAIN: "intake.radio",
    Lack.PHOTO: "bay.photos",
    Lack.PAPERS_SEEN: "bay.bay",
}


def find_request(session: Session, request_id: int) -> CodeRequest:
    """The request with this number at the signed-in person's site; else 404."""
    return code_request(session, me().site_id, request_id) or abort(404)


def show(request_id: int, status: int = 200, **forms: Any) -> ResponseReturnValue:
    """The page; `forms` are those that were sent and came back with a sentence."""
    request = find_request(read(), request_id)
    if not request.channel.is_place:
        return own_page(request, **forms), status
    page = render_template(
        "code_requests/request.html",
        wanted=wanted(request.job, catalogue(), request.dealer),
        owner_only=only_to_owner(request.job, catalogue(), request.dealer),
        before=before(request),
        copy_form=forms.get("copy") or CopyForm(formdata=None, heard_by=me().name),
        copies=copies_of(read(), request),
        **what_every_page_shows(request, **forms),
    )
    return page, status


def own_page(request: CodeRequest, **forms: Any) -> str:
    """The page of a way on which no place is asked: what the customer was asked back, and what came of it."""
    return render_template(
        "code_requests/own_way.html",
        request=request,
        job=request.job,
        today=today_at(request.job.site, now()),
        replies=replies(missing_facts(request.job)) if request.status.is_open else [],
        kept=kept_texts(read(), request.answers),
        answer_form=form_for(forms.get("answer"), request),
        step=forms.get("step"),
        before=before(request),
    )


def missing_facts(job: Job) -> MessageReading:
    """What is on record of the job's radio and car, as a message would say it, with what is still to be asked."""
    unit, vehicle = job.head_unit, job.vehicle
    known = MessageReading(
        make=vehicle.make or None,
        model=vehicle.model or None,
        year=vehicle.year,
        serial_number=unit.serial_number if unit else None,
        vin=vehicle.vin,
        language=job.site.language,
        complete=unit is not None,
    )
    return with_questions(known, catalogue())


def before(request: CodeRequest) -> list[CodeRequest]:
    """The other ways that were tried for this radio."""
    unit = request.head_unit
    return [other for other in requests_of(read(), unit) if other is not request] if unit else []


def what_every_page_shows(request: CodeRequest, **forms: Any) -> dict[str, Any]:
    """What the request's own page, its call script and its portal page have in common; 404 where no place is asked."""
    if not request.channel.is_place:
        abort(404)
    job, today = request.job, today_at(request.job.site, now())
    mail, unsafe = written(request)
    return {
        "request": request,
        "job": job,
        "today": today,
        "may_ask_again": may_be_asked_again(request),
        "lies_too_long": lies_too_long(request.status, request.due_on, today),
        "sent_words": sent_words(request.channel),
        "lacks": missing(read(), request) if request.status is Status.DRAFT else (),
        "job_pages": JOB_PAGES,
        "mail": mail,
        "mail_mark": mark_of(mail) if mail else "",
        "mail_unsafe": unsafe,
        "letter": letter_of(request),
        "has_mail_server": has_mail_server(),
        "promised": promise_of(request),
        "told": told_to(request, place_of(request), job.site.language),
        "kept": kept_texts(read(), request.answers),
        "answer_form": form_for(forms.get("answer"), request),
        "money": forms.get("money") or money_form(request),
        "warning": too_dear(request),
        "step": forms.get("step"),
    }


def form_for(sent: AnswerForm | None, request: CodeRequest) -> AnswerForm:
    """The form for what they said: the one that was sent, or a fresh one."""
    form = sent or AnswerForm(formdata=None)
    form.offer_kinds(request.channel)
    return form


def written(request: CodeRequest) -> tuple[Mail | None, Text | None]:
    """The mail as it would go out now, or why it cannot; nothing where nobody is asked or reminded by mail."""
    if request.channel is not Channel.EMAIL or not request.dealer or not request.dealer.email:
        return None, None
    step = reminder_now(read(), request, now())
    if request.status is not Status.DRAFT and step is None:
        return None, None
    try:
        today = today_at(request.job.site, now())
        mail = reminder(read(), request, step) if step else mail_of(read(), request, today)
        check(mail)
    except Refused as no:
        return None, no.text
    return mail, None


def letter_of(request: CodeRequest) -> Written | None:
    """What the letter says that is printed now; nothing where nobody is asked on paper."""
    on_paper = request.channel in {Channel.LETTER, Channel.COUNTER} and request.dealer is not None
    if not on_paper or request.status not in {Status.DRAFT, Status.SENT}:
        return None
    return letter_text(read(), request, now())


def has_mail_server() -> bool:
    """Whether mails are sent by the program; else they are sent by hand."""
    return bool(settings().config["SMTP_HOST"])


@bp.app_context_processor
def promises_for_templates() -> dict[str, Callable[[CodeRequest], Promised | None]]:
    """The job's page tells the customer as well."""
    return {"promised_of": promise_of}


def promise_of(request: CodeRequest) -> Promised | None:
    """What may be promised to the customer about this request."""
    return promised(read(), request, catalogue(), now())


def money_form(request: CodeRequest) -> MoneyForm:
    """The money as it is on record; what the radio is worth comes from an earlier request where it was typed."""
    form = MoneyForm(formdata=None, obj=request)
    if form.radio_value.data is None:
        earlier = (other.radio_value for other in requests_of(read(), request.radio))
        form.radio_value.data = next((known for known in earlier if known is not None), None)
    return form


def too_dear(request: CodeRequest) -> Text | None:
    """A plain word while the price passes the radio's value."""
    if request.fee_quoted is None or request.radio_value is None:
        return None
    return price_warning(request.fee_quoted, request.radio_value)
