"""The days of a period on one axis, as panels that stand under one another: lanes, ratings, forms, nights, events.

Each panel is an SVG as wide as its place: what lies along is in per cent, what lies up in pixels, so that signs and
words keep their size from a phone to a sheet. Flares are shaded through all panels. Gaps stay gaps.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import ceil

from painlog.analysis.report.change import Measured
from painlog.analysis.report.forms import FormHistory
from painlog.analysis.report.nights import NightTimes
from painlog.analysis.report.page import Page
from painlog.analysis.summary import SEVERE, days_needed, median
from painlog.domain.language.durations import show_clock
from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_WEEKS
from painlog.domain.questionnaires import QUESTIONNAIRES
from painlog.view.chart_words import MOST_LANES
from painlog.view.page.measures import MILD_BELOW, clock, no_mean
from painlog.view.pictures.axis import (
    DAYS_UP_TO,
    SIZE,
    Axis,
    Panel,
    draw_line,
    draw_rect,
    draw_svg,
    draw_text,
    heights,
    percent,
)
from painlog.view.pictures.lanes import LANE, draw_lane
from painlog.view.pictures.svg import INK, LINE, PAPER, QUIET, Attributes, element
from painlog.view.terminal import times
from painlog.view.values import better_end, trim

_ACCENT, _SLEEP = "#0b4f8a", "#8aa0ba"
_FLARE = 0.11  # of black, so that the bands of pain are seen through it
_MILD, _SEVERE_BAND = "#f4f4f4", "#e6e6e6"
_TEN = 10
_AXIS, _EVENTS, _FORM = 15, 15, 40
_EDGE_ROOM, _SCORE_ROOM, _LAST_NAMED = 16, 4, 93  # per cent of the width
_HOURS = 4 * 60
_LEAST_WIDE = 400  # pixels of a panel, for circles that must not touch


def panels(page: Page) -> list[Panel]:
    """Return the panels of a period, from its dates down to its events; none where nothing could be drawn."""
    drawn = [name for name in ("pain", "mood", "sleep") if name in page.measured]
    return panels_of(page, drawn, page.forms) if drawn or page.lanes else []


def panels_of(page: Page, names: Sequence[str], forms: Sequence[FormHistory]) -> list[Panel]:
    """Return the panels of some of the page's variables and forms, between its dates and lanes and its events.

    None for a single day.
    """
    if page.period.length == 1:
        return []
    axis = Axis(page.period.start, page.period.length, 1 if page.period.length <= DAYS_UP_TO else DAYS_IN_WEEK)
    found = [_dates(axis)]
    found += [draw_lane(lane, _ground(page, axis, LANE), axis) for lane in page.lanes[:MOST_LANES]]
    found += [_draw_ratings(page.measured[name], page, axis) for name in names if name != "sleep"]
    found += [_form(form, page, axis) for form in forms if form.last.score is not None]
    if "sleep" in names:
        by_nights = axis.step == 1 and any(night.bed is not None for night in page.nights)
        found.append(_nights(page, axis) if by_nights else _hours(page.measured["sleep"], page, axis))
    if page.events:
        found.append(_events(page, axis))
    return found


def days_title(page: Page) -> str:
    """What the panels are: a day a point, or a week."""
    return "Day by day" if page.period.length <= DAYS_UP_TO else "Week by week"


def signs(page: Page) -> str:
    """What the signs of the panels are; those that are not drawn are not said."""
    by_day = page.period.length <= DAYS_UP_TO
    has_ranges = any(low < high for low, high in page.ranges.values())
    boxes = [(lane, day) for lane in page.lanes[:MOST_LANES] for day in (page.period.days() if by_day else ())]
    said = {
        "dot: a day": by_day,
        "grey bar: its lowest to highest": by_day and has_ranges,
        "line: median of 7 days": DAYS_IN_WEEK < page.period.length <= DAYS_UP_TO,
        "line: median of each week": not by_day,
        "grey column: my flare": bool(page.flares),
        "open box: not recorded": any(lane.is_open(day) for lane, day in boxes),
        "box with a line: skipped": any(lane.is_skipped(day) for lane, day in boxes),
    }
    return "; ".join(text for text, is_so in said.items() if is_so)


def description(page: Page) -> str:
    """Say in words, week by week or month by month, what the panels show, for who cannot see them."""
    said = []
    for i, part in enumerate(page.parts or (page.period,)):
        texts = []
        for name in ("pain", "mood", "sleep"):
            each = page.measured.get(name)
            figures = (each.by_part[i] if page.parts else each.figures) if each else None
            if figures and figures.days and figures.mean is not None:
                value = figures.variable.show(figures.mean)
                texts.append(f"{figures.variable.label} {value} ({times(figures.days, 'day')})")
        said.append(f"{part}: {', '.join(texts) or 'no entry'}.")
    return " ".join(said)


def _ground(page: Page, axis: Axis, height: float) -> Iterator[str]:
    """Flares as columns, and a line where each week, month or year begins."""
    for flare in page.flares:
        days = flare.days(page.period)
        left, right = axis.x(days[0], 0), axis.x(days[-1], 1)
        yield draw_rect(left, 0, right - left, height, fill="#000000", fill_opacity=_FLARE)
    for day, _ in axis.ticks():
        yield draw_line(axis.x(day, 0), 0, axis.x(day, 0), height)


def _dates(axis: Axis) -> Panel:
    drawn = []
    for day, text in axis.ticks():
        x = axis.x(day, 0)
        drawn.append(draw_line(x, 0, x, _AXIS))
        drawn += [draw_text(text, percent(x + 0.4), 11)] if x < _LAST_NAMED else []
    return Panel("", "", "", draw_svg(_AXIS, drawn, ""), "dates")


def _marks(height: float, texts: Sequence[tuple[float, str]]) -> str:
    """The scale's numbers beside a panel."""
    drawn = [draw_text(text, "100%", y + 3.5, text_anchor="end", fill=QUIET) for y, text in texts]
    return draw_svg(height, drawn, "")


