"""Days and times, and the one clock. Pure, except for ``now`` and ``zone_name``, which ask the machine.

A day is the person's own: it turns over at ``day_starts`` (03:00 unless told otherwise), so that half past one at
night still belongs to the evening before. Instants are aware datetimes; ambiguous and missing wall times at the
changes of summer time are resolved here and nowhere else.
"""

import os
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from painlog.domain import clock
from painlog.domain.clock import MONTHS, WEEKDAYS
from painlog.domain.kinds.declaration import match_whole
from painlog.errors import BadInput

if TYPE_CHECKING:
    from painlog.domain.language.when import When

DAY_STARTS, day_of = clock.DAY_STARTS, clock.day_of
_LATELY = 10_000  # days that are remembered, as a diary names each of them many times
_LONG_AGO, _LONG_AGO_TODAY = 183, timedelta(hours=12)
_SOON = timedelta(days=31)
_NO_OFFSET = timedelta()
PICKS_OTHER = " (--second picks the other)"  # behind a notice
FIRST_YEAR = 1900  # a year before it is a slip of the fingers


class DateAhead(BadInput):
    """A date without a year that is still ahead; ``with_year`` is the one that was."""

    def __init__(self, text: str, with_year: str) -> None:
        self.text, self.with_year = text, with_year
        super().__init__(f"{text} is ahead; dates look back, and last year's takes its year: {with_year}")


class Moment(NamedTuple):
    """When something was: a day, and the instant where one is known.

    ``at`` is aware and in the person's own offset, or None where only the day was said. ``zone`` is the IANA name
    where known, else empty. ``notice`` says what was decided for a wall time that came twice or not at all. The
    person's days turn over at ``day_starts``.
    """

    day: date
    at: datetime | None
    zone: str
    notice: str = ""
    day_starts: time = DAY_STARTS


def now() -> datetime:
    """Read the clock: the current instant, aware, in the machine's own offset."""
    return clock.now()


def zone_name() -> str:
    """Name the machine's time zone (IANA, from ``TZ`` or ``/etc/localtime``); empty where it has no name."""
    return _find_zone_name(os.environ.get("TZ", ""))


@cache
def _find_zone_name(said: str) -> str:
    """The name of a zone as ``TZ`` says it; where it says none, that of the machine, which is asked once a process."""
    name = said.lstrip(":")
    if not name:
        try:
            name = os.readlink("/etc/localtime")  # noqa: PTH115  (what it says, a name, not a path)
        except OSError:
            return ""
    return name.rpartition("zoneinfo/")[2]


def present(instant: datetime, day_starts: time = DAY_STARTS) -> Moment:
    """Return the moment of an instant read from the clock."""
    return Moment(day_of(instant, day_starts), instant, zone_name(), "", day_starts)


def localize(wall: datetime, *, second: bool = False) -> tuple[datetime, str]:
    """Give a naive wall time the machine's offset; return it with a notice where the clocks changed.

    An hour that came twice means its first pass, or the other with ``second``. An hour that the clocks skipped is
    moved on by the gap, as clocks themselves do.
    """
    if steady := steady_offset(wall.date()):
        return wall.replace(tzinfo=steady, fold=0), ""
    first, other = sorted(wall.replace(fold=fold).astimezone(UTC).astimezone() for fold in (0, 1))
    if first == other:
        return first, ""
    if first.replace(tzinfo=None) != wall:
        return other, f"{wall:%H:%M} did not exist on {show_day(wall.date())}; using {other:%H:%M}"
    if second:
        return other, f"{wall:%H:%M} came twice on {show_day(wall.date())}; using the second"
    return first, f"{wall:%H:%M} came twice on {show_day(wall.date())}; using the first"


def steady_offset(day: date) -> tzinfo | None:
    """Return the machine's offset on a day that has one alone, None where its clocks change."""
    return _steady(day, zone_name())


@lru_cache(_LATELY)
def _steady(day: date, _zone: str) -> tzinfo | None:  # no zone's clocks change twice in a day
    ends = (datetime.combine(day, at).replace(fold=fold) for at in (time.min, time.max) for fold in (0, 1))
    offset, *others = (end.astimezone().tzinfo for end in ends)  # a skipped midnight has one offset a fold
    return offset if all(other == offset for other in others) else None


def parse_at(text: str, present_at: datetime, *, day_starts: time = DAY_STARTS, second: bool = False) -> Moment:
    """Read a point in the past, as ``painlog help times`` lists it. Raises BadInput, also where it is still ahead."""
    clean = " ".join(text.split())
    if clean.lower() in ("", "now"):
        return present(present_at, day_starts)
    when = read_when(clean)
    if when is None:
        raise BadInput(_unknown(text))
    if when.ahead:
        raise BadInput(f"{text!r} is ahead; dates look back")
    return moment_of(when, present_at, day_starts=day_starts, second=second)


