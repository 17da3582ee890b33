"""How a variable's mean changed from one period to another, in one table of words for every place that says it. Pure.

What a person rates from 0 to 10 is similar where the difference is under a point, or under the person's own range where
that is larger; beyond that a change is named by its share of the earlier mean: under 30 % a little better or worse,
from 30 % better or worse, from 50 % much better or worse (IMMPACT: Dworkin 2008, doi 10.1016/j.jpain.2007.09.005; its
marks were found for improvement). Under two weeks a difference of a point arises by chance in a third of people whose
pain did not change, so that only 2 points count there. Sleep is longer or shorter from half an hour on. A questionnaire
is better or worse from its published important change on, between complete forms; below it has no important change.

The own range is 1.4 times the spread (standard deviation) of the person's own weekly means, for the shorter of both
periods: times the root of 4 / its weeks. It is unknown before ``OWN_WEEKS`` weeks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from math import fsum, inf, sqrt
from typing import NamedTuple

from painlog.analysis.summary import Summary, days_needed, is_number
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import DayValue, Variable

LONG = 14  # days of the shorter period from which a point counts, and a share is named
OWN_WEEKS, MOST_WEEKS = 6, 26
_POINTS, _SHORT_POINTS = 1, 2
_SPREADS, _RANGE_WEEKS = 1.4, 4
_RATED = (0, 10)
_STANDS_OUT, _LEAST_SPREAD = 4.5, 0.3
_ROUNDED = 1 - 1e-6  # of a mark, since what is beside it may be rounded
_PERCENT_FROM = 3  # of a lower mean a share says little
_SHOWN = 0.05  # less is not seen at one decimal
SIMILAR, NO_IMPORTANT_CHANGE = "similar", "no important change"


class Change(NamedTuple):
    """The difference of two means, the present one less the one before, where both rest on enough days.

    ``word`` is that of the table, such as ``a little better`` or ``similar``. ``percent`` is None from a mean under 3.
    ``days_before`` are those that the mean before rests on. ``own_range`` is given where it, and not the point, is the
    mark.
    """

    before: float
    now: float
    difference: float
    percent: float | None
    word: str
    days_before: int
    own_range: float | None = None

    @property
    def is_similar(self) -> bool:
        """Whether the difference is within the mark."""
        return self.word == SIMILAR

    @property
    def is_worse(self) -> bool:
        """Whether it is a change for the worse."""
        return self.word.endswith("worse") or self.word == "shorter"


class Measured(NamedTuple):
    """A variable's figures in the period, their change from the one before, and its figures in each part.

    ``visit`` is the change since the last visit: from the two weeks up to it, to the period or what of it came after.
    """

    figures: Summary
    change: Change | None
    by_part: tuple[Summary, ...]
    visit: Change | None = None


class Run(NamedTuple):
    """Two weeks or more within a longer period that differ from the rest of it, and how."""

    variable: Variable
    period: Period
    change: Change


def compare_periods(
    variable: Variable, now: Summary, before: Summary | None, spread: float | None = None
) -> Change | None:
    """Compare two periods of a week or more by the person's ``spread``; None where one has under half of its days."""
    if before is None or now.mean is None or before.mean is None or min(now.of, before.of) < DAYS_IN_WEEK:
        return None
    if min(2 * now.days - now.of, 2 * before.days - before.of) < 0:
        return None
    return _compare(variable, (before.mean, before.of, before.days), (now.mean, now.of), spread)


def name_change(
    variable: Variable, before: float, difference: float, days: int, spread: float | None = None
) -> tuple[str, float | None]:
    """Name a difference from the mean ``before``, where the shorter of both periods has so many ``days``.

    Return the word, and the own range where it, and not the point, is the mark: from the ``spread`` of weekly means.
    """
    mark = _mark(variable, days)
    own = _SPREADS * spread * sqrt(_RANGE_WEEKS * DAYS_IN_WEEK / days) if spread is not None else 0
    is_own = variable.span == _RATED and own > mark
    return _word(variable, difference, before, own if is_own else mark, days), own if is_own else None


