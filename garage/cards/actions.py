"""Printing: each press of "print" is put on record with what the paper says; the PDF is made from that record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from garage.cards.contents import job_sheet, windscreen_tag
from garage.cards.faces import Subject, around, radio_pass, subject_of_job
from garage.cards.letters import request_letter, take_to_dealer
from garage.cards.life import CardWish, card_for
from garage.cards.look import card_language, look_of, style_of
from garage.cards.models import Card, PrintJob
from garage.cards.papers import CardPaper, card_paper
from garage.cards.printers import find_printer, layout_named, profile_of
from garage.cards.records import keep, paper_of
from garage.cards.rules import (
    Plea,
    cards_printed,
    check_card_again,
    check_languages,
    check_may_print,
    check_print,
    note_printed,
)
from garage.cards.sheets import reserve
from garage.code_requests.models import CodeRequest
from garage.code_requests.queries import today_at
from garage.domain.card import CardSheet, CardStyle, Design, EntrySheet, RadioPass
from garage.domain.catalogue import Catalogue
from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.domain.sheet_layout import SheetLayout
from garage.domain.text import N_, Refused
from garage.intake.models import Job
from garage.radios.models import RadioCode
from garage.staff.journal import By, write
from garage.staff.models import Site

FOR_A_JOB = (PaperKind.JOB_SHEET, PaperKind.WINDSCREEN_TAG)
NO_PLEA, USUAL = Plea(), CardWish()
FOR_A_REQUEST = (PaperKind.REQUEST_LETTER, PaperKind.TAKE_TO_DEALER)


@dataclass(frozen=True, slots=True)
class PrintPaper:
    """Print one kind of paper. Reason and a fresh password are asked for codes outside an open job."""

    kind: PaperKind
    reason: str = ""
    is_fresh: bool = False
    job_url: str = ""  # for the QR code of the job sheet

    @property
    def plea(self) -> Plea:
        """What the person brings to print a code."""
        return Plea(self.reason, self.is_fresh)


@dataclass(frozen=True, slots=True)
class PrintCard:
    """Print a card: on which paper, for whom, and on a sheet at which places (none: the next free one)."""

    paper: str
    plea: Plea = NO_PLEA
    wish: CardWish = USUAL
    places: tuple[int, ...] = ()
    printer_id: int | None = None


def print_for_job(session: Session, job: Job, catalogue: Catalogue, command: PrintPaper, by: By) -> PrintJob:
    """Put a paper about a job on record that carries no code: job sheet or windscreen tag."""
    match command.kind:
        case PaperKind.JOB_SHEET:
            paper: Paper = job_sheet(session, job, catalogue, by, command.job_url)
        case PaperKind.WINDSCREEN_TAG:
            paper = windscreen_tag(session, job, catalogue, by)
        case _:
            raise Refused(N_("This paper is not printed from a job."))
    return _on_record(session, job, paper, by)


def print_card(session: Session, job: Job, catalogue: Catalogue, command: PrintCard, by: By) -> PrintJob:
    """Put a card for the job's radio on record, on the chosen paper.

    Cards get a number of their own. With a code on them they follow `check_may_see`, as showing does.
    Refused says why not; raises CodesLocked for a paper with a code while the key is missing.
    """
    subject, chosen = subject_of_job(job), card_paper(command.paper)
    code = subject.unit.code_on_file
    if code is not None:
        check_may_print(session, job, code, catalogue, command.plea, by)
    if chosen.kind is PaperKind.ENTRY_SHEET:
        return _on_record(
            session, job, _entry_sheet(session, subject, code, catalogue, command), by, command.plea
        )
    row = PrintJob(site_id=by.site_id, kind=chosen.kind, job_id=job.id, person_id=by.person_id, at=by.at)
    card, face = make_card(session, subject, code, catalogue, chosen, command.wish, command.plea, by)
    row.card = card
    paper: Paper = face
    if chosen.layout is not None:
        session.add(row)
        session.flush()  # places on a sheet point to it
        row.printer = find_printer(session, by.site_id, command.printer_id, chosen.layout.id)
        paper = sheet_of(session, row, chosen.layout, [(card, face)], command.places, by)
    else:
        paper = around(chosen.kind, subject, face, today_at(job.site, by.at))
    keep(session, row, paper)
    session.add(row)
    write(session, by, "print", row, command.plea.reason if code is not None else "")
    return row


def _entry_sheet(
    session: Session, subject: Subject, code: RadioCode | None, catalogue: Catalogue, command: PrintCard
) -> EntrySheet:
    """The steps for the person in the car. It is shredded afterwards: no card is made and no number given."""
    language = card_language(session, subject.site, command.wish.language or subject.site.language)
    no_card = Card(number="", own_words="", design=Design.CLASSIC, language=language)
    face = radio_pass(session, subject, catalogue, no_card, code)
    return EntrySheet(card=face, job_number=str(subject.job.number) if subject.job else "")


def make_card(
    session: Session,
    subject: Subject,
    code: RadioCode | None,
    catalogue: Catalogue,
    chosen: CardPaper,
    wish: CardWish,
    plea: Plea,
    by: By,
) -> tuple[Card, RadioPass]:
    """The card and what it says. Refused when it was printed some time ago and nobody says why again.

    A receipt only goes with a card: for it the card is neither drawn nor printed.
    """
    card = card_for(
        session, subject, code, replace(wish, design=chosen.design if chosen.is_card else None), by
    )
    if chosen.is_card:
        note_printed(card, plea, by)
    style = replace(style_of(look_of(session, subject.site.id)), back=chosen.back)
    return card, radio_pass(session, subject, catalogue, card, code, style)


def unstyled(face: RadioPass) -> RadioPass:
    """What a card on a sheet says, without a look of its own."""
    return replace(face, style=CardStyle())


def sheet_of(
    session: Session,
    row: PrintJob,
    layout: SheetLayout,
    cards: Sequence[tuple[Card, RadioPass]],
    places: Collection[int],
    by: By,
) -> CardSheet:
    """The paper with these cards on it, each at the place that was reserved for it just now.

    The sheet's style counts, so the cards keep none: their logos would make the record a hundred times as large.
    """
    positions = reserve(session, row, layout, [card for card, _ in cards], places, by)
    site = session.get_one(Site, row.site_id)
    return CardSheet(
        layout_id=layout.id,
        cards=tuple((place, unstyled(says)) for place, (_, says) in zip(positions, cards, strict=True)),
        style=style_of(look_of(session, site.id)),
        profile=profile_of(row.printer),
        language=site.language,
    )


def print_request(
    session: Session, request: CodeRequest, catalogue: Catalogue, kind: PaperKind, by: By
) -> PrintJob:
    """Put the letter to the dealer, or the page that the owner takes there, on record."""
    if kind not in FOR_A_REQUEST:
        raise Refused(N_("This paper is not printed from a request."))
    write_paper = request_letter if kind is PaperKind.REQUEST_LETTER else take_to_dealer
    return _on_record(session, request.job, write_paper(session, request, catalogue, by), by)


def _on_record(session: Session, job: Job, paper: Paper, by: By, plea: Plea = NO_PLEA) -> PrintJob:
    """A paper that is no card; a reason is kept only for one with a code."""
    row = PrintJob(site_id=by.site_id, kind=paper.kind, job_id=job.id, person_id=by.person_id, at=by.at)
    session.add(row)
    keep(session, row, paper)
    write(session, by, "print", row, plea.reason if row.says_sealed is not None else "")
    return row


def print_again(
    session: Session, row: PrintJob, catalogue: Catalogue, command: PrintPaper, by: By
) -> PrintJob:
    """Put on record that the same paper is printed once more. The same rule holds as for the first time.

    A card with a code that was printed some time ago needs a reason; a jam just now does not.
    Cards on a sheet take places of their own again, so they get a print of their own, which is returned.
    """
    check_languages(session, row)
    cards = cards_printed(session, row)
    if not cards:
        check_print(session, row, catalogue, command.plea, by)
    for card in cards:
        check_card_again(session, card, catalogue, command.plea, by)
        if row.kind is not PaperKind.RECEIPT:
            note_printed(card, command.plea, by)
    again = sheet_again(session, row, cards, by) if row.kind is PaperKind.CARD_SHEET else row
    write(session, by, "print_again", again, command.reason if row.says_sealed is not None else "")
    return again


def sheet_again(session: Session, row: PrintJob, cards: Collection[Card], by: By) -> PrintJob:
    """These cards of a printed sheet at the next free places, with their numbers and what they said."""
    paper = paper_of(session, row)
    if not isinstance(paper, CardSheet):
        raise TypeError("a print of cards on a sheet says a sheet")
    again = PrintJob(
        site_id=row.site_id,
        kind=row.kind,
        card=row.card,
        job=row.job,
        printer=row.printer,
        person_id=by.person_id,
        at=by.at,
    )
    session.add(again)
    session.flush()  # places on a sheet point to it
    says = {face.card_number: face for _, face in paper.cards}
    faces = [(card, says[card.number]) for card in cards]
    keep(session, again, sheet_of(session, again, layout_named(paper.layout_id), faces, (), by))
    return again
