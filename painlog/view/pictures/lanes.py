"""Medicines and treatments on the axis of days: when each was due, taken or done, and skipped."""

from collections.abc import Iterable, Iterator
from datetime import date

from painlog.analysis.report.timeline import Lane
from painlog.view.chart_words import amounts
from painlog.view.pictures.axis import Axis, Panel, draw_line, draw_rect, draw_svg, percent
from painlog.view.pictures.svg import INK, LINE, PAPER, Attributes, element
from painlog.view.terminal import times

LANE = 13  # pixels of a lane's height
_BAR = "#5a5a5a"
_LEAST_SEEN = 0.15  # per cent of the width: half a pixel of a small panel


def draw_lane(lane: Lane, ground: Iterable[str], axis: Axis) -> Panel:
    """Return the panel of a medicine or a treatment, drawn over a ``ground``.

    It has a bar where it was due daily, its days without a record cut out; else a mark for each day with a dose, of
    long periods for days that follow one another. Where it was skipped stands a box with a line, due or not.
    """
    drawn = [*ground]
    skipped = [day for day in lane.skipped if lane.is_skipped(day)]
    for part in lane.parts:
        left, right = axis.x(part.period.start, 0), axis.x(part.period.end, 1)
        drawn.append(draw_rect(left, 2, right - left, LANE - 4, fill=_BAR))
        if axis.step == 1:
            drawn += [_not_taken(day, axis) for day in part.period.days() if not lane.taken.get(day)]
    if axis.step == 1:
        for day in skipped:
            if not any(part.period.holds(day) for part in lane.parts):
                drawn.append(_not_taken(day, axis))
            drawn.append(draw_line(axis.x(day, 0.08), LANE - 2.5, axis.x(day, 0.92), 2.5, stroke=INK))
    if axis.step > 1 and not (lane.is_regular or lane.is_session):
        drawn += [draw_rect(left, 3, right - left, LANE - 6, fill=INK) for left, right in _stretches(lane.taken, axis)]
    elif not lane.is_regular:
        for day, count in lane.taken.items():
            drawn += _sessions_or_doses(lane, percent(axis.x(day)), count)
    text = times(len(lane.taken), "day") + (f", skipped on {times(len(skipped), 'day')}" if skipped else "")
    return Panel(lane.title, amounts(lane), "", draw_svg(LANE, drawn, f"{lane.title}: {text}"), "lane")


def _stretches(days: Iterable[date], axis: Axis) -> Iterator[tuple[float, float]]:
    """From where to where days lie along, those together between which no gap would be seen."""
    left = right = -1.0
    for day in sorted(days):
        begins = axis.x(day, 0)
        if begins > right:
            if right >= 0:
                yield left, right
            left = begins
        right = min(100, max(axis.x(day, 1), begins + _LEAST_SEEN))
    if right >= 0:
        yield left, right


def _sessions_or_doses(lane: Lane, x: str, count: int) -> list[str]:
    """A dot for a day with a session, or a stroke for each dose of a day, up to four."""
    if lane.is_session:
        return [element("circle", cx=x, cy=LANE / 2, r=3, fill=INK)]
    shown = min(count, 4)
    return [_dose(x, 4 * (i - (shown - 1) / 2)) for i in range(shown)]


def _not_taken(day: date, axis: Axis) -> str:
    box = Attributes(fill=PAPER, stroke=LINE, stroke_dasharray="2 1.5")
    return draw_rect(axis.x(day, 0.08), 2.5, 100 * 0.84 / axis.length, LANE - 5, **box)


def _dose(x: str, shift: float) -> str:
    return element("rect", x=x, y=2, width=2.4, height=LANE - 4, fill=INK, transform=f"translate({shift - 1.2:g} 0)")
