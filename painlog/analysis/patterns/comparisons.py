"""Days with and without a treatment, and weeks before and after a change.

What is taken as needed is taken on bad days, so those days themselves say nothing about it: only the day after is
compared, beside the pain of the day it was taken on.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from painlog.analysis.patterns.findings import (
    MOST_WEEKS,
    POSSIBLE,
    SWITCHES_NEEDED,
    TREATMENT_NEEDS,
    WEEKDAY_SHARE,
    WEEKS_NEEDED,
    Basis,
    Comparison,
    Estimate,
    PlanStep,
    Turn,
    Verdict,
    Way,
)
from painlog.analysis.patterns.links import KnownDays, answer_rows, estimate_of, weigh_again
from painlog.analysis.patterns.regression import WEEKLY, Fit, Undetermined, independent, is_constant, regress
from painlog.analysis.patterns.rows import (
    Rows,
    Weeks,
    bend,
    beside,
    days_before,
    days_of,
    fit_rows,
    foresee,
    later,
    past_week,
    weekday_share,
    weekly_means,
)
from painlog.analysis.patterns.uses import Use
from painlog.domain.periods import DAYS_IN_WEEK
from painlog.domain.variables import Variable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from painlog.analysis.patterns.regression import Array

KEPT = 0.5  # share of a step that has to be left beside a straight trend
FORETOLD, DOUBTED, BEGUN = 0.05, 0.2, 0.1  # p from which the day before, and the week before, foretell a use
WEEK_DAYS = 4  # rated days that make a past week


def compare_days(use: Use, outcome: Variable, known: KnownDays) -> Comparison:
    """Compare the days with a treatment to those without; of one as needed, the days after them."""
    used = _mark_use(use, known)
    unit = known.unit(outcome)
    rated = _rated_rows(use, used, known, unit)
    rows = rated or _rows(known.in_units(outcome), used, use, outcome)
    days_with = int(rows.wanted.sum())
    days_without = len(rows) - days_with
    share = weekday_share(rows.wanted, rows.days, known.period.start) if len(rows) else 0.0
    estimate: Estimate | None = None
    verdict: Verdict = "too few"
    if _is_enough(rows):
        verdict = "weekdays"
        if share < WEEKDAY_SHARE:
            estimate, verdict = answer_rows(rows, 2 * TREATMENT_NEEDS, lambda: fit_rows(rows, known.period.start), unit)
            if rated and estimate and estimate.p < POSSIBLE:
                estimate = _widen_rough(estimate, use, used, known, unit)
    return Comparison(
        name=use.name,
        as_needed=use.as_needed,
        outcome=outcome,
        unit=unit,
        days_with=days_with,
        days_without=days_without,
        mean_with=unit * float(rows.y[rows.wanted == 1].mean()) if days_with else None,
        mean_without=unit * float(rows.y[rows.wanted == 0].mean()) if days_without else None,
        switches=_count_switches(rows),
        weekday_share=share,
        basis=Basis(len(rows), known.period.length - use.as_needed, 2 * TREATMENT_NEEDS),
        estimate=estimate,
        verdict=verdict,
        medicine=use.medicine,
        assumed=use.assumed,
        rated_before=rated is not None,
        foretold=None if rated else _foretold(use, used, outcome, known, estimate),
    )


def _rated_rows(use: Use, used: "Array", known: KnownDays, unit: float) -> Rows | None:
    """What was rated after the use, beside what was before it; None where there are too few such days."""
    if use.as_needed or not use.before:
        return None
    before, after = _ratings(use, known, unit)
    rows = beside(after, before, used)
    return rows if _is_enough(rows) else None


def _ratings(use: Use, known: KnownDays, unit: float) -> "tuple[Array, Array]":
    """What was rated before and after the use on each day, in steps."""
    before, after = (days_of(values, known.period) / unit for values in (use.before, use.after))
    return before, after


def _is_enough(rows: Rows) -> bool:
    """Whether there are days enough with and without the use, and it changed often enough."""
    days_with = int(rows.wanted.sum())
    return min(days_with, len(rows) - days_with) >= TREATMENT_NEEDS and _count_switches(rows) >= SWITCHES_NEEDED


def _count_switches(rows: Rows) -> int:
    """How often the use began or stopped."""
    return int((np.diff(rows.wanted) != 0).sum())


def _widen_rough(estimate: Estimate, use: Use, used: "Array", known: KnownDays, unit: float) -> Estimate:
    """Widen a difference that only days which began higher, or lower, may show: ratings before the use are rough.

    They say too little of how a day began. So where use goes with them, and the difference goes the same way, it is
    looked at once more, beside what the day before says of them.
    """
    before, after = _ratings(use, known, unit)
    chosen = _fit_choice(used, before)
    if chosen is None or chosen.p >= DOUBTED or chosen.estimate * estimate.value < 0:
        return estimate
    first = known.period.start
    rows = foresee(after, before, used, days_before(after, 1), first)
    second, _ = answer_rows(rows, 2 * TREATMENT_NEEDS, lambda: fit_rows(rows, first), unit)
    if second is None:
        return weigh_again(estimate, 0.0, (0.0, 0.0), 1.0)[0]
    return weigh_again(estimate, second.value, (second.low, second.high), second.p)[0]


def _foretold(use: Use, used: "Array", outcome: Variable, known: KnownDays, estimate: Estimate | None) -> Way | None:
    """Whether the day before foretells the use, or the week before foretells its beginning, and which way.

    A faint sign is enough where a difference would be named; of what is taken as needed it needs no sign.
    """
    if estimate is None or use.as_needed:
        return None
    y = known.in_units(outcome)
    if outcome.is_night:  # the night before a use stands on its own day
        used = days_before(used, 1)
    begun = np.where(days_before(used, 1) == 0, used, np.nan)
    limits = (DOUBTED, BEGUN) if estimate.p < POSSIBLE else (FORETOLD, FORETOLD)
    tried = ((used, days_before(y, 1)), (begun, past_week(y, WEEK_DAYS)))
    for (wanted, earlier), limit in zip(tried, limits, strict=True):
        fit = _fit_choice(wanted, earlier)
        if fit is not None and fit.p < limit:
            return "higher" if fit.estimate > 0 else "lower"
    return None


def _fit_choice(used: "Array", earlier: "Array") -> Fit | None:
    """How use goes with an earlier day's value, days taken for independent; None where that cannot be told."""
    rows = later(used, earlier, 0)
    if min(int(rows.y.sum()), int((1 - rows.y).sum())) < SWITCHES_NEEDED or is_constant(rows.wanted):
        return None
    trend = (rows.days - rows.days.mean()) / max(float(np.ptp(rows.days)), 1.0)
    columns = independent([np.ones(len(rows)), trend])
    try:
        return regress(rows.y, np.column_stack([*columns, rows.wanted]), rows.days, grid=(0.0,))
    except Undetermined:
        return None