@lru_cache(_LATELY)
def read_when(text: str) -> "When | None":
    """Return the time that a whole text says, None where it says none or anything else beside."""
    if match_whole(r"\d{4}-\d\d-\d\d", text):
        from painlog.domain.language.when import When

        year, month, day = map(int, text.split("-"))
        if year:
            return When(day=("date", year, month, day, None, text))
    from painlog.domain.language.times import when_at
    from painlog.domain.language.tokens import tokenize

    tokens = tokenize(text)
    found = when_at(tokens, 0, front=True)
    return found[0] if found and found[1] == len(tokens) else None


def moment_of(
    when: "When", present_at: datetime, *, day_starts: time = DAY_STARTS, second: bool = False, main_sleep: bool = False
) -> Moment:
    """Place on the calendar what was said of a time. Raises BadInput for what is unclear or ahead of ``present_at``.

    Last night is yesterday, but the night that ended today for the ``main_sleep``.
    """
    when = when if main_sleep else when.checked_night()
    if when.problem:
        raise BadInput(when.problem)
    if when.instant:
        return _iso_instant(when.instant, present_at, day_starts, second=second)
    if when.ago is not None:
        return _check(_before(present_at, when.ago, f"{when.ago:g} min ago"), present_at, day_starts)
    day = when.day or (("ago", 0 if main_sleep else 1) if when.night else None)
    if day is None:
        if when.clock is None:
            return present(present_at, day_starts)
        return _latest_time(when.clock, present_at, day_starts, second=second)
    if when.clock is not None:
        placed = _place_day(day, present_at.date(), present_at.date())
        at, notice = localize(datetime.combine(placed, when.clock), second=second)
        return _check(at, present_at, day_starts, notice or _year_meant(day, placed, present_at.date()))
    today = day_of(present_at, day_starts)
    placed = _place_day(day, _today_of(when, today, present_at), present_at.date())
    return Moment(placed, None, zone_name(), _year_meant(day, placed, today), day_starts)


def _today_of(when: "When", today: date, present_at: datetime) -> date:
    """The day that a day is counted from: of yesterday evening that of the calendar, as of yesterday at 20:00."""
    return present_at.date() if when.part and when.day == ("ago", 1) else today


@lru_cache(_LATELY)
def parse_day(text: str, today: date, latest: date | None = None) -> date:
    """Read a day as ``painlog help times`` lists it, none after ``latest`` (``today``, if not given). Raises BadInput.

    Until the day turns over, ``latest`` may be the calendar's day where ``today`` is still the one before.
    """
    when = read_when(" ".join(text.split()))
    if when is None or when.clock or when.ago is not None or when.instant:
        raise BadInput(_unknown(text))
    if when.problem:
        raise BadInput(when.problem)
    return _place_day(when.day or ("ago", 1), today, latest or today)


def _unknown(text: str) -> str:
    return (
        f"{text!r} is not a date painlog knows; use today, yesterday, mon, 3 days ago, 2026-11-19 or 19 nov, "
        "each with a time if you like (painlog help dates)"
    )


def show_day(day: date, today: date | None = None) -> str:
    """``Thu 19 Nov``, with the year where it is not that of ``today`` (or always, without one)."""
    year = "" if today and day.year == today.year else f" {day.year}"
    return f"{day:%a} {day.day} {day:%b}{year}"


def show_range(start: date, end: date) -> str:
    """``14 – 20 Nov 2026``, ``23 Aug – 20 Nov 2026``, with both years where they differ."""
    last = f"{end.day} {end:%b %Y}"
    if start == end:
        return last
    if start.year != end.year:
        return f"{start.day} {start:%b %Y} – {last}"
    return f"{start.day} – {last}" if start.month == end.month else f"{start.day} {start:%b} – {last}"


def offset_minutes(instant: datetime) -> int:
    """Return an aware instant's offset, in minutes east of UTC."""
    offset = instant.utcoffset()
    if offset is None:
        raise ValueError("an instant without an offset")
    return round(offset.total_seconds() / 60)


def utc_text(instant: datetime) -> str:
    """Write an aware instant as UTC, whole seconds: ``2026-11-19T13:05:00Z`` (sorts as text)."""
    return (instant - (instant.utcoffset() or _NO_OFFSET)).isoformat()[:19] + "Z"


def _check_year(when: date, text: str = "") -> None:
    if when.year < FIRST_YEAR:
        raise BadInput(f"{text or f'{when:%H:%M} in {when.year}'!r} is before {FIRST_YEAR}; is the year right?")


def _before(present_at: datetime, minutes: float, text: str) -> datetime:
    """The instant so many minutes before, in the offset that the machine's zone had then."""
    try:
        return (present_at.astimezone(UTC) - timedelta(minutes=minutes)).astimezone()
    except OverflowError:
        raise BadInput(f"{text!r} is before the calendar begins") from None


