"""How a variable differs by day of the week and by time of day, from days and ratings to one value. Pure.

A day of the week rests on daily values, a time of day on single ratings by the clock they were recorded by. Under
``DAYS_NEEDED`` days there is no mean.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import fsum
from typing import Literal, NamedTuple

from painlog.analysis.summary import finite_values, is_number
from painlog.domain.clock import WEEKDAYS
from painlog.domain.observations import Rating, TimeOfDay
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import DayValue, Variable

DAYS_NEEDED = 3
# Each time of day by the hour it begins with; it lasts until the next one.
TIMES = {
    0: "night",
    6: "early morning",
    9: "late morning",
    12: "early afternoon",
    15: "late afternoon",
    18: "evening",
    21: "late evening",
}
By = Literal["weekday", "hour"]


class Slot(NamedTuple):
    """A day of the week or a time of day: so many ``entries`` on so many ``days``.

    ``mean`` is None under ``DAYS_NEEDED`` days; ``low`` and ``high``, over days or ratings, where there is none.
    """

    label: str
    days: int
    entries: int
    mean: float | None
    low: float | None
    high: float | None


class Rhythm(NamedTuple):
    """A variable over the week or the day. ``left_out`` counts ratings that name a day and no time."""

    variable: Variable
    by: By
    period: Period
    slots: tuple[Slot, ...]
    left_out: int = 0


def by_weekday(variable: Variable, values: Mapping[date, DayValue], period: Period) -> Rhythm:
    """Sum up daily values by day of the week, from Monday."""
    groups: list[list[tuple[date, DayValue]]] = [[] for _ in range(DAYS_IN_WEEK)]
    for day, value in finite_values(values).items():
        if period.holds(day):
            groups[day.weekday()].append((day, value))
    slots = tuple(
        _slot(
            name[:3].capitalize(),
            [value.value for _, value in group],
            [day for day, _ in group],
            sum(v.n for _, v in group),
        )
        for name, group in zip(WEEKDAYS, groups, strict=True)
    )
    return Rhythm(variable, "weekday", period, slots)


def by_hour(variable: Variable, ratings: Iterable[Rating], period: Period) -> Rhythm:
    """Sum up single ratings by the local time they are about."""
    groups: dict[int, list[Rating]] = {hour: [] for hour in TIMES}
    left_out = 0
    for rating in ratings:
        if rating.at is None:
            left_out += 1
        elif is_number(rating.value):
            groups[max(hour for hour in TIMES if hour <= rating.at.hour)].append(rating)
    slots = tuple(
        _slot(_label(hour), [rating.value for rating in group], [rating.day for rating in group], len(group))
        for hour, group in groups.items()
    )
    return Rhythm(variable, "hour", period, slots, left_out)


def slots_by_hour(times: Iterable[TimeOfDay]) -> tuple[Slot, ...]:
    """Return each time of day with what was recorded at it."""
    found = {each.begins: each for each in times}
    return tuple(_slot_of(_label(hour), found.get(hour)) for hour in TIMES)


def _slot_of(label: str, known: TimeOfDay | None) -> Slot:
    if known is None:
        return Slot(label, 0, 0, None, None, None)
    mean = known.mean if known.days >= DAYS_NEEDED else None
    return Slot(label, known.days, known.entries, mean, known.low, known.high)


def _label(hour: int) -> str:
    """``06-09 early morning``."""
    end = min((later for later in TIMES if later > hour), default=24)
    return f"{hour:02d}-{end:02d} {TIMES[hour]}"


def _slot(label: str, values: Sequence[float], days: Sequence[date], entries: int) -> Slot:
    distinct = len(set(days))
    mean = fsum(values) / len(values) if distinct >= DAYS_NEEDED else None
    return Slot(label, distinct, entries, mean, min(values, default=None), max(values, default=None))
