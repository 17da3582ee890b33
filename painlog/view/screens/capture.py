"""What a person reads after recording: what was stored, where it stands, how to take it back. Fast, without rich."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from painlog.analysis.summary import Summary
from painlog.domain.entries import Entry, Event
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.variables import Variable
from painlog.view.terminal import columns, line_room, pad, term, times, wrap_text

if TYPE_CHECKING:
    Made = TypeVar("Made", bound=Event)

LISTED = 12
LONGEST = 500
UNDO = "undo: painlog undo"


class Standing(NamedTuple):
    """A variable on the day of an entry, which is the last of the seven days that ``week`` sums up."""

    variable: Variable
    day: date
    week: Summary


class Tally:
    """How many of each kind there are, and on which days, of what goes by one by one."""

    def __init__(self) -> None:
        self.titles: Counter[str] = Counter()
        self._days: set[date] = set()

    def count_all(self, events: Iterable[Made]) -> Iterator[Made]:
        """Hand on what goes by."""
        for event in events:
            self.titles[event.title] += 1
            self._days.add(event.day)
            yield event

    @property
    def lines(self) -> list[str]:
        """Counts per kind and the stretch of days."""
        listed = ", ".join(f"{count:,} {term(title)}" for title, count in self.titles.most_common())
        stretch = show_range(min(self._days), max(self._days))
        return [f"{self.titles.total():,} entries: {listed}", f"{stretch}, {times(len(self._days), 'day')}"]


def when(entry: Entry, today: date) -> str:
    """``Thu 19 Nov 14:05``; only the day where no time is known."""
    return show_when(entry.day, entry.at, today)


def show_when(day: date, at: datetime | None, today: date) -> str:
    """``Thu 19 Nov 14:05``, with the person's day where that is another than the calendar's."""
    if at is None:
        return show_day(day, today)
    if at.date() == day:
        return f"{show_day(day, today)} {at:%H:%M}"
    return f"{show_day(at.date(), today)} {at:%H:%M} (day of {show_day(day, today)})"


def show_recorded(
    entries: Sequence[Entry], short: Mapping[str, str], standing: Standing | None, today: date
) -> list[str]:
    """Say what was recorded: a line each, or counts where there are many."""
    if len(entries) > LISTED:
        return [*summary(entries), UNDO]
    heads = [(show_entry(entry), f"{when(entry, today)}   [{short[entry.id]}]") for entry in entries]
    foot = term(_standing(standing, today)) if standing else f"{len(entries)} entries" if len(entries) > 1 else ""
    column = max(columns(text) for text, _ in (*heads, (foot, "")))
    if column + 3 + max(len(right) for _, right in (*heads, ("", UNDO))) > line_room():
        wrapped = [[*wrap_text(text, line_room()), f"  {right}"] for text, right in heads]
        last = f"{foot}   {UNDO}".strip()
        feet = [last] if columns(last) <= line_room() else [*wrap_text(foot, line_room()), UNDO]
        return [line for lines in wrapped for line in lines] + feet
    return [f"{pad(text, column)}   {right}" for text, right in (*heads, (foot, UNDO))]


def show_change(entry: Entry, today: date) -> str:
    """Say what an entry is now, and how to take the change back."""
    text, at = f"changed: {show_entry(entry)}", when(entry, today)
    whole = f"{text}   {at}"
    lines = [whole] if columns(whole) <= line_room() else [*wrap_text(text, line_room()), f"  {at}"]
    return "\n".join([*lines, UNDO])


def show_entry(entry: Entry) -> str:
    """What an entry says in one line, a very long one cut."""
    text = term(entry.text[: LONGEST + 1])
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def summary(events: Iterable[Event]) -> list[str]:
    """Counts per kind and the stretch of days."""
    tally = Tally()
    for _ in tally.count_all(events):
        pass
    return tally.lines


def _standing(standing: Standing, today: date) -> str:
    variable, week = standing.variable, standing.week
    value = variable.show_short(week.by_day[-1] or 0)
    if standing.day != today:
        mean = f"average {variable.show(week.mean or 0)} on" if week.enough else "recorded on"
        which = f"{mean} {week.days} of the {week.of} days up to then"
        return f"{variable.label} {value} on {show_day(standing.day, today)}, {which}"
    name = "" if variable.label == variable.kind else f"{variable.label} "
    if not week.enough:
        return f"{name}today {value} · last 7 days: {week.days} of {week.of} days so far"
    return f"{name}today {value} · last 7 days {variable.show(week.mean or 0)} ({week.days} of {week.of} days)"
