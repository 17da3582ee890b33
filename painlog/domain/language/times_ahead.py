"""When something will be, as people say it: tue 10:00, 20 dec 10:30, in 3 weeks, every tue. Pure.

Days are read by the one grammar of dates, which looks back; here they are placed ahead of the present instead.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, NamedTuple

from painlog.domain.language.dates import date_of, existing_day, read_when, show_day
from painlog.errors import BadInput

EXAMPLES = "tue 10:00, 20 dec 10:30, tomorrow 9:00, in 3 weeks or every tue 10:00"
_FURTHEST = 5 * 366  # days ahead; what is said to be later is a slip of the fingers
_EVERY = re.compile(r"every (?:(\d{1,2}) weeks?(?: on)?|(other|second) (?:week )?(?:on )?|week(?: on)?)? ?(.*)")
_IN = re.compile(r"in (\d{1,3}|an?|one|two|three|four|six) (day|week|month)s?(?: at)?(?: (.*))?")
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "six": 6}
_LENGTHS = {"day": 1, "week": 7, "month": 28}


class NoTime(BadInput):
    """Words that say no time at all, as against one that does not exist or has passed."""


class TimeAhead(NamedTuple):
    """A day that has not passed, a time of day where one was said, and every how many weeks it comes again."""

    day: date
    clock: time | None
    weeks: int = 0

    @property
    def text(self) -> str:
        """``2026-12-20 10:30``; the day alone where no time was said."""
        return f"{self.day}{f' {self.clock:%H:%M}' if self.clock else ''}"


def parse_ahead(text: str, now: datetime) -> TimeAhead:
    """Read when something will be, by the calendar of ``now``. Raises BadInput for what is no such time, or passed."""
    clean = " ".join(text.lower().split())
    weeks = 0
    if every := _EVERY.fullmatch(clean):
        weeks = int(every[1] or (2 if every[2] else 1))
        clean = every[3]
        if not 1 <= weeks <= 52:
            raise BadInput(f"{text!r} comes again after 1 to 52 weeks; write such as every 2 weeks tue 10:00")
    day, rest = _near_day(clean, now.date())
    found = read_when(rest) if rest else None
    if (rest and (found is None or found.ago is not None or found.night or found.part)) or not clean:
        raise NoTime(f"{text!r} does not say when it will be; write such as {EXAMPLES}")
    if found and found.problem:
        raise BadInput(found.problem)
    clock = found.clock if found else None
    if found and found.instant:
        instant = datetime.fromisoformat(found.instant.upper()).replace(tzinfo=None)
        day, clock = instant.date(), instant.time().replace(second=0, microsecond=0)
    elif found and found.day:
        day = _place(found.day, clock, now)
    return _check(TimeAhead(day or _next_such_time(clock, now), clock, weeks), now, text)


def _near_day(clean: str, today: date) -> tuple[date | None, str]:
    """The day that the first words count from today, and the words after it."""
    if found := _IN.fullmatch(clean):
        count = _NUMBERS.get(found[1]) or int(found[1])
        return today + timedelta(days=count * _LENGTHS[found[2]]), found[3] or ""
    for words, days in (("day after tomorrow", 2), ("tomorrow", 1), ("today", 0)):
        if clean == words or clean.startswith(f"{words} "):
            return today + timedelta(days=days), clean.removeprefix(words).removeprefix(" at").strip()
    return None, clean.removeprefix("on ").removeprefix("next ")


def _place(said: Any, clock: time | None, now: datetime) -> date:
    """The first such day from today on."""
    today = now.date()
    if said[0] == "ago":
        return today - timedelta(days=said[1])
    if said[0] == "weekday":
        days = (said[1] - today.weekday()) % 7
        return today + timedelta(days=days or (7 if clock and clock < now.time() else 0))
    return date_of(said, partial(_next_date, today))


def _next_date(today: date, month: int, number: int, text: str) -> date:
    first = today.year * 12 + today.month - 1
    for months in range(12 * 8 + 1):  # 29 February may be eight years ahead
        year, place = divmod(first + months, 12)
        if month in (0, place + 1):
            try:
                day = date(year, place + 1, number)
            except ValueError:
                continue
            if day >= today:
                return day
    return existing_day(today.year, month, number, text)  # which there is none of: it raises


def _next_such_time(clock: time | None, now: datetime) -> date:
    return now.date() + timedelta(days=1 if clock and clock < now.time() else 0)


def _check(found: TimeAhead, now: datetime, text: str) -> TimeAhead:
    days = (found.day - now.date()).days
    if days < 0 or (days == 0 and found.clock and found.clock < now.time().replace(second=0, microsecond=0)):
        raise BadInput(f"{text!r} is not ahead: it was on {show_day(found.day, now.date())}")
    if days > _FURTHEST:
        raise BadInput(f"{text!r} is more than five years ahead; is the year right?")
    return found
