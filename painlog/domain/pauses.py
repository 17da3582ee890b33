"""Pauses: days on which a person wants no question, so that their gaps are meant. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from painlog.domain.entries import Entry
from painlog.domain.periods import Period


def paused_days(pauses: Iterable[Entry], period: Period) -> set[date]:
    """Return the days of a period that lie in a pause."""
    found: set[date] = set()
    for pause in pauses:
        length = int(pause.data.get("lasts", 0))
        start, end = max(pause.day, period.start), min(last_day(pause), period.end)
        if length and start <= end:
            found.update(Period(start, end).days())
    return found


def pause_on(pauses: Iterable[Entry], day: date) -> Entry | None:
    """Return the pause that a day lies in, the one that ends last; None where it lies in none."""
    around = [pause for pause in pauses if pause.day <= day <= last_day(pause)]
    return max(around, key=last_day, default=None)


def last_day(pause: Entry) -> date:
    """Return the last day of a pause."""
    return pause.day + timedelta(days=int(pause.data.get("lasts", 0)) - 1)
