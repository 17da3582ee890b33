"""From a person's days to everything that is found in them, as one frozen value."""

from datetime import timedelta

from painlog.analysis.patterns.comparisons import compare_days, compare_weeks
from painlog.analysis.patterns.findings import LARGEST, Coverage, Link, Patterns, is_direction, judge
from painlog.analysis.patterns.links import KnownDays, find_link, find_profile
from painlog.analysis.patterns.question import REACH, Days, Question
from painlog.analysis.patterns.rows import days_of
from painlog.domain.periods import Period
from painlog.domain.variables import Variable


def find_patterns(days: Days, asked: Question) -> Patterns:
    """Find what is asked for; everything in it is one family of results."""
    known = _laid_out(days, days.period)
    before = timedelta(days=REACH)
    further = _laid_out(days, Period(days.period.start - before, days.period.end)) if asked.turns else known
    outcome = asked.outcome
    found = Patterns(
        period=days.period,
        days=sum(days.period.holds(day) for day in days.entry_days),
        coverage=tuple(_coverage(variable, days) for variable in days.values),
        links=_look_again(tuple(find_link(asking, known) for asking in asked.links), known),
        profiles=tuple(find_profile(x, y, known) for x, y in asked.profiles),
        comparisons=tuple(compare_days(use, outcome, known) for use in asked.uses) if outcome else (),
        turns=tuple(compare_weeks(day, asked.changes, outcome, further) for day in asked.turns) if outcome else (),
    )
    return judge(found)


def _laid_out(days: Days, period: Period) -> KnownDays:
    laid_out, counts = ({v: days_of(values, period) for v, values in of.items()} for of in (days.values, days.counts))
    return KnownDays(period, days.ongoing, laid_out, days.window or days.period.length, counts, days.within)


def _look_again(links: tuple[Link, ...], known: KnownDays) -> tuple[Link, ...]:
    """Look at directions once more; what does that is loaded where there is one."""
    if not any(is_direction(link) for link in links):
        return links
    from painlog.analysis.patterns.second_look import look_at_directions

    return look_at_directions(links, known)


def _coverage(variable: Variable, days: Days) -> Coverage:
    here = [value for day, value in days.values[variable].items() if days.period.holds(day)]
    fit = sum(abs(value) <= LARGEST for value in here)
    return Coverage(variable, fit, days.period.length, len(here) - fit)
