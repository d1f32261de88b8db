"""What the customer is told: by when a code usually comes, and that it is here. Never the code itself."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from sqlalchemy.orm import Session

from garage.code_requests.letter_words import DATES_AS, LANGUAGES, words_in
from garage.code_requests.models import CodeRequest
from garage.code_requests.record import newest_times
from garage.domain.answer_times import Promise, Record, promise
from garage.domain.asking import Status
from garage.domain.catalogue import Catalogue
from garage.domain.packet import DealerKind
from garage.domain.text import N_
from garage.domain.ways import ways_to_a_code
from garage.intake.queries import radio_in_car

HELLO = N_("Hello %(name)s,")
ASKED = N_("we have asked for the code of your car's radio. It usually comes by %(day)s.")
CAME = N_("the code for your car's radio has come. We enter it in the car; you need to do nothing.")
CAME_AND_CAR_LEFT = N_("the code for your car's radio has come. Please call us: we tell you what to do.")
NO_TRIES = N_("Please do not try any code yourself until then: every wrong one counts.")
BYE = N_("Kind regards")
DAY_OF_THE_WEEK = {"en": "EEEE, d MMMM", "de": "EEEE, d. MMMM"}


@dataclass(frozen=True, slots=True)
class Promised:
    """What may be said, and the text for the customer by language, the site's own first."""

    by: Promise | None
    texts: tuple[tuple[str, str], ...]


def promised(session: Session, request: CodeRequest, catalogue: Catalogue, at: datetime) -> Promised | None:
    """What the customer can be told now: "usually by" while it is asked, "it is here" once it came; else None.

    Where no place is asked there is nothing to promise: the code came from the customer or the number.
    Nothing is left to tell once the job is closed.
    """
    if not (request.channel.is_place and request.job.is_open and request.still_helps):
        return None
    if request.status is Status.ANSWERED:
        return Promised(None, _texts(request, None))
    if not request.status.is_open:
        return None
    usual = usually_by(session, request, catalogue, at)
    if usual is None:
        return None
    we_asked = request.status is Status.SENT and not request.customer_asks
    return Promised(usual, _texts(request, usual) if we_asked else ())


def usually_by(session: Session, request: CodeRequest, catalogue: Catalogue, at: datetime) -> Promise | None:
    """By when this place usually answers for this make; None where nobody can know."""
    job, site, dealer = request.job, request.job.site, request.dealer
    record = newest_times(session, site.week, dealer.id, job.vehicle.make) if dealer is not None else Record()
    ways = ways_to_a_code(catalogue, radio_in_car(job.vehicle, job.head_unit, catalogue))
    kind = dealer.kind if dealer else DealerKind.CUSTOMER
    return promise(record, kind, ways, request.sent_at or at, at, site.week)


def _texts(request: CodeRequest, usual: Promise | None) -> tuple[tuple[str, str], ...]:
    own = request.job.site.language
    return tuple(
        (language, _text(request, usual, language))
        for language in sorted(LANGUAGES, key=lambda language: language != own)
    )


def _text(request: CodeRequest, usual: Promise | None, language: str) -> str:
    say, job = words_in(language).gettext, request.job
    if usual is not None:
        day = format_date(usual.by, DAY_OF_THE_WEEK[language], locale=DATES_AS.get(language, language))
        news = say(ASKED) % {"day": day}
    else:
        news = say(CAME if job.left_at is None else CAME_AND_CAR_LEFT)
    lines = [say(HELLO) % {"name": job.customer.name}, "", news, say(NO_TRIES), "", say(BYE), job.site.name]
    return "\n".join([*lines, job.site.phone])
