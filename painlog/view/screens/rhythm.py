"""A variable over the week or the day, as rows: mean, a bar from lowest to highest, and what it rests on."""

from collections.abc import Iterator, Sequence

from painlog.analysis.rhythm import DAYS_NEEDED, Rhythm, Slot
from painlog.domain.variables import Variable
from painlog.view.chart_words import scale_words
from painlog.view.terminal import MOST_WIDTH, TextLine, bold, term, times, wrap_text
from painlog.view.values import ABSENT

_LEAST_TRACK = 12
_BETWEEN = 6  # columns between the four cells
_WORDS = {"weekday": "day of the week", "hour": "time of day"}


def rhythm_lines(rhythms: Sequence[Rhythm], width: int) -> Iterator[TextLine]:
    """A heading, a block of rows for each variable, and how to read them."""
    width = min(width, MOST_WIDTH)
    period, by = rhythms[0].period, rhythms[0].by
    yield from wrap_text(f"{period} ({times(period.length, 'day')}), by {_WORDS[by]}", width)
    for each in rhythms:
        yield ""
        yield from (bold(line) for line in wrap_text(term(_title(each.variable)), width))
        yield from _rows(each, width)
    yield ""
    what = "daily values" if rhythms[0].by == "weekday" else "ratings"
    signs = f"● mean, ├ ┤ lowest and highest of the {what}; no mean under {DAYS_NEEDED} days."
    for line in (signs, *_notes(rhythms)):
        yield from wrap_text(line, width)


def rhythm_plain(rhythms: Sequence[Rhythm]) -> Iterator[str]:
    """Say it for who cannot see it: a line for each day of the week or time of day."""
    period, by = rhythms[0].period, rhythms[0].by
    yield f"{period.in_words} ({times(period.length, 'day')}), by {_WORDS[by]}."
    for each in rhythms:
        yield term(f"{each.variable.label}: {scale_words(each.variable)}")
        for slot in each.slots:
            name, mean, ends, count = _cells(slot, each)
            figures = ", ".join(filter(None, (f"mean {mean}", ends, count))) if slot.days else count
            yield term(f"{each.variable.label}, {name}: {figures}")
    yield f"No mean under {DAYS_NEEDED} days."
    yield from _notes(rhythms)


def _title(variable: Variable) -> str:
    return f"{variable.label} [{scale_words(variable)}]"


def _rows(rhythm: Rhythm, width: int) -> Iterator[str]:
    """Label, mean, bar, lowest and highest, and how many; the bar and the longer words where there is room."""
    cells = [("", "mean", "range", ""), *(_cells(slot, rhythm) for slot in rhythm.slots)]
    if sum(_widths(cells)) + _BETWEEN > width:
        cells = [(name.partition(" ")[0], mean, ends, count.rpartition(", ")[2]) for name, mean, ends, count in cells]
    label, mean, ends, count = _widths(cells)
    track = width - label - mean - ends - count - _BETWEEN - 2
    low, high = _limits(rhythm)
    for row, slot in zip(cells, (None, *rhythm.slots), strict=True):
        bar = ""
        if track >= _LEAST_TRACK:
            bar = "  " + (_bar(slot, low, high, track) if slot else _scale(rhythm.variable, low, high, track))
        yield f"{row[0]:<{label}}  {row[1]:>{mean}}{bar}  {row[2]:<{ends}}  {row[3]:>{count}}".rstrip()


def _widths(cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[i]) for row in cells) for i in range(4)]


def _cells(slot: Slot, rhythm: Rhythm) -> tuple[str, str, str, str]:
    show = rhythm.variable.show_short
    ends = "" if slot.low is None or slot.high is None else f"{show(slot.low)} to {show(slot.high)}"
    if slot.low == slot.high and slot.low is not None:
        ends = show(slot.low)
    count = times(slot.days, "day")
    if rhythm.by == "hour":
        count = f"{times(slot.entries, 'rating')}, {count}"
    mean = rhythm.variable.show(slot.mean) if slot.mean is not None else "too few" if slot.days else ABSENT
    return slot.label, mean, ends, count if slot.days else "no entry"


def _limits(rhythm: Rhythm) -> tuple[float, float]:
    if rhythm.variable.span:
        return rhythm.variable.span
    ends = [end for slot in rhythm.slots for end in (slot.low, slot.high) if end is not None]
    return min(0, *ends, 0), max(1, *ends, 1)


def _scale(variable: Variable, low: float, high: float, track: int) -> str:
    """The track's two ends."""
    first, last = ("0" if end == 0 else variable.show_short(end) for end in (low, high))
    return f"{first}{last:>{track - len(first)}}"


def _bar(slot: Slot, low: float, high: float, track: int) -> str:
    """``  ├────●──┤   ``: the lowest, the mean and the highest; without a mean what there is."""
    cells = [" "] * track
    if slot.low is not None and slot.high is not None:
        first, last = (round((end - low) / (high - low) * (track - 1)) for end in (slot.low, slot.high))
        cells[first : last + 1] = "─" * (last + 1 - first)
        cells[first], cells[last] = ("├", "┤") if first < last else ("│", "│")
    if slot.mean is not None:
        cells[round((slot.mean - low) / (high - low) * (track - 1))] = "●"
    return "".join(cells)


def _notes(rhythms: Sequence[Rhythm]) -> Iterator[str]:
    for each in rhythms:
        if each.left_out:
            yield term(f"{each.variable.label}: {times(each.left_out, 'rating')} without a time of day left out.")
    if rhythms[0].by == "hour":
        yield "These are the times at which you rated, not all hours of your day."
    yield "Differences of a point or so between rows are often chance."
