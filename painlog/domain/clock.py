"""The one clock, and whose day it shows. Apart from the other dates, which a prompt does without."""

from datetime import date, datetime, time, timedelta
from functools import cache

DAY_STARTS = time(3, 0)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def now() -> datetime:
    """Read the clock: the current instant, aware, in the machine's own offset. The only function that does."""
    return datetime.now().astimezone()


def day_of(instant: datetime, day_starts: time = DAY_STARTS) -> date:
    """Return the person's day that a local instant belongs to."""
    return (instant - _after_midnight(day_starts)).date()


@cache
def _after_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)
