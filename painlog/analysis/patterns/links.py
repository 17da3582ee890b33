"""How two variables go together: same day, next day, after the night; and the profile of lags around them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from painlog.analysis.patterns.findings import (
    MOSTLY,
    NEXT_DAY_NEEDS,
    POSSIBLE,
    SAME_DAY_NEEDS,
    VARIED_DAYS,
    Basis,
    Estimate,
    Lag,
    Link,
    Profile,
    Verdict,
    more_days,
    step,
)
from painlog.analysis.patterns.question import LinkQuestion
from painlog.analysis.patterns.regression import Fit, Undetermined, is_constant, regress
from painlog.analysis.patterns.rows import Rows, after_night, fit_rows, later
from painlog.domain.periods import Period
from painlog.domain.variables import Variable

if TYPE_CHECKING:
    from painlog.analysis.patterns.regression import Array

LAGS = range(-3, 4)
SHARE = 0.1
CHOSEN = 0.2  # p, from which the days logged may have been chosen


class KnownDays(NamedTuple):
    """Variables laid out over a period.

    ``ongoing`` says that it ends today, so that more days may come, of which ``window`` are looked at at a time.
    ``counts`` are how many ratings a day's value is the mean of, where not one; ``within`` is the standard deviation of
    single ratings within a day, in the variable's unit, where it is known.
    """

    period: Period
    ongoing: bool
    days: "dict[Variable, Array]"
    window: int
    counts: "Mapping[Variable, Array]" = MappingProxyType({})
    within: Mapping[Variable, float] = MappingProxyType({})

    def counts_of(self, variable: Variable) -> "Array":
        """How many ratings each day's value is the mean of; 1 where that is not known."""
        found = self.counts.get(variable)
        return np.ones(self.period.length) if found is None else np.where(found >= 1, found, 1.0)

    def step(self, variable: Variable) -> float:
        """One step of a variable, in its own unit."""
        values = self.days[variable]
        known = values[np.isfinite(values)]
        return step(variable, 0.0 if not len(known) or is_constant(known) else float(known.std()))

    def unit(self, variable: Variable) -> float:
        """One step of a variable as an outcome: of an answer 10 percentage points, of others the same."""
        return SHARE if variable.is_answer else self.step(variable)

    def in_steps(self, variable: Variable) -> "Array":
        """The variable's days in steps."""
        return self.days[variable] / self.step(variable)

    def in_units(self, variable: Variable) -> "Array":
        """The variable's days in steps of an outcome."""
        return self.days[variable] / self.unit(variable)

    def span(self, *variables: Variable) -> int:
        """Calendar days from the first on which one of some variables was logged to the period's end."""
        logged = np.logical_or.reduce([np.isfinite(self.days[variable]) for variable in variables])
        return len(logged) - int(logged.argmax()) if logged.any() else len(logged)


def find_link(asking: LinkQuestion, known: KnownDays) -> Link:
    """Answer one question, or say why it cannot be answered yet."""
    question, x, y = asking
    rows = _rows(asking, known)
    needed = SAME_DAY_NEEDS if question == "same day" else NEXT_DAY_NEEDS
    of = known.period.length - (question != "same day")
    lost = question != "same day"  # the first day has none before it
    more = more_days(len(rows), needed, known.span(x, y) - lost, known.window - lost) if known.ongoing else None
    unit = known.unit(y)
    estimate, verdict = answer_rows(rows, needed, lambda: fit_rows(rows, known.period.start), unit)
    flat = None if verdict != "hardly changed" else x if hardly_changes(rows.wanted) else y
    return Link(
        *(question, x, y, known.step(x), unit, Basis(len(rows), of, needed, more), estimate, verdict, flat),
        is_selective=estimate is not None and estimate.p < POSSIBLE and is_selective(x, y, known),
    )


