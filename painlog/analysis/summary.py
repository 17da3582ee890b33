"""Figures of one variable over one period. Pure.

Averages use logged days only, and are given only where enough days are logged: half of a period, and 14 days of a
longer one (4 of 7, 7 of 14, 14 of 28).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil, fsum
from typing import NamedTuple

from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import DayValue, Variable

SEVERE = 7
DAILY = ("pain", "mood", "sleep")  # what is shown day by day
_ENOUGH_DAYS = 14
_BEYOND = 1e12  # no scale reaches so far: a damaged journal
_NOTHING = (None, 0)


class Summary(NamedTuple):
    """A variable over a period, in its own unit (minutes for times).

    ``days`` of ``of`` calendar days have a value, made of ``entries`` entries. ``mean``, ``median``, ``low`` and
    ``high`` are over daily values and None where there are no days; ``enough`` says whether an average may be shown.
    """

    variable: Variable
    days: int
    of: int
    entries: int
    enough: bool
    mean: float | None
    median: float | None
    low: float | None
    high: float | None
    by_day: tuple[float | None, ...]

    @property
    def average(self) -> float | None:
        """The mean that may be shown; None where too few days have a value."""
        return self.mean if self.enough else None


def days_needed(length: int) -> int:
    """Return how many days of a period must be logged before an average is shown."""
    return min(_ENOUGH_DAYS, ceil(length / 2))


def days_for_mean(period: Period, *, from_first: bool) -> int:
    """Return how many days of a period an average takes; in a journal that has just begun at least half a week's."""
    return days_needed(max(period.length, DAYS_IN_WEEK) if from_first else period.length)


def is_number(value: float) -> bool:
    """Whether a value is one to reckon with; a damaged journal may hold infinite ones."""
    return abs(value) < _BEYOND


def finite_values(values: Mapping[date, DayValue]) -> dict[date, DayValue]:
    """Return the days whose value is a number; others are left out, as a gap."""
    return {day: value for day, value in values.items() if is_number(value.value)}


def summarize(variable: Variable, values: Mapping[date, DayValue], period: Period) -> Summary:
    """Sum up a variable's daily values over a period."""
    return _sum_up(variable, *_by_day(values, period))


def with_parts(
    variable: Variable, values: Mapping[date, DayValue], period: Period, parts: Sequence[Period]
) -> tuple[Summary, tuple[Summary, ...]]:
    """Sum up a variable's daily values over a period and over each of its parts."""
    by_day, counts = _by_day(values, period)
    places = [slice(first := (part.start - period.start).days, first + part.length) for part in parts]
    return _sum_up(variable, by_day, counts), tuple(_sum_up(variable, by_day[here], counts[here]) for here in places)


def _by_day(values: Mapping[date, DayValue], period: Period) -> tuple[tuple[float | None, ...], tuple[int, ...]]:
    """Each day's number, None where there is none, and how many entries it rests on."""
    days = [day if day and is_number(day.value) else _NOTHING for day in map(values.get, period.days())]
    return tuple(value for value, _ in days), tuple(n for _, n in days)


def _sum_up(variable: Variable, by_day: tuple[float | None, ...], counts: Sequence[int]) -> Summary:
    known = [value for value in by_day if value is not None]
    return Summary(
        variable=variable,
        days=len(known),
        of=len(by_day),
        entries=sum(counts),
        enough=len(known) >= days_needed(len(by_day)),
        mean=fsum(known) / len(known) if known else None,
        median=median(known) if known else None,
        low=min(known, default=None),
        high=max(known, default=None),
        by_day=by_day,
    )


def median(values: Sequence[float]) -> float:
    """Return the middle value, or the mean of the middle two; ``statistics`` costs more to import than a recording."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2
