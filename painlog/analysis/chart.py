"""What a chart of a period shows, reduced to the room there is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from painlog.analysis.patterns.findings import PlanStep
from painlog.analysis.summary import Summary, days_needed, finite_values, summarize
from painlog.domain.flares import Flare
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue, Variable

Range = tuple[float, float]


@dataclass(frozen=True)
class Line:
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


@dataclass(frozen=True)
class Mark:
    """A point, counted from 0, on whose days the plan changed, and how."""

    point: int
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True)
class Chart:
    """Lines over a period. A point is the mean of ``step`` days, or of as many rolling means.

    ``flares`` are those with a day in the period, ``marks`` the changes of the plan in it, in the order of days.
    """

    period: Period
    step: int
    rolling: int
    lines: tuple[Line, ...]
    flares: tuple[Flare, ...] = ()
    marks: tuple[Mark, ...] = ()

    def point_of(self, day: date) -> int:
        """Return the point a day of the period belongs to."""
        return (day - self.period.start).days // self.step


class Around(NamedTuple):
    """What stands beside the lines: flares, changes of the plan, and a day's lowest and highest rating by variable."""

    flares: Sequence[Flare] = ()
    steps: Sequence[PlanStep] = ()
    ranges: Mapping[Variable, Mapping[date, Range]] = MappingProxyType({})


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
        shown = _rolling(known, period, rolling) if rolling else days
        ranges = _ranges(around.ranges.get(variable, {}), known, period, step)
        lines.append(Line(variable, _reduced(shown, step), summarize(variable, known, period), ranges))
    marked = tuple(flare for flare in around.flares if flare.days(period))
    return Chart(period, step, rolling, tuple(lines), marked, _marks(around.steps, period, step))


def _rolling(known: Mapping[date, DayValue], period: Period, window: int) -> list[float | None]:
    means: list[float | None] = []
    for day in period.days():
        back = (day - timedelta(days=i) for i in range(window))
        near = [known[one].value for one in back if one in known]
        means.append(fsum(near) / len(near) if len(near) >= days_needed(window) else None)
    return means


def _reduced(points: Sequence[float | None], step: int) -> tuple[float | None, ...]:
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


def _marks(steps: Sequence[PlanStep], period: Period, step: int) -> tuple[Mark, ...]:
    groups: dict[int, list[PlanStep]] = {}
    for change in sorted(steps, key=lambda one: one.day):
        if period.holds(change.day):
            groups.setdefault((change.day - period.start).days // step, []).append(change)
    return tuple(Mark(point, tuple(group)) for point, group in groups.items())
