"""What the garage chose for its cards: colour, logo, footer, usual paper, and languages that somebody read."""

import io
from base64 import b64encode

import pytest
import sqlalchemy as sa
from PIL import Image

from garage.cards import batches, look
from garage.cards.batches import PrintSeveral
from garage.cards.look import WriteLook
from garage.cards.models import Logo
from garage.cards.papers import card_paper, card_papers
from garage.cards.records import paper_of
from garage.cards.sample import sample_card
from garage.db import SavedMeanwhile, vault_of
from garage.domain.card import CardColour
from garage.domain.text import Refused
from garage.radios.photo_worker import LOGO_SIDE, develop_logo
from garage.staff.models import JournalEntry
from tests import making
from tests.cards.test_actions import CATALOGUE
from tests.cards.test_life import card_on
from tests.cards.test_sheets import TEN_UP, a_job

WANTED = WriteLook(0, CardColour.GREEN, "bridge-street.example.org", barcode=True, paper=TEN_UP)
LOGO = b"\x89PNG logo"


def test_before_anything_is_chosen_cards_are_black_on_the_hand_over_sheet(session, site):
    chosen = look.look_of(session, site.id)
    assert (chosen.colour, chosen.paper, chosen.logo) == (CardColour.BLACK, "handover", None)
    assert chosen not in session


def test_the_look_is_saved_and_every_card_wears_it(session, site, by):
    look.write_look(session, WANTED, by)
    look.change_logo(session, LOGO, by)
    style = paper_of(session, card_on(session, a_job(session, site), by, "card")).style
    assert (style.colour, style.footer, style.barcode, style.logo) == (
        CardColour.GREEN,
        WANTED.footer,
        True,
        LOGO,
    )
    verbs = session.scalars(sa.select(JournalEntry.verb).order_by(JournalEntry.id)).all()
    assert verbs[:2] == ["change_card_look", "change_logo"]


def test_two_managers_at_once_are_told(session, site, by):
    look.write_look(session, WANTED, by)
    with pytest.raises(SavedMeanwhile):
        look.write_look(session, WANTED, by)


def test_a_print_keeps_the_logo_it_was_printed_with(session, site, by):
    look.change_logo(session, LOGO, by)
    row = card_on(session, a_job(session, site), by)
    look.change_logo(session, None, by)
    session.expire_all()
    assert paper_of(session, row).card.style.logo == LOGO
    assert session.scalar(sa.select(sa.func.count(Logo.id))) == 1


def test_a_sheet_of_cards_points_to_the_logo_and_holds_no_copy_of_it(session, site, by):
    look.change_logo(session, LOGO, by)
    job, wanted = a_job(session, site), b64encode(LOGO).decode()
    row = card_on(session, job, by, TEN_UP)
    assert paper_of(session, row).style.logo == LOGO
    assert wanted not in vault_of(session).open(row.says_sealed)
    several = batches.begin(session, PrintSeveral((job.number,), (), TEN_UP, "wet"), by, is_fresh=True)
    batches.go_on(session, several, CATALOGUE, by, is_fresh=True)
    for sealed in (several.says_sealed, several.parts[0].says_sealed):
        assert wanted not in vault_of(session).open(sealed)


def test_a_card_speaks_the_garages_language_until_a_speaker_has_read_another(session, site, by):
    assert look.card_language(session, site, "fr") == "en"
    assert look.card_language(session, site, "de") == "de"
    with pytest.raises(Refused, match="who has read"):
        look.switch_language_on(session, "fr", " ", by)
    look.switch_language_on(session, "fr", "Camille Roux", by)
    assert look.languages_on(session, site) == ["en", "de", "fr"]
    with pytest.raises(Refused, match="on already"):
        look.switch_language_on(session, "fr", "Camille Roux", by)
    look.switch_language_off(session, "fr", by)
    session.flush()
    assert look.card_language(session, site, "fr") == "en"
    with pytest.raises(Refused, match="no texts"):
        look.switch_language_on(session, "xx", "Nobody", by)


def test_another_site_reads_its_languages_itself(session, site, by):
    look.switch_language_on(session, "fr", "Camille Roux", by)
    assert "fr" not in look.languages_on(session, making.make_site(session))


def test_every_paper_has_a_sample_and_says_so(session, site):
    for paper in card_papers():
        sample = sample_card(site, paper, look.style_of(look.look_of(session, site.id)))
        assert (sample.kind, sample.sample) == (paper.kind, True)
    assert card_paper("handover") is not None


def test_a_logo_is_made_anew_small_and_on_white():
    upload = io.BytesIO()
    Image.new("RGBA", (1800, 900), (255, 0, 0, 0)).save(upload, "PNG")
    png = develop_logo(upload.getvalue())
    with Image.open(io.BytesIO(png)) as logo:
        assert (logo.format, logo.size) == ("PNG", (LOGO_SIDE, LOGO_SIDE // 2))
        assert logo.convert("RGB").getpixel((5, 5)) == (255, 255, 255)
    assert len(png) < 5000
