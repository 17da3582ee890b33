"""Days with and without a treatment, and weeks before and after a change.

What is taken as needed is taken on bad days, so those days themselves say nothing about it: only the day after is
compared, beside the pain of the day it was taken on.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from painlog.analysis.findings import (
    SWITCHES_NEEDED,
    TREATMENT_NEEDS,
    WEEKDAY_SHARE,
    WEEKS_NEEDED,
    Basis,
    Comparison,
    Estimate,
    Turn,
    Verdict,
    more_days,
)
from painlog.analysis.links import Known, answered, estimate_of
from painlog.analysis.questions import MOST_WEEKS, fitted, later, weekday_share, weekly_means
from painlog.analysis.regression import WEEKLY, Fit, Undetermined, regress
from painlog.analysis.uses import PlanStep, Use
from painlog.domain.series import Variable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from painlog.analysis.regression import Array

REACH = 7 * MOST_WEEKS  # days before a period that a change at its start is compared with


def comparison(use: Use, outcome: Variable, known: Known) -> Comparison:
    """Compare the days with a treatment to those without; of one as needed, the days after them."""
    used = _used(use, known)
    rows = later(known.in_steps(outcome), used, int(use.as_needed))
    unit = known.step(outcome)
    days_with = int(rows.wanted.sum())
    days_without = len(rows) - days_with
    switches = int((np.diff(rows.wanted) != 0).sum())
    share = weekday_share(rows.wanted, rows.days, known.period.start) if len(rows) else 0.0
    rarer = min(days_with, days_without)
    span = known.period.length - int(np.isfinite(used).argmax())
    more = more_days(rarer, TREATMENT_NEEDS, span, known.period.length) if known.ongoing else None
    estimate: Estimate | None = None
    verdict: Verdict = "too few"
    if rarer >= TREATMENT_NEEDS and switches >= SWITCHES_NEEDED:
        verdict = "weekdays"
        if share < WEEKDAY_SHARE:
            estimate, verdict = answered(rows, 2 * TREATMENT_NEEDS, lambda: fitted(rows, known.period.start), unit)
    return Comparison(
        name=use.name,
        as_needed=use.as_needed,
        outcome=outcome,
        unit=unit,
        days_with=days_with,
        days_without=days_without,
        mean_with=unit * float(rows.y[rows.wanted == 1].mean()) if days_with else None,
        mean_without=unit * float(rows.y[rows.wanted == 0].mean()) if days_without else None,
        switches=switches,
        weekday_share=share,
        basis=Basis(len(rows), known.period.length - use.as_needed, 2 * TREATMENT_NEEDS, more),
        estimate=estimate,
        verdict=verdict,
    )


def turn(day: date, changes: Sequence[PlanStep], outcome: Variable, known: Known) -> Turn:
    """Compare the weeks before a day to those from it on.

    ``changes`` are all there are; the weeks end where one of the same things changed before or after. ``known`` reaches
    back ``REACH`` days further than the period.
    """
    here = [change for change in changes if change.day == day]
    keys = {change.key for change in here}
    start, position = known.period.start, (day - known.period.start).days
    same = sorted((change.day - start).days for change in changes if change.key in keys and change.day != day)
    first = max((place for place in same if place < position), default=0)
    last = min((place for place in same if place > position), default=known.period.length)
    y = known.in_steps(outcome)
    before, weeks_before = weekly_means(y[max(first, 0) : position][::-1])
    after, weeks_after = weekly_means(y[position:last])
    unit = known.step(outcome)
    estimate, steady, verdict = _stepped(before, after, weeks_before, weeks_after, unit)
    lacking = max(0, WEEKS_NEEDED - len(after))
    growing = known.ongoing and last == known.period.length and len(before) >= WEEKS_NEEDED
    reached = (7 * len(weeks_before), 7 * len(weeks_after))
    return Turn(
        day=day,
        changes=tuple(change.label for change in here),
        others=_others(day, changes, keys, reached),
        outcome=outcome,
        unit=unit,
        weeks_before=len(before),
        weeks_after=len(after),
        mean_before=unit * float(np.mean(before)) if before else None,
        mean_after=unit * float(np.mean(after)) if after else None,
        steady=steady,
        size=None,
        cautious_size=None,
        basis=Basis(
            len(before) + len(after), 2 * MOST_WEEKS, 2 * WEEKS_NEEDED, 7 * lacking if lacking and growing else None
        ),
        estimate=estimate,
        verdict=verdict,
    )


def _used(use: Use, known: Known) -> "Array":
    """1 on days of use, 0 on days without, else unknown."""
    days = known.period.days()
    return np.array([1.0 if day in use.days else 0.0 if day in use.without else np.nan for day in days])


def _stepped(
    before: list[float], after: list[float], weeks_before: list[int], weeks_after: list[int], unit: float
) -> tuple[Estimate | None, bool | None, Verdict]:
    """The difference of weekly means, and whether it stands beside a straight trend."""
    if min(len(before), len(after)) < WEEKS_NEEDED:
        return None, None, "too few"
    weeks = np.array([*(-1 - week for week in reversed(weeks_before)), *weeks_after])
    y = np.array([*reversed(before), *after])
    is_after = (weeks >= 0).astype(float)
    ones = np.ones(len(weeks))
    try:
        fit = _weekly_fit(y, [ones, is_after], weeks)
    except Undetermined:
        return None, None, "hardly changed"
    return estimate_of(fit, unit), _steady(fit, y, [ones, weeks - weeks.mean(), is_after], weeks), "no clear pattern"


def _steady(fit: Fit, y: "Array", columns: "list[Array]", weeks: "NDArray[np.int64]") -> bool:
    try:
        beside_trend = _weekly_fit(y, columns, weeks).estimate
    except Undetermined:
        return False
    return beside_trend * fit.estimate > 0 and abs(beside_trend) >= abs(fit.estimate) / 2


def _weekly_fit(y: "Array", columns: "list[Array]", weeks: "NDArray[np.int64]") -> Fit:
    return regress(y, np.column_stack(columns), weeks, grid=WEEKLY, robust=False)


def _others(
    day: date, changes: Sequence[PlanStep], keys: AbstractSet[str], reached: tuple[int, int]
) -> Mapping[str, date]:
    """What else changed in the weeks compared."""
    first, last = day - timedelta(days=reached[0]), day + timedelta(days=reached[1] - 1)
    return {
        change.label: change.day
        for change in changes
        if change.key not in keys and first <= change.day <= last and change.day != day
    }
