"""Pain, mood and sleep over a page's period, as an SVG picture: ratings as lines, sleep as bars under them.

Everything is told apart without colour: pain by a thick line and filled dots, mood by dashes and rings, sleep by bars,
a flare by a shaded stretch, a change of the plan by the number it has on the page. Gaps stay gaps.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from math import ceil
from typing import NamedTuple

from painlog.analysis.chart import Around, Chart, Line, make_chart
from painlog.analysis.patterns.findings import PlanStep
from painlog.analysis.report.page import Page
from painlog.analysis.summary import DAILY
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS
from painlog.domain.variables import DayValue
from painlog.view.chart_words import GAPS, scale_of, sentences
from painlog.view.pictures.svg import INK, LINE, PAPER, QUIET, Attributes, element, label, picture
from painlog.view.terminal import join_names, times

_MOST_DAYS, _MOST_WEEKS = 93, 2 * 53 * DAYS_IN_WEEK
_WIDTH, _LEFT, _RIGHT = 400, 24, 6
_TOP, _NUMBERS = 26, 14  # units for the legend, and for numbers of changes under it
_SIZE = 11
_RATED, _SLEPT, _BETWEEN, _BELOW = 96, 42, 14, 20
_DOTS_UP_TO = 62  # points; more stand too close for dots
_TICKS = 8
_FLARE, _BAR, _GRID = "#e4e4e4", "#7d8ea3", "#d0d0d0"
_HOURS_AT_LEAST = 8


class _Pen(NamedTuple):
    """How a line is drawn: its colour, width and dashes, and how its dots are filled."""

    colour: str
    width: float
    dashes: str
    dot: str


_PENS = {"pain": _Pen("#8a2a06", 2, "none", "#8a2a06"), "mood": _Pen("#0b5394", 1.5, "4 2.5", PAPER)}


class _Frame(NamedTuple):
    """A chart's place in the picture: from ``top`` down by ``height`` units, from 0 up to ``high``."""

    top: float
    height: float
    high: float

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.top + self.height * (1 - min(value, self.high) / self.high)


def chart_of(page: Page) -> Chart | None:
    """Return what the picture shows: days, or means of weeks or of four weeks; None where no line would be one."""
    length = page.period.length
    step = 1 if length <= _MOST_DAYS else DAYS_IN_WEEK if length <= _MOST_WEEKS else 4 * DAYS_IN_WEEK
    shown = [page.measured[name].figures for name in DAILY if name in page.measured]
    values = {
        figures.variable: {
            day: DayValue(value, 1)
            for day, value in zip(page.period.days(), figures.by_day, strict=True)
            if value is not None
        }
        for figures in shown
    }
    if not values or length == 1:
        return None
    steps = [PlanStep(change.day, change.text, change.text) for change in page.plan_changes]
    return make_chart(values, page.period, room=ceil(length / step), around=Around(page.flares, steps))


def chart_svg(make_chart: Chart) -> str:
    """Return the picture of a chart that ``chart_of`` made."""
    rated = [line for line in make_chart.lines if line.variable.name in _PENS]
    slept = [line for line in make_chart.lines if line.variable.name not in _PENS]
    top = _TOP + (_NUMBERS if make_chart.marks else 0)
    bottom = top + _RATED + _BETWEEN + _SLEPT
    upper = _Frame(top, _RATED if slept else bottom - top, 10)
    lower = _Frame(bottom - _SLEPT, _SLEPT, _hours(slept)) if rated else _Frame(top, bottom - top, _hours(slept))
    drawn = [
        *_legend(make_chart),
        *_flares(make_chart, top, bottom),
        *(_rated(make_chart, rated, upper) if rated else ()),
        *(_slept(make_chart, slept[0], lower) if slept else ()),
        *_marks(make_chart, top, bottom),
        *_ticks(make_chart, bottom),
    ]
    title = f"{join_names([line.variable.label for line in make_chart.lines]).capitalize()}, {make_chart.period}"
    return picture(title, description(make_chart), _WIDTH, bottom + _BELOW, *drawn)


