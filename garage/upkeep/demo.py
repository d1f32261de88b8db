"""The demo: a garage full of invented customers, and one car's hard day that leaves its papers in a folder."""

import os
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from garage import paths
from garage.cards.contents import blank_job_sheet
from garage.cards.press import Press, PressFailed
from garage.code_requests.dealer_book import add_dealer
from garage.db import Database
from garage.domain.catalogue import Catalogue
from garage.domain.paper import Paper
from garage.domain.paper_kind import PaperKind
from garage.domain.people import Role
from garage.domain.text import N_, Refused
from garage.staff import actions as staff
from garage.staff import joining, queries
from garage.staff.commands import AddPerson, SignUp, WriteLetterhead
from garage.staff.journal import By
from garage.staff.models import Person, Site
from garage.staff.passwords import hash_password
from garage.upkeep.demo_scene import Scene
from garage.upkeep.demo_steps import act
from garage.upkeep.demo_story import Colleague, Story, Visit, in_order, read_story
from garage.upkeep.house import open_house
from garage.web.settings import Settings, load_settings

FILE = paths.SEEDS / "demo.toml"
FOLDER = paths.INSTANCE / "demo"
REQUEST = "demo"  # stands in the journal where else the number of a page's request stands
OPENED = timedelta(days=700)  # the invented people work here since then
PAPER_ORDER = list(PaperKind)
PATIENCE = 60.0  # seconds for a paper: nobody stands at the desk, and the first one starts the press


@dataclass(frozen=True, slots=True)
class Cast:
    """Row numbers of the site, the people and the dealers, by the names that the story gives them."""

    site_id: int
    people: dict[str, int]
    dealers: dict[str, int]

    def by(self, who: str, at: datetime) -> By:
        """This person acts at this moment."""
        return By(self.site_id, self.people[who], at, REQUEST)


def demo_settings() -> Settings:
    """The demo lives in a folder of its own and on a SQLite file there, wherever the real garage lives.

    GARAGE_INSTANCE names another folder. Nothing invented is ever mailed.
    """
    settings = load_settings(None if os.environ.get("GARAGE_INSTANCE") else FOLDER)
    settings.config["SMTP_HOST"] = ""
    return _on_a_file(settings)


def _on_a_file(settings: Settings) -> Settings:
    return replace(settings, database_url=f"sqlite:///{settings.instance / 'garage.sqlite'}")


def fill(database: Database, catalogue: Catalogue, now: datetime) -> bool:
    """Fill an empty house with the invented garage, all of it or nothing; True if it was filled now.

    What an earlier start has filled is kept. Refused for a house in which real people work.
    """
    story = read_story(FILE)
    hashes = _passwords_nobody_knows(story)
    with database.transaction() as session:
        if queries.house(session).sample:
            return False
        cast = _open_garage(session, story, hashes, now - OPENED)
        _play(session, catalogue, story, story.visits, cast, now)
    return True


def owners_link(session: Session, now: datetime) -> str:
    """A fresh one-time link's token for the invented owner: nobody has a password until it is used."""
    owner = session.scalars(sa.select(Person).where(Person.role == Role.OWNER).order_by(Person.id)).first()
    if owner is None:
        raise Refused(N_("Nobody works here yet."))
    return joining.invite(session, owner, By(owner.site_id, None, now, REQUEST))


def hard_day(database: Database, catalogue: Catalogue, now: datetime) -> list[Paper]:
    """Drive one car through the whole hard day in an empty house; the papers that were printed, newest last."""
    story = read_story(FILE)
    hashes = _passwords_nobody_knows(story)
    with database.transaction() as session:
        cast = _open_garage(session, story, hashes, now - OPENED)
        papers = _play(session, catalogue, story, [story.day], cast, now)
        papers.append(blank_job_sheet(session, session.get_one(Site, cast.site_id)))
    return papers


