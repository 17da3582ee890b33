"""When an entry was, put right: what is typed is read against the entry. Pure."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from painlog.domain.language.dates import Moment, day_of, parse_at, parse_clock, show_day
from painlog.errors import BadInput


def parse_correction(text: str, of: Moment, present_at: datetime) -> Moment:
    """Read when an entry was instead: a time alone is one of its own day and zone, all else is as in ``parse_at``.

    ``of`` is when the entry is said to have been, ``of.day_starts`` when the person's days turn over. Raises BadInput,
    also for what is ahead of ``present_at``.
    """
    clock = parse_clock(" ".join(text.lower().split()))
    if clock is None:
        return parse_at(text, present_at, day_starts=of.day_starts)
    at, notice = _in_zone(datetime.combine(_date(of, clock), clock), _zone(of))
    if at > present_at:
        raise BadInput(f"{show_day(at.date())} {at:%H:%M} is ahead of now ({present_at:%H:%M}); dates look back")
    return Moment(of.day, at, of.zone, notice, of.day_starts)


def _date(of: Moment, clock: time) -> date:
    """The calendar's date of a time on the entry's day: the next one before the day turns over."""
    return of.day if day_of(datetime.combine(of.day, clock), of.day_starts) == of.day else of.day + timedelta(days=1)


def _zone(of: Moment) -> tzinfo | None:
    """The zone that an entry was written in: by its name, else by its offset; None, the machine's, without either."""
    try:
        return ZoneInfo(of.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return of.at.tzinfo if of.at else None


def _in_zone(wall: datetime, zone: tzinfo | None) -> tuple[datetime, str]:
    """Give a wall time a zone's offset, the first of two; return it with a notice where the clocks changed."""
    first, other = sorted(wall.replace(fold=fold, tzinfo=zone).astimezone(UTC) for fold in (0, 1))
    shown = [_with_its_offset(each, zone) for each in (first, other)]
    if first == other:
        return shown[0], ""
    if shown[0].replace(tzinfo=None) != wall:
        return shown[1], f"{wall:%H:%M} did not exist on {show_day(wall.date())}; using {shown[1]:%H:%M}"
    return shown[0], f"{wall:%H:%M} came twice on {show_day(wall.date())}; using the first"


def _with_its_offset(instant: datetime, zone: tzinfo | None) -> datetime:
    here = instant.astimezone(zone)
    return instant.astimezone(timezone(here.utcoffset() or timedelta()))
