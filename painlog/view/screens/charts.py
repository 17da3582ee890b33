"""Charts as lines of text, with what stands around them. The one module that knows plotext."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import chain, groupby
from math import floor
from typing import Any, NamedTuple

from painlog.analysis.chart import Chart, Line, Range
from painlog.domain.variables import Variable
from painlog.errors import BadInput
from painlog.view.chart_words import (
    FROM_FIRST,
    UNLISTED,
    dated_marks,
    dated_values,
    scale_of,
    scale_words,
    sentence_of,
    sentences,
)
from painlog.view.screens.chart_rows import count_rows, gutter, label_room, mark_rows
from painlog.view.terminal import TextLine, from_ansi, join_names, term, times, wrap_text

MARKERS = ("●", "○", "×", "▲", "□", "+")
RANGE = "│"
_COLOURS = ("red", "cyan", "green", "orange", "magenta", "blue")
_AXES = 7  # columns that the frame and the labels at its right take
_AROUND = 3  # rows of a frame that are none of the scale's steps: its edges, and one as there are more marks than steps
_MOST_HEIGHT = 30
_STEPS = (5, 4, 3, 2, 1)  # that a scale may have, if they are round
_PANEL_HEIGHTS = (7, 10)
_LONG = 300  # days from which the axis names months


class Frame(NamedTuple):
    """One frame of plotext's: its size in columns and rows at most, its scales, left axis first.

    ``first`` is the number of its first line among all lines; ``labels`` is the least width of the left axis's labels;
    a dated one has the days under it.
    """

    chart: Chart
    width: int
    height: int
    sides: tuple[str, ...]
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


def heading(chart: Chart) -> str:
    """The period, how many days it has, and what a point is."""
    return f"{chart.period} ({_length(chart)})"


def _length(chart: Chart) -> str:
    each = f", {chart.rolling}-day means" if chart.rolling else ""
    each += f", {chart.step} days a point" if chart.step > 1 else ""
    each += f", {FROM_FIRST}" if chart.from_first else ""
    return f"{times(chart.period.length, 'day')}{each}"


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
    parts = [term(f"{MARKERS[index]} {line.variable.label} [{scale_words(line.variable)}{side}]")]
    return [*parts, f"{RANGE} lowest to highest of a day"] if line.ranges else parts


def word_lines(chart: Chart, width: int) -> Iterator[str]:
    """What the chart shows in words."""
    for sentence in sentences(chart):
        yield from wrap_text(term(sentence), width)


def room(width: int) -> int:
    """Return how many points a line can have in so many columns."""
    return max(10, width - _AXES - label_room(width))


def chart_lines(chart: Chart, width: int, height: int) -> Iterator[TextLine]:
    """Draw a chart: a heading with the legend, a frame of so many rows, its marks, and what it shows in words."""
    sides = scales([line.variable for line in chart.lines])
    yield from wrap_text(heading(chart), width)
    yield from legend_lines(chart, sides, width)
    if any(line.is_drawn for line in chart.lines):
        labels = gutter(chart, width)
        yield from _frame_lines(Frame(chart, width, min(height, _MOST_HEIGHT), tuple(sides), labels=labels))
    yield from word_lines(chart, width)


def chart_plain(chart: Chart) -> Iterator[str]:
    """Say a chart without drawing it: what it is of, each line in a sentence and by its dated values, and marks."""
    names = join_names([line.variable.label for line in chart.lines])
    yield term(f"Chart of {names}, {chart.period.in_words}, {_length(chart)}.")
    for line in chart.lines:
        yield term(f"{line.variable.label}: {scale_words(line.variable)}")
        yield term(sentence_of(line, chart))
    for text in (*dated_values(chart), *dated_marks(chart)):
        yield term(text)
    yield UNLISTED


def panel_lines(chart: Chart, width: int, height: int) -> Iterator[TextLine]:
    """Draw each line that has a point in a frame of its own, one under another, of so many rows in all if they do."""
    scales([line.variable for line in chart.lines], panels=True)
    yield from wrap_text(heading(chart), width)
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
        alone = chart._replace(lines=(line,))
        frames.append(Frame(alone, width, rows, (scale_of(line.variable),), i, dated=False))
    widest = max(len(label) for frame in frames for label in _grid(frame)[1][0].values())
    frames = [frame._replace(labels=max(widest, gutter(chart, width))) for frame in frames]
    return [*frames[:-1], frames[-1]._replace(height=rows + 1, dated=True)]


def rows_beside(chart: Chart, width: int, *, panels: bool = False) -> int:
    """Return how many rows stand above and below a chart's frames."""
    legend = [] if panels else legend_lines(chart, scales([line.variable for line in chart.lines]), width)
    words = list(word_lines(chart, width))
    return len(wrap_text(heading(chart), width)) + len(legend) + len(words) + count_rows(chart)


