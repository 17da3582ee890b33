"""Flares as the person marked them: starts and ends into stretches of days. Pure; decides nothing by itself."""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from painlog.domain.entries import Draft, Entry, Event
from painlog.domain.language.dates import show_day
from painlog.domain.periods import Period
from painlog.errors import BadInput

CLOSE_IT = "painlog flare end closes it"


class Flare(NamedTuple):
    """From its first day to its last; ``end`` is None while it goes on. ``trigger`` and ``note`` as they were said."""

    start: date
    end: date | None
    trigger: tuple[str, ...] = ()
    note: str = ""

    def days(self, period: Period) -> list[date]:
        """The days of a period that belong to it; an open one goes on to the period's end."""
        return list(Period(max(self.start, period.start), min(self.end or period.end, period.end)).days())


def flares(events: Iterable[Event]) -> list[Flare]:
    """Return flares in order. A start within a flare, and an end outside of one, say nothing new."""
    found: list[Flare] = []
    for event in sorted(events, key=_order):
        is_open = bool(found) and found[-1].end is None
        if event.data["event"] == "start" and not is_open:
            found.append(Flare(event.day, None, tuple(event.data.get("trigger", ())), event.data.get("note", "")))
        elif event.data["event"] == "end" and is_open:
            found[-1] = found[-1]._replace(end=event.day)
    return found


def check_flares(drafts: Iterable[Draft], known: Iterable[Event]) -> None:
    """Refuse a start while a flare is open, and an end while none is, by the order of days. Raises BadInput."""
    since: date | None = None
    events: list[tuple[Event, bool]] = [*((event, False) for event in known), *((draft, True) for draft in drafts)]
    for event, is_new in sorted(events, key=lambda each: _order(each[0])):
        if is_new:
            _check(event, since)
        since = (since or event.day) if event.data["event"] == "start" else None


def check_moved_flare(before: Entry, after: Draft, known: Iterable[Entry]) -> None:
    """Refuse an edit that leaves an end without its start, or a start within a flare. Raises BadInput."""
    others: list[Event] = [one for one in known if one.id != before.id]
    _compare([*others, before], [*others, after])


def check_left_flares(gone: Collection[str], known: Iterable[Entry]) -> None:
    """Refuse to delete entries, by id, where that leaves an end without its start. Raises BadInput."""
    before = list(known)
    _compare(before, [one for one in before if one.id not in gone])


def _compare(before: Sequence[Event], after: Sequence[Event]) -> None:
    if _idle(after) > _idle(before):
        raise BadInput(
            "that would leave an end without its start, or a start within a flare; painlog list --kind flare"
        )


def _idle(events: Sequence[Event]) -> int:
    """How many events say nothing new."""
    return len(events) - sum(1 if flare.end is None else 2 for flare in flares(events))


def _check(event: Event, since: date | None) -> None:
    """Refuse an event that says nothing new, where a flare is open ``since`` a day, or none is. Raises BadInput."""
    if event.data["event"] == "start" and since:
        raise BadInput(f"a flare has been open since {show_day(since, event.day)}; {CLOSE_IT}")
    if event.data["event"] == "end" and not since:
        day = show_day(event.day, event.day)
        raise BadInput(f"no flare is open on {day}; painlog flare start --at DAY marks where one began")


def _order(event: Event) -> tuple[date, datetime]:
    """Where an event stands: by its instant; without a time a start opens its day and an end closes it."""
    if event.at:
        return event.day, event.at.astimezone(UTC)
    edge = datetime.combine(event.day, time(0), UTC)
    return event.day, edge + timedelta(days=-2 if event.data["event"] == "start" else 2)
