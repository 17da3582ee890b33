"""Stretches of days, both ends included. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from painlog.domain.clock import MONTHS
from painlog.domain.kinds.declaration import match_whole
from painlog.domain.language.dates import FIRST_YEAR, parse_day, show_day, show_range
from painlog.errors import BadInput

DAYS_IN_WEEK = 7
LONGEST_IN_WEEKS = 35
LONGEST_IN_MONTHS = 3 * 366
SINCE_LAST_VISIT = "since-last-visit"
FORMS = (
    f"week, last-week, fortnight, 28d, 3m, 1y, 2026-W46, 2026-10, 2026, {SINCE_LAST_VISIT}, a day such as yesterday, "
    "or all"
)


class Period(NamedTuple):
    """Days from ``start`` to ``end``, both included; at least one day."""

    start: date
    end: date

    @property
    def length(self) -> int:
        """Number of calendar days."""
        return (self.end - self.start).days + 1

    def holds(self, day: date) -> bool:
        """Whether a day belongs to it."""
        return self.start <= day <= self.end

    def days(self) -> Iterator[date]:
        """Every calendar day, in order."""
        return map(date.fromordinal, range(self.start.toordinal(), self.end.toordinal() + 1))

    def parts(self) -> tuple[Period, ...]:
        """The pieces a long period is looked at in: weeks from its start, calendar months, or calendar years."""
        if self.length <= DAYS_IN_WEEK:
            return ()
        return self._cut(self._opens_part)

    def months(self) -> tuple[Period, ...]:
        """The pieces that lie in one calendar month each."""
        return self._cut(lambda day: day.day == 1)

    def _cut(self, opens: Callable[[date], bool]) -> tuple[Period, ...]:
        """The pieces from its start, and from each day that ``opens`` one, on."""
        starts = [self.start, *(day for day in self.days() if opens(day) and day != self.start)]
        ends = [*(start - timedelta(days=1) for start in starts[1:]), self.end]
        return tuple(Period(start, end) for start, end in zip(starts, ends, strict=True))

    def _opens_part(self, day: date) -> bool:
        if self.length <= LONGEST_IN_WEEKS:
            return (day - self.start).days % DAYS_IN_WEEK == 0
        return day.day == 1 and (day.month == 1 or self.length <= LONGEST_IN_MONTHS)

    def before(self) -> Period | None:
        """The period of equal length that ends the day before; None where the calendar has no such days."""
        try:
            return Period(self.start - timedelta(days=self.length), self.start - timedelta(days=1))
        except OverflowError:
            return None

    @property
    def in_words(self) -> str:
        """``3 to 30 Nov 2026``, for who hears it."""
        return str(self).replace(" – ", " to ")

    def __str__(self) -> str:
        return show_range(self.start, self.end)


def parse_period(text: str, today: date, kept: Period, visited: date | None = None) -> Period:
    """Read one of ``FORMS``; none reaches past ``today``, and ``all`` is what was ``kept``. Raises BadInput.

    The last visit was on the day ``visited``, None where there was none.
    """
    clean = _in_short(" ".join(text.lower().split()))
    if clean == "all":
        return kept
    if clean == SINCE_LAST_VISIT:
        return _since(visited, today)
    if clean in ("week", "fortnight"):
        return _back(7 if clean == "week" else 14, today)
    if clean == "last-week":
        monday = today - timedelta(days=today.weekday() + 7)
        return Period(monday, monday + timedelta(days=6))
    period = _read_count(clean, today) or _calendar(clean) or _named_month(clean, today) or _single(clean, today)
    if period is None:
        raise BadInput(f"{text!r} is not a period; use {FORMS}")
    if period.start > today:
        raise BadInput(f"{text!r} is ahead; periods look back")
    if period.start.year < FIRST_YEAR:
        raise BadInput(f"{text!r} begins before {FIRST_YEAR}; is the year right?")
    return Period(period.start, min(period.end, today))


def _in_short(text: str) -> str:
    """A period as it is said in the form that is read: ``2 weeks`` as 2w, ``last week``, ``this month``."""
    if found := match_whole(r"(?:the )?(?:last |past )?(\d{1,5}) ?(day|week|month|year)s?", text):
        return f"{found[1]}{found[2][0]}"
    said = {"last week": "last-week", "this week": "week", "2 weeks": "fortnight", "since last visit": SINCE_LAST_VISIT}
    return said.get(text, text)


def _named_month(clean: str, today: date) -> Period | None:
    """``november``, ``nov 2025``, ``last month``, ``this month``: the latest such month that has begun."""
    month = today.year * 12 + today.month - 1
    if clean in ("this month", "last month"):
        month -= clean == "last month"
        return _month(month // 12, month % 12 + 1)
    name, _, year = clean.partition(" ")
    number = next((i for i, each in enumerate(MONTHS) if len(name) >= 3 and each.startswith(name)), None)
    if number is None or (year and not match_whole(r"\d{4}", year)):
        return None
    return _month(int(year) if year else (month - number) // 12, number + 1)


def _month(year: int, number: int) -> Period | None:
    """A calendar month by its number from 1; None where the calendar has no such month, or none after it."""
    try:
        first = date(year, number, 1)
        return Period(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    except (ValueError, OverflowError):
        return None


def parse_range(start: str, end: str, today: date, kept: Period) -> Period:
    """Read ``--from`` and ``--to``; an empty one means the first day that was ``kept``, or today. Raises BadInput."""
    last = parse_day(end, today) if end else today
    first = parse_day(start, today) if start else min(kept.start, last)
    if first > last:
        raise BadInput(
            f"--from {show_day(first, today)} is after --to {show_day(last, today)}; --from is the first day"
        )
    return Period(first, last)


def _since(visited: date | None, today: date) -> Period:
    """From the day of the last visit, which belongs to what came after it: what was agreed there holds from then on."""
    if visited is None:
        raise BadInput('no visit is recorded yet; painlog visit "Dr Weber" --at "yesterday 10:30" records one')
    return Period(min(visited, today), today)


def _back(days: int, today: date) -> Period:
    return Period(today - timedelta(days=days - 1), today)


def _single(clean: str, today: date) -> Period | None:
    try:
        day = parse_day(clean, today)
    except BadInput:
        return None
    return Period(day, day)


def _read_count(clean: str, today: date) -> Period | None:
    found = match_whole(r"(\d{1,5})([dwmy])", clean)
    if not found or int(found[1]) == 0:
        return None
    count, unit = int(found[1]), found[2]
    try:
        period = _months_back(count * (12 if unit == "y" else 1), today) if unit in "my" else None
        period = period or _back(count * (7 if unit == "w" else 1), today)
    except (ValueError, OverflowError):
        period = None
    if period is None or period.start.year < FIRST_YEAR:
        raise BadInput(f"{clean!r} begins before {FIRST_YEAR}; name a shorter period")
    return period


def _months_back(count: int, today: date) -> Period:
    months = today.year * 12 + today.month - 1 - count
    return Period(_month_start(months, today.day) + timedelta(days=1), today)


def _month_start(months: int, number: int) -> date:
    """The day ``number`` of a month counted from year 0, or the month's last day where it is shorter."""
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(months // 12, months % 12 + 1, min(number, last))


def _calendar(clean: str) -> Period | None:
    try:
        if found := match_whole(r"(\d{4})-w(\d{1,2})", clean):
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
            return Period(monday, monday + timedelta(days=6))
        if found := match_whole(r"(\d{4})-(\d{1,2})", clean):
            return _month(int(found[1]), int(found[2]))
        if match_whole(r"\d{4}", clean):
            return Period(date(int(clean), 1, 1), date(int(clean), 12, 31))
    except (ValueError, OverflowError):
        return None
    return None
