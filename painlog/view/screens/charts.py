"""Charts as lines of text, with what stands around them. The one module that knows plotext."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain, groupby
from math import floor
from typing import Any, NamedTuple

from painlog.analysis.chart import Chart, Line, Range
from painlog.domain.variables import Variable
from painlog.errors import BadInput
from painlog.view.chart_words import FLARE, dated_values, numbered, scale_of, sentences
from painlog.view.terminal import TextLine, from_ansi, term, times, wrap_text

MARKERS = ("●", "○", "×", "▲", "□", "+")
RANGE = "│"
_COLOURS = ("red", "cyan", "green", "orange", "magenta", "blue")
_FRAME = 12  # columns that axes and their labels take
_MOST_HEIGHT = 30
_TICKS = 5
_PANEL_HEIGHTS = (6, 10)
_LONG = 300  # days from which the axis names months


class Frame(NamedTuple):
    """One frame of plotext's: its size in columns and rows, its scales, left axis first, and how they are marked.

    ``first`` is the number of its first line among all lines; ``labels`` is the width of the left axis's labels.
    """

    chart: Chart
    width: int
    height: int
    sides: tuple[str, ...]
    ticks: int = _TICKS
    first: int = 0
    labels: int = 0
    dated: bool = True


def scales(variables: Sequence[Variable], *, panels: bool = False) -> list[str]:
    """Name the scales of some variables, left axis first. Raises BadInput for more than a frame has sides for."""
    if len(variables) > len(MARKERS):
        raise BadInput(f"a chart has room for {len(MARKERS)} lines")
    names = list(dict.fromkeys(scale_of(variable) for variable in variables))
    if len(names) > 2 and not panels:
        last = next(variable.label for variable in variables if scale_of(variable) == names[2])
        two = f"{names[0]} and {names[1]}"
        raise BadInput(f"a chart has room for two scales, here {two}; leave out {last}, or add --panels")
    return names


def heading_lines(chart: Chart, width: int) -> list[str]:
    """The period, and what a point is."""
    each = f", {chart.rolling}-day means" if chart.rolling else ""
    each += f", {chart.step} days a point" if chart.step > 1 else ""
    return wrap_text(f"{chart.period} ({times(chart.period.length, 'day')}{each})", width)


def legend_lines(chart: Chart, sides: Sequence[str], width: int) -> list[str]:
    """Each line's mark and name, its scale and the side it is on; as many to a line as there is room for."""
    parts = []
    for i, line in enumerate(chart.lines):
        side = ", right" if sides.index(scale_of(line.variable)) else ""
        parts += legend_parts(line, i, side)
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + len(part) + 3 <= width:
            lines[-1] += f"   {part}"
        else:
            lines.append(part)
    return list(chain.from_iterable(wrap_text(line, width) for line in lines))


def legend_parts(line: Line, index: int, side: str = "") -> list[str]:
    """A line's part of the legend, and its ranges'."""
    parts = [term(f"{MARKERS[index]} {line.variable.title} [{scale_of(line.variable)}{side}]")]
    return [*parts, f"{RANGE} lowest to highest of a day"] if line.ranges else parts


def mark_rows(chart: Chart, columns: Sequence[int]) -> list[str]:
    """A row that shades flares and one that numbers changes of the plan, where there are any, by points' columns."""
    rows = []
    if chart.flares:
        cells = [" "] * (columns[-1] + 1)
        for flare in chart.flares:
            days = flare.days(chart.period)
            first, last = columns[chart.point_of(days[0])], columns[chart.point_of(days[-1])]
            cells[first : last + 1] = FLARE * (last + 1 - first)
        rows.append("".join(cells))
    if chart.marks:
        cells = [" "] * (columns[-1] + 1)
        for number, mark in numbered(chart.marks):
            cells[columns[mark.point]] = number
        rows.append("".join(cells))
    return [row.rstrip() for row in rows]


def word_lines(chart: Chart, width: int) -> Iterator[str]:
    """What the chart shows in words."""
    for sentence in sentences(chart):
        yield from wrap_text(term(sentence), width)


def room(width: int) -> int:
    """Return how many points a line can have in so many columns."""
    return max(10, width - _FRAME)


def chart_lines(chart: Chart, width: int, height: int) -> Iterator[TextLine]:
    """Draw a chart: a heading with the legend, a frame of so many rows, its marks, and what it shows in words."""
    sides = scales([line.variable for line in chart.lines])
    yield from heading_lines(chart, width)
    yield from legend_lines(chart, sides, width)
    if any(line.is_drawn for line in chart.lines):
        yield from _frame_lines(Frame(chart, width, min(height, _MOST_HEIGHT), tuple(sides)))
    yield from word_lines(chart, width)


def plain_lines(chart: Chart, width: int) -> Iterator[TextLine]:
    """Say a chart without drawing it: a heading, each value with its day, and what a chart says in words."""
    yield from heading_lines(chart, width)
    for text in dated_values(chart):
        yield from wrap_text(term(text), width)
    yield from word_lines(chart, width)


def panel_lines(chart: Chart, width: int, height: int) -> Iterator[TextLine]:
    """Draw each line that has a point in a frame of its own, one under another, of so many rows in all if they do."""
    scales([line.variable for line in chart.lines], panels=True)
    yield from heading_lines(chart, width)
    for frame in _panels(chart, width, height):
        yield from wrap_text("   ".join(legend_parts(frame.chart.lines[0], frame.first)), width)
        yield from _frame_lines(frame)
    yield from word_lines(chart, width)


