"""What the papers say that ask for a code: the letter to the dealer, and the page that the owner takes there."""

from sqlalchemy.orm import Session

from garage.cards.contents import is_sample, letterhead, vehicle_line
from garage.code_requests.letter_words import named_numbers, numbers_as_lines, told_to
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import today_at, wanted
from garage.code_requests.reminding import letter_text
from garage.domain.catalogue import Catalogue
from garage.domain.packet import Insisted, Item
from garage.domain.paper import Original, RequestLetter, TakeToDealer
from garage.domain.text import N_, Refused, Text
from garage.domain.vocabulary import Need
from garage.staff.journal import By
from garage.staff.models import Person

_STAND_IN_THE_TEXT = {
    *(need.label for need in (Need.SERIAL_NUMBER, Need.PART_NUMBER, Need.VIN)),
    *(tick.label for tick in (Insisted.SERIAL_NUMBER, Insisted.PART_NUMBER, Insisted.VIN)),
}
_OWNER_ALWAYS_BRINGS = (Text(Need.REGISTRATION.label), Text(Need.IDENTITY.label))


def request_letter(session: Session, request: CodeRequest, catalogue: Catalogue, by: By) -> RequestLetter:
    """The letter that asks a dealer. Refused where the customer asks: then there is no dealer to write to."""
    job, unit, dealer = request.job, request.radio, request.dealer
    if dealer is None or request.customer_asks:
        raise Refused(N_("The customer asks: print “Take this to your dealer” instead."))
    writer = session.get(Person, by.person_id) if by.person_id is not None else None
    told = told_to(request, dealer, dealer.language)  # an online service learns nothing of car and owner
    written, numbers = letter_text(session, request, by.at), named_numbers(request)
    before, listed, after = written.body.partition(numbers_as_lines(numbers) + "\n")
    return RequestLetter(
        letterhead=letterhead(job.site),
        dealer=dealer.name,
        dealer_address=dealer.address,
        customer_number=dealer.customer_number,
        our_reference=request.reference,
        written_on=today_at(job.site, by.at),
        subject=written.subject,
        before=before,
        numbers=numbers if listed else (),
        after=after,
        vin=told.get(Item.VIN, ""),
        serial_number=unit.serial_number,
        part_number=told.get(Item.PART_NUMBER, ""),
        insists_on=_besides_the_numbers(request, catalogue),
        signed_by=writer.name if writer else "",
        sample=is_sample(session),
        language=dealer.language,
    )


def take_to_dealer(session: Session, request: CodeRequest, catalogue: Catalogue, by: By) -> TakeToDealer:
    """The page for the owner, for those who give the code only to the owner of the car."""
    job, unit = request.job, request.radio
    bring = _besides_the_numbers(request, catalogue)
    return TakeToDealer(
        letterhead=letterhead(job.site),
        make=job.vehicle.make or unit.make,
        our_reference=request.reference,
        printed_on=today_at(job.site, by.at),
        dealer=request.dealer.name if request.dealer else "",
        dealer_address=request.dealer.address if request.dealer else "",
        vehicle=vehicle_line(job.vehicle),
        vin=job.vehicle.vin or "",
        registration=job.vehicle.registration_shown,
        radio_make=unit.make,
        radio_model=unit.model,
        serial_number=unit.serial_number,
        part_number=unit.part_number,
        original=Original(request.built_with_this_radio.value),
        bring=(*bring, *(thing for thing in _OWNER_ALWAYS_BRINGS if thing not in bring)),
        sample=is_sample(session),
        language=job.site.language,
    )


def _besides_the_numbers(request: CodeRequest, catalogue: Catalogue) -> tuple[Text, ...]:
    needs = wanted(request.job, catalogue, request.dealer)
    return tuple(need.what for need in needs if need.what.message not in _STAND_IN_THE_TEXT)
