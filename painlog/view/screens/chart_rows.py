"""Rows of marks under a chart's frame, each with its label: medicines and treatments, flares, numbered events."""

from collections.abc import Iterator, Sequence

from painlog.analysis.chart import Chart
from painlog.analysis.report.timeline import EventOnDay, Lane
from painlog.view.chart_words import FLARE, MOST_LANES, NOT_RECORDED, RECORDED, SKIPPED
from painlog.view.terminal import columns, fit, pad, term

_LABEL, _NARROW_LABEL, _NARROW = 14, 8, 60
_FLARES, _EVENTS = "flare", "events"


def label_room(width: int) -> int:
    """Return the columns that labels may take on a terminal so wide."""
    return _LABEL if width >= _NARROW else _NARROW_LABEL


def gutter(chart: Chart, width: int) -> int:
    """Return the columns that the labels of a chart's rows take; none without rows."""
    return min(label_room(width), max((columns(label) for label in _labels(chart)), default=0))


def count_rows(chart: Chart) -> int:
    """Return how many rows of marks a chart has."""
    return len(_labels(chart))


def mark_rows(chart: Chart, places: Sequence[int], width: int) -> Iterator[str]:
    """Draw the rows, by the columns of the chart's points."""
    room = gutter(chart, width)
    for label, cells in zip(_labels(chart), _rows(chart, places), strict=True):
        yield (pad(fit(label, room), room) + cells[room:]).rstrip()


def _labels(chart: Chart) -> list[str]:
    labels = [term(lane.title) for lane in chart.lanes[:MOST_LANES]]
    return [*labels, *([_FLARES] if chart.flares else []), *([_EVENTS] if chart.events else [])]


def _rows(chart: Chart, places: Sequence[int]) -> Iterator[str]:
    for lane in chart.lanes[:MOST_LANES]:
        yield _place([(place, _sign(lane, chart, point)) for point, place in enumerate(places)])
    if chart.flares:
        spans = [flare.days(chart.period) for flare in chart.flares]
        ends = [(places[chart.point_of(days[0])], places[chart.point_of(days[-1])]) for days in spans]
        yield _place([(first, FLARE * (last + 1 - first)) for first, last in ends])
    if chart.events:
        yield _place(_numbers(chart, places))


def _sign(lane: Lane, chart: Chart, point: int) -> str:
    """Whether it was taken on a day of a point, else skipped on one, else due there and is not recorded."""
    days = list(chart.days_of(point).days())
    if any(lane.taken.get(day) for day in days):
        return RECORDED
    if any(map(lane.is_skipped, days)):
        return SKIPPED
    return NOT_RECORDED if any(map(lane.is_open, days)) else " "


def _numbers(chart: Chart, places: Sequence[int]) -> list[tuple[int, str]]:
    """The numbers of events at their points; those that would touch are one: ``2-4``."""
    groups: list[list[EventOnDay]] = []

    def place(group: Sequence[EventOnDay]) -> tuple[int, str]:
        first, last = group[0].number, group[-1].number
        text = f"{first}" if first == last else f"{first}-{last}"
        return min(places[chart.point_of(group[0].day)], places[-1] + 2 - len(text)), text

    def end(group: Sequence[EventOnDay]) -> int:
        column, text = place(group)
        return column + len(text)

    for event in chart.events:
        groups.append([event])
        while len(groups) > 1 and place(groups[-1])[0] <= end(groups[-2]):
            touching = groups.pop()
            groups[-1] += touching
    return [place(group) for group in groups]


def _place(texts: Sequence[tuple[int, str]]) -> str:
    """A line with texts at their columns; where two overlap, the later one stands."""
    cells: list[str] = []
    for column, text in texts:
        cells += [" "] * (column + len(text) - len(cells))
        cells[column : column + len(text)] = text
    return "".join(cells)