def description(make_chart: Chart) -> str:
    """Say in words what the picture shows, for who cannot see it."""
    each = f"Each point is the mean of {make_chart.step} days." if make_chart.step > 1 else "A point a day."
    return " ".join([each, *sentences(make_chart)])


def _x(make_chart: Chart, point: float) -> float:
    """The middle of a point's share of the width."""
    points = len(make_chart.lines[0].points)
    return _LEFT + (point + 0.5) * (_WIDTH - _LEFT - _RIGHT) / points


def _half(make_chart: Chart) -> float:
    return (_x(make_chart, 1) - _x(make_chart, 0)) / 2


def _legend(make_chart: Chart) -> Iterator[str]:
    """What the signs stand for, in a row above."""
    x, y = 4.0, 12
    for line in make_chart.lines:
        variable = line.variable
        pen = _PENS.get(variable.name)
        if pen:
            yield _path([(x, y - 4), (x + 22, y - 4)], pen)
            yield _dot(x + 11, y - 4, pen)
        else:
            yield element("rect", x=x, y=y - 9, width=9, height=10, fill=_BAR)
        x += 26 if pen else 13
        yield label(text := f"{variable.title} [{scale_of(variable)}]", x, y, font_size=_SIZE)
        x += 0.54 * _SIZE * len(text) + 8
    if make_chart.flares:
        yield element("rect", x=x, y=y - 10, width=14, height=11, fill=_FLARE, stroke=LINE, stroke_width=0.5)
        yield label("flare", x + 18, y, font_size=_SIZE)


def _flares(make_chart: Chart, top: float, bottom: float) -> Iterator[str]:
    for flare in make_chart.flares:
        days = flare.days(make_chart.period)
        first, last = (_x(make_chart, make_chart.point_of(day)) for day in (days[0], days[-1]))
        left, right = first - _half(make_chart), last + _half(make_chart)
        yield element("rect", x=left, y=top, width=right - left, height=bottom - top, fill=_FLARE)


def _rated(make_chart: Chart, lines: Sequence[Line], frame: _Frame) -> Iterator[str]:
    """Ratings from 0 to 10; pain is drawn last, over the others."""
    yield from _grid(frame, (0, 5, 10))
    for line in reversed(lines):
        pen = _PENS[line.variable.name]
        for run in _runs(line.points):
            at = [(_x(make_chart, point), frame.y(value)) for point, value in run]
            if len(at) > 1:
                yield _path(at, pen)
            if len(at) == 1 or len(line.points) <= _DOTS_UP_TO:
                yield from (_dot(x, y, pen) for x, y in at)


def _slept(make_chart: Chart, line: Line, frame: _Frame) -> Iterator[str]:
    """Hours asleep as bars; a night without an entry has none."""
    yield from _grid(frame, (0, frame.high / 2, frame.high), " h")
    wide = min(1.3 * _half(make_chart), 14)
    for point, value in enumerate(line.points):
        if value is not None:
            y = frame.y(value / 60)
            high = max(frame.top + frame.height - y, 0.8)
            yield element("rect", x=_x(make_chart, point) - wide / 2, y=y, width=wide, height=high, fill=_BAR)


def _hours(slept: Sequence[Line]) -> float:
    """The upper end of the bars' scale: an even number of hours."""
    longest = max((value for line in slept for value in line.points if value is not None), default=0)
    return max(_HOURS_AT_LEAST, 4 * ceil(longest / 240))


def _grid(frame: _Frame, values: Sequence[float], unit: str = "") -> Iterator[str]:
    for value in values:
        y = frame.y(value)
        yield element("path", d=f"M{_LEFT} {y:g}H{_WIDTH - _RIGHT}", stroke=LINE if value == 0 else _GRID, fill="none")
        text = f"{value:g}{unit if value == values[-1] else ''}"
        yield label(text, _LEFT - 4, y + 4, font_size=_SIZE - 1.5, text_anchor="end", fill=QUIET)


