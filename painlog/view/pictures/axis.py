"""Days along and values up: where they lie in a drawing, and the lines, boxes and words that are put there.

What lies along is in per cent of the width, what lies up in pixels.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from painlog.domain.periods import DAYS_IN_WEEK, LONGEST_IN_MONTHS, LONGEST_IN_WEEKS
from painlog.view.pictures.svg import FONT, INK, Attributes, element, words

DAYS_UP_TO = 93  # longer ones are drawn in weeks
SIZE = 10  # pixels of the letters
_GRID = "#cfcfcf"
_TICK_ROOM = 6


class Panel(NamedTuple):
    """A panel: what stands beside it (a name, then its scale and direction), its scale's marks and its picture."""

    name: str
    scale: str
    marks: str
    svg: str
    sort: str


class Axis(NamedTuple):
    """Where days lie along: ``length`` days from ``start``, drawn in points of ``step`` days."""

    start: date
    length: int
    step: int

    def x(self, day: date, part: float = 0.5) -> float:
        """The place of a part of a day, in per cent."""
        return 100 * ((day - self.start).days + part) / self.length

    def middle(self, point: int) -> float:
        """The place of the middle of a point, in per cent."""
        return 100 * min(self.length, (point + 0.5) * self.step) / self.length

    def ticks(self) -> list[tuple[date, str]]:
        """The days that are named above: each of a week, Mondays or so of some weeks, firsts of months, of years."""
        days = [self.start + timedelta(days=i) for i in range(self.length)]
        if self.length <= DAYS_IN_WEEK:
            return [(day, f"{day:%a} {day.day} {day:%b}") for day in days]
        if self.length <= DAYS_UP_TO:
            apart = DAYS_IN_WEEK * ceil(self.length / LONGEST_IN_WEEKS)
            name = "{:%a} {} {:%b}" if self.length <= LONGEST_IN_WEEKS else "{1} {2:%b}"
            return [(day, name.format(day, day.day, day)) for day in days[::apart]]
        if self.length <= LONGEST_IN_MONTHS:
            firsts = [day for day in days if day.day == 1]
            shown = firsts[:: ceil(len(firsts) / 12)]
            return [(day, f"{day:%b} {day:%y}" if day == shown[0] or day.month == 1 else f"{day:%b}") for day in shown]
        firsts = [day for day in days if (day.month, day.day) == (1, 1)]
        return [(day, f"{day:%Y}") for day in firsts[:: ceil(len(firsts) / 12)]]


def heights(height: float, low: float, top: float) -> Callable[[float], float]:
    """Return where a value lies in a picture so high whose scale goes from ``low`` to ``top``, in pixels from above."""
    room = height - 2 * _TICK_ROOM

    def y(value: float) -> float:
        return round(_TICK_ROOM + room * (1 - (min(max(value, low), top) - low) / (top - low)), 2)

    return y


def draw_svg(height: float, inside: Sequence[str], label: str) -> str:
    """A picture as wide as its place; without a label it is hidden from who cannot see it."""
    title = element("title", words(label)) if label else ""
    hidden = Attributes(role="img") if label else Attributes(aria_hidden="true")
    return element("svg", title, *inside, width="100%", height=height, font_family=FONT, font_size=SIZE, **hidden)


def percent(value: float) -> str:
    """A place along, as an attribute."""
    return f"{value:.2f}%"


def draw_text(text: str, x: str, y: float, **given: str | float) -> str:
    """Words at a place along, such as ``12%``, and up."""
    return element("text", words(text), x=x, y=y, **(Attributes(fill=INK) | given))


def draw_line(x1: float, y1: float, x2: float, y2: float, **given: str | float) -> str:
    """A line between two places, in per cent along and pixels from above."""
    return element("line", x1=percent(x1), y1=y1, x2=percent(x2), y2=y2, **(Attributes(stroke=_GRID) | given))


def draw_rect(x: float, y: float, wide: float, high: float, **given: str | float) -> str:
    """A box, in per cent along and pixels from above."""
    return element("rect", x=percent(x), y=y, width=percent(wide), height=high, **given)