def _draw_ratings(each: Measured, page: Page, axis: Axis) -> Panel:
    """A day's range, its value, and the median of seven days; of 0 to 10, or up to what was recorded."""
    variable = each.figures.variable
    known = [value for value in each.figures.by_day if value is not None]
    low, top = variable.span or (min([0, *known]), max([1, *known]))
    is_pain = variable.name == "pain"
    high = 82 if is_pain else 44
    y = heights(high, low, top)
    drawn = [draw_rect(0, y(_TEN), 100, y(SEVERE) - y(_TEN), fill=_SEVERE_BAND)] if is_pain else []
    drawn += [draw_rect(0, y(SEVERE), 100, y(MILD_BELOW) - y(SEVERE), fill=_MILD)] if is_pain else []
    drawn += _ground(page, axis, high)
    marks = (0, MILD_BELOW, SEVERE, _TEN) if is_pain else (low, (low + top) / 2, top)
    better = better_end(variable)
    drawn += [draw_line(0, y(mark), 100, y(mark)) for mark in marks]
    drawn += _ranges(page, axis, y) if is_pain and axis.step == 1 else []
    drawn += _points(each.figures.by_day, axis, y, is_week=page.period.length <= DAYS_IN_WEEK)
    label = f"{', '.join(filter(None, (variable.label, better)))}: {_in_short(each, page)}"
    beside = _marks(high, [(y(mark), f"{mark:g}" if variable.span else variable.show(mark)) for mark in marks])
    scale = ", ".join(filter(None, (f"{low:g}-{top:g}" if variable.span else "", better)))
    return Panel(variable.label, scale, beside, draw_svg(high, drawn, label), "rated")


def _in_short(each: Measured, page: Page) -> str:
    figures = each.figures
    mean = f"mean {figures.variable.show(figures.mean or 0)}" if figures.enough else no_mean(page)
    return f"{mean}, {figures.days:,} of {times(figures.of, 'day')}"


def _ranges(page: Page, axis: Axis, y: Callable[[float], float]) -> Iterator[str]:
    for day, (low, high) in page.ranges.items():
        if page.period.holds(day) and low < high:
            x = percent(axis.x(day))
            pen = Attributes(stroke="#9a9a9a", stroke_width=5, stroke_linecap="round")
            yield element("line", x1=x, x2=x, y1=y(high), y2=y(low), **pen)


def _points(values: Sequence[float | None], axis: Axis, y: Callable[[float], float], *, is_week: bool) -> Iterator[str]:
    """Dots of days, with their numbers in a week; the median of seven days as a line; of long periods that of weeks."""
    line = _medians(values, axis.step)
    for i, (here, following) in enumerate(pairwise(line)):
        if here is not None and following is not None and not is_week:
            ends = (axis.middle(i), y(here), axis.middle(i + 1), y(following))
            yield draw_line(*ends, stroke=_ACCENT, stroke_width=2, stroke_linecap="round")
        elif here is not None and axis.step > 1 and (i == 0 or line[i - 1] is None):
            yield element("circle", cx=percent(axis.middle(i)), cy=y(here), r=2, fill=_ACCENT)
    if axis.step == 1:
        for i, value in enumerate(values):
            if value is not None:
                x, size = percent(100 * (i + 0.5) / axis.length), 2.6 if axis.length <= LONGEST_IN_WEEKS else 1.4
                yield element("circle", cx=x, cy=y(value), r=size, fill=INK)
                if is_week:
                    yield draw_text(trim(value), x, y(value) - 5, text_anchor="middle", font_weight="bold")


