"""Today and the last seven days, as ``painlog`` alone shows them: one frozen value. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from painlog.analysis.summary import Summary, summarize
from painlog.domain.entries import Entry
from painlog.domain.flares import Flare, flares
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import DayValue, Variable


class Glance(NamedTuple):
    """What was recorded today, figures of seven days up to today, and the flare that is open, if one is."""

    today: date
    entries: tuple[Entry, ...]
    week: tuple[Summary, ...]
    flare: Flare | None


def last_days(today: date) -> Period:
    """Return the seven days up to today."""
    return Period(today - timedelta(days=DAYS_IN_WEEK - 1), today)


def make_glance(
    today: date,
    entries: Sequence[Entry],
    values: Mapping[Variable, Mapping[date, DayValue]],
    flare_events: Sequence[Entry],
) -> Glance:
    """Make the value of a day's entries, of variables' days, and of flares' starts and ends up to today."""
    week = tuple(summarize(variable, known, last_days(today)) for variable, known in values.items())
    marked = flares(flare_events)
    flare = marked[-1] if marked and marked[-1].end is None else None
    return Glance(today, tuple(entries), week, flare)
