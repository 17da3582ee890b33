"""Dates and times as other apps write them. Pure.

Which of day and month comes first is decided over a whole column, and asked where both fit. Nothing here reads the
clock: whether a date is ahead is checked where a moment is made of it.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from painlog.domain.clock import MONTHS, WEEKDAYS
from painlog.domain.language.dates import Moment, day_of, existing_day, parse_clock
from painlog.domain.language.suggestions import shorten
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context, Query

DAY_FIRST, MONTH_FIRST = "day first", "month first"
ORDER = "date order"
_LATELY = 10_000  # dates and times that are remembered, as a table names each of them many times
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?!\d)\.?", re.ASCII)
_DAY_MONTH = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)? ?(?P<m>[a-z]{3,})\.?,? (?P<y>\d{4})(?!\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(?P<m>[a-z]{3,})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})(?!\d)", re.ASCII)
_OFFSET = re.compile(r" ?(z|utc|gmt|[+-]\d\d:?\d\d)$", re.ASCII)
_FRACTION = re.compile(r"(\d{1,2}:\d\d):(\d\d)(?:[.,]\d{1,9})?", re.ASCII)


def quote(text: str) -> str:
    """Quote what a file says, cut to what fits a sentence."""
    return repr(shorten(text))


def date_queries(texts: Iterable[str]) -> tuple[Query, ...]:
    """Return the question for the order of day and month, or none. Raises BadInput where both orders are used."""
    known, example = _order(texts)
    text = f"{example} in your file: day first or month first?"
    return () if known or not example else (Query(ORDER, text, (DAY_FIRST, MONTH_FIRST)),)


def read_order(texts: Iterable[str], answers: Mapping[str, str]) -> str:
    """Return ``DAY_FIRST`` or ``MONTH_FIRST``, or empty where no date needs it. Raises BadInput where unknown."""
    known, example = _order(texts)
    if known or not example:
        return known
    if (typed := answers.get(ORDER, "")) in (DAY_FIRST, MONTH_FIRST):
        return typed
    raise BadInput(f"{example} could be two dates; say whether the day or the month comes first")


@lru_cache(_LATELY)
def read_stamp(text: str, order: str = "") -> date | datetime:
    """Read a date, or a date with a time: naive as a wall time, aware where an offset is given. Raises BadInput."""
    clean = " ".join(text.lower().split())
    for name in WEEKDAYS if clean[:1].isalpha() else ():
        clean = re.sub(rf"^({name}|{name[:3]})[.,]*\s+", "", clean)
    if found := _NUMBERS.match(clean):
        day = _read_numbers(found[1], found[3], found[4], order if found[2] != "." else DAY_FIRST, text)
    elif found := _DAY_MONTH.match(clean) or _MONTH_DAY.match(clean):
        day = existing_day(int(found["y"]), _month(found["m"], text), int(found["d"]), shorten(text))
    else:
        raise BadInput(f"{quote(text)} is not a date that painlog can read")
    rest = re.sub(r"^(,? at |,? |t(?=\d))", "", clean[found.end() :]).strip()
    return _with_clock(day, rest, text) if rest else day


def read_day(text: str) -> date:
    """Read a date without a time. Raises BadInput."""
    day = read_stamp(text)
    if isinstance(day, datetime):
        raise BadInput(f"{text!r} is not a day")
    return day


@lru_cache(_LATELY)
def read_clock(text: str) -> time:
    """Read ``14:05``, ``14:05:33``, ``2:05 pm`` or ``2pm``. Raises BadInput."""
    clean = _FRACTION.sub(r"\1", " ".join(text.lower().replace(".m.", "m").split()))
    found = parse_clock(re.sub(r"(?<=\d)([ap])$", r"\1m", clean))
    if found is None:
        raise BadInput(f"{quote(text)} is not a time of day")
    return found


def moment_of(context: Context, stamp: date | datetime, clock: str = "") -> Moment:
    """Return the moment of a stamp; ``clock`` is the time where it stands in a column of its own. Raises BadInput."""
    if isinstance(stamp, datetime):
        return _in_its_offset(context, stamp) if stamp.tzinfo else context.moment(stamp)
    return context.moment(datetime.combine(stamp, read_clock(clock))) if clock else context.day(stamp)


def _in_its_offset(context: Context, at: datetime) -> Moment:
    """An instant in the offset the person was in; one in UTC is taken to the machine's zone."""
    moment = context.moment(at)
    if not at.utcoffset() or (moment.at and moment.at.utcoffset() == at.utcoffset()):
        return moment
    return moment._replace(day=day_of(at, moment.day_starts), at=at, zone="")


def _order(texts: Iterable[str]) -> tuple[str, str]:
    """The order that dates are in, empty where none says; and one that could be two dates. Raises BadInput."""
    day_first = month_first = example = ""
    for text in texts:
        found = _NUMBERS.match(text.strip())
        if not found or found[2] == "." or len(found[1]) > 2:
            continue
        first, second = int(found[1]), int(found[3])
        day_first = day_first or (text if 12 < first <= 31 and second <= 12 else "")
        month_first = month_first or (text if first <= 12 < second <= 31 else "")
        example = example or (text if first != second and first <= 12 and second <= 12 else "")
    if day_first and month_first:
        raise BadInput(f"dates are written both ways: {day_first} has its day first, {month_first} its month")
    return DAY_FIRST if day_first else MONTH_FIRST if month_first else "", example


def _read_numbers(first: str, second: str, third: str, order: str, text: str) -> date:
    if len(first) == 4:
        return existing_day(int(first), int(second), int(third), shorten(text))
    year = int(third) + (2000 if len(third) == 2 else 0)
    day, month = (second, first) if order == MONTH_FIRST else (first, second)
    return existing_day(year, int(month), int(day), shorten(text))


def _with_clock(day: date, rest: str, text: str) -> datetime:
    offset = _OFFSET.search(rest)
    try:
        wall = datetime.combine(day, read_clock(rest[: offset.start()] if offset else rest))
    except BadInput:
        raise BadInput(f"{quote(text)} is not a date and time that painlog can read") from None
    seconds = _FRACTION.match(rest)
    if seconds and int(seconds[2]) < 60:
        wall = wall.replace(second=int(seconds[2]))
    return wall.replace(tzinfo=_zone(offset[1], text)) if offset else wall


def _zone(typed: str, text: str) -> timezone:
    if typed in ("z", "utc", "gmt"):
        return timezone.utc  # noqa: UP017  (a fixed offset like the others)
    digits = typed.replace(":", "")
    minutes = int(digits[1:3]) * 60 + int(digits[3:5])
    if minutes > 18 * 60:
        raise BadInput(f"{quote(text)} has an offset that no place has")
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes))


def _month(word: str, text: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if name.startswith(word):
            return number
    raise BadInput(f"{quote(text)} names a month that painlog does not know; it reads English names")


def read_epoch(seconds: float) -> datetime:
    """Return the instant, in UTC, of seconds or milliseconds since 1970. Raises BadInput."""
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) > 1e11 else seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise BadInput(f"{seconds:g} is no point in time") from None
