"""What a chart shows in words, for who cannot see it, and the signs that the words name. It knows no medium."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from painlog.analysis.chart import Chart, Line, Mark
from painlog.domain.flares import Flare
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.variables import Variable
from painlog.view.terminal import times

FLARE = "▒"
NUMBERS = "123456789abcdefghijklmnopqrstuvwxyz"  # one column each
GAPS = "Gaps are days without an entry."
_MORE = "*"


def scale_of(variable: Variable) -> str:
    """Name a variable's scale: ``0-10``, ``hours``, ``minutes``, a unit; a count of its own is one by its name."""
    if variable.is_time:
        return "hours" if variable.in_hours else "minutes"
    if variable.is_answer:
        return "yes 1, no 0"
    return variable.field.unit or ("{:g}-{:g}".format(*variable.span) if variable.span else variable.label)


def sentences(chart: Chart) -> Iterator[str]:
    """A sentence a variable, then flares, changes of the plan and gaps; labels of a person as they were written."""
    for line in chart.lines:
        thin = f" Too few days for {chart.rolling}-day means." if line.figures.days and not line.is_drawn else ""
        yield _sentence(line) + thin
    if chart.flares:
        yield _flares(chart)
    for number, mark in numbered(chart.marks)[: len(NUMBERS)]:
        steps = "; ".join(f"{show_day(step.day, chart.period.end)} {step.label}" for step in mark.steps)
        yield f"{number} plan: {steps}"
    if (more := len(chart.marks) - len(NUMBERS)) > 0:
        yield f"{_MORE} and {more:,} more changes of the plan (painlog list --kind plan)"
    if any(line.figures.days < chart.period.length for line in chart.lines):
        yield GAPS


def dated_values(chart: Chart) -> Iterator[str]:
    """Each point that is there, with its day or days: ``pain, Thu 19 Nov: 6.0``."""
    for line in chart.lines:
        for i, point in enumerate(line.points):
            if point is not None:
                first = chart.period.start + timedelta(days=i * chart.step)
                last = min(chart.period.end, first + timedelta(days=chart.step - 1))
                when = show_day(first, chart.period.end) if chart.step == 1 else show_range(first, last)
                yield f"{line.variable.label}, {when}: {line.variable.show(point)}"


def numbered(marks: Sequence[Mark]) -> list[tuple[str, Mark]]:
    """Give each mark its number, those beyond one column the same sign."""
    return [(NUMBERS[i] if i < len(NUMBERS) else _MORE, mark) for i, mark in enumerate(marks)]


def _sentence(line: Line) -> str:
    figures, variable = line.figures, line.variable
    if not figures.days or figures.mean is None or figures.low is None or figures.high is None:
        return f"{variable.label}: no entries."
    low, high = variable.show_short(figures.low), variable.show_short(figures.high)
    alike = f"{low} on that day" if figures.days == 1 else f"{low} on every one"
    ends = f"{low} to {high}" if figures.low < figures.high else alike
    spans = [span for span in line.ranges if span]
    single = ""
    if spans:
        lowest, highest = min(low for low, _ in spans), max(high for _, high in spans)
        single = f" Single ratings from {variable.show_short(lowest)} to {variable.show_short(highest)}."
    mean = f"mean {variable.show(figures.mean)}" if figures.enough else "too few to average"
    return f"{variable.label}: {figures.days:,} of {figures.of:,} days, {mean}, {ends}.{single}"


def _flares(chart: Chart) -> str:
    """``▒ flare marked: 24 – 27 Oct 2026 (4 days)``."""
    spans = [_span(flare, chart) for flare in chart.flares]
    return f"{FLARE} {'flare' if len(spans) == 1 else 'flares'} marked: {', '.join(spans)}"


def _span(flare: Flare, chart: Chart) -> str:
    if flare.end is None or flare.end > chart.period.end:
        return f"since {show_day(flare.start, chart.period.end)}"
    days = times((flare.end - flare.start).days + 1, "day")
    return f"{show_range(flare.start, flare.end)} ({days})"
