"""From a person's days to everything that is found in them, as one frozen value."""

from datetime import timedelta

from painlog.analysis.patterns.comparisons import comparison, turn
from painlog.analysis.patterns.findings import LARGEST, Coverage, Patterns, judged
from painlog.analysis.patterns.links import Known, link, profile
from painlog.analysis.patterns.question import REACH, Days, Inquiry
from painlog.analysis.patterns.rows import days_of
from painlog.domain.periods import Period
from painlog.domain.variables import Variable


def patterns(days: Days, asked: Inquiry) -> Patterns:
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