def is_selective(x: Variable, y: Variable, known: KnownDays) -> bool:
    """Whether many days of the span have not both, and whether a neighbouring day has goes with either."""
    logged = np.isfinite(known.days[x]) & np.isfinite(known.days[y])
    here = logged[len(logged) - known.span(x, y) :]
    if here.mean() >= MOSTLY:
        return False
    present = here.astype(float)
    series = (known.days[each][len(logged) - len(here) :] for each in (x, y))
    return any(_goes_with_logging(values, present) for values in series)


def _goes_with_logging(values: "Array", present: "Array") -> bool:
    """Whether days after high or low ones are logged more often; days are taken for independent."""
    rows = later(present[1:], values[:-1], 0)
    if hardly_changes(rows.y) or hardly_changes(rows.wanted):
        return False
    try:
        fit = regress(rows.y, np.column_stack([np.ones(len(rows)), rows.wanted]), rows.days, grid=(0.0,))
    except Undetermined:
        return False
    return fit.p < CHOSEN


def find_profile(x: Variable, y: Variable, known: KnownDays) -> Profile:
    """Fit every lag from three days before to three days after; the middle ones are those of the sentences."""
    return Profile(x, y, known.step(x), known.step(y), tuple(_lag(x, y, days, known) for days in LAGS))


def answer_rows(rows: Rows, needed: int, fit: Callable[[], Fit], unit: float) -> tuple[Estimate | None, Verdict]:
    """Fit where there are rows enough that vary; the estimate is in the outcome's own unit."""
    if len(rows) < needed:
        return None, "too few"
    if hardly_changes(rows.y) or hardly_changes(rows.wanted):
        return None, "hardly changed"
    try:
        return estimate_of(fit(), unit), "no clear pattern"
    except Undetermined:
        return None, "undetermined"


def estimate_of(fit: Fit, unit: float) -> Estimate:
    """Turn a fit of an outcome counted in steps into its own unit; its q comes with its family."""
    low, high = fit.interval
    return Estimate(fit.estimate * unit, low * unit, high * unit, fit.p, None, fit.df, fit.phi, fit.partial_r)


def weigh_again(estimate: Estimate, value: float, interval: tuple[float, float], p: float) -> tuple[Estimate, bool]:
    """Return an estimate as a second look at it leaves it, and whether that one bears it out.

    ``value``, 95 % ``interval`` and two-sided ``p`` are the second look's. It is asked whether there is a difference
    the way the first one saw it, so its p is one-sided. What it bears out keeps its interval and has the larger p; the
    interval of another holds both looks, and zero.
    """
    p = p / 2 if value * estimate.value > 0 else 1.0
    if p < POSSIBLE:
        return estimate._replace(p=max(estimate.p, p)), True
    ends = (estimate.low, estimate.high, *interval)
    return estimate._replace(low=min(*ends, 0.0), high=max(*ends, 0.0), p=p), False


def hardly_changes(values: "Array") -> bool:
    """Whether fewer than ``VARIED_DAYS`` days differ from the commonest value."""
    return len(values) - int(np.unique(values, return_counts=True)[1].max()) < VARIED_DAYS


def _rows(asking: LinkQuestion, known: KnownDays) -> Rows:
    x, y = known.in_steps(asking.x), known.in_units(asking.y)
    if asking.question == "night":
        return after_night(y, x)
    return later(y, x, 0 if asking.question == "same day" else 1)


def _lag(x: Variable, y: Variable, days: int, known: KnownDays) -> Lag:
    earlier, outcome = (x, y) if days >= 0 else (y, x)
    if days == 0 and x.is_night != y.is_night:
        night, other = (x, y) if x.is_night else (y, x)
        rows = after_night(known.in_steps(other), known.in_steps(night))
    else:
        rows = later(known.in_steps(outcome), known.in_steps(earlier), abs(days))
    needed = NEXT_DAY_NEEDS if days or x.is_night != y.is_night else SAME_DAY_NEEDS
    estimate, _ = answer_rows(rows, needed, lambda: fit_rows(rows, known.period.start), 1.0)
    return Lag(days, len(rows), estimate)
