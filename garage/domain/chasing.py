"""Chasing an answer: the workshop's hours and closed days, the steps one after the other, and when each is due."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from garage.domain.labelled import Labelled
from garage.domain.text import N_, Refused

LONGEST_CLOSED = 366  # days; a sheet that closes every day must not stop the chasing for good
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4})?)?(?![\d./])")


class Chase(Labelled):
    """A step of chasing, in the order in which they are taken; LATER only moves the next one."""

    FIRST = "first_reminder", N_("First reminder")
    SECOND = "second_reminder", N_("Second reminder")
    PHONE = "phone", N_("Call them")
    ELSEWHERE = "elsewhere", N_("Ask somebody else")
    LATER = "later", N_("Wait")

    @property
    def is_reminder(self) -> bool:
        """Whether a mail can do it."""
        return self in {Chase.FIRST, Chase.SECOND}


# Each step only if nobody answered, so many working days after the one before it.
PLAN: tuple[tuple[Chase, int], ...] = (
    (Chase.FIRST, 3),
    (Chase.SECOND, 2),
    (Chase.PHONE, 1),
    (Chase.ELSEWHERE, 2),
)
ORDER = [step for step, _ in PLAN]


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days on which nobody works: single ones, and those of every year as (month, day)."""

    days: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def __contains__(self, day: date) -> bool:
        return day in self.days or (day.month, day.day) in self.yearly


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """When somebody is there: time zone, days (1 Monday to 7 Sunday), opening and closing, closed days."""

    zone: tzinfo
    days: frozenset[int]
    opens: time
    closes: time
    closed: ClosedDays = ClosedDays()

    def is_open(self, at: datetime) -> bool:
        """Whether somebody works at this moment."""
        local = at.astimezone(self.zone)
        return self._works(local.date()) and self.opens <= local.time() < self.closes

    def first_open(self, at: datetime) -> datetime:
        """This moment where somebody works, else the next opening."""
        local = at.astimezone(self.zone)
        if self._works(local.date()) and local.time() < self.closes:
            return max(at, self.opening(local.date()))
        return self.opening(self.next_working_day(local.date()))

    def opening(self, day: date) -> datetime:
        """When that day begins, whatever the clocks did in the night."""
        return datetime.combine(day, self.opens, self.zone).astimezone(UTC)

    def next_working_day(self, day: date, days: int = 1) -> date:
        """The working day so many working days after `day`."""
        for _ in range(days):
            for _ in range(LONGEST_CLOSED):
                day += timedelta(days=1)
                if self._works(day):
                    break
        return day

    def days_between(self, asked_at: datetime, answered_at: datetime) -> int:
        """How many working days an answer took; 0 on the day of asking, and for what was asked while nobody was here."""
        first = self.first_open(asked_at).astimezone(self.zone).date()
        last = answered_at.astimezone(self.zone).date()
        return sum(self._works(first + timedelta(days=day)) for day in range(1, (last - first).days + 1))

    def after(self, at: datetime, days: int) -> datetime:
        """The same time of day so many working days later, within opening hours."""
        start = self.first_open(at).astimezone(self.zone)
        day = self.next_working_day(start.date(), days)
        return datetime.combine(day, start.time(), self.zone).astimezone(UTC)

    def _works(self, day: date) -> bool:
        return day.isoweekday() in self.days and day not in self.closed


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken; LATER carries until when. `failed`: its mail did not get through."""

    step: Chase
    at: datetime
    until: datetime | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """The next step, and from when on."""

    step: Chase
    at: datetime


def next_step(
    asked_at: datetime, answer_by: date | None, taken: Iterable[Taken], week: WorkingWeek
) -> Due | None:
    """What comes next while nobody answers, and when; None after the last step.

    `answer_by` is the day until which they have time, by their own word or ours: nothing happens before
    it has passed; one before they were asked gives them no time and does not count. Steps keep their distance
    from the moment at which the one before was really taken.
    """
    so_far = list(taken)
    done = [one for one in so_far if one.step is not Chase.LATER]
    if answer_by is not None and answer_by < asked_at.astimezone(week.zone).date():
        answer_by = None
    earliest = None if answer_by is None else week.opening(week.next_working_day(answer_by))
    if done and done[-1].failed:
        step, at = Chase.PHONE, week.first_open(done[-1].at)
    elif done and done[-1].step is PLAN[-1][0]:
        return None
    else:
        step, days = PLAN[ORDER.index(done[-1].step) + 1 if done else 0]
        by_plan = week.after(done[-1].at if done else asked_at, days)
        at = by_plan if earliest is None else max(by_plan, earliest) if done else earliest
    put_off = [one.until for one in so_far if one.until is not None]
    if put_off:
        at = max(at, week.first_open(put_off[-1]))
    return Due(step, at)


def read_closed_days(text: str) -> ClosedDays:
    """One day a line, a name behind it if you like: 2026-12-24, 24.12.2026, 24/12/2026, or 25.12. for every year.

    Refused, with the line, where it is no day.
    """
    days, yearly = set(), set()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        found = _ISO.match(line)
        year, month, day = found.groups() if found else ("", "", "")
        if not found and (found := _DAY_FIRST.match(line)):
            day, month, year = found.groups()
        try:
            if year:
                days.add(date(int(year), int(month), int(day)))
            else:
                yearly.add((int(month), date(2024, int(month), int(day)).day))  # a leap year has every day
        except ValueError:
            raise Refused(
                N_("“%(line)s” is no day. Write 24.12.2026, or 25.12. for every year."), line=line[:40]
            ) from None
    return ClosedDays(frozenset(days), frozenset(yearly))


def working_days(text: str) -> frozenset[int]:
    """The days of a week from their digits, 1 Monday to 7 Sunday."""
    return frozenset(int(digit) for digit in text if digit in "1234567")
