"""What a chart shows in words, for who cannot see it, and the signs that the words name. It knows no medium."""

from collections.abc import Iterable, Iterator

from painlog.analysis.chart import Chart, Line
from painlog.analysis.report.timeline import EventOnDay, Lane
from painlog.domain.flares import Flare
from painlog.domain.kinds.care import DOSE
from painlog.domain.language.dates import show_day, show_range
from painlog.domain.periods import Period
from painlog.domain.variables import Variable
from painlog.view.terminal import times
from painlog.view.values import better_end

FLARE, RECORDED, NOT_RECORDED, SKIPPED = "▒", "■", "□", "s"
MOST_LANES = 6
MOST_EVENTS = 35
GAPS = "Gaps are days without an entry."
UNLISTED = "A day that is not listed has no entry; it is not zero."
FROM_FIRST = "since your first entry"
_AMOUNT = DOSE.by_name["amount"]


def scale_of(variable: Variable) -> str:
    """Name a variable's scale: ``0-10``, ``hours``, ``minutes``, a unit; a count of its own is one by its name."""
    if variable.is_time:
        return "hours" if variable.in_hours else "minutes"
    if variable.is_answer:
        return "yes 1, no 0"
    return variable.field.unit or ("{:g}-{:g}".format(*variable.span) if variable.span else variable.label)


def scale_words(variable: Variable) -> str:
    """Name a scale with its direction: ``0 none - 10 worst``, ``1 low - 5 good``, ``hours, higher is better``."""
    if variable.is_answer:
        return scale_of(variable)
    if variable.span is None or variable.field.unit or not variable.better:
        of = " of the time trying to sleep" if variable.name == "sleep_efficiency" else ""
        return ", ".join(filter(None, (f"{scale_of(variable)}{of}", better_end(variable))))
    low, high = variable.span
    first = "low" if variable.better == "high" else "least" if low else "none"
    return f"{low:g} {first} - {high:g} {'good' if variable.better == 'high' else 'worst'}"


def amounts(lane: Lane) -> str:
    """What was due at a time, in the order of the plan: ``30 to 60 mg``; empty where nothing was due daily."""
    shown = list(dict.fromkeys(_AMOUNT.show(part.text) for part in lane.parts if part.text))
    one_unit = len({text.partition(" ")[2] for text in shown}) == 1
    return " to ".join([*(text.partition(" ")[0] if one_unit else text for text in shown[:-1]), *shown[-1:]])


def sentences(chart: Chart) -> Iterator[str]:
    """A sentence a variable, flares, events, and what signs and gaps mean; a person's labels as they were written."""
    for line in chart.lines:
        yield sentence_of(line, chart)
    if began := [flare for flare in chart.flares if flare.start < chart.period.start]:
        yield _flares(began, chart)
    for event in chart.events[:MOST_EVENTS]:
        yield event_words(event, chart)
    if (more := len(chart.events) - MOST_EVENTS) > 0:
        yield f"and {more:,} more (painlog report --full lists all)"
    if others := chart.lanes[MOST_LANES:]:
        yield f"without a row: {', '.join(lane.title for lane in others)}"
    has_gaps = any(line.figures.days < chart.period.length for line in chart.lines)
    if meant := " ".join(filter(None, (_signs(chart), GAPS if has_gaps else ""))):
        yield meant


def sentence_of(line: Line, chart: Chart) -> str:
    """A line's days, mean and ends; and that a rolling mean has too few of them, where it has."""
    thin = f" Too few days for {chart.rolling}-day means." if line.figures.days and not line.is_drawn else ""
    return _sentence(line) + thin


def event_words(event: EventOnDay, chart: Chart) -> str:
    """``4 Sat 17 Oct: plan change: duloxetine 60 mg``."""
    return f"{event.number} {show_day(event.day, chart.period.end)}: {event.text}"


def dated_values(chart: Chart) -> Iterator[str]:
    """Each point that is there, with its day or days: ``pain, Thu 19 Nov: 6.0``."""
    for line in chart.lines:
        for i, point in enumerate(line.points):
            if point is not None:
                days = chart.days_of(i)
                when = show_day(days.start, chart.period.end) if days.length == 1 else days.in_words
                yield f"{line.variable.label}, {when}: {line.variable.show(point)}"


def dated_marks(chart: Chart) -> Iterator[str]:
    """What the rows of marks show, each with its days: medicines and treatments, flares, events."""
    for lane in chart.lanes:
        amount = f", {amounts(lane)}" if amounts(lane) else ""
        yield f"{lane.title}{amount}: recorded on {len(lane.taken):,} of {times(chart.period.length, 'day')}"
        yield from dated_lane(lane, chart.period)
    if chart.flares:
        yield _flares(chart.flares, chart).removeprefix(f"{FLARE} ").replace(" – ", " to ")
    for event in chart.events:
        yield f"event {event_words(event, chart)}"


def dated_lane(lane: Lane, period: Period) -> Iterator[str]:
    """The days on which it was skipped, or due and not recorded; where it was not due daily, those it was taken."""
    for day in period.days():
        count = lane.taken.get(day, 0)
        if lane.is_skipped(day):
            yield f"{lane.title}, {show_day(day, period.end)}: skipped"
        elif lane.is_open(day):
            yield f"{lane.title}, {show_day(day, period.end)}: due and not recorded"
        elif count and not lane.is_regular:
            yield f"{lane.title}, {show_day(day, period.end)}: {times(count, 'session' if lane.is_session else 'dose')}"


def _signs(chart: Chart) -> str:
    """What the signs in the rows of medicines and treatments mean."""
    shown = chart.lanes[:MOST_LANES]
    if not shown:
        return ""
    taken = f"{RECORDED} recorded" + (" on a day or more of a point" if chart.step > 1 else "")
    days = list(chart.period.days())
    skipped = f", {SKIPPED} skipped" if any(lane.is_skipped(day) for lane in shown for day in days) else ""
    is_open = any(lane.is_open(day) for lane in shown for day in days)
    return f"{taken}{skipped}{f', {NOT_RECORDED} due and not recorded' if is_open else ''}."


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
    return f"{variable.label}: {figures.days:,} of {times(figures.of, 'day')}, {mean}, {ends}.{single}"


def _flares(flares: Iterable[Flare], chart: Chart) -> str:
    """``▒ flare marked: 24 – 27 Oct 2026 (4 days)``."""
    spans = [_span(flare, chart) for flare in flares]
    return f"{FLARE} {'flare' if len(spans) == 1 else 'flares'} marked: {', '.join(spans)}"


def _span(flare: Flare, chart: Chart) -> str:
    if flare.end is None:
        return f"since {show_day(flare.start, chart.period.end)}"
    later = ", over after this period" if flare.end > chart.period.end else ""
    return f"{show_range(flare.start, flare.end)} ({times((flare.end - flare.start).days + 1, 'day')}{later})"
