"""What the garage chose for its cards: colour, logo, footer, barcode, usual paper, and languages that were read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from garage.cards.models import CardLanguage, CardLook, Logo
from garage.db import check_version
from garage.domain.card import CardColour, CardStyle
from garage.domain.card_languages import CHECKED, PREPARED
from garage.domain.secrecy import refuse_code_in_note
from garage.domain.text import N_, Refused
from garage.staff.journal import By, write
from garage.staff.models import Site


@dataclass(frozen=True, slots=True)
class WriteLook:
    """How cards look from now on, as edited from `version` (0: nothing was chosen before)."""

    version: int
    colour: CardColour
    footer: str
    barcode: bool
    paper: str


def look_of(session: Session, site_id: int) -> CardLook:
    """What the site chose; before anything was chosen the house's own look, which is not on file."""
    chosen = session.scalar(select(CardLook).where(CardLook.site_id == site_id))
    return chosen or CardLook(
        site_id=site_id,
        version=0,
        colour=CardColour.BLACK,
        footer="",
        barcode=False,
        paper="handover",
        logo=None,
    )


def style_of(look: CardLook) -> CardStyle:
    """The look as the press takes it."""
    return CardStyle(
        colour=look.colour,
        logo=look.logo.png if look.logo else None,
        footer=look.footer,
        barcode=look.barcode,
    )


def write_look(session: Session, wanted: WriteLook, by: By) -> CardLook:
    """Save how cards look. Raises SavedMeanwhile; refused for a footer with a code in it."""
    refuse_code_in_note(wanted.footer)
    look = _on_file(session, by, wanted.version)
    look.colour, look.footer, look.barcode = wanted.colour, wanted.footer, wanted.barcode
    look.paper = wanted.paper
    write(session, by, "change_card_look", look)
    return look


def change_logo(session: Session, png: bytes | None, by: By) -> CardLook:
    """Print this logo from now on, or none. Papers on record keep the logo they were printed with."""
    look = _on_file(session, by, None)
    look.logo = Logo(site_id=by.site_id, png=png, at=by.at) if png else None
    write(session, by, "change_logo", look)
    return look


def _on_file(session: Session, by: By, version: int | None) -> CardLook:
    session.get_one(Site, by.site_id, with_for_update=True)  # two managers at once: one row
    look = look_of(session, by.site_id)
    if version is not None:
        check_version(look, version)
    if look not in session:
        look.version = None  # type: ignore[assignment] # counted from the first saving on
        session.add(look)
    return look


def languages_read(session: Session, site_id: int) -> Sequence[CardLanguage]:
    """The languages that somebody has read for this site."""
    return session.scalars(select(CardLanguage).where(CardLanguage.site_id == site_id)).all()


def languages_on(session: Session, site: Site) -> list[str]:
    """The languages in which this site prints cards, its own in front."""
    on = {*CHECKED, *(read.language for read in languages_read(session, site.id))}
    return sorted(on, key=lambda code: (code != site.language, code))


def card_language(session: Session, site: Site, wanted: str) -> str:
    """The language of a card: the one that is wished where a speaker has read it, else the garage's own."""
    return wanted if wanted in CHECKED or wanted in languages_on(session, site) else site.language


def switch_language_on(session: Session, language: str, read_by: str, by: By) -> CardLanguage:
    """Cards may be printed in a prepared language: `read_by` speaks it and has read every text.

    Refused without a name, for a language that is not prepared, and for one that is on already.
    """
    if language not in PREPARED:
        raise Refused(N_("There are no texts in this language."))
    if not read_by.strip():
        raise Refused(N_("Write who has read the texts: somebody who speaks the language."))
    refuse_code_in_note(read_by)
    session.get_one(Site, by.site_id, with_for_update=True)
    if any(row.language == language for row in languages_read(session, by.site_id)):
        raise Refused(N_("This language is switched on already."))
    row = CardLanguage(
        site_id=by.site_id, language=language, read_by=read_by.strip(), at=by.at, person_id=by.person_id
    )
    session.add(row)
    write(session, by, "switch_language_on", row)
    return row


def switch_language_off(session: Session, language: str, by: By) -> None:
    """No more cards in this language, for example because a mistake was found."""
    for row in languages_read(session, by.site_id):
        if row.language == language:
            write(session, by, "switch_language_off", row)
            session.delete(row)
