"""Sending a request: what is still missing, what goes along, and the way out of the house."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from garage.code_requests.letter_words import kind_for, request_mail
from garage.code_requests.models import CodeRequest
from garage.code_requests.models_packet import PapersCopy
from garage.code_requests.queries import answer_by, today_at
from garage.db import vault_of
from garage.domain.asking import Channel, Status, Step
from garage.domain.packet import DealerKind, Insisted, Item, Lack, OnRecord, lacking, may_be_told
from garage.domain.text import N_, Refused
from garage.outbox.actions import put_in_outbox, take_out
from garage.outbox.mail import Attachment, Mail, check
from garage.outbox.models import MailStatus, OutboxMail
from garage.outbox.sending import WORKER
from garage.radios.models import HeadUnit, Photo, PhotoBytes, PhotoKind
from garage.staff.journal import By, write

KEEP_COPIES = timedelta(hours=24)
MOST_COPIES = 4
ADDRESSES = {Lack.EMAIL, Lack.OUR_EMAIL}  # the desk's own mail program may know better


def missing(session: Session, request: CodeRequest) -> tuple[Lack, ...]:
    """What has to be got before this request may be sent; empty: it may go."""
    dealer, job, unit = request.dealer, request.job, request.radio
    read_at = job.number_read_at
    here = OnRecord(
        same_number=job.head_unit is unit,
        read_again=request.wrong_code_at is None or (read_at is not None and read_at > request.wrong_code_at),
        vin=bool(job.vehicle.vin),
        part_number=bool(unit.part_number),
        photo=label_photo(session, request) is not None,
        papers_seen=job.papers_seen_at is not None,
        papers_copy=bool(copies_of(session, request)),
        fee_paid=request.fee_paid is not None,
        their_email=dealer is not None and bool(dealer.email),
        our_email=bool(job.site.email),
    )
    kind, insists = (dealer.kind, dealer.insists) if dealer else (DealerKind.CUSTOMER, ())
    return lacking(request.channel, kind, insists, here)


def label_photo(session: Session, request: CodeRequest) -> Photo | None:
    """The newest photo of this radio's label."""
    photos = select(Photo).where(Photo.head_unit_id == request.head_unit_id, Photo.kind == PhotoKind.LABEL)
    return session.scalars(photos.order_by(Photo.id.desc())).first()


def mail_of(session: Session, request: CodeRequest, today: date) -> Mail:
    """The mail as it would go out today, with everything that goes along."""
    files = attachments(session, request)
    return request_mail(session, request, kind_for(request), files, answer_by(request, today))


def attachments(session: Session, request: CodeRequest) -> tuple[Attachment, ...]:
    """The photo of the label and the copies of papers, each only where this place insists and may have it."""
    dealer = request.dealer
    told = may_be_told(dealer.kind, dealer.insists) if dealer else frozenset()
    files: list[Attachment] = []
    photo = label_photo(session, request) if Item.PHOTO in told else None
    if photo is not None:
        jpeg = session.scalars(select(PhotoBytes.jpeg).where(PhotoBytes.photo_id == photo.id)).one()
        files.append(Attachment("label.jpg", "image/jpeg", jpeg))
    if Item.PAPERS in told:
        for number, copy in enumerate(copies_of(session, request), start=1):
            jpeg = b64decode(vault_of(session).open(copy.jpeg))
            files.append(Attachment(f"papers-{number}.jpg", "image/jpeg", jpeg))
    return tuple(files)


def mark_of(mail: Mail) -> str:
    """A mark of everything in a mail: what a person has seen is what goes out, or nothing goes."""
    parts = [mail.to, mail.subject, mail.text, mail.reply_to, *(one.name for one in mail.attachments)]
    whole = hashlib.sha256("\0".join(parts).encode())
    for one in mail.attachments:
        whole.update(hashlib.sha256(one.content).digest())
    return whole.hexdigest()


def queue_mail(session: Session, request: CodeRequest, seen: str, by: By) -> OutboxMail:
    """Put the mail that a person has `seen` (its mark) into the outbox.

    Refused where something is missing, where the mail has changed since it was looked at, and for
    anything that cannot stand in a mail.
    """
    check_complete(session, request)
    if request.channel is not Channel.EMAIL:
        raise Refused(N_("They are not asked by e-mail. Choose another way, or say here what was done."))
    take_mail_back(session, request, by, even_on_its_way=True)
    today = today_at(request.job.site, by.at)
    mail = mail_of(session, request, today)
    if mark_of(mail) != seen:
        raise Refused(N_("The e-mail has changed since you looked at it. Read it again, then send it."))
    check(mail)
    request.due_on = answer_by(request, today)
    request.take(Step.QUEUE)
    copies = copies_of(session, request)
    until = min(copy.kept_at for copy in copies) + KEEP_COPIES if copies else None
    request.mail = put_in_outbox(session, mail, by, until)
    write(session, by, "queue", request)
    return request.mail