def _rows(y: "Array", used: "Array", use: Use, outcome: Variable) -> Rows:
    """The day itself, or the night after it; what is taken as needed, the day after beside the day's own value."""
    if use.as_needed:
        return bend(later(y, used, 1))
    return later(y, days_before(used, 1) if outcome.is_night else used, 0)


def compare_weeks(day: date, changes: Sequence[PlanStep], outcome: Variable, known: KnownDays) -> Turn:
    """Compare the weeks before a day to those from it on.

    ``changes`` are all there are; the weeks end where one of the same things changed before or after. ``known`` reaches
    back ``REACH`` days further than the period, and the day belongs to the period.
    """
    from painlog.analysis.report.change import spread_of  # links do not wait for it

    here = [change for change in changes if change.day == day]
    keys = {change.key for change in here}
    before, after, growing = _weeks(day, [c.day for c in changes if c.key in keys and c.day != day], outcome, known)
    unit = known.unit(outcome)
    estimate, beside_trend, verdict = _weigh_step(before, after, unit)
    spread, lacking = spread_of(before.means), WEEKS_NEEDED - len(after.means)
    more = 7 * lacking if 0 < lacking <= growing and len(before.means) >= WEEKS_NEEDED else None
    return Turn(
        day=day,
        changes=tuple(change.label for change in here),
        others=_others(day, [change for change in changes if change.key not in keys], before.reach, after.reach),
        outcome=outcome,
        unit=unit,
        weeks_before=len(before.means),
        weeks_after=len(after.means),
        mean_before=unit * float(np.mean(before.means)) if before.means else None,
        mean_after=unit * float(np.mean(after.means)) if after.means else None,
        p_beside_trend=beside_trend,
        spread=None if spread is None else unit * spread,
        basis=Basis(len(before.means) + len(after.means), 2 * MOST_WEEKS, 2 * WEEKS_NEEDED, more),
        estimate=estimate,
        verdict=verdict,
    )


