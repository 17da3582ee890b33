"""Charts through plotext: the one module that knows it. Shows an analysis ``Chart`` as lines of text."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from painlog.analysis.chart import Chart, Line
from painlog.domain.series import Variable
from painlog.errors import BadInput
from painlog.view.terminal import term, times

if TYPE_CHECKING:
    from rich.text import Text

MARKERS = ("●", "○", "×", "▲", "□", "+")
_COLOURS = ("red", "cyan", "green", "orange", "magenta", "blue")
_FRAME = 12  # columns that axes and their labels take
_MOST_HEIGHT = 30


def room(width: int) -> int:
    """Return how many points a line can have in so many columns."""
    return max(10, width - _FRAME)


def scales(variables: Sequence[Variable]) -> list[str]:
    """Name the scales of some variables, left axis first. Raises BadInput for more than a frame has sides for."""
    found = list(dict.fromkeys(scale_of(variable) for variable in variables))
    if len(found) > 2:
        last = next(variable.label for variable in variables if scale_of(variable) == found[2])
        raise BadInput(f"a chart has room for two scales, here {found[0]} and {found[1]}; leave out {last}")
    if len(variables) > len(MARKERS):
        raise BadInput(f"a chart has room for {len(MARKERS)} lines")
    return found


def scale_of(variable: Variable) -> str:
    """Name a variable's scale: ``0-10``, ``hours``, ``minutes``, a unit; a count of its own is one by its name."""
    if variable.is_time:
        return "hours" if variable.in_hours else "minutes"
    if variable.is_answer:
        return "yes 1, no 0"
    return variable.field.unit or ("{:g}-{:g}".format(*variable.span) if variable.span else variable.label)


def chart_lines(chart: Chart, width: int, height: int) -> Iterator["Text | str"]:
    """Draw a chart: a heading with the legend, the frame, and a sentence a line for who cannot see it."""
    from rich.text import Text

    variables = [line.variable for line in chart.lines]
    sides = scales(variables)
    yield _heading(chart)
    yield term(_legend(variables, sides))
    drawing = _draw(chart, variables, sides, width, min(height, _MOST_HEIGHT))
    for row in drawing.splitlines():
        coloured = Text.from_ansi(row)
        coloured.rstrip()
        yield coloured
    for line, variable in zip(chart.lines, variables, strict=True):
        yield term(_sentence(line, variable))
    if any(line.figures.days < chart.period.length for line in chart.lines):
        yield "Gaps are days without an entry."


def _heading(chart: Chart) -> str:
    each = f", {chart.rolling}-day means" if chart.rolling else ""
    each += f", {chart.step} days a point" if chart.step > 1 else ""
    return f"{chart.period} ({times(chart.period.length, 'day')}{each})"


def _legend(variables: Sequence[Variable], sides: Sequence[str]) -> str:
    parts = []
    for marker, variable in zip(MARKERS, variables, strict=False):
        side = ", right" if sides.index(scale_of(variable)) else ""
        parts.append(f"{marker} {variable.title} [{scale_of(variable)}{side}]")
    return "   ".join(parts)


def _sentence(line: Line, variable: Variable) -> str:
    found = line.figures
    if not found.days or found.mean is None or found.low is None or found.high is None:
        return f"{variable.label}: no entry in this period."
    low, high = variable.show_short(found.low), variable.show_short(found.high)
    ends = f"{low} to {high}" if found.low < found.high else f"{low} on every one"
    return f"{variable.label}: {found.days:,} of {found.of:,} days, mean {variable.show(found.mean)}, {ends}."


def _draw(chart: Chart, variables: Sequence[Variable], sides: Sequence[str], width: int, height: int) -> str:
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(width, height)
    _axes(plotext, chart, variables, sides)
    for i, (line, variable) in enumerate(zip(chart.lines, variables, strict=True)):
        side = "right" if sides.index(scale_of(variable)) else "left"
        places = [j for j, point in enumerate(line.points) if point is not None]
        for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
            xs = [place for _, place in run]
            ys = [_scaled(variable, line.points[x]) for x in xs]
            if len(xs) > 1:
                plotext.plot(xs, ys, marker="braille", color=_COLOURS[i], yside=side)
            plotext.scatter(xs, ys, marker=MARKERS[i], color=_COLOURS[i], yside=side)
    return str(plotext.build())


def _axes(plotext: Any, chart: Chart, variables: Sequence[Variable], sides: Sequence[str]) -> None:
    points = len(chart.lines[0].points)
    plotext.xlim(-0.5, points - 0.5)
    every = max(1, points // 5)
    marks = list(range(0, points, every))
    days = [chart.period.start + timedelta(days=mark * chart.step) for mark in marks]
    long = chart.period.length > 300
    plotext.xticks(marks, [f"{day:%b %Y}" if long else f"{day.day} {day:%b}" for day in days])
    for side, name in zip(("left", "right"), sides, strict=False):
        low, high = _limits(name, chart, variables)
        plotext.ylim(low, high, yside=side)
        ticks = [low + (high - low) * i / 5 for i in range(6)]
        plotext.yticks(ticks, [f"{tick:g}" for tick in ticks], yside=side)


def _limits(scale: str, chart: Chart, variables: Sequence[Variable]) -> tuple[float, float]:
    on_it = [v for v in variables if scale_of(v) == scale]
    ends = on_it[0].span
    if ends and not on_it[0].field.unit and ends[1] <= 10:
        return ends
    highs = [
        _scaled(variable, point)
        for line, variable in zip(chart.lines, variables, strict=True)
        for point in line.points
        if scale_of(variable) == scale and point is not None
    ]
    step = 5 if max(map(abs, highs), default=0) <= 50 else 50
    return min(0, step * (min(highs, default=0) // step)), max(step, step * -(-max(highs, default=0) // step))


def _scaled(variable: Variable, value: float | None) -> float:
    if value is None:
        return 0.0
    return value / 60 if scale_of(variable) == "hours" else value
