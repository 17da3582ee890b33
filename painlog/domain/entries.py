"""Entries: what was recorded, before and after it reached the journal. Pure."""

from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal, NamedTuple

from painlog.domain.dates import Moment, day_of, localize
from painlog.domain.fields import Value
from painlog.domain.kinds import KINDS, Said, describe, kind_named
from painlog.errors import BadInput

LIVE_WITHIN = timedelta(hours=2)
Timing = Literal["live", "same_day", "next_day", "late"]


class Draft(NamedTuple):
    """A checked entry that is not in a journal yet. ``recorded_at`` is None for "at the time of writing"."""

    kind: str
    moment: Moment
    data: dict[str, Value]
    recorded_at: datetime | None = None


class Entry(NamedTuple):
    """An entry as the journal holds it.

    ``day`` is the person's day it belongs to. ``at`` is the instant described, aware and in the offset it was written
    in, or None where only the day was said. ``data`` holds the fields, derived ones included. ``recorded_at`` is when
    it was written down.
    """

    id: str
    kind: str
    day: date
    at: datetime | None
    zone: str
    data: dict[str, Any]
    recorded_at: datetime
    deleted: bool = False

    @property
    def text(self) -> str:
        """One line that says what it is."""
        kind = KINDS.get(self.kind)
        return describe(kind, self.data) if kind else f"{self.kind} (from a newer painlog)"

    @property
    def timing(self) -> Timing:
        """How soon it was written down: within 2 hours, the same day, the next, or later."""
        if self.at and abs(self.recorded_at - self.at) <= LIVE_WITHIN:
            return "live"
        return timing_of(days_late(self.day, self.recorded_at))


def days_late(day: date, recorded_at: datetime) -> int:
    """Days between a day and the writing about it; never below 0."""
    return max(0, (day_of(recorded_at) - day).days)


def timing_of(late: int) -> Timing:
    """Name a number of days between a day and the writing about it."""
    return "same_day" if late == 0 else "next_day" if late == 1 else "late"


def draft(kind_name: str, said: Said, moment: Moment) -> Draft:
    """Check typed texts by field and make a draft of them. Raises BadInput."""
    kind = kind_named(kind_name)
    data = kind.read(said, moment)
    if isinstance(night := data.get("night"), str):
        moment = _at_waking(night, moment)
    return Draft(kind.name, moment, data)


def with_offset(at: datetime, minutes: int) -> datetime:
    """Return the instant in a fixed offset, in minutes east of UTC."""
    return at.astimezone(timezone(timedelta(minutes=minutes)))


def _at_waking(night: str, moment: Moment) -> Moment:
    """A night described by its times belongs to the calendar date of waking, and its instant is the waking."""
    start, end = (datetime.fromisoformat(part) for part in night.split("/"))
    if moment.at and end > moment.at:
        raise BadInput(f"sleep until {end:%H:%M} is ahead of now")
    notices = [localize(end.replace(tzinfo=None))[1], localize(start.replace(tzinfo=None))[1]]
    return Moment(end.date(), end, moment.zone, moment.notice or next(filter(None, notices), ""))
