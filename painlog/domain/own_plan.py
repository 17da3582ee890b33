"""What a person decided when calm: a plan for flares, their signs, what matters to them, and pauses. Pure.

Each sheet is as it was written last. Signs are shown as they stand, and nothing is worked out of them. A pause is days
on which a person wants no question, so that their gaps are meant.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from painlog.domain.entries import Draft, Entry, Event
from painlog.domain.kinds.activity import MATTERED, MATTERS
from painlog.domain.periods import Period


def lines_of(sheet: str, entries: Iterable[Event], until: date | None = None) -> tuple[str, ...]:
    """Return the lines of a sheet as it was written last, up to a day if one is named; none where it never was."""
    written = [each for each in entries if each.data.get("sheet") == sheet and (until is None or each.day <= until)]
    last = max(written, key=lambda each: (each.day, each.id), default=None)
    return tuple(last.data.get("own_lines", ())) if last else ()


def fit_mattered(draft: Draft, sheets: Iterable[Event]) -> Draft:
    """Return a draft of something done as one of what matters, where its name is a line of that sheet."""
    mattering = {line.casefold(): line for line in lines_of(MATTERS, sheets)}
    name = mattering.get(str(draft.data.get("name", "")).casefold())
    if name is None or not draft.data.keys() <= MATTERED.by_name.keys():
        return draft
    return draft._replace(kind=MATTERED, data=draft.data | {"name": name})


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