def _panels(chart: Chart, width: int, height: int) -> list[Frame]:
    """A frame a line, their left edges under one another; the last one bears the days."""
    drawn = [(i, line) for i, line in enumerate(chart.lines) if line.is_drawn]
    if not drawn:
        return []
    least, most = _PANEL_HEIGHTS
    rows = min(most, max(least, (height - 1) // len(drawn) - 1))
    frames = []
    for i, line in drawn:
        alone, scale = replace(chart, lines=(line,)), scale_of(line.variable)
        low, high = _limits(scale, alone)
        frames.append(Frame(alone, width, rows, (scale,), 1 if (high - low) % 2 else 2, i, dated=False))
    labels = max(len(label) for f in frames for label in _ticks(f.sides[0], f.chart, f.ticks).values())
    frames = [frame._replace(labels=labels) for frame in frames]
    return [*frames[:-1], frames[-1]._replace(height=rows + 1, dated=True)]


def rows_beside(chart: Chart, width: int, *, panels: bool = False) -> int:
    """Return how many rows stand above and below a chart's frames."""
    legend = [] if panels else legend_lines(chart, scales([line.variable for line in chart.lines]), width)
    words = list(word_lines(chart, width))
    return len(heading_lines(chart, width)) + len(legend) + len(words) + bool(chart.flares) + bool(chart.marks)


def _frame_lines(frame: Frame) -> Iterator[TextLine]:
    """The frame as plotext draws it, and under the days the rows of marks."""
    drawing = _draw(frame).splitlines()
    for row in drawing:
        coloured = from_ansi(row)
        coloured.rstrip()
        yield coloured
    if frame.dated:
        yield from mark_rows(frame.chart, _columns(from_ansi(drawing[0]).plain, len(frame.chart.lines[0].points)))


def _columns(top: str, points: int) -> list[int]:
    """The column of each point, by the frame's upper edge; as plotext reckons it."""
    left, right = top.index("┌"), top.index("┐")
    inside = right - left - 2
    return [left + 1 + floor(round(0.5 + inside * (i + 0.5) / points, 8)) for i in range(points)]


def _draw(frame: Frame) -> str:
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(width=False, height=False)
    plotext.plotsize(frame.width, frame.height)
    _axes(plotext, frame)
    for line in frame.chart.lines:
        if line.ranges:
            _bars(plotext, line, frame)
    for i, line in enumerate(frame.chart.lines):
        _line(plotext, line, frame.first + i, _side(frame, line.variable))
    return str(plotext.build())


def _line(plotext: Any, line: Line, number: int, side: str) -> None:
    """A line through days that follow one another, and a mark on each."""
    colour = _COLOURS[number]
    places = [i for i, point in enumerate(line.points) if point is not None]
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        xs = [place for _, place in run]
        ys = [_scaled(line.variable, line.points[x]) for x in xs]
        if len(xs) > 1:
            plotext.plot(xs, ys, marker="braille", color=colour, yside=side)
        plotext.scatter(xs, ys, marker=MARKERS[number], color=colour, yside=side)


def _bars(plotext: Any, line: Line, frame: Frame) -> None:
    """The ranges as upright bars, dotted so closely that no row of theirs is left out."""
    low, high = _limits(scale_of(line.variable), frame.chart)
    apart = (high - low) / (2 * frame.height)
    xs: list[int] = []
    ys: list[float] = []
    for i, span in enumerate(line.ranges):
        if span:
            dots = _dotted(span, apart)
            xs += [i] * len(dots)
            ys += dots
    plotext.scatter(xs, ys, marker=RANGE, yside=_side(frame, line.variable))


def _dotted(span: Range, apart: float) -> list[float]:
    low, high = span
    return [*(low + i * apart for i in range(int((high - low) / apart) + 1)), high]


def _side(frame: Frame, variable: Variable) -> str:
    return "right" if frame.sides.index(scale_of(variable)) else "left"


def _axes(plotext: Any, frame: Frame) -> None:
    chart = frame.chart
    points = len(chart.lines[0].points)
    plotext.xlim(-0.5, points - 0.5)
    marks = list(range(0, points, max(1, points // 5))) if frame.dated else []
    days = [chart.period.start + timedelta(days=mark * chart.step) for mark in marks]
    plotext.xticks(marks, [f"{day:%b %Y}" if chart.period.length > _LONG else f"{day.day} {day:%b}" for day in days])
    for side, name in zip(("left", "right"), frame.sides, strict=False):
        plotext.ylim(*_limits(name, chart), yside=side)
        ticks = _ticks(name, chart, frame.ticks)
        plotext.yticks(list(ticks), [label.rjust(frame.labels) for label in ticks.values()], yside=side)


def _ticks(scale: str, chart: Chart, count: int) -> dict[float, str]:
    """Where an axis has marks, and what stands there."""
    low, high = _limits(scale, chart)
    places = [low + (high - low) * i / count for i in range(count + 1)]
    return {place: f"{place:g}" for place in places}


def _limits(scale: str, chart: Chart) -> tuple[float, float]:
    on_it = [line for line in chart.lines if scale_of(line.variable) == scale]
    first = on_it[0].variable
    ends = first.span
    if ends and not first.field.unit and ends[1] <= 10:
        return ends
    highs = [_scaled(line.variable, point) for line in on_it for point in line.points if point is not None]
    step = 5 if max(map(abs, highs), default=0) <= 50 else 50
    return min(0, step * (min(highs, default=0) // step)), max(step, step * -(-max(highs, default=0) // step))


def _scaled(variable: Variable, value: float | None) -> float:
    if value is None:
        return 0.0
    return value / 60 if scale_of(variable) == "hours" else value