def _check(at: datetime, present_at: datetime, day_starts: time, notice: str = "") -> Moment:
    if at > present_at:
        raise BadInput(f"{show_day(at.date())} {at:%H:%M} is ahead of now ({present_at:%H:%M}); dates look back")
    _check_year(at)
    if "came twice" in notice and not notice.endswith("second"):
        notice += PICKS_OTHER
    return Moment(day_of(at, day_starts), at, zone_name(), notice, day_starts)


def _iso_instant(text: str, present_at: datetime, day_starts: time, *, second: bool) -> Moment:
    try:
        instant = datetime.fromisoformat(text.strip().upper())
    except ValueError:
        raise BadInput(f"{text!r} is not a date and time that exists") from None
    _check_year(instant, text)
    if instant.tzinfo:
        return _check(instant.astimezone(), present_at, day_starts)
    at, notice = localize(instant, second=second)
    return _check(at, present_at, day_starts, notice)


def _year_meant(said: Sequence[Any], day: date, today: date) -> str:
    """Say which year a date without one was taken for, where that is not plain: most of a year ago."""
    unsaid = said[0] == "date" and not said[1]
    return f"taken as {show_day(day)}" if unsaid and (today - day).days > _LONG_AGO else ""


def _latest_time(clock: time, present_at: datetime, day_starts: time, *, second: bool) -> Moment:
    for back in (0, 1):
        wall = datetime.combine(present_at.date() - timedelta(days=back), clock)
        at, notice = localize(wall, second=second)
        if at <= present_at:
            break
    if present_at - at > _LONG_AGO_TODAY and not notice:
        notice = f"taken as {show_day(at.date(), present_at.date())} {at:%H:%M}"
    return _check(at, present_at, day_starts, notice)


def parse_clock(text: str) -> time | None:
    """Read ``07:30``, ``7:30 pm``, ``7pm`` or ``noon``; None for what is no time. Raises BadInput for 25:00."""
    if text == "noon":
        return time(12, 0)
    found = match_whole(r"(\d{1,2}):(\d\d)(?: ?([ap])m)?|(\d{1,2}) ?([ap])m", text)
    if not found:
        return None
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    half = found[3] or found[5]
    if (half and not 1 <= hour <= 12) or hour > 23 or minute > 59:
        from painlog.domain.language.when import NO_TIME_OF_DAY

        raise BadInput(f"{text!r} {NO_TIME_OF_DAY}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute)


def _place_day(said: Sequence[Any], today: date, latest: date) -> date:
    """The date of a day as it was said, none after ``latest``. Raises BadInput."""
    if said[0] == "ago":
        try:
            day = today - timedelta(days=said[1])
        except OverflowError:
            raise BadInput(f"{said[1]} days ago is before the calendar begins") from None
    elif said[0] == "weekday":
        back = (today.weekday() - said[1]) % 7
        day = today - timedelta(days=back or 7 * said[2])
    else:
        day = date_of(said, partial(_latest_date, latest))
    if day > latest:
        raise BadInput(f"{show_day(day, today)} is ahead; dates look back")
    _check_year(day, said[-1] if said[0] == "date" else "")
    return day


def date_of(said: Sequence[Any], nearest: Callable[[int, int, str], date]) -> date:
    """Return the date that was said; ``nearest`` finds one without a year by its month (or 0), day and text.

    Raises BadInput where it does not exist, or is of another day of the week than was said.
    """
    _, year, month, number, weekday, text = said
    day = existing_day(year, month, number, text) if year else nearest(month, number, text)
    if weekday is not None and day.weekday() != weekday:
        raise BadInput(f"{text!r} is not a {WEEKDAYS[weekday].capitalize()}; is {show_day(day)} meant?")
    return day


def _latest_date(today: date, month: int, number: int, text: str) -> date:
    """The latest such date; one that is only weeks ahead was hardly that of last year. Raises BadInput."""
    if not month:
        return _latest_number(number, text, today)
    for year in range(today.year + 1, today.year - 8, -1):  # 29 February may be eight years back
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if today < day <= today + _SOON:
            raise DateAhead(text, f"{day.day} {MONTHS[day.month - 1][:3]} {day.year - 1}")
        if day <= today:
            return day
    raise BadInput(f"{text!r} is a date that does not exist")


def _latest_number(number: int, text: str, today: date) -> date:
    """The latest day of that number, of this month or one before."""
    for back in range(3):
        month = today.year * 12 + today.month - 1 - back
        try:
            day = date(month // 12, month % 12 + 1, number)
        except ValueError:
            continue
        if day <= today:
            return day
    raise BadInput(f"{text!r} is a date that does not exist")


def existing_day(year: int, month: int, number: int, text: str) -> date:
    """Return a date by its numbers. Raises BadInput, naming the ``text`` it was read from, where there is none."""
    try:
        return date(year, month, number)
    except ValueError:
        raise BadInput(f"{text!r} is a date that does not exist") from None
