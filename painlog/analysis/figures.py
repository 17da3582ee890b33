"""Figures of one variable over one period, and their change from the period before. Pure.

Averages use logged days only, and are given only where enough days are logged: half of a period, and 14 days of a
longer one (4 of 7, 7 of 14, 14 of 28). Changes of pain between periods are named as clinicians do who use both the
2-point and the 30 % mark (Farrar 2001; Dworkin 2008), and only over two weeks or more: over one week a difference of a
point arises by chance in a third of people whose pain did not change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil, fsum, inf

from painlog.domain.declared import NamedTuple
from painlog.domain.periods import Period
from painlog.domain.series import DayValue, Variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Direction = Literal["better", "worse", "similar", "higher", "lower"]
    Size = Literal["", "small, within the usual ups and downs", "meaningful", "large"]

SEVERE = 7
DAILY = ("pain", "mood", "sleep")  # what is shown day by day
_ENOUGH_DAYS = 14
_LABEL_FROM_DAYS = 14
_COMPARED_FROM_DAYS = 7
_SHOWN = 0.05  # less is not seen at one decimal
_BEYOND = 1e12  # no scale reaches so far: a damaged journal
_NOTHING = (None, 0)


class Figures(NamedTuple):
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


class Change(NamedTuple):
    """The difference of two means, the present one less the one before, where both rest on enough days.

    ``direction`` is in words; less than the variable's ``alike`` is similar. ``size`` names a change of pain over two
    weeks or more. ``days_before`` are those that the mean before rests on.
    """

    before: float
    now: float
    difference: float
    percent: float | None
    direction: Direction
    size: Size
    days_before: int


def days_needed(length: int) -> int:
    """Return how many days of a period must be logged before an average is shown."""
    return min(_ENOUGH_DAYS, ceil(length / 2))


def is_number(value: float) -> bool:
    """Whether a value is one to reckon with; a damaged journal may hold infinite ones."""
    return abs(value) < _BEYOND


def numbers(values: Mapping[date, DayValue]) -> dict[date, DayValue]:
    """Return the days whose value is a number; others are left out, as a gap."""
    return {day: value for day, value in values.items() if is_number(value.value)}


def figures(variable: Variable, values: Mapping[date, DayValue], period: Period) -> Figures:
    """Sum up a variable's daily values over a period."""
    return _summed(variable, *_by_day(values, period))


def with_parts(
    variable: Variable, values: Mapping[date, DayValue], period: Period, parts: Sequence[Period]
) -> tuple[Figures, tuple[Figures, ...]]:
    """Sum up a variable's daily values over a period and over each of its parts."""
    by_day, counts = _by_day(values, period)
    places = [slice(first := (part.start - period.start).days, first + part.length) for part in parts]
    return _summed(variable, by_day, counts), tuple(_summed(variable, by_day[here], counts[here]) for here in places)


def _by_day(values: Mapping[date, DayValue], period: Period) -> tuple[tuple[float | None, ...], tuple[int, ...]]:
    """Each day's number, None where there is none, and how many entries it rests on."""
    days = [day if day and is_number(day.value) else _NOTHING for day in map(values.get, period.days())]
    return tuple(value for value, _ in days), tuple(n for _, n in days)


def _summed(variable: Variable, by_day: tuple[float | None, ...], counts: Sequence[int]) -> Figures:
    known = [value for value in by_day if value is not None]
    return Figures(
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


def change(variable: Variable, now: Figures, before: Figures | None) -> Change | None:
    """Compare two periods of equal length, of a week or more; None where either has too few days."""
    if before is None or not (now.enough and before.enough) or now.mean is None or before.mean is None:
        return None
    if now.of < _COMPARED_FROM_DAYS:
        return None
    difference = now.mean - before.mean
    percent = 100 * difference / before.mean if before.mean else None
    direction = _direction(variable, difference)
    size = _size(difference, percent) if variable.name == "pain" and now.of >= _LABEL_FROM_DAYS else ""
    return Change(before.mean, now.mean, difference, percent, direction, size, before.days)


def _direction(variable: Variable, difference: float) -> Direction:
    if round(abs(difference), 9) < max(variable.field.alike, _SHOWN):
        return "similar"
    if not variable.better:
        return "higher" if difference > 0 else "lower"
    return "better" if (difference > 0) == (variable.better == "high") else "worse"


def _size(difference: float, percent: float | None) -> Size:
    """Name the size of a change of pain; from a mean of 0 every change is more than any share of it."""
    points, share = round(abs(difference), 9), inf if percent is None else round(abs(percent), 9)
    if points < 1:
        return ""
    if points < 2 or share < 30:
        return "small, within the usual ups and downs"
    return "large" if share >= 50 else "meaningful"