def _mark_use(use: Use, known: KnownDays) -> "Array":
    """1 on days of use, 0 on days without, else unknown."""
    days = known.period.days()
    return np.array([1.0 if day in use.days else 0.0 if day in use.without else np.nan for day in days])


def _weeks(day: date, same: Sequence[date], outcome: Variable, known: KnownDays) -> tuple[Weeks, Weeks, int]:
    """The weeks before a day and from it on, up to the next change of the ``same`` things; and how many are to come."""
    start = known.period.start
    y = known.in_units(outcome)[outcome.is_night :]  # the night after a day stands on the next one
    position = max(0, (day - start).days)
    first = max(((each - start).days for each in same if each < day), default=0)
    last = min(((each - start).days for each in same if each > day), default=known.period.length)
    cut = last < known.period.length or not known.ongoing
    before, after = weekly_means(y[max(first, 0) : position][::-1]), weekly_means(y[position:last])
    gone = (last - position) // DAYS_IN_WEEK
    return before, after, 0 if cut else MOST_WEEKS - gone - (gone in after.weeks)


def _weigh_step(before: Weeks, after: Weeks, unit: float) -> tuple[Estimate | None, float | None, Verdict]:
    """The difference of weekly means, and whether it stands beside a straight trend."""
    if min(len(before.means), len(after.means)) < WEEKS_NEEDED:
        return None, None, "too few"
    weeks = np.array([*(-1 - week for week in reversed(before.weeks)), *after.weeks])
    y = np.array([*reversed(before.means), *after.means])
    if is_constant(y):
        return None, None, "hardly changed"
    is_after = (weeks >= 0).astype(float)
    ones = np.ones(len(weeks))
    try:
        fit = _weekly_fit(y, [ones, is_after], weeks)
    except Undetermined:
        return None, None, "undetermined"
    return (
        estimate_of(fit, unit),
        _beside_trend(fit, y, [ones, weeks - weeks.mean(), is_after], weeks),
        "no clear pattern",
    )


def _beside_trend(alone: Fit, y: "Array", columns: "list[Array]", weeks: "NDArray[np.int64]") -> float | None:
    """The step's p-value beside a straight trend; None where it loses its sign or half its size there."""
    try:
        step = _weekly_fit(y, columns, weeks)
    except Undetermined:
        return None
    kept = step.estimate * alone.estimate > 0 and abs(step.estimate) >= KEPT * abs(alone.estimate)
    return step.p if kept else None


def _weekly_fit(y: "Array", columns: "list[Array]", weeks: "NDArray[np.int64]") -> Fit:
    return regress(y, np.column_stack(columns), weeks, grid=WEEKLY, robust=False)


def _others(day: date, others: Sequence[PlanStep], back: int, ahead: int) -> tuple[PlanStep, ...]:
    """What else changed in the weeks compared, so many days back and ahead."""
    first, last = day - timedelta(days=back), day + timedelta(days=ahead - 1)
    return tuple(sorted((o for o in others if first <= o.day <= last and o.day != day), key=lambda other: other.day))
