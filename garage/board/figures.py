"""Figures for the manager, per garage and make, never per person: how often nobody had to be asked, and the rest."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from garage.bay.models import Try
from garage.code_requests.models import CodeRequest, Dealer, RequestAnswer
from garage.domain.answer_times import Record
from garage.domain.asking import PLACES, Status
from garage.domain.job import Answer
from garage.domain.labelled import Labelled
from garage.domain.packet import DealerKind
from garage.domain.text import N_
from garage.domain.trying import Outcome
from garage.intake.models import Job, Vehicle
from garage.radios.models import Origin, RadioCode, Standing
from garage.staff.models import Site

MakeName = Callable[[str], str]


class Period(Labelled):
    """How far back the figures look."""

    MONTH = "month", N_("Last 30 days")
    QUARTER = "quarter", N_("Last 90 days")
    YEAR = "year", N_("Last 12 months")
    ALL = "all", N_("Everything on file")

    def since(self, now: datetime) -> datetime:
        """Where the period begins."""
        days = {Period.MONTH: 30, Period.QUARTER: 90, Period.YEAR: 365}.get(self)
        return now - timedelta(days=days) if days else datetime.min.replace(tzinfo=now.tzinfo)


@dataclass(slots=True)
class Row:
    """What happened with one make, or with all of them."""

    make: str
    cars: int = 0
    asked: int = 0  # cars for whose code somebody was asked
    on_file: int = 0  # cars whose code was on file when they came in
    days: list[int] = field(default_factory=list)  # working days until a dealer answered, yes or no
    tries: int = 0
    played: int = 0
    without_dealer: int = 0  # codes that worked and did not come from a dealer

    @property
    def not_asked(self) -> int:
        """Cars for which nobody was asked."""
        return self.cars - self.asked

    @property
    def half_within(self) -> int | None:
        """Half of the answers took no longer, in working days."""
        return Record(days=tuple(self.days)).median

    @property
    def most_within(self) -> int | None:
        """Nine of ten answers took no longer, in working days."""
        return Record(days=tuple(self.days)).nine_of_ten


def figures(session: Session, site: Site, period: Period, now: datetime, make_name: MakeName) -> list[Row]:
    """One row for all makes, then one for each make, the most frequent first.

    `make_name` gives the usual name of a make however it was typed; an empty one means "not known".
    """
    since = period.since(now)
    rows: dict[str, Row] = {}
    week = site.week

    def row(make: str) -> Row:
        name = make_name(make)
        return rows.setdefault(name, Row(name))

    for make, cars, asked, on_file in session.execute(_cars(site.id, since)):
        one = row(make)
        one.cars, one.asked, one.on_file = one.cars + cars, one.asked + asked, one.on_file + on_file
    for make, sent_at, ended_at in session.execute(_answers(site.id, since)):
        if sent_at and ended_at:
            row(make).days.append(week.days_between(sent_at, ended_at))
    for make, outcome, times in session.execute(_tries(site.id, since)):
        one = row(make)
        one.tries += times
        one.played += times if outcome is Outcome.WORKED else 0
    for make, codes in session.execute(_without_dealer(site.id, since)):
        row(make).without_dealer += codes
    makes = sorted(rows.values(), key=lambda one: (-one.cars, one.make))
    return [_total(makes), *makes]


def own_ways(session: Session, site: Site, period: Period, now: datetime) -> list[tuple[Origin, int, int]]:
    """Codes for which no place was asked, by where they came from: how many came, and how many of them played."""
    played = case((RadioCode.standing == Standing.WORKED, 1), else_=0)
    came = (
        select(RadioCode.origin, func.count(RequestAnswer.id), func.sum(played))
        .select_from(RequestAnswer)
        .join(RequestAnswer.request)
        .join(RequestAnswer.radio_code)
        .where(
            CodeRequest.site_id == site.id,
            CodeRequest.channel.not_in(PLACES),
            RequestAnswer.at >= period.since(now),
        )
        .group_by(RadioCode.origin)
    )
    return sorted(
        ((origin, codes, worked) for origin, codes, worked in session.execute(came)), key=lambda way: -way[1]
    )


def _total(makes: Iterable[Row]) -> Row:
    total = Row("")
    for one in makes:
        total.cars += one.cars
        total.asked += one.asked
        total.on_file += one.on_file
        total.days += one.days
        total.tries += one.tries
        total.played += one.played
        total.without_dealer += one.without_dealer
    return total


def _cars(site_id: int, since: datetime) -> Select[str, int, int, int]:
    somebody = Job.id.in_(select(CodeRequest.job_id).where(CodeRequest.channel.in_(PLACES)))
    return (
        select(
            Vehicle.make,
            func.count(Job.id),
            func.sum(case((somebody, 1), else_=0)),
            func.sum(case((Job.answer == Answer.ON_FILE, 1), else_=0)),
        )
        .join(Vehicle, Job.vehicle_id == Vehicle.id)
        .where(Job.site_id == site_id, Job.happened_at >= since)
        .group_by(Vehicle.make)
    )


def _answers(site_id: int, since: datetime) -> Select[str, datetime | None, datetime | None]:
    answered = CodeRequest.status.in_((Status.ANSWERED, Status.REFUSED))
    return (
        select(Vehicle.make, CodeRequest.sent_at, CodeRequest.ended_at)
        .join(Job, CodeRequest.job_id == Job.id)
        .join(Vehicle, Job.vehicle_id == Vehicle.id)
        .join(Dealer, CodeRequest.dealer_id == Dealer.id)
        .where(
            CodeRequest.site_id == site_id,
            Dealer.kind == DealerKind.DEALER,
            answered,
            CodeRequest.sent_at.is_not(None),
            CodeRequest.ended_at >= since,
        )
    )


def _tries(site_id: int, since: datetime) -> Select[str, Outcome, int]:
    return (
        select(Vehicle.make, Try.outcome, func.count(Try.id))
        .join(Job, Try.job_id == Job.id)
        .join(Vehicle, Job.vehicle_id == Vehicle.id)
        .where(Job.site_id == site_id, Try.at >= since)
        .group_by(Vehicle.make, Try.outcome)
    )


def _without_dealer(site_id: int, since: datetime) -> Select[str, int]:
    return (
        select(Vehicle.make, func.count(func.distinct(RadioCode.id)))
        .select_from(Try)
        .join(RadioCode, Try.radio_code_id == RadioCode.id)
        .join(Job, Try.job_id == Job.id)
        .join(Vehicle, Job.vehicle_id == Vehicle.id)
        .where(
            Job.site_id == site_id,
            Try.at >= since,
            Try.outcome == Outcome.WORKED,
            RadioCode.origin != Origin.DEALER,
        )
        .group_by(Vehicle.make)
    )
