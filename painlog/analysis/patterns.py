"""From a person's days to everything that is found in them, as one frozen value."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta

from painlog.analysis.comparisons import REACH, comparison, turn
from painlog.analysis.findings import LARGEST, Coverage, Patterns, PlanStep, judged
from painlog.analysis.links import Asking, Known, link, profile
from painlog.analysis.questions import days_of
from painlog.analysis.uses import Use
from painlog.domain.periods import Period
from painlog.domain.series import Variable

Values = Mapping[Variable, Mapping[date, float]]


@dataclass(frozen=True)
class Days:
    """What is known of the days of a period. ``values`` may reach back ``REACH`` days further.

    ``entry_days`` are the days with any entry. ``ongoing`` says that the period ends today, so that more days may come;
    ``window`` of them are looked at at a time, the period's length where it is 0.
    """

    period: Period
    ongoing: bool
    values: Values
    entry_days: AbstractSet[date]
    window: int = 0


@dataclass(frozen=True)
class Asked:
    """What is looked for: links, the two variables of a profile, and what was used or changed, by its ``outcome``."""

    links: Sequence[Asking] = ()
    profiles: Sequence[tuple[Variable, Variable]] = ()
    outcome: Variable | None = None
    uses: Sequence[Use] = ()
    changes: Sequence[PlanStep] = ()
    turns: Sequence[date] = ()


def patterns(days: Days, asked: Asked) -> Patterns:
    """Find what is asked for; everything in it is one family of results."""
    known = _laid_out(days, days.period)
    before = timedelta(days=REACH)
    further = _laid_out(days, Period(days.period.start - before, days.period.end)) if asked.turns else known
    outcome = asked.outcome
    found = Patterns(
        period=days.period,
        days=sum(days.period.holds(day) for day in days.entry_days),
        coverage=tuple(_coverage(variable, days) for variable in days.values),
        links=tuple(link(asking, known) for asking in asked.links),
        profiles=tuple(profile(x, y, known) for x, y in asked.profiles),
        comparisons=tuple(comparison(use, outcome, known) for use in asked.uses) if outcome else (),
        turns=tuple(turn(day, asked.changes, outcome, further) for day in asked.turns) if outcome else (),
    )
    return judged(found)


def _laid_out(days: Days, period: Period) -> Known:
    laid_out = {v: days_of(values, period) for v, values in days.values.items()}
    return Known(period, days.ongoing, laid_out, days.window or days.period.length)


def _coverage(variable: Variable, days: Days) -> Coverage:
    here = [value for day, value in days.values[variable].items() if days.period.holds(day)]
    fit = sum(abs(value) <= LARGEST for value in here)
    return Coverage(variable, fit, days.period.length, len(here) - fit)
