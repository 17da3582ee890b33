"""A variable's days as a calendar: months of weeks from Monday to Sunday. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from painlog.analysis.summary import finite_values, summarize
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import DayValue, Variable


class Day(NamedTuple):
    """A calendar day of the period and its value, in the variable's unit (minutes for times); None: no entry."""

    day: date
    value: float | None


Week = tuple[Day | None, ...]


class Month(NamedTuple):
    """One calendar month, as far as the period holds it.

    ``weeks`` are rows of seven, Monday first, None where a day belongs to another month or to none of the period's
    (the days ahead, too). ``days`` of ``of`` days have a value. ``mean`` is None where they are too few.
    """

    first: date
    weeks: tuple[Week, ...]
    days: int
    of: int
    mean: float | None

    @property
    def cells(self) -> tuple[Day, ...]:
        """Its days within the period, in order."""
        return tuple(day for week in self.weeks for day in week if day)


class Worst(NamedTuple):
    """The worst daily value, the latest day that has it, and how many days do."""

    value: float
    day: date
    days: int


class Calendar(NamedTuple):
    """A variable's days over a period.

    ``days`` of ``of`` days have a value. ``low`` and ``high`` are over daily values, ``mean`` too and only where enough
    days are logged. ``worst`` is None where the variable has no better end, or every day is alike.
    ``from_first`` is true where the period was made to begin with the journal's first entry.
    """

    variable: Variable
    period: Period
    days: int
    of: int
    mean: float | None
    low: float | None
    high: float | None
    worst: Worst | None
    months: tuple[Month, ...]
    from_first: bool = False


def make_calendar(
    variable: Variable, values: Mapping[date, DayValue], period: Period, *, from_first: bool = False
) -> Calendar:
    """Lay a variable's daily values out over a period; a value that is no number (from another program) is left out."""
    known = {day: one for day, one in finite_values(values).items() if period.holds(day)}
    found = summarize(variable, known, period)
    return Calendar(
        variable=variable,
        period=period,
        days=found.days,
        of=found.of,
        mean=found.average,
        low=found.low,
        high=found.high,
        worst=_worst(variable, {day: one.value for day, one in known.items()}),
        months=tuple(_month(variable, known, part) for part in period.months()),
        from_first=from_first,
    )


def _month(variable: Variable, known: Mapping[date, DayValue], part: Period) -> Month:
    found = summarize(variable, known, part)
    cells: list[Day | None] = [Day(*each) for each in zip(part.days(), found.by_day, strict=True)]
    cells = [None] * part.start.weekday() + cells + [None] * (DAYS_IN_WEEK - 1 - part.end.weekday())
    weeks = tuple(tuple(cells[i : i + DAYS_IN_WEEK]) for i in range(0, len(cells), DAYS_IN_WEEK))
    return Month(part.start.replace(day=1), weeks, found.days, found.of, found.average)


def _worst(variable: Variable, values: Mapping[date, float]) -> Worst | None:
    if not variable.better or len(set(values.values())) < 2:
        return None
    worst = min(values.values()) if variable.better == "high" else max(values.values())
    days = [day for day, value in values.items() if value == worst]
    return Worst(worst, max(days), len(days))
