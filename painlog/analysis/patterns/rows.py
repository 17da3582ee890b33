"""The questions put to the engine: which days make a row, and what each is adjusted for.

Days are arrays over a gap-free calendar, a cell a day, NaN where nothing is known. Nothing is filled in: a row needs
every number it is made of, and a gap stays a gap of so many days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from painlog.analysis.patterns.findings import LARGEST, MOST_WEEKS, WEEK_ROWS
from painlog.analysis.patterns.regression import Fit, independent, regress
from painlog.domain.periods import DAYS_IN_WEEK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from painlog.analysis.patterns.regression import Array
    from painlog.domain.periods import Period

WEEKDAYS_FROM = 56  # rows, from which each weekday has a term of its own; before that the weekend has one
SMOOTH_DAYS = 90  # that take one smooth term more
_SATURDAY = 5


@dataclass(frozen=True)
class Rows:
    """What one fit is made of: ``days`` (positions in the calendar), the outcome, ``beside`` it and the ``wanted``."""

    days: "NDArray[np.int64]"
    y: "Array"
    beside: "tuple[Array, ...]"
    wanted: "Array"

    def __len__(self) -> int:
        return len(self.days)


class Weeks(NamedTuple):
    """Weekly means over the ``days`` there are, counted away from a day, and which weeks they are: 0 the nearest."""

    means: list[float]
    weeks: list[int]
    days: int

    @property
    def reach(self) -> int:
        """Days from the nearest week's first to the furthest one's last."""
        return min(self.days, DAYS_IN_WEEK * (self.weeks[-1] + 1)) if self.weeks else 0


def days_of(values: Mapping[date, float], period: "Period") -> "Array":
    """Lay daily values out over a period; what is no number, or beyond ``LARGEST``, counts as not logged."""
    found = np.full(period.length, np.nan)
    for day, value in values.items():
        if period.holds(day):
            found[(day - period.start).days] = value
    found[~(np.abs(found) <= LARGEST)] = np.nan
    return found


def later(y: "Array", x: "Array", days: int) -> Rows:
    """Set y beside the x of so many ``days`` before, and of a later day also beside its own value of that day.

    With ``days`` = 0 these are the days that have both.
    """
    if not days:
        return _rows(y, (), x)
    return _rows(y, (days_before(y, days),), days_before(x, days))


def after_night(y: "Array", night: "Array") -> Rows:
    """Set y beside the night that ended that day, and beside y of the day before."""
    return _rows(y, (days_before(y, 1),), night)


def beside(y: "Array", before: "Array", x: "Array") -> Rows:
    """Set y beside an x of the same day, and beside what y was before it."""
    return _rows(y, (before,), x)


def bend(rows: Rows) -> Rows:
    """Let the value beside an outcome count for less, or more, far from its mean: a spike seldom lasts."""
    (beside,) = rows.beside
    return replace(rows, beside=(beside, (beside - beside.mean()) ** 2)) if len(rows) else rows


def foresee(y: "Array", before: "Array", x: "Array", earlier: "Array", first: date) -> Rows:
    """Set y beside an x of the same day, and beside what calendar, x and an ``earlier`` value say of ``before``.

    Two-stage least squares (Theil 1953): what is rough in a rating is not in what an earlier one says of it.
    """
    rows = _rows(y, (before, earlier), x)
    columns = np.column_stack([*_calendar(rows.days, first), rows.wanted, rows.beside[1]])
    return replace(rows, beside=(columns @ np.linalg.lstsq(columns, rows.beside[0], rcond=None)[0],))


def fit_rows(rows: Rows, first: date) -> Fit:
    """Fit the wanted column beside a smooth course and the day of the week; ``first`` is the calendar's first day.

    Raises Undetermined.
    """
    columns = independent([*_calendar(rows.days, first), *rows.beside])
    return regress(rows.y, np.column_stack([*columns, rows.wanted]), rows.days)


def beside_calendar(values: "Array", first: date) -> "tuple[Array, int]":
    """Return what is left of some days beside a straight trend and the weekday, and its degrees of freedom.

    By least squares. A course that bends would take with it what carries over, and leave more noise than there is.
    """
    days = np.flatnonzero(np.isfinite(values))
    columns = np.column_stack(independent([np.ones(len(days)), _place(days), *_weekly(days, first)]))
    rest = np.full(len(values), np.nan)
    rest[days] = values[days] - columns @ np.linalg.lstsq(columns, values[days], rcond=None)[0]
    return rest, len(days) - columns.shape[1]


def weekday_share(used: "Array", days: "NDArray[np.int64]", first: date) -> float:
    """Return how much of a 0/1 column the day of the week explains, from 0 to 1."""
    weekday = (days + first.weekday()) % 7
    means = np.array([used[weekday == w].mean() if (weekday == w).any() else 0.0 for w in range(7)])
    spread = float(((used - used.mean()) ** 2).sum())
    return 1 - float(((used - means[weekday]) ** 2).sum()) / spread if spread else 0.0


def weekly_means(y: "Array") -> Weeks:
    """Return the means of those of the first ``MOST_WEEKS`` weeks that have ``WEEK_ROWS`` days."""
    means, weeks = [], []
    for week in range(MOST_WEEKS):
        known = y[DAYS_IN_WEEK * week : DAYS_IN_WEEK * (week + 1)]
        known = known[np.isfinite(known)]
        if len(known) >= WEEK_ROWS:
            means.append(float(known.mean()))
            weeks.append(week)
    return Weeks(means, weeks, len(y))


def days_before(values: "Array", days: int) -> "Array":
    """Return for each day the value of so many days before."""
    moved = np.full(len(values), np.nan)
    moved[days:] = values[: len(values) - days] if days < len(values) else []
    return moved


def past_week(values: "Array", needed: int) -> "Array":
    """Return for each day the mean of the seven days before it, of which so many have to be known."""
    earlier = np.array([days_before(values, days) for days in range(1, DAYS_IN_WEEK + 1)])
    known = np.isfinite(earlier)
    count = known.sum(axis=0)
    means = np.where(known, earlier, 0.0).sum(axis=0) / np.maximum(count, 1)
    return np.where(count >= needed, means, np.nan)


def _rows(y: "Array", besides: "tuple[Array, ...]", wanted: "Array") -> Rows:
    known = np.isfinite(y) & np.isfinite(wanted)
    for column in besides:
        known &= np.isfinite(column)
    return Rows(np.flatnonzero(known), y[known], tuple(column[known] for column in besides), wanted[known])


def _calendar(days: "NDArray[np.int64]", first: date) -> "list[Array]":
    return [np.ones(len(days)), *_smooth(days), *_weekly(days, first)]


def _weekly(days: "NDArray[np.int64]", first: date) -> "list[Array]":
    weekday = (days + first.weekday()) % 7
    if len(days) < WEEKDAYS_FROM:
        return [(weekday >= _SATURDAY).astype(float)]
    return [(weekday == w).astype(float) for w in range(1, 7)]


def _smooth(days: "NDArray[np.int64]") -> "list[Array]":
    """A straight trend, and beside it a further Legendre polynomial for every ``SMOOTH_DAYS`` that have rows."""
    place = _place(days)
    before, one, terms = np.ones(len(days)), place, [place]
    span = np.ptp(days) + 1 if len(days) else 0
    for degree in range(1, int(min(span, 2 * len(days))) // SMOOTH_DAYS):
        before, one = one, ((2 * degree + 1) * place * one - degree * before) / (degree + 1)
        terms.append(one)
    return terms


def _place(days: "NDArray[np.int64]") -> "Array":
    """Where days lie between the first (-1) and the last (1)."""
    span = float(np.ptp(days)) if len(days) else 0.0
    return 2 * (days - days[0]) / span - 1 if span else np.zeros(len(days))
