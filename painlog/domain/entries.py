"""Entries: what was recorded, before and after it reached the journal. Pure."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from painlog.domain.kinds.fields import Value
from painlog.domain.kinds.kind import Kind, TypedTexts, describe
from painlog.domain.language.dates import Moment, day_of, localize, show_day
from painlog.errors import BadInput

Timing = Literal["live", "same_day", "next_day", "late", ""]
SAME_SOURCE = "same"  # the source of entries whose values were taken over from an earlier day
INBOX_SOURCE = "inbox"
NOT_FROM_ROWS = "00000000-0001"  # every id that follows from a row of a file sorts before it
UNDATED = "imported; when it was written down is not known"
LAST_MINUTE = time(23, 59)  # at which an imported row without a time is dated
ANY_MOMENT = Moment(date.max, None, "")  # for what says the same at every moment
_LATELY, _LONG = 10_000, 200  # what is remembered of readings, and the characters of a text that is not
LIVE_WITHIN = timedelta(hours=2)


class Draft(NamedTuple):
    """A checked entry that is not in a journal yet.

    ``recorded_at`` is None for "at the time of writing". What was imported has an ``id`` that follows from its row, and
    an ``origin``: which app's file it is from, and what that said. ``line`` is the line of words that it was made from,
    empty where it was not. ``source`` is where it is from, empty where that is its command's.
    """

    kind: Kind
    moment: Moment
    data: dict[str, Value]
    recorded_at: datetime | None = None
    id: str = ""
    origin: Mapping[str, str] | None = None
    line: str = ""
    source: str = ""

    @property
    def day(self) -> date:
        """The person's day it belongs to."""
        return self.moment.day

    @property
    def title(self) -> str:
        """Its kind in a sentence; a measure of one's own by its name."""
        return self.kind.title

    @property
    def at(self) -> datetime | None:
        """The instant described, None where only the day was said."""
        return self.moment.at

    @property
    def text(self) -> str:
        """One line that says what it will be."""
        return describe(self.kind, self.data | self.kind.derive(self.data))


class Entry(NamedTuple):
    """An entry as the journal holds it.

    ``day`` is the person's day it belongs to. ``at`` is the instant described, aware and in the offset it was written
    in, or None where only the day was said. ``data`` holds the fields, derived ones included. ``recorded_at`` is when
    it was written down, on the person's day ``recorded_on``; where no file says that of an import, it is as if written
    at once (``is_undated``). ``declaration`` is what its journal knows of its kind,
    None for one of a newer painlog. ``line`` is the line of words that it was made from, empty where that was not asked
    for.
    """

    id: str
    kind: str
    day: date
    at: datetime | None
    zone: str
    data: dict[str, Any]
    recorded_at: datetime
    recorded_on: date
    declaration: Kind | None
    deleted: bool = False
    line: str = ""

    @property
    def text(self) -> str:
        """One line that says what it is."""
        return describe(self.declaration, self.data) if self.declaration else f"{self.kind} (from a newer painlog)"

    @property
    def typed_data(self) -> dict[str, Any]:
        """The fields a person gave, without those derived from them."""
        typed = self.declaration.typed_fields if self.declaration else ()
        return {field.name: self.data[field.name] for field in typed if field.name in self.data}

    @property
    def moment(self) -> Moment:
        """When it was."""
        return Moment(self.day, self.at, self.zone)

    @property
    def days(self) -> tuple[date, ...]:
        """Its day, as ``EqualEntries`` have theirs."""
        return (self.day,)

    @property
    def title(self) -> str:
        """Its kind in a sentence; a measure of one's own by its name."""
        return self.declaration.title if self.declaration else self.kind

    @property
    def is_undated(self) -> bool:
        """Whether it was imported, and nothing says when it was written down."""
        if self.id >= NOT_FROM_ROWS:
            return False
        if self.at:
            return self.recorded_at == self.at
        return (self.recorded_at.date(), self.recorded_at.time()) == (self.day, LAST_MINUTE)

    @property
    def days_late(self) -> int | None:
        """Days between its day and the writing about it; never below 0, None where that is not known."""
        return None if self.is_undated else max(0, (self.recorded_on - self.day).days)

    @property
    def timing(self) -> Timing:
        """How soon it was written down: within 2 hours, the same day, the next, or later; empty if not known."""
        if self.days_late is None:
            return ""
        if self.at and abs(self.recorded_at - self.at) <= LIVE_WITHIN:
            return "live"
        return timing_of(self.days_late)


Event = Entry | Draft  # what was recorded, or is about to be


def timing_of(late: int) -> Timing:
    """Name a number of days between a day and the writing about it."""
    return "same_day" if late == 0 else "next_day" if late == 1 else "late"


def draft(kind: Kind, said: TypedTexts, moment: Moment, present_at: datetime) -> Draft:
    """Check typed texts by field and make a draft of them. Raises BadInput."""
    data = read_texts(kind, said, moment)
    return Draft(kind, place_in_time(kind, data, moment, present_at), data)


def read_texts(kind: Kind, said: TypedTexts, moment: Moment) -> dict[str, Value]:
    """Return what typed texts by field say, which nobody is to change; a day's equal ones are read once.

    Only the span of a night says something else at another moment. Raises BadInput.
    """
    if kind.main.spans or [text for texts in said.values() for text in texts if len(text) > _LONG]:
        return kind.read(said, moment)
    return _read(kind, tuple([(name, *texts) for name, texts in said.items()]))


@lru_cache(_LATELY)
def _read(kind: Kind, said: tuple[tuple[str, ...], ...]) -> dict[str, Value]:
    return kind.read({name: texts for name, *texts in said}, ANY_MOMENT)


def place_in_time(kind: Kind, data: dict[str, Value], moment: Moment, present_at: datetime) -> Moment:
    """Return when an entry is: the moment it is about, and for a night what follows from its times. Raises BadInput."""
    if not kind.main.spans:
        return moment
    return _at_its_end(kind, data, moment, present_at)


def with_offset(at: datetime, minutes: int) -> datetime:
    """Return the instant in a fixed offset, in minutes east of UTC."""
    return at.astimezone(timezone(timedelta(minutes=minutes)))


def _at_its_end(kind: Kind, data: dict[str, Value], moment: Moment, present_at: datetime) -> Moment:
    """A night belongs to the calendar date of waking, a nap to the person's day; the instant of a span is its end."""
    notice = moment.notice
    if ends := kind.main.span(data.get(kind.main.name)):
        start, end = ends
        if end > present_at:
            raise BadInput(f"{kind.title} until {end:%H:%M} is ahead of now ({present_at:%H:%M})")
        notices = (localize(wall.replace(tzinfo=None))[1] for wall in (end, start))
        if moment.at == present_at and end.date() != present_at.date():
            notice = f"taken as the {kind.title} that ended on {show_day(end.date(), present_at.date())}"
        moment = moment._replace(at=end, notice=notice or next(filter(None, notices), ""))
    if moment.at:
        is_usual = kind.variant_of(data) == kind.variant_of({})
        day = moment.at.date() if is_usual else day_of(moment.at, moment.day_starts)
        return moment._replace(day=day)
    return moment


def show_unknown(value: Value) -> str:
    """Write the value of a field that no declaration here knows: a text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
