"""How long answers take here, how often their codes play, and what a customer may be promised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from statistics import median_high

from garage.domain.chasing import WorkingWeek
from garage.domain.packet import DealerKind
from garage.domain.text import N_, Text
from garage.domain.vocabulary import Way
from garage.domain.ways import WayAnswer

ENOUGH = 3  # answers with a known time before anything is promised from them
SAME_DAY_MINUTES = 4 * 60  # what took longer elsewhere is not promised for today
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Record:
    """What this garage has seen of a place: `days` are the working days that each answer took."""

    answers: int = 0
    days: tuple[int, ...] = ()
    played: int = 0
    failed: int = 0

    @property
    def median(self) -> int | None:
        """Half of the answers took no longer, in working days."""
        return median_high(self.days) if self.days else None

    @property
    def nine_of_ten(self) -> int | None:
        """Nine of ten answers took no longer, in working days."""
        return sorted(self.days)[ceil(len(self.days) * 0.9) - 1] if self.days else None

    def sentences(self) -> tuple[Text, ...]:
        """The record in words; says so where there is none."""
        if not self.answers:
            return (Text(N_("No answer from there yet.")),)
        said = [Text(N_("Answers so far: %(answers)d."), {"answers": self.answers})]
        if self.median is not None and self.nine_of_ten is not None:
            times: dict[str, object] = {"half": _days(self.median), "most": _days(self.nine_of_ten)}
            said.append(Text(N_("Half of them: %(half)s; nine of ten: %(most)s."), times))
        if tried := self.played + self.failed:
            said.append(
                Text(
                    N_("Their codes played %(played)d of %(tried)d times."),
                    {"played": self.played, "tried": tried},
                )
            )
        return tuple(said)


def _days(days: int) -> Text:
    if days < 2:
        return Text(N_("within one working day") if days else N_("on the same day"))
    return Text(N_("within %(days)d working days"), {"days": days})


@dataclass(frozen=True, slots=True)
class Promise:
    """By when an answer usually comes, and whether the garage knows that itself."""

    by: date
    own_record: bool


_WAYS = {
    DealerKind.DEALER: Way.DEALER,
    DealerKind.ONLINE: Way.ONLINE,
    DealerKind.SPECIALIST: Way.SPECIALIST,
    DealerKind.CUSTOMER: Way.CUSTOMER,
}


def promise(
    record: Record,
    kind: DealerKind,
    ways: Sequence[WayAnswer],
    asked_at: datetime,
    now: datetime,
    week: WorkingWeek,
) -> Promise | None:
    """Nine of ten answers came by then: from the garage's own record, else from the facts; else None.

    Counted in the garage's own working hours and days. None as well once that day is over: nobody knows then.
    """
    days, own = record.nine_of_ten, len(record.days) >= ENOUGH
    start = week.first_open(asked_at)
    if own and days is not None:
        at = week.after(start, days)
    elif (minutes := _minutes_by_facts(kind, ways)) is None:
        return None
    elif minutes <= SAME_DAY_MINUTES:
        at = week.first_open(start + timedelta(minutes=minutes))
    else:
        at = week.after(start, ceil(minutes / DAY_MINUTES))
    by = at.astimezone(week.zone).date()
    return Promise(by, own) if by >= week.first_open(now).astimezone(week.zone).date() else None


def _minutes_by_facts(kind: DealerKind, ways: Sequence[WayAnswer]) -> int | None:
    return next((way.most_minutes for way in ways if way.way is _WAYS[kind]), None)