def _frame_lines(frame: Frame) -> Iterator[TextLine]:
    """The frame as plotext draws it, and under the days the rows of marks."""
    drawing = _draw(frame).splitlines()
    for row in drawing:
        coloured = from_ansi(row)
        coloured.rstrip()
        yield coloured
    if frame.dated:
        places = _columns(from_ansi(drawing[0]).plain, len(frame.chart.lines[0].points))
        yield from mark_rows(frame.chart, places, frame.width)


def _columns(top: str, points: int) -> list[int]:
    """The column of each point, by the frame's upper edge; as plotext reckons it."""
    left, right = top.index("┌"), top.index("┐")
    inside = right - left - 2
    return [left + 1 + floor(round(0.5 + inside * (i + 0.5) / points, 8)) for i in range(points)]


def _grid(frame: Frame) -> tuple[int, list[dict[float, str]]]:
    """The frame's height, at most its own, at which the marks of its scales stand evenly; and each scale's marks.

    Up to a quarter of the rows is given for more marks.
    """
    around = _AROUND + frame.dated
    limits = [_limits(name, frame.chart) for name in frame.sides]
    most = max(1, frame.height - around)
    found = {
        rows: [_steps(high - low, rows) for low, high in limits]
        for rows in range(most, max(1, -(-most * 3 // 4)) - 1, -1)
    }
    rows = max(found, key=lambda each: (min(found[each]), each))
    ticks = [
        {place: f"{place:g}" for place in (low + (high - low) * i / count for i in range(count + 1))}
        for (low, high), count in zip(limits, found[rows], strict=True)
    ]
    return rows + around, ticks


def _steps(length: float, rows: int) -> int:
    """The number of round steps of a scale that come out even on so many rows."""
    return next(count for count in _STEPS if (rows % count == 0 and (length / count).is_integer()) or count == 1)


def _draw(frame: Frame) -> str:
    import plotext

    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(width=False, height=False)
    height, ticks = _grid(frame)
    plotext.plotsize(frame.width, height)
    _axes(plotext, frame, ticks)
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
        ys = [_scale(line.variable, line.points[x]) for x in xs]
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
            dots = _dot(span, apart)
            xs += [i] * len(dots)
            ys += dots
    plotext.scatter(xs, ys, marker=RANGE, yside=_side(frame, line.variable))


def _dot(span: Range, apart: float) -> list[float]:
    low, high = span
    return [*(low + i * apart for i in range(int((high - low) / apart) + 1)), high]


def _side(frame: Frame, variable: Variable) -> str:
    return "right" if frame.sides.index(scale_of(variable)) else "left"


def _axes(plotext: Any, frame: Frame, ticks: Sequence[Mapping[float, str]]) -> None:
    chart = frame.chart
    points = len(chart.lines[0].points)
    plotext.xlim(-0.5, points - 0.5)
    marks = list(range(0, points, max(1, points // 5))) if frame.dated else []
    days = [chart.period.start + timedelta(days=mark * chart.step) for mark in marks]
    plotext.xticks(marks, [f"{day:%b %Y}" if chart.period.length > _LONG else f"{day.day} {day:%b}" for day in days])
    for side, name, marked in zip(("left", "right"), frame.sides, ticks, strict=False):
        plotext.ylim(*_limits(name, chart), yside=side)
        labels = frame.labels if side == "left" else 0
        plotext.yticks(list(marked), [label.rjust(labels) for label in marked.values()], yside=side)


def _limits(scale: str, chart: Chart) -> tuple[float, float]:
    on_it = [line for line in chart.lines if scale_of(line.variable) == scale]
    first = on_it[0].variable
    ends = first.span
    if ends and not first.field.unit and ends[1] <= 10:
        return ends
    highs = [_scale(line.variable, point) for line in on_it for point in line.points if point is not None]
    step: float = 5 if max(map(abs, highs), default=0) <= 50 else 50
    return min(0, step * (min(highs, default=0) // step)), max(step, step * -(-max(highs, default=0) // step))


def _scale(variable: Variable, value: float | None) -> float:
    if value is None:
        return 0.0
    return value / 60 if scale_of(variable) == "hours" else value
