"""Flares as the person marked them: starts and ends into stretches of days. Pure; decides nothing by itself."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from painlog.domain.dates import Moment, show_day
from painlog.domain.entries import Draft, Entry
from painlog.domain.periods import Period
from painlog.errors import BadInput


class Flare(NamedTuple):
    """From its first day to its last; ``end`` is None while it goes on. ``trigger`` and ``note`` as they were said."""

    start: date
    end: date | None
    trigger: tuple[str, ...] = ()
    note: str = ""

    def days(self, period: Period) -> list[date]:
        """The days of a period that belong to it; an open one goes on to the period's end."""
        return [day for day in period.days() if self.start <= day <= (self.end or period.end)]


def flares(events: Iterable[Entry]) -> list[Flare]:
    """Return flares in order. A start within a flare, and an end outside of one, say nothing new."""
    found: list[Flare] = []
    for event in sorted(events, key=lambda entry: _order(entry, entry.data["event"])):
        is_open = bool(found) and found[-1].end is None
        if event.data["event"] == "start" and not is_open:
            found.append(Flare(event.day, None, tuple(event.data.get("trigger", ())), event.data.get("note", "")))
        elif event.data["event"] == "end" and is_open:
            found[-1] = found[-1]._replace(end=event.day)
    return found


def check_flare(draft: Draft, events: Iterable[Entry], today: date) -> None:
    """Refuse a start while a flare is open, and an end while none is. Raises BadInput."""
    event = draft.data["event"]
    here = _order(draft.moment, event)
    before = [one for one in events if _order(one, one.data["event"]) <= here]
    known = flares(before)
    is_open = bool(known) and known[-1].end is None
    if event == "start" and is_open:
        since = show_day(known[-1].start, today)
        raise BadInput(f"a flare is open since {since}; painlog flare end closes it")
    if event == "end" and not is_open:
        day = show_day(draft.moment.day, today)
        raise BadInput(f"no flare is open on {day}; painlog flare start --at DAY marks where one began")


def _order(about: Entry | Moment, event: str) -> tuple[date, datetime]:
    """Where an event stands: by its instant; without a time a start opens its day and an end closes it."""
    if about.at:
        return about.day, about.at.astimezone(UTC)
    edge = datetime.combine(about.day, time(0), UTC)
    return about.day, edge - timedelta(days=2) if event == "start" else edge + timedelta(days=2)