def _medians(values: Sequence[float | None], step: int) -> list[float | None]:
    """Of each day the median of seven up to it, or of each week; None where under four of them have a value."""
    if step == 1:
        groups = [values[max(0, i - DAYS_IN_WEEK + 1) : i + 1] for i in range(len(values))]
    else:
        groups = [values[i : i + step] for i in range(0, len(values), step)]
    known = [[value for value in group if value is not None] for group in groups]
    return [median(group) if len(group) >= days_needed(DAYS_IN_WEEK) else None for group in known]


def _form(form: FormHistory, page: Page, axis: Axis) -> Panel:
    questionnaire = QUESTIONNAIRES[form.questionnaire]
    lower = heights(_FORM - SIZE, 0, questionnaire.high)
    cut_off, at_edge = questionnaire.cut_off, form.since_start

    def y(value: float) -> float:
        return SIZE + lower(value)

    drawn = [*_ground(page, axis, _FORM), draw_line(0, y(0), 100, y(0))]
    marks = [(y(questionnaire.high), f"{questionnaire.high:g}"), (y(0), "0")]
    if cut_off is not None:
        drawn.append(draw_line(0, y(cut_off), 100, y(cut_off), stroke=INK, stroke_dasharray="4 2"))
        marks = [(y(cut_off), f"{cut_off}")]
    scored = [(axis.x(each.day), each.score) for each in form.filled if each.score is not None]
    if at_edge:
        drawn.append(
            draw_line(0, y(at_edge.before), scored[0][0], y(scored[0][1]), stroke=QUIET, stroke_dasharray="2 2")
        )
    drawn += [draw_line(x, y(here), to, y(there), stroke=QUIET) for (x, here), (to, there) in pairwise(scored)]
    drawn += _scores(scored, y)
    if at_edge and scored[0][0] > _EDGE_ROOM:
        text = f"◂ {at_edge.before:g} on {at_edge.since.day} {at_edge.since:%b}"
        drawn += _box(text, 0.4, y(at_edge.before) - 4, "start")
    scores = ", ".join(f"{each.score:g}" for each in form.filled if each.score is not None)
    ends = f"{questionnaire.low:g}-{questionnaire.high:g}, higher is worse"
    scale = f"{ends}, cut-off {cut_off}" if cut_off is not None else ends
    return Panel(form.title, scale, _marks(_FORM, marks), draw_svg(_FORM, drawn, f"{form.title}: {scores}"), "form")


def _scores(scored: Sequence[tuple[float, float]], y: Callable[[float], float]) -> Iterator[str]:
    """A square a form, and its score above it where there is room beside the one before."""
    shown_up_to = -100.0
    for x, score in scored:
        if x - shown_up_to > _SCORE_ROOM:
            yield from _box(
                f"{score:g}", x, y(score) - 5, "end" if x > 97 else "start" if x < 3 else "middle", bold=True
            )
            shown_up_to = x
        yield element("rect", x=percent(x), y=y(score) - 3, width=6, height=6, fill=INK, transform="translate(-3 0)")


def _box(text: str, x: float, y: float, anchor: str, *, bold: bool = False) -> Iterator[str]:
    """Words on a ground of their own, so that no line runs through them."""
    wide = 6.2 * len(text) + 2
    shift = {"start": 0, "middle": -wide / 2, "end": -wide}[anchor]
    box = Attributes(width=wide, height=SIZE, fill=PAPER, fill_opacity=0.85, transform=f"translate({shift:g} 0)")
    yield element("rect", x=percent(x), y=y - SIZE + 1.5, **box)
    yield draw_text(text, percent(x), y, text_anchor=anchor, font_weight="bold" if bold else "normal")


def _nights(page: Page, axis: Axis) -> Panel:
    """From bed to rise, hatched what was awake: to fall asleep at its place, in the night as its length alone."""
    high = 66
    timed = [night for night in page.nights if night.bed is not None and night.rise is not None]
    low = min(night.bed or 0 for night in timed) // 60 * 60
    top = ceil(max(night.rise or 0 for night in timed) / 60) * 60
    usual = median([night.rise or 0 for night in timed])
    flipped = heights(high, low, max(top, low + _HOURS))

    def y(value: float) -> float:
        return high - flipped(value)

    marks = [*range(int(low), int(top) + 1, _HOURS)]
    drawn = [*_ground(page, axis, high), *(draw_line(0, y(at), 100, y(at)) for at in marks)]
    for night in page.nights:
        drawn += _night(night, axis, y, usual)
    beside = _marks(high, [(y(at), clock(at)) for at in marks])
    label = f"nights, {_in_short(page.measured['sleep'], page)}"
    return Panel(
        "nights",
        "bed to rise; hatched: awake in all; dashed: length only",
        beside,
        draw_svg(high, drawn, label),
        "nights",
    )


