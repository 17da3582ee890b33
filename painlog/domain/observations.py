"""What many entries say, without what only single ones need. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from painlog.domain.entries import Entry
from painlog.domain.kinds.kind import Kind


class EqualEntries(NamedTuple):
    """Entries of one kind that say the same, by their days: one for each entry, in order."""

    kind: str
    data: dict[str, Any]
    days: Sequence[date]
    declaration: Kind | None


class NoteOnDay(NamedTuple):
    """A note that an entry has: the entry's kind and day, and what it says."""

    kind: str
    day: date
    text: str


class Rating(NamedTuple):
    """A single number that was recorded: ``at`` in the offset it was written in, None where only the day was said."""

    day: date
    at: datetime | None
    value: float


class TimeOfDay(NamedTuple):
    """A variable's single numbers at one time of day, from the hour it ``begins`` with; None where no time was said."""

    begins: int | None
    days: int
    entries: int
    mean: float
    low: float
    high: float


AnyEntry = Entry | EqualEntries
Observation: TypeAlias = (
    "tuple[date, str, float | None, Mapping[str, Any]]"  # an entry's day, variant, main value and data
)