def _runs(points: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """Stretches without a gap, each point with its number."""
    run: list[tuple[int, float]] = []
    for i, value in enumerate([*points, None]):
        if value is not None:
            run.append((i, value))
        elif run:
            yield run
            run = []


def _path(points: Sequence[tuple[float, float]], pen: _Pen) -> str:
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    line = Attributes(stroke=pen.colour, stroke_width=pen.width, stroke_dasharray=pen.dashes, stroke_linejoin="round")
    return element("path", d=f"M{way}", fill="none", **line)


def _dot(x: float, y: float, pen: _Pen) -> str:
    return element("circle", cx=x, cy=y, r=2.3, fill=pen.dot, stroke=pen.colour, stroke_width=1.2)


def _marks(make_chart: Chart, top: float, bottom: float) -> Iterator[str]:
    """Changes of the plan: a dotted line at their day, and above it the numbers that they have in the page's list."""
    for mark in make_chart.marks:
        line = Attributes(stroke=INK, stroke_width=0.9, stroke_dasharray="1 2")
        yield element("path", d=f"M{_x(make_chart, mark.point):.1f} {top - 4}V{bottom:g}", fill="none", **line)
    for first, last, x in _numbers(make_chart):
        text = str(first) if first == last else f"{first}–{last}"
        wide = _wide(text)
        box = Attributes(fill=PAPER, stroke=INK, stroke_width=0.9)
        yield element("rect", x=x - wide / 2, y=top - 17, width=wide, height=13, rx=3, **box)
        yield label(text, x, top - 7, font_size=10, text_anchor="middle", font_weight="bold")


def _numbers(make_chart: Chart) -> list[tuple[int, int, float]]:
    """The first and the last number of each label and its middle; labels that would touch are one."""
    labels: list[tuple[int, int, float]] = []
    number = 0
    for mark in make_chart.marks:
        first, number, x = number + 1, number + len(mark.steps), _x(make_chart, mark.point)
        if labels and x - labels[-1][2] < _wide(f"{labels[-1][0]}–{number}"):
            first, _, before = labels.pop()
            x = (before + x) / 2
        labels.append((first, number, x))
    return labels


def _wide(text: str) -> float:
    return 6.2 * len(text) + 6


def _ticks(make_chart: Chart, bottom: float) -> Iterator[str]:
    """Some days, months or years under the chart."""
    for day, text in _named(make_chart):
        x = _x(make_chart, make_chart.point_of(day))
        yield element("path", d=f"M{x:.1f} {bottom:g}v4", stroke=LINE, fill="none")
        anchor = "middle" if _LEFT + 12 < x < _WIDTH - _RIGHT - 12 else "start" if x < _WIDTH / 2 else "end"
        shift = {"middle": 0, "start": -8, "end": 8}[anchor]
        yield label(text, x + shift, bottom + 15, font_size=_SIZE - 1, text_anchor=anchor, fill=QUIET)


def _named(make_chart: Chart) -> list[tuple[date, str]]:
    """The days that are named below: every so many days, or the firsts of months or years."""
    period = make_chart.period
    days = list(period.days())
    if period.length <= _MOST_DAYS:
        apart = next(n for n in (1, 2, DAYS_IN_WEEK, 2 * DAYS_IN_WEEK) if ceil(len(days) / n) <= _TICKS)
        return [(day, f"{day.day} {day:%b}") for day in days[::apart]]
    if period.length <= LONGEST_IN_MONTHS:
        months = [day for day in days if day.day == 1]
        shown = months[:: ceil(len(months) / _TICKS)]
        return [(day, f"{day:%b %Y}" if day == shown[0] or day.month == 1 else f"{day:%b}") for day in shown]
    years = [day for day in days if (day.month, day.day) == (1, 1)]
    return [(day, f"{day:%Y}") for day in years[:: ceil(len(years) / _TICKS)]]


def caption(make_chart: Chart) -> str:
    """What stands under the picture: what a point is, what gaps are, and where numbers are explained."""
    parts = [f"Each point is the mean of {times(make_chart.step, 'day')}." if make_chart.step > 1 else "A point a day."]
    if any(line.figures.days < make_chart.period.length for line in make_chart.lines):
        parts.append(GAPS)
    if make_chart.marks:
        parts.append("Numbers are changes of the plan, listed under Plan.")
    return " ".join(parts)
