"""Dates and times as other apps write them. Pure.

Which of day, month and year comes first is decided over a whole column (``date_order``). Nothing here reads the clock:
whether a date is ahead is checked where a moment is made of it.
"""

import re
from contextlib import suppress
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache

from painlog.domain.language.dates import Moment, day_of, existing_day, localize
from painlog.domain.language.suggestions import shorten
from painlog.errors import BadInput
from painlog.exchange.importing.contract import Context
from painlog.exchange.importing.date_words import drop_joining_words, fold, is_weekday, month_of

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day first", "month first", "year first"
_LATELY = 20_000  # dates and times that are remembered, as a table names each of them many times
_FORMS_OF_CLOCK = "; write 07:30 or 7:30 pm"
NUMBERS = re.compile(r"(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})(?!\d)\.?", re.ASCII)
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)  # seconds or milliseconds, from 2001 to 2033
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]")
_DAY_MONTH = re.compile(r"(?P<d>\d{1,2})\.?[ /-]?(?P<m>[a-z]{3,})\.?,?[ /-]?(?P<y>\d{4}|\d\d)(?!\d)", re.ASCII)
_MONTH_DAY = re.compile(r"(?P<m>[a-z]{3,})\.?[ /-](?P<d>\d{1,2})\.?,?[ /-](?P<y>\d{4})(?!\d)", re.ASCII)
_YEAR_MONTH = re.compile(r"(?P<y>\d{4}),?[ /-](?P<m>[a-z]{3,})\.?[ /-](?P<d>\d{1,2})(?!\d)", re.ASCII)
_OFFSET = re.compile(r" ?(z|utc|gmt|[+-]\d\d:?\d\d|(?:utc|gmt) ?[+-]\d{1,2}(?::?\d\d)?)(?: ?\([^()]*\))?$", re.ASCII)
_BEFORE_CLOCK = re.compile(r"^(?:,? ?(?:at|um|kl\.?|om|alle|ore|alas|a las|as|a|-|–) |[,t] ?(?=\d))")
_CLOCK = re.compile(
    r"(?P<h>\d{1,2})(?: ?(?:[:.]|h|u|uhr) ?(?P<m>\d\d)(?:[:.](?P<s>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"(?: ?(?P<unit>uhr|uur|hrs|hs|h|u|min|m))?(?: ?(?P<half>[ap])m?)?",
    re.ASCII,
)
_NOON = frozenset(("noon", "midday", "12 noon"))
_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)([0-5]\d)?", re.ASCII)


def quote(text: str) -> str:
    """Quote what a file says, cut to what fits a sentence."""
    return repr(shorten(text))


@lru_cache(_LATELY)
def read_stamp(text: str, order: str = "") -> date | datetime:
    """Read a date, or a date with a time: naive as a wall time, aware where an offset is given. Raises BadInput."""
    clean = fold(text).replace("\N{MINUS SIGN}", "-")
    try:
        return _read_stamp(clean, order, text)
    except BadInput:
        first, _, rest = clean.partition(" ")
        before, _, last = clean.rpartition(" ")
        if rest and is_weekday(first):
            return _read_stamp(rest, order, text)
        if before and is_weekday(last):
            return _read_stamp(before.rstrip(","), order, text)
        raise


def is_stamp(text: str) -> bool:
    """Whether a text is a date, in any order, with or without a time."""
    for order in (DAY_FIRST, MONTH_FIRST):
        with suppress(BadInput):
            return bool(read_stamp(text, order))
    return False


def read_local(text: str) -> datetime:
    """Read a date with a time as an instant, as ``make_aware`` takes it. Raises BadInput."""
    stamp = read_stamp(text)
    if not isinstance(stamp, datetime):
        raise BadInput(f"{quote(text)} has no time")
    return make_aware(stamp)


def make_aware(stamp: datetime) -> datetime:
    """Return the instant of a stamp; a wall time is one of the machine's zone.

    Raises BadInput at the calendar's ends, where no zone and no further hour can be counted on.
    """
    if not MINYEAR < stamp.year < MAXYEAR:
        raise BadInput(f"{stamp.date()} is no day of a diary")
    return stamp if stamp.tzinfo else localize(stamp)[0]


def read_day(text: str) -> date:
    """Read a date without a time. Raises BadInput."""
    day = read_stamp(text)
    if isinstance(day, datetime):
        raise BadInput(f"{text!r} is not a day")
    return day


