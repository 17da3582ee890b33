"""What lies ahead: the visits and sessions that were arranged, until they are done, cancelled or passed. Pure.

Nothing of it counts as lived: what was done is an entry of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.domain.entries import Entry
from painlog.domain.kinds.visits import CANCELLED, MEETING, SESSION

SOON = 1  # days after today whose appointments are named among what is due
REMEMBERED = 7  # days for which a visit that passed with nothing recorded is named
_LATEST = timedelta(days=5 * 366)


class Ahead(NamedTuple):
    """A visit or a session on a day, with its time of day (``10:30``, or empty), and every how many weeks it comes."""

    name: str
    meeting: str
    day: date
    clock: str
    weeks: int
    id: str

    @property
    def is_visit(self) -> bool:
        """Whether it is a visit, not a session of a treatment."""
        return self.meeting == MEETING


class Agenda(NamedTuple):
    """What lies ahead, the next first and each that comes again once; and visits of which nothing is recorded."""

    ahead: tuple[Ahead, ...] = ()
    passed: tuple[Ahead, ...] = ()


def make_agenda(arranged: Iterable[Entry], lived: Iterable[Entry], today: date) -> Agenda:
    """Return what lies ahead of a day, that day included, and the visits of the week before that nothing says of.

    ``arranged`` are appointments in the order they were recorded, ``lived`` visits and sessions from a week before on.
    """
    plans, cancelled = _part(arranged)
    done = {(_key(entry), entry.day) for entry in lived}
    ahead: list[Ahead] = []
    passed: list[Ahead] = []
    for entry in plans:
        open_ = [each for each in _occurrences(entry, cancelled, today) if (_key_of(each), each.day) not in done]
        ahead += [each for each in open_ if each.day >= today][:1]
        passed += [each for each in open_ if each.day < today and each.is_visit]
    return Agenda(tuple(sorted(ahead, key=_order)), tuple(sorted(passed, key=_order)))


def find_ahead(name: str, ahead: Iterable[Ahead]) -> Ahead | None:
    """Return the next one of a name; None where there is none."""
    wanted = " ".join(name.split()).casefold()
    return next((each for each in ahead if each.name.casefold() == wanted), None)


def days_of(arranged: Iterable[Entry], name: str, today: date) -> list[date]:
    """Return the days ahead on which something of a name is arranged, for about a year."""
    wanted = " ".join(name.split()).casefold()
    plans, cancelled = _part(arranged)
    named = (entry for entry in plans if str(entry.data["name"]).casefold() == wanted)
    found = {each.day for entry in named for each in _occurrences(entry, cancelled, today)}
    return sorted(day for day in found if day >= today)


def _part(arranged: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """What was arranged, and what was cancelled of it."""
    plans: list[Entry] = []
    cancelled: list[Entry] = []
    for entry in arranged:
        (cancelled if entry.data.get("step") == CANCELLED else plans).append(entry)
    return plans, cancelled


def _occurrences(entry: Entry, cancelled: Sequence[Entry], today: date) -> Iterator[Ahead]:
    """The days of one arrangement from a week before a day on, without those that were cancelled since."""
    first, weeks = date.fromisoformat(entry.data["appointed"][:10]), int(entry.data.get("repeats", 0))
    later = [each for each in cancelled if _is_about(each, entry)]
    gone = {date.fromisoformat(each.data["appointed"][:10]) for each in later if "repeats" not in each.data}
    ends = min((date.fromisoformat(e.data["appointed"][:10]) for e in later if "repeats" in e.data), default=date.max)
    oldest = max(entry.day, today - timedelta(days=REMEMBERED))
    day, step = first, timedelta(weeks=weeks)
    if weeks and day < oldest:
        day += step * -(-(oldest - day).days // (7 * weeks))
    latest = min(ends - timedelta(days=1) if ends != date.max else date.max, today + _LATEST)
    while day <= latest:
        if day not in gone and day >= oldest:
            name, meeting = str(entry.data["name"]), str(entry.data.get("meeting", MEETING))
            yield Ahead(name, meeting, day, entry.data["appointed"][11:], weeks, entry.id)
        if not weeks or day > today + timedelta(days=366):
            return
        day += step


def _is_about(cancelled: Entry, entry: Entry) -> bool:
    """Whether a cancellation, which goes for what was arranged before it, is about an arrangement."""
    same = str(cancelled.data["name"]).casefold() == str(entry.data["name"]).casefold()
    return same and cancelled.id > entry.id and cancelled.data.get("meeting") == entry.data.get("meeting")


def _key(entry: Entry) -> tuple[str, str]:
    meeting, name = (MEETING, "who") if entry.kind == MEETING else (SESSION, "name")
    return meeting, str(entry.data.get(name, "")).casefold()


def _key_of(each: Ahead) -> tuple[str, str]:
    return each.meeting, each.name.casefold()


def _order(each: Ahead) -> tuple[date, str, str]:
    return each.day, each.clock or "24:00", each.name.casefold()