def leave_papers(folder: Path, catalogue: Catalogue, now: datetime) -> list[tuple[Path, Paper]]:
    """Live the hard day on a throw-away house and leave its papers in `folder`, one file for each kind.

    Refused where `folder` cannot be written, or where a paper cannot be made.
    """
    _make_writable(folder)
    with tempfile.TemporaryDirectory(prefix="garage-demo-") as scratch:
        database = open_house(_on_a_file(load_settings(Path(scratch))), lambda: now)
        try:
            printed = hard_day(database, catalogue, now)
        finally:
            database.close()
    last = {paper.kind: paper for paper in printed}
    papers = sorted(last.values(), key=lambda paper: PAPER_ORDER.index(paper.kind))
    try:
        with Press(workers=1, seconds=PATIENCE) as press:
            made = [(folder / f"{paper.kind.value}.pdf", press.print(paper), paper) for paper in papers]
    except PressFailed as why:
        raise Refused(N_("A paper could not be made: %(why)s."), why=str(why)) from None
    for file, pdf, _ in made:
        file.write_bytes(pdf)
    return [(file, paper) for file, _, paper in made]


def _make_writable(folder: Path) -> None:
    """Make the folder if need be and try it before the day begins."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Refused(
            N_("Cannot write into %(folder)s: %(why)s."),
            folder=str(folder),
            why=error.strerror or str(error),
        ) from None


def _passwords_nobody_knows(story: Story) -> dict[str, str]:
    # made before the writing session: each takes a while. There is no default password.
    return {one.key: hash_password(secrets.token_urlsafe()) for one in story.people}


def _open_garage(session: Session, story: Story, hashes: dict[str, str], at: datetime) -> Cast:
    """People join, write the letterhead, put the key away and fill the dealer book."""
    token = joining.first_invitation(session, at)
    if token is None:
        raise Refused(N_("People work in this garage already. The demo needs a folder of its own."))
    queries.house(session).sample = True
    owner = _first_owner(session, token, story, hashes, at)
    by = By(owner.site_id, owner.id, at, REQUEST)
    people = {story.people[0].key: owner.id}
    site = session.get_one(Site, owner.site_id)
    staff.write_letterhead(session, by, WriteLetterhead(version=site.version, **story.garage))
    for one in story.people[1:]:
        people[one.key] = _colleague(session, by, one, hashes[one.key]).id
    staff.print_key_sheet(session, by)
    staff.put_key_away(session, by)
    dealers = {key: add_dealer(session, entry, by).id for key, entry in story.dealers.items()}
    return Cast(site.id, people, dealers)


def _first_owner(session: Session, token: str, story: Story, hashes: dict[str, str], at: datetime) -> Person:
    one, garage = story.people[0], story.garage
    sign_up = SignUp(
        name=one.name,
        initials=one.initials,
        sign_in_name=one.sign_in_name,
        password_hash=hashes[one.key],
        language=garage["language"],
        time_zone=garage["time_zone"],
        currency=garage["currency"],
    )
    return joining.sign_up(session, token, sign_up, at, REQUEST)


def _colleague(session: Session, by: By, one: Colleague, password_hash: str) -> Person:
    wanted = AddPerson(one.name, one.initials, one.sign_in_name, one.role)
    _, token = staff.add_person(session, by, wanted)
    return joining.set_password(session, token, password_hash, by.at, REQUEST)


def _play(
    session: Session,
    catalogue: Catalogue,
    story: Story,
    visits: Iterable[Visit],
    cast: Cast,
    now: datetime,
) -> list[Paper]:
    papers: list[Paper] = []
    for at, visit, step in in_order(visits, now, story.zone):
        scene = Scene(session, catalogue, cast.dealers, visit, cast.by(step.who, at), papers)
        try:
            act(scene, step)
        except Refused as no:
            no.add_note(f"demo: {visit.registration}, {step.do}")
            raise
        session.flush()
        session.expire_all()  # every step finds things as a page would: read anew
    return papers
