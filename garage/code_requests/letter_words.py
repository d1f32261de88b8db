"""What is written to whoever is asked: the garage's own text or the shipped one, filled in for one request."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.support import NullTranslations, Translations
from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.code_requests.models import CodeRequest, Dealer
from garage.code_requests.models_packet import RequestText
from garage.domain.packet import DealerKind, Item, TextKind, may_be_told
from garage.domain.request_text import BODIES, SUBJECTS, Place, fill
from garage.domain.text import N_
from garage.outbox.mail import Attachment, Mail
from garage.paths import TRANSLATIONS

LANGUAGES = ("en", "de")  # those that speakers have checked
DATES_AS = {"en": "en_GB"}
PAPERS_SEEN = N_("We have seen the papers of the car.")


@dataclass(frozen=True, slots=True)
class Written:
    """What is written to a place, in its language: as an e-mail says it, and so does the letter."""

    subject: str
    body: str


def write_to(
    session: Session,
    request: CodeRequest,
    kind: TextKind,
    enclosed: tuple[str, ...] = (),
    answer_by: date | None = None,
) -> Written:
    """The text of this kind, filled in. A reminder names no day (`answer_by`): the one they were given has passed."""
    subject, body = text_of(session, kind, place_of(request).language)
    values = values_for(request, enclosed, answer_by)
    return Written(fill(subject, values).strip(), fill(body, values))


def request_mail(
    session: Session,
    request: CodeRequest,
    kind: TextKind,
    attachments: tuple[Attachment, ...] = (),
    answer_by: date | None = None,
) -> Mail:
    """The mail to the place that a request asks: exactly this is shown before and goes out.

    Raises ValueError for a request that asks nobody by mail.
    """
    dealer = request.dealer
    if dealer is None:
        raise ValueError("the customer asks: there is nobody to write to")
    names = tuple(attachment.name for attachment in attachments)
    written = write_to(session, request, kind, names, answer_by)
    return Mail(
        to=dealer.email,
        subject=written.subject,
        text=written.body,
        attachments=attachments,
        reply_to=request.job.site.email,
    )


def kind_for(request: CodeRequest) -> TextKind:
    """Which text a request begins with: after a wrong code they are told so."""
    return TextKind.AFTER_WRONG_CODE if request.wrong_code_at is not None else TextKind.REQUEST


def text_of(session: Session, kind: TextKind, language: str) -> tuple[str, str]:
    """Subject and body in a language: the garage's own, else as shipped."""
    own = own_text(session, kind, language)
    return (own.subject, own.body) if own is not None else shipped(kind, language)


def own_text(session: Session, kind: TextKind, language: str) -> RequestText | None:
    """What the garage wrote itself, or None."""
    return session.scalar(
        select(RequestText).where(RequestText.kind == kind, RequestText.language == language)
    )


def shipped(kind: TextKind, language: str) -> tuple[str, str]:
    """Subject and body as they are shipped."""
    words = words_in(language)
    lines = (words.gettext(line) if line else "" for line in BODIES[kind])
    return words.gettext(SUBJECTS[kind]), "\n".join(lines)


@cache
def words_in(language: str) -> NullTranslations:
    """The translations of one language, for texts in another language than the page's."""
    return Translations.load(TRANSLATIONS, [language])


def values_for(request: CodeRequest, enclosed: tuple[str, ...], answer_by: date | None) -> dict[Place, str]:
    """What is filled in: what this place may be told, and nothing of the customer."""
    dealer = place_of(request)
    site, zone = request.job.site, ZoneInfo(request.job.site.time_zone)
    told = told_to(request, dealer, dealer.language)
    seen = request.job.papers_seen_at is not None and dealer.kind is not DealerKind.ONLINE
    return {
        Place.REFERENCE: request.reference,
        Place.NUMBERS: numbers_as_lines(named_numbers(request)),
        **{ITEM_PLACES[item]: text for item, text in told.items()},
        Place.ENCLOSED: ", ".join(enclosed),
        Place.PAPERS_SEEN: words_in(dealer.language).gettext(PAPERS_SEEN) if seen else "",
        Place.DUE_DAY: said_day(answer_by, dealer.language),
        Place.ASKED_DAY: said_day(request.sent_at, dealer.language, zone),
        Place.WRONG_DAY: said_day(request.wrong_code_at, dealer.language, zone),
        Place.DISPLAY: request.wrong_code_display,
        Place.CUSTOMER_NUMBER: dealer.customer_number or "",
        Place.DEALER: dealer.name or "",
        Place.GARAGE: site.name,
        Place.PHONE: site.phone,
        Place.EMAIL: site.email,
    }


def named_numbers(request: CodeRequest) -> tuple[tuple[str, str], ...]:
    """What this place may be told, each with its name in the place's language."""
    dealer = place_of(request)
    told = told_to(request, dealer, dealer.language)
    return tuple((words_in(dealer.language).gettext(item.label), text) for item, text in told.items())


def numbers_as_lines(numbers: tuple[tuple[str, str], ...]) -> str:
    """The same in a text, a line each."""
    return "\n".join(f"{name}{'' if name.endswith('?') else ':'} {text}" for name, text in numbers)


ITEM_PLACES = {
    Item.SERIAL_NUMBER: Place.SERIAL_NUMBER,
    Item.RADIO: Place.RADIO,
    Item.PART_NUMBER: Place.PART_NUMBER,
    Item.VIN: Place.VIN,
    Item.VEHICLE: Place.VEHICLE,
    Item.REGISTRATION: Place.REGISTRATION,
    Item.BUILT_WITH: Place.BUILT_WITH,
}


def place_of(request: CodeRequest) -> Dealer:
    """The place that is asked; where none is, the customer, as an entry that stands in no book."""
    if request.dealer is not None:
        return request.dealer
    return Dealer(kind=DealerKind.CUSTOMER, ticks="", channels="", language=request.job.site.language)


def told_to(request: CodeRequest, dealer: Dealer, language: str) -> dict[Item, str]:
    """The numbers and names that this place is told, said in `language`; nothing that is not on record."""
    vehicle, unit = request.job.vehicle, request.radio
    known = {
        Item.SERIAL_NUMBER: unit.serial_number,
        Item.RADIO: unit.name,
        Item.PART_NUMBER: unit.part_number or "",
        Item.VIN: vehicle.vin or "",
        Item.VEHICLE: vehicle.name,
        Item.REGISTRATION: vehicle.registration_shown or "",
        Item.BUILT_WITH: words_in(language).gettext(request.built_with_this_radio.label),
    }
    may = may_be_told(dealer.kind, dealer.insists)
    return {item: text for item, text in known.items() if item in may and text}


def said_day(moment: date | datetime | None, language: str, zone: ZoneInfo | None = None) -> str:
    """A day as it stands in a text; empty where there is none."""
    if moment is None:
        return ""
    day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    return str(format_date(day, "long", locale=DATES_AS.get(language, language)))
