"""The question: whom do we ask for this radio's code, how, and until when."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from garage.code_requests.actions import ask as begin_asking
from garage.code_requests.blueprint import bp
from garage.code_requests.commands import Ask
from garage.code_requests.forms import AskForm
from garage.code_requests.models import CodeRequest
from garage.code_requests.one_open import AskedAlready
from garage.code_requests.proposing import Proposal, WhatToAsk, likely_channel, proposals
from garage.code_requests.queries import (
    missing_to_ask,
    only_to_owner,
    open_request,
    requests_of,
    today_at,
    usual_answer_by,
    wanted,
)
from garage.domain.asking import Channel, Status
from garage.domain.job import YesNo
from garage.domain.text import Refused
from garage.domain.ways import ways_to_a_code
from garage.intake.models import Job
from garage.intake.queries import radio_in_car
from garage.intake.views_show import find_job
from garage.staff.forms_once import answer_once
from garage.staff.signed_in import by, me
from garage.web.current import catalogue, now, read, transaction

WITHOUT_CODE = {Status.REFUSED, Status.WITHDRAWN}


@bp.get("/jobs/<int:number>/ask")
def ask(number: int) -> ResponseReturnValue:
    """The form with what is likely filled in; ?dealer= is somebody just put into the book."""
    job = find_job(read(), number)
    first = open_request(read(), job.head_unit) if job.head_unit is not None else None
    if first is not None and first.channel.is_place and first.site_id == me().site_id:
        return redirect(url_for("code_requests.request_page", request_id=first.id), 303)
    likely = book(job)
    return ask_page(job, proposal(job, likely, request.args.get("dealer", type=int)), likely)


def proposal(job: Job, likely: Sequence[Proposal], dealer_id: int | None) -> AskForm:
    """The likely answer: who serves the make; the customer where only the owner is answered."""
    first = likely[0].dealer if likely and likely[0].serves else None
    chosen = next((one.dealer for one in likely if one.dealer.id == dealer_id), first)
    owner_asks = chosen is None or only_to_owner(job, catalogue(), chosen)
    return AskForm(
        formdata=None,
        data={
            "dealer": chosen.id if chosen else None,
            "channel": Channel.CUSTOMER if chosen is None or owner_asks else likely_channel(chosen),
            "built_with_this_radio": job.built_with_this_radio,
            "due_on": usual_answer_by(job.site, today_at(job.site, now())),
        },
    )


def book(job: Job) -> list[Proposal]:
    """Whom we could ask, the likeliest first, with the reason."""
    before = requests_of(read(), job.head_unit) if job.head_unit else ()
    about = WhatToAsk(
        make=radio_in_car(job.vehicle, job.head_unit, catalogue()).make,
        radio_make=job.head_unit.make if job.head_unit else "",
        not_original=job.built_with_this_radio is YesNo.NO,
        asked=frozenset(one.dealer_id for one in before if one.dealer_id and one.status in WITHOUT_CODE),
    )
    return proposals(read(), catalogue(), about, job.site.week)


def ask_page(
    job: Job,
    form: AskForm,
    likely: Sequence[Proposal],
    status: int = 200,
    first: CodeRequest | None = None,
) -> ResponseReturnValue:
    """The page; `likely` is whom we could ask, `first` the request that is open already."""
    asked = radio_in_car(job.vehicle, job.head_unit, catalogue())
    form.offer([one.dealer for one in likely])
    page = render_template(
        "code_requests/ask.html",
        job=job,
        form=form,
        first=first,
        likely=likely,
        missing=missing_to_ask(job),
        make=asked.make,
        ways=ways_to_a_code(catalogue(), asked),
        wanted=wanted(job, catalogue(), None),
        owner_only=only_to_owner(job, catalogue(), None),
    )
    return page, status


@bp.post("/jobs/<int:number>/ask")
def begin(number: int) -> ResponseReturnValue:
    """Begin asking; where somebody is being asked already, say so with the way there."""
    job = find_job(read(), number)
    form = AskForm()
    likely = book(job)
    form.offer([one.dealer for one in likely])
    if not form.validate():
        return ask_page(job, form, likely, 422)
    try:
        with transaction() as session:
            location = answer_once(session, form, lambda: _ask(session, number, form.to_command()))
    except AskedAlready as no:
        form.refuse(no)
        here = no.site_id == me().site_id
        first = read().get(CodeRequest, no.request_id) if here else None
        job = find_job(read(), number)
        return ask_page(job, form, book(job), 409, first)
    except Refused as no:
        form.refuse(no)
        job = find_job(read(), number)
        return ask_page(job, form, book(job), 409)
    return redirect(location, 303)


def _ask(session: Session, number: int, command: Ask) -> str:
    request = begin_asking(session, find_job(session, number), command, by())
    return url_for("code_requests.request_page", request_id=request.id)
