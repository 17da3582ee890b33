"""What a chart of a period shows, reduced to the room there is. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from painlog.analysis.report.timeline import EventOnDay, Lane
from painlog.analysis.summary import Summary, days_needed, finite_values, summarize
from painlog.domain.flares import Flare
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable

Range = tuple[float, float]


class Line(NamedTuple):
    """One variable: a value for each step of the period, None where nothing was logged; ``figures`` are of all days.

    ``ranges``, if there are any, hold the lowest and highest single rating of each step that has days with several.
    """

    variable: Variable
    points: tuple[float | None, ...]
    figures: Summary
    ranges: tuple[Range | None, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether it has a point; a rolling mean may have none although there are entries."""
        return any(point is not None for point in self.points)


class Chart(NamedTuple):
    """Lines over a period. A point is the mean of ``step`` days, or of as many rolling means.

    ``flares`` are those with a day in the period, ``lanes`` its medicines and treatments, ``events`` what happened
    in it, numbered in the order of days. ``from_first`` is true where it begins with the journal's first entry.
    """

    period: Period
    step: int
    rolling: int
    lines: tuple[Line, ...]
    flares: tuple[Flare, ...] = ()
    lanes: tuple[Lane, ...] = ()
    events: tuple[EventOnDay, ...] = ()
    from_first: bool = False

    def point_of(self, day: date) -> int:
        """Return the point a day of the period belongs to."""
        return (day - self.period.start).days // self.step

    def days_of(self, point: int) -> Period:
        """Return the days of the period that belong to a point."""
        first = self.period.start + timedelta(days=point * self.step)
        return Period(first, min(self.period.end, first + timedelta(days=self.step - 1)))


class Around(NamedTuple):
    """What stands beside the lines: flares, lanes, events, and a day's lowest and highest rating by variable.

    ``from_first`` says that the period was made to begin with the journal's first entry.
    """

    flares: Sequence[Flare] = ()
    lanes: Sequence[Lane] = ()
    events: Sequence[EventOnDay] = ()
    ranges: Mapping[Variable, Mapping[date, Range]] = MappingProxyType({})
    from_first: bool = False


_ALONE = Around()


def make_chart(
    values: Mapping[Variable, Mapping[date, DayValue]],
    period: Period,
    *,
    room: int,
    rolling: int = 0,
    around: Around = _ALONE,
) -> Chart:
    """Make a chart of at most ``room`` points a line. ``values`` may reach back beyond the period for rolling means."""
    step = -(-period.length // room)
    lines = []
    for variable, of_days in values.items():
        known = finite_values(of_days)
        days = [known[day].value if day in known else None for day in period.days()]
        shown = _average_rolling(known, period, rolling) if rolling else days
        ranges = _ranges(around.ranges.get(variable, {}), known, period, step)
        lines.append(Line(variable, _reduce(shown, step), summarize(variable, known, period), ranges))
    marked = tuple(flare for flare in around.flares if flare.days(period))
    events = tuple(event for event in around.events if period.holds(event.day))
    return Chart(period, step, rolling, tuple(lines), marked, tuple(around.lanes), events, around.from_first)


def _average_rolling(known: Mapping[date, DayValue], period: Period, window: int) -> list[float | None]:
    means: list[float | None] = []
    for day in period.days():
        back = (day - timedelta(days=i) for i in range(window))
        near = [known[one].value for one in back if one in known]
        means.append(fsum(near) / len(near) if len(near) >= days_needed(window) else None)
    return means


def _reduce(points: Sequence[float | None], step: int) -> tuple[float | None, ...]:
    groups = ([p for p in points[i : i + step] if p is not None] for i in range(0, len(points), step))
    return tuple(fsum(group) / len(group) if group else None for group in groups)


def _ranges(
    spans: Mapping[date, Range], known: Mapping[date, DayValue], period: Period, step: int
) -> tuple[Range | None, ...]:
    """From the lowest of some days to the highest, for each step; nothing where no day has a value and a range."""
    days = [spans[day] if day in spans and day in known else None for day in period.days()]
    groups = [[span for span in days[i : i + step] if span] for i in range(0, len(days), step)]
    found = tuple((min(low for low, _ in g), max(high for _, high in g)) if g else None for g in groups)
    return found if any(found) else ()