def _night(night: NightTimes, axis: Axis, y: Callable[[float], float], usual: float) -> Iterator[str]:
    left, wide = axis.x(night.day, 0.2), 60 / axis.length
    if night.bed is None or night.rise is None:
        if night.asleep:
            top = y(usual - night.asleep)
            yield draw_rect(left, top, wide, y(usual) - top, fill=PAPER, stroke=LINE, stroke_dasharray="2 1.5")
        return
    yield draw_rect(left, y(night.bed), wide, y(night.rise) - y(night.bed), fill=_SLEEP, stroke=LINE)
    for start, length in ((night.bed, night.sol or 0), (night.rise - (night.waso or 0), night.waso or 0)):
        if length:
            yield draw_rect(
                left, y(start), wide, max(1, y(start + length) - y(start)), fill="url(#painlog-awake)", stroke=LINE
            )


def hatching() -> str:
    """The pattern of what was awake, once a document."""
    ground = element("rect", width=4, height=4, fill=PAPER)
    stripe = element("rect", width=1.6, height=4, fill=LINE)
    size = Attributes(width=4, height=4, patternUnits="userSpaceOnUse", patternTransform="rotate(45)")
    pattern = element("pattern", ground, stripe, id="painlog-awake", **size)
    return element("svg", element("defs", pattern), width=0, height=0, aria_hidden="true", **{"class": "defs"})


def _hours(each: Measured, page: Page, axis: Axis) -> Panel:
    """Hours asleep as bars, of days or as the medians of weeks."""
    high = 46
    values = each.figures.by_day if axis.step == 1 else _medians(each.figures.by_day, axis.step)
    top = max(8, 2 * ceil(max((value for value in values if value is not None), default=0) / 120))
    y = heights(high, 0, top * 60)
    drawn = [*_ground(page, axis, high), *(draw_line(0, y(60 * at), 100, y(60 * at)) for at in (0, top / 2, top))]
    for i, value in enumerate(values):
        if value is not None:
            width = 100 * axis.step / axis.length
            left = i * width
            drawn.append(
                draw_rect(left + 0.15 * width, y(value), min(0.7 * width, 100 - left), y(0) - y(value), fill=_SLEEP)
            )
            if page.period.length <= DAYS_IN_WEEK:
                drawn.append(
                    draw_text(show_clock(value), percent(left + width / 2), y(value) + 11, text_anchor="middle")
                )
    beside = _marks(high, [(y(60 * at), f"{at:g} h") for at in (0, top)])
    return Panel(
        "sleep",
        "hours asleep, higher is better",
        beside,
        draw_svg(high, drawn, f"sleep: {_in_short(each, page)}"),
        "hours",
    )


def _events(page: Page, axis: Axis) -> Panel:
    """Numbers in circles; those that would touch share one."""
    drawn = []
    groups: list[tuple[float, list[int]]] = []
    for event in page.events:
        groups.append((axis.x(event.day), [event.number]))
        while len(groups) > 1 and _would_touch(*groups[-2:]):
            _, touching = groups.pop()
            groups[-1][1].extend(touching)
    for x, numbers in groups:
        text, wide = _numbers(numbers)
        shift = -wide if x > 98 else 0 if x < 2 else -wide / 2
        moved, middle = (Attributes(transform=f"translate({by:g} 0)") for by in (shift, shift + wide / 2))
        drawn.append(element("rect", x=percent(x), y=0.5, width=wide, height=14, fill=INK, rx=7, **moved))
        drawn.append(draw_text(text, percent(x), 11, text_anchor="middle", fill=PAPER, font_weight="bold", **middle))
    texts = "; ".join(f"{event.number} {event.text}" for event in page.events)
    return Panel("events", "", "", draw_svg(_EVENTS, drawn, f"events: {texts}"), "events")


def _numbers(numbers: Sequence[int]) -> tuple[str, float]:
    """What stands in the circle of some events, and how wide it is in pixels."""
    text = f"{numbers[0]}" if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"
    return text, 8 + 6 * len(text)


def _would_touch(before: tuple[float, Sequence[int]], after: tuple[float, Sequence[int]]) -> bool:
    """Whether two circles would touch where a panel is as narrow as on a small sheet."""
    between = (after[0] - before[0]) / 100 * _LEAST_WIDE
    return between < (_numbers(before[1])[1] + _numbers(after[1])[1]) / 2