@lru_cache(_LATELY)
def read_clock(text: str) -> time:
    """Read ``14:05``, ``14:05:33``, ``2:05 pm``, ``2pm``, ``8h30``, ``21.15 Uhr``, ``0830`` or ``noon``.

    Raises BadInput.
    """
    clean = _BEFORE_CLOCK.sub("", re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", fold(text)))
    if digits := _DIGITS.fullmatch(clean):
        return time(int(digits[1]), int(digits[2]), int(digits[3] or 0))
    if clean in _NOON:
        return time(12)
    found = _CLOCK.fullmatch(clean)
    if not found or not (found["m"] or found["half"] or found["unit"] not in (None, "min", "m")):
        raise BadInput(f"{quote(text)} is not a time of day")
    hour, minute, second = (int(found[name] or 0) for name in ("h", "m", "s"))
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > 23 or minute > 59 or second > 59 or (found["half"] == "a" and hour > 12):
        raise BadInput(f"{quote(text)} is not a time of day{_FORMS_OF_CLOCK}")
    return time(hour, minute, second)


def moment_of(context: Context, stamp: date | datetime, clock: str = "") -> Moment:
    """Return the moment of a stamp; ``clock`` is the time where it stands in a column of its own. Raises BadInput."""
    if isinstance(stamp, datetime):
        return _in_its_offset(context, stamp) if stamp.tzinfo else context.moment(stamp)
    return context.moment(datetime.combine(stamp, read_clock(clock))) if clock else context.day(stamp)


def read_epoch(seconds: float) -> datetime:
    """Return the instant, in UTC, of seconds or milliseconds since 1970. Raises BadInput."""
    try:
        return datetime.fromtimestamp(seconds / 1000 if abs(seconds) > 1e11 else seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise BadInput(f"{seconds:g} is no point in time") from None


def _in_its_offset(context: Context, at: datetime) -> Moment:
    """An instant in the offset the person was in; one in UTC is taken to the machine's zone."""
    moment = context.moment(at)
    if not at.utcoffset() or (moment.at and moment.at.utcoffset() == at.utcoffset()):
        return moment
    return moment._replace(day=day_of(at, moment.day_starts), at=at, zone="")


def _read_stamp(clean: str, order: str, text: str) -> date | datetime:
    words = ""
    if found := NUMBERS.match(clean):
        day = _read_numbers(found[1], found[3], found[4], _order_here(order, found[2]), text)
    elif _EPOCH.fullmatch(clean):
        return read_epoch(float(clean))
    elif found := _EAST_ASIAN.match(clean) or _COMPACT.match(clean):
        day = existing_day(int(found[1]), int(found[2]), int(found[3]), shorten(text))
    else:
        words = drop_joining_words(clean)
        found = _DAY_MONTH.match(words) or _MONTH_DAY.match(words) or _YEAR_MONTH.match(words)
        if not found:
            raise BadInput(f"{quote(text)} is not a date that painlog can read")
        day = _read_named(found["d"], found["m"], found["y"], order, text)
    rest = (words or clean)[found.end() :]
    rest = "" if not rest.strip(" ,;") else rest.strip()
    return _with_clock(day, rest, text) if rest else day


def _order_here(order: str, separator: str) -> str:
    """Full stops never stand in a date whose month comes first."""
    return DAY_FIRST if separator == "." and order != YEAR_FIRST else order


def _read_numbers(first: str, second: str, third: str, order: str, text: str) -> date:
    if len(first) > 2 and len(third) > 2:
        raise BadInput(f"{quote(text)} is not a date that painlog can read")
    if len(first) == 4 or (order == YEAR_FIRST and len(third) <= 2):
        return existing_day(_year(first), int(second), int(third), shorten(text))
    day, month = (second, first) if order == MONTH_FIRST else (first, second)
    return existing_day(_year(third), int(month), int(day), shorten(text))


def _read_named(day: str, month: str, year: str, order: str, text: str) -> date:
    number = month_of(month)
    if not number:
        raise BadInput(f"{quote(text)} names a month that painlog does not know")
    if order == YEAR_FIRST and len(year) == 2 and len(day) == 2:
        day, year = year, day
    return existing_day(_year(year), number, int(day), shorten(text))


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) <= 2 else 0)


def _with_clock(day: date, rest: str, text: str) -> datetime:
    offset = _OFFSET.search(rest)
    try:
        wall = datetime.combine(day, read_clock(rest[: offset.start()] if offset else rest))
    except BadInput:
        raise BadInput(f"{quote(text)} is not a date and time that painlog can read") from None
    return wall.replace(tzinfo=_zone(offset[1], text)) if offset else wall


def _zone(typed: str, text: str) -> timezone:
    digits = typed.removeprefix("utc").removeprefix("gmt").replace(":", "").strip()
    if digits in ("", "z"):
        return timezone.utc  # noqa: UP017  (a fixed offset like the others)
    whole = digits[1:] + "00" if len(digits) < 4 else digits[1:]  # GMT+2
    minutes = int(whole[:-2]) * 60 + int(whole[-2:])
    if minutes > 18 * 60:
        raise BadInput(f"{quote(text)} has an offset that no place has")
    return timezone(timedelta(minutes=-minutes if digits[0] == "-" else minutes))
