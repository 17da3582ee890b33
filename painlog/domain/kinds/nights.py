"""The fields of a night: sleep as a length or a span, and wall times around it. Pure.

A span is stored as an ISO 8601 interval of two instants with offsets.
"""

import re
from datetime import datetime, time, timedelta

from painlog.domain.kinds.fields import Field, Minutes, Value
from painlog.domain.language.dates import Moment, localize, parse_clock
from painlog.domain.language.durations import show_minutes
from painlog.errors import BadInput


class Night(Minutes):
    """Sleep as a length of time, or as a span of wall times stored as an ISO 8601 interval with offsets."""

    LONGEST_SPAN = 16 * 60
    spans: bool = True

    @property
    def metavar(self) -> str:
        return "DURATION|SPAN"

    def parse(self, text: str, moment: Moment) -> Value:
        if re.match(r"\d{4}-\d\d-\d\dT[^/]+/", text.strip(), re.ASCII):  # as it is stored
            return self.check(text.strip())
        span = re.fullmatch(r"(.+?)\s*(?:-|–|to|until)\s*(.+)", text.strip().lower())
        start, end = (parse_clock(part) for part in span.groups()) if span else (None, None)
        return self._interval(start, end, moment) if start and end else super().parse(text, moment)

    def check(self, value: Value, said: str = "") -> Value:
        if not isinstance(value, str):
            return super().check(value, said)
        minutes = span_minutes(value)
        if minutes <= 0:
            raise BadInput(f"{self.title} from {said or value} ends before it begins")
        if minutes > self.LONGEST_SPAN:
            raise BadInput(
                f"{self.title} from {said or value} is {show_minutes(minutes)}, more than 16 h; "
                "is one of the two a morning or evening time, such as 23:00 for 11:00?"
            )
        return value

    def show(self, value: Value) -> str:
        return "-".join(part[11:16] for part in value.split("/")) if isinstance(value, str) else super().show(value)

    def as_typed(self, value: Value) -> list[str]:
        return [self.show(value)] if isinstance(value, str) else super().as_typed(value)

    def span(self, value: Value) -> tuple[datetime, datetime] | None:
        return span_ends(value) if isinstance(value, str) else None

    def _interval(self, start: time, end: time, moment: Moment) -> str:
        """Place a span on the calendar: it ends on the moment's day, or the last time it could before its instant."""
        day = moment.at.date() if moment.at else moment.day
        if moment.at and moment.at.strftime("%H:%M") == f"{start:%H:%M}":  # said at bedtime: it begins there
            day += timedelta(days=start >= end)
        elif moment.at and localize(datetime.combine(day, end))[0] > moment.at:
            day -= timedelta(days=1)
        asleep, awake = datetime.combine(day - timedelta(days=start >= end), start), datetime.combine(day, end)
        interval = "/".join(localize(wall)[0].isoformat(timespec="minutes") for wall in (asleep, awake))
        return str(self.check(interval, f"{start:%H:%M} to {end:%H:%M}"))

    def _minutes(self, text: str) -> float:
        if (clock := re.fullmatch(r"(\d\d):\d\d", text.strip())) and int(clock[1]) >= 12:
            raise BadInput(
                f"{self.title}: is {text} a time of day? Write 23:00-07:00 for from when to when, 8h for how long"
            )
        if re.fullmatch(r"\d+[.,]\d\d", text.strip()):
            raise BadInput(f"{self.title}: {text} could be hours and minutes or a part of an hour; write 5h30 or 5.5h")
        try:
            return super()._minutes(text)
        except BadInput:
            raise BadInput(
                f"{self.title} is a length such as 5h30 or a span such as 23:20-06:50; {text!r} is neither"
            ) from None


class Clock(Field):
    """A wall time around a night, stored as HH:MM."""

    @property
    def metavar(self) -> str:
        return "HH:MM"

    def check(self, value: Value) -> Value:
        found = re.fullmatch(r"(\d{1,2}):(\d\d)", value.strip(), re.ASCII) if isinstance(value, str) else None
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise BadInput(f"{self.title} is a time of day such as 22:50, not {value!r}")
        return f"{int(found[1]):02d}:{found[2]}"


def span_ends(interval: str) -> tuple[datetime, datetime]:
    """Return the two aware instants of an ISO 8601 interval. Raises BadInput."""
    try:
        start, end = (datetime.fromisoformat(part) for part in interval.split("/"))
    except ValueError:
        start = end = datetime.min  # noqa: DTZ901  (no offset, so refused below)
    if not (start.tzinfo and end.tzinfo):
        raise BadInput(f"{interval!r} is not a pair of instants with offsets")
    return start, end


def span_minutes(interval: str) -> float:
    """Return the minutes between the two instants of an ISO 8601 interval. Raises BadInput."""
    start, end = span_ends(interval)
    return (end - start).total_seconds() / 60