def name_form_change(difference: float, important: float | None) -> str:
    """Name the change of a questionnaire's score, higher being worse; nothing where no ``important`` one is known."""
    if important is None:
        return ""
    if abs(difference) < important:
        return NO_IMPORTANT_CHANGE
    return "worse" if difference > 0 else "better"


def weekly_spread(values: Mapping[date, DayValue], until: date) -> float | None:
    """Return the spread of weekly means in the half year up to a day, None under ``OWN_WEEKS`` weeks with half logged.

    It is the standard deviation of the weeks as a sample, in the variable's unit.
    """
    fewest = days_needed(DAYS_IN_WEEK)
    if len(values) < OWN_WEEKS * fewest:
        return None
    weeks: dict[int, list[float]] = {}
    for day, (value, _) in values.items():
        back = (until - day).days
        if 0 <= back < MOST_WEEKS * DAYS_IN_WEEK and is_number(value):
            weeks.setdefault(back // DAYS_IN_WEEK, []).append(value)
    means = [fsum(week) / len(week) for week in weeks.values() if len(week) >= fewest]
    return spread_of(means)


def find_run(variable: Variable, figures: Summary, period: Period, spread: float | None) -> Run | None:
    """Return the weeks of a period that stand out most from the rest of it, if they differ by the rule for ratings.

    A stretch has two weeks at least and half of the period at the most, and both sides half their days. So many
    stretches are looked at that one of them differs by chance; it must stand out by ``_STANDS_OUT`` standard errors of
    the weeks' means as well. Without a ``spread`` from before, that of the period's own weeks is the mark. Weeks count
    from the period's end; in more than two years, four at a time.
    """
    weeks = figures.of // DAYS_IN_WEEK
    if variable.span != _RATED or weeks < OWN_WEEKS:
        return None
    step = DAYS_IN_WEEK * (1 if weeks <= 2 * 53 else 4)
    parts = [figures.by_day[max(0, end - step) : end] for end in range(figures.of, 0, -step)][::-1]
    known = [[value for value in part if value is not None] for part in parts]
    means = [fsum(part) / len(part) if len(part) >= days_needed(DAYS_IN_WEEK) else None for part in known]
    if spread is None:
        spread = spread_of([mean for mean in means if mean is not None])
    upto = _Sums.of(known, parts, means)
    best = _most_outstanding(variable, upto, means, 1 if step >= LONG else LONG // DAYS_IN_WEEK, spread)
    if best is None:
        return None
    start, end = (period.start + timedelta(days=upto.lengths[i]) for i in best[:2])
    return Run(variable, Period(start, end - timedelta(days=1)), best[2])


class _Sums(NamedTuple):
    """What a period's parts up to each come to: values, their days, calendar days; parts' means, squares, how many."""

    totals: Sequence[float]
    days: Sequence[float]
    lengths: Sequence[float]
    means: Sequence[float]
    squares: Sequence[float]
    weeks: Sequence[float]

    @classmethod
    def of(
        cls,
        known: Sequence[Sequence[float]],
        parts: Sequence[Sequence[float | None]],
        means: Sequence[float | None],
    ) -> _Sums:
        """Add up parts, one after another."""
        each = (
            map(fsum, known),
            map(len, known),
            map(len, parts),
            (mean or 0 for mean in means),
            ((mean or 0) ** 2 for mean in means),
            (mean is not None for mean in means),
        )
        return cls(*([0, *accumulate(column)] for column in each))

    def within(self, first: int, last: int) -> list[list[float]]:
        """The sums from one part up to another, and those of all others."""
        here = [column[last] - column[first] for column in self]
        return [here, [column[-1] - inside for column, inside in zip(self, here, strict=True)]]

    def distance(self, first: int, last: int) -> float:
        """How many standard errors the weeks' means of a stretch and of the rest are apart."""
        sides = [(side[3], side[4], side[5]) for side in self.within(first, last)]
        counts = [count for _, _, count in sides]
        if min(counts) < 1 or sum(counts) < OWN_WEEKS:
            return 0
        squares = fsum(square - total * total / count for total, square, count in sides)
        spread = max(_LEAST_SPREAD, sqrt(max(0, squares) / (sum(counts) - 2)))
        apart = abs(sides[0][0] / counts[0] - sides[1][0] / counts[1])
        return apart / (spread * sqrt(1 / counts[0] + 1 / counts[1]))


def _most_outstanding(
    variable: Variable, upto: _Sums, means: Sequence[float | None], least: int, spread: float | None
) -> tuple[int, int, Change] | None:
    """The stretch that stands out most, of ``least`` parts to half of them: its first part, the one after, its change.

    There are many stretches, so each is weighed first by a quick sum: how far its mean and the others' mean are from
    the mean of all, squared. How many standard errors they are apart grows with that, but for rounding.
    """
    known = [mean for mean in means if mean is not None]
    count, parts = len(known), len(means)
    if count < OWN_WEEKS:
        return None
    middle = fsum(known) / count
    squares = fsum((mean - middle) ** 2 for mean in known)
    mark = _STANDS_OUT**2 * max(_LEAST_SPREAD**2, squares / (count - 2 + _STANDS_OUT**2)) * _ROUNDED
    counted = [0, *accumulate(mean is not None for mean in means)]
    beyond = [0.0, *accumulate(0.0 if mean is None else mean - middle for mean in means)]
    factors = [0.0, *(count / (n * (count - n)) for n in range(1, count)), 0.0]
    best: tuple[float, int, int, Change] | None = None
    for first, last in ((i, j) for i in range(parts) for j in range(i + least, min(parts, i + parts // 2) + 1)):
        apart = (beyond[last] - beyond[first]) ** 2 * factors[counted[last] - counted[first]]
        if apart < mark or (weight := upto.distance(first, last)) < (best[0] if best else _STANDS_OUT):
            continue
        change = _contrast(variable, upto, first, last, spread)
        if change and not change.is_similar and (best is None or weight > best[0]):
            best, mark = (weight, first, last, change), apart * _ROUNDED
    return best[1:] if best else None


def _contrast(variable: Variable, upto: _Sums, first: int, last: int, spread: float | None) -> Change | None:
    """How some parts differ from the others, where both have half their days."""
    (total, days, length, *_), (rest, rest_days, rest_length, *_) = upto.within(first, last)
    if 2 * days < length or 2 * rest_days < rest_length:
        return None
    before = (rest / rest_days, int(rest_length), int(rest_days))
    return _compare(variable, before, (total / days, int(length)), spread)


def spread_of(means: Sequence[float]) -> float | None:
    """Return the spread of weekly means, in their unit; None under ``OWN_WEEKS`` of them."""
    if len(means) < OWN_WEEKS:
        return None
    middle = fsum(means) / len(means)
    return sqrt(fsum((mean - middle) ** 2 for mean in means) / (len(means) - 1))


def _compare(
    variable: Variable, before: tuple[float, int, int], now: tuple[float, int], spread: float | None
) -> Change:
    """The change from a mean, of a period so long and so many days, to another."""
    (was, was_of, days), (mean, of) = before, now
    difference = mean - was
    word, own = name_change(variable, was, difference, min(was_of, of), spread)
    percent = 100 * difference / was if was >= _PERCENT_FROM else None
    return Change(was, mean, difference, percent, word, days, own)


def _mark(variable: Variable, shorter: int) -> float:
    """The least difference that is named, by the length of the shorter period in days."""
    if variable.span == _RATED:
        return _POINTS if shorter >= LONG else _SHORT_POINTS
    return max(variable.field.alike, _SHOWN)


def _word(variable: Variable, difference: float, before: float, mark: float, shorter: int) -> str:
    if round(abs(difference), 9) < mark:
        return SIMILAR
    if variable.in_hours:
        return "longer" if difference > 0 else "shorter"
    if not variable.better:
        return "higher" if difference > 0 else "lower"
    word = "better" if (difference > 0) == (variable.better == "high") else "worse"
    if variable.span != _RATED or shorter < LONG:
        return word
    share = round(abs(difference) / before, 9) if before else inf
    return f"a little {word}" if share < 0.3 else f"much {word}" if share >= 0.5 else word
