"""What stands around a chart: heading, legend, the rows of marks, and what it shows in words. Draws no frame."""

from collections.abc import Iterator, Sequence
from itertools import chain

from painlog.analysis.chart import Chart, Line, Mark
from painlog.domain.flares import Flare
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.variables import Variable
from painlog.errors import BadInput
from painlog.view.terminal import term, times, wrapped

MARKERS = ("●", "○", "×", "▲", "□", "+")
RANGE = "│"
FLARE = "▒"
NUMBERS = "123456789abcdefghijklmnopqrstuvwxyz"  # one column each
GAPS = "Gaps are days without an entry."
_MORE = "*"


def scales(variables: Sequence[Variable], *, panels: bool = False) -> list[str]:
    """Name the scales of some variables, left axis first. Raises BadInput for more than a frame has sides for."""
    if len(variables) > len(MARKERS):
        raise BadInput(f"a chart has room for {len(MARKERS)} lines")
    found = list(dict.fromkeys(scale_of(variable) for variable in variables))
    if len(found) > 2 and not panels:
        last = next(variable.label for variable in variables if scale_of(variable) == found[2])
        two = f"{found[0]} and {found[1]}"
        raise BadInput(f"a chart has room for two scales, here {two}; leave out {last}, or add --panels")
    return found


def scale_of(variable: Variable) -> str:
    """Name a variable's scale: ``0-10``, ``hours``, ``minutes``, a unit; a count of its own is one by its name."""
    if variable.is_time:
        return "hours" if variable.in_hours else "minutes"
    if variable.is_answer:
        return "yes 1, no 0"
    return variable.field.unit or ("{:g}-{:g}".format(*variable.span) if variable.span else variable.label)


def heading_lines(chart: Chart, width: int) -> list[str]:
    """The period, and what a point is."""
    each = f", {chart.rolling}-day means" if chart.rolling else ""
    each += f", {chart.step} days a point" if chart.step > 1 else ""
    return wrapped(f"{chart.period} ({times(chart.period.length, 'day')}{each})", width)


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
    return list(chain.from_iterable(wrapped(line, width) for line in lines))


def legend_parts(line: Line, index: int, side: str = "") -> list[str]:
    """A line's part of the legend, and its ranges'."""
    found = [term(f"{MARKERS[index]} {line.variable.title} [{scale_of(line.variable)}{side}]")]
    return [*found, f"{RANGE} lowest to highest of a day"] if line.ranges else found


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
        for number, mark in _numbered(chart.marks):
            cells[columns[mark.point]] = number
        rows.append("".join(cells))
    return [row.rstrip() for row in rows]


def word_lines(chart: Chart, width: int) -> Iterator[str]:
    """What the chart shows, for who cannot see it: a sentence a variable, then flares, changes and gaps."""
    for line in chart.lines:
        thin = f" Too few days for {chart.rolling}-day means." if line.figures.days and not line.is_drawn else ""
        yield from wrapped(term(_sentence(line) + thin), width)
    if chart.flares:
        yield from wrapped(_flares(chart), width)
    for number, mark in _numbered(chart.marks)[: len(NUMBERS)]:
        said = "; ".join(f"{show_day(step.day, chart.period.end)} {step.label}" for step in mark.steps)
        yield from wrapped(f"{number} plan: {term(said)}", width)
    if (more := len(chart.marks) - len(NUMBERS)) > 0:
        yield from wrapped(f"{_MORE} and {more:,} more changes of the plan (painlog list --kind plan)", width)
    if any(line.figures.days < chart.period.length for line in chart.lines):
        yield GAPS


def _numbered(marks: Sequence[Mark]) -> list[tuple[str, Mark]]:
    return [(NUMBERS[i] if i < len(NUMBERS) else _MORE, mark) for i, mark in enumerate(marks)]


def _sentence(line: Line) -> str:
    found, variable = line.figures, line.variable
    if not found.days or found.mean is None or found.low is None or found.high is None:
        return f"{variable.label}: no entries."
    low, high = variable.show_short(found.low), variable.show_short(found.high)
    alike = f"{low} on that day" if found.days == 1 else f"{low} on every one"
    ends = f"{low} to {high}" if found.low < found.high else alike
    spans = [span for span in line.ranges if span]
    single = ""
    if spans:
        lowest, highest = min(low for low, _ in spans), max(high for _, high in spans)
        single = f" Single ratings from {variable.show_short(lowest)} to {variable.show_short(highest)}."
    mean = f"mean {variable.show(found.mean)}" if found.enough else "too few to average"
    return f"{variable.label}: {found.days:,} of {found.of:,} days, {mean}, {ends}.{single}"


def _flares(chart: Chart) -> str:
    """``▒ flare marked: 24 – 27 Oct 2026 (4 days)``."""
    spans = [_span(flare, chart) for flare in chart.flares]
    return f"{FLARE} {'flare' if len(spans) == 1 else 'flares'} marked: {', '.join(spans)}"


def _span(flare: Flare, chart: Chart) -> str:
    if flare.end is None or flare.end > chart.period.end:
        return f"since {show_day(flare.start, chart.period.end)}"
    days = times((flare.end - flare.start).days + 1, "day")
    return f"{show_range(flare.start, flare.end)} ({days})"