def check_complete(session: Session, request: CodeRequest, *, by_hand: bool = False) -> None:
    """Refused with the first thing that is still missing, and for a radio that no code will open."""
    check_not_locked(request.radio)
    lacks = [lack for lack in missing(session, request) if not (by_hand and lack in ADDRESSES)]
    if lacks:
        raise Refused(lacks[0].label)


def check_not_locked(unit: HeadUnit) -> None:
    """Nobody is asked for a code that no radio will take."""
    if unit.locked_for_good_at is not None:
        raise Refused(N_("This radio is locked for good. No code will open it."))


def send(session: Session, request: CodeRequest, by: By) -> None:
    """A person says: the letter is on its way, they were asked by phone. Copies of papers are deleted."""
    check_complete(session, request, by_hand=True)
    take_mail_back(session, request, by, even_on_its_way=True)
    request.due_on = answer_by(request, today_at(request.job.site, by.at))
    request.take(Step.SEND)
    request.sent_at = by.at
    for copy in copies_of(session, request):
        session.delete(copy)
    write(session, by, "send", request)


def take_mail_back(session: Session, request: CodeRequest, by: By, *, even_on_its_way: bool = False) -> None:
    """What still waits in the outbox does not go out any more, wherever its request stands by now.

    A mail that is on its way right now keeps nobody from noting an answer. It is Refused where they would be
    asked twice (`even_on_its_way`); should it not arrive, it is not tried again: its request has moved on.
    """
    mail = request.mail
    if mail is None or mail.status is not MailStatus.WAITING:
        return
    if mail.sending_since is None or even_on_its_way:
        take_out(session, mail, by)


def copies_of(session: Session, request: CodeRequest) -> Sequence[PapersCopy]:
    """The copies of papers that wait for this sending."""
    copies = select(PapersCopy).where(PapersCopy.code_request_id == request.id)
    return session.scalars(copies.order_by(PapersCopy.id)).all()


def keep_copy(session: Session, request: CodeRequest, jpeg: bytes, heard_by: str, by: By) -> PapersCopy:
    """Keep a copy of the papers for this one sending. `heard_by` heard the customer's yes to it.

    Refused where nobody insists on one, before the papers were seen, and for more than four pages.
    """
    dealer = request.dealer
    if dealer is None or Insisted.PAPERS not in dealer.insists or request.channel is not Channel.EMAIL:
        raise Refused(N_("No copy of the papers is wanted here. Papers are shown, not stored."))
    if Item.PAPERS not in may_be_told(dealer.kind, dealer.insists):
        raise Refused(N_("An online service never gets the papers."))
    if request.status is not Status.DRAFT:
        raise Refused(N_("This request is not being prepared any more."))
    if len(copies_of(session, request)) >= MOST_COPIES:
        raise Refused(N_("Four pages are enough. Take one away first."))
    copy = PapersCopy(
        code_request_id=request.id,
        jpeg=vault_of(session).seal(b64encode(jpeg).decode()),
        yes_heard_by=heard_by,
        kept_at=by.at,
        person_id=by.person_id,
    )
    session.add(copy)
    write(session, by, "keep_copy", request)
    return copy


def delete_copies(session: Session, request: CodeRequest, by: By) -> None:
    """Nobody needs the copies any more."""
    for copy in copies_of(session, request):
        session.delete(copy)
    write(session, by, "delete_copies", request)


def forget_copies(session: Session, now: datetime) -> int:
    """Delete every copy whose mail was accepted, whose request is over, or that is 24 hours old; how many."""
    done = (
        select(PapersCopy, CodeRequest.site_id)
        .join(CodeRequest, PapersCopy.code_request_id == CodeRequest.id)
        .outerjoin(OutboxMail, CodeRequest.mail_id == OutboxMail.id)
        .where(
            or_(
                PapersCopy.kept_at <= now - KEEP_COPIES,
                CodeRequest.status.not_in((Status.DRAFT, Status.QUEUED)),
                (OutboxMail.status == MailStatus.ACCEPTED) & (OutboxMail.ended_at >= PapersCopy.kept_at),
            )
        )
    )
    rows = session.execute(done).all()
    for copy, site_id in rows:
        request = session.get_one(CodeRequest, copy.code_request_id)
        session.delete(copy)
        write(session, By(site_id, None, now, WORKER), "delete_copies", request)
    return len(rows)
