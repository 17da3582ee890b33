"""What a chart of a period shows, reduced to the room there is. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from painlog.analysis.figures import Figures, days_needed, figures
from painlog.domain.periods import Period
from painlog.domain.series import DayValue, Variable


@dataclass(frozen=True)
class Line:
    """One variable: a value for each step of the period, None where nothing was logged; ``figures`` are of all days."""

    variable: Variable
    points: tuple[float | None, ...]
    figures: Figures


@dataclass(frozen=True)
class Chart:
    """Lines over a period. A point is the mean of ``step`` days, or of as many rolling means."""

    period: Period
    step: int
    rolling: int
    lines: tuple[Line, ...]


def chart(values: Mapping[Variable, Mapping[date, DayValue]], period: Period, *, room: int, rolling: int = 0) -> Chart:
    """Make a chart of at most ``room`` points a line. ``values`` may reach back beyond the period for rolling means."""
    step = -(-period.length // room)
    lines = []
    for variable, known in values.items():
        days = [known[day].value if day in known else None for day in period.days()]
        shown = _rolling(known, period, rolling) if rolling else days
        lines.append(Line(variable, _reduced(shown, step), figures(variable, known, period)))
    return Chart(period, step, rolling, tuple(lines))


def _rolling(known: Mapping[date, DayValue], period: Period, window: int) -> list[float | None]:
    means: list[float | None] = []
    for day in period.days():
        back = (day - timedelta(days=i) for i in range(window))
        near = [known[one].value for one in back if one in known]
        means.append(fmean(near) if len(near) >= days_needed(window) else None)
    return means


def _reduced(points: Sequence[float | None], step: int) -> tuple[float | None, ...]:
    groups = ([p for p in points[i : i + step] if p is not None] for i in range(0, len(points), step))
    return tuple(fmean(group) if group else None for group in groups)
