"""How a day's value is written where there is room for a few signs only: in the cells of a calendar."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from painlog.analysis.calendar import Calendar
from painlog.domain.kinds.declaration import round_half_up, tenths, whole
from painlog.domain.language.durations import show_clock
from painlog.domain.variables import Variable
from painlog.view.shades import LEVELS, level_of

TEN = "X"
_STEPS: tuple[int, ...] = tuple(digit * int("1" + "0" * zeros) for zeros in range(7) for digit in (1, 2, 5))
_MINUTE_STEPS = (1, 2, 5, 10, 30, 60, 120, 300)
_HOUR_STEPS = (60, 120, 300)
_CLOCK_FROM = 100  # minutes that are no longer written in two digits
_SMALL = 10
_THOUSANDS_FROM = 10_000


class Cells(NamedTuple):
    """How values are written: ``text`` of one, its ``level`` of shade, ``width`` in columns, and what it means."""

    text: Callable[[float], str]
    level: Callable[[float], int]
    width: int
    legend: str


def full_cells(calendar: Calendar) -> Cells:
    """Cells of the width that the values take: ``6``, ``10``, ``5:45``, ``12,400``."""
    width = max((len(_full(calendar, value)) for value in _values(calendar)), default=2)
    rounded = _half_up if calendar.variable.span else float
    return Cells(lambda value: _full(calendar, value), _level(calendar, rounded), max(2, width), _full_legend(calendar))


def digit_cells(calendar: Calendar) -> Cells:
    """Cells of one column: a digit for the value in steps of 1, 2, 5, 10 … of its unit, ``X`` for ten of them."""
    variable, low, high = calendar.variable, calendar.low or 0, calendar.high or 0
    if variable.is_answer:
        return full_cells(calendar)._replace(width=1)
    if low < 0:
        legend = f"0 to 9 from {variable.show_short(low)} to {variable.show_short(high)} in ten equal steps"
        tenths = 10 / (high - low) if high > low else 0
        return Cells(lambda value: str(min(9, int(tenths * (value - low)))), _level(calendar, float), 1, legend)
    step = _step(variable, high)

    def digit(value: float) -> str:
        steps = _half_up(value / step)
        return TEN if steps > 9 else str(steps)

    return Cells(digit, _level(calendar, lambda v: _half_up(v / step) * step), 1, _digit_legend(variable, step, high))


def short_mean(variable: Variable, value: float) -> str:
    """Write a mean in six signs at most: ``4.9``, ``5:58``, ``40%``, ``9,500``, ``-12k``."""
    if variable.is_answer:
        return f"{whole(100 * value)}%"
    if variable.is_time:
        return show_clock(value)
    if abs(value) >= _THOUSANDS_FROM:
        return f"{whole(value / 1000)}k"
    return whole(value) if abs(value) >= 1000 else tenths(value)


def _values(calendar: Calendar) -> Iterator[float]:
    return (day.value for month in calendar.months for day in month.cells if day.value is not None)


def _full(calendar: Calendar, value: float) -> str:
    variable = calendar.variable
    if variable.is_answer:
        return "y" if value > 0.5 else "n"
    if _as_clock(calendar):
        return show_clock(value)
    return tenths(value) if _in_tenths(calendar) else f"{_half_up(value):,}"


def _as_clock(calendar: Calendar) -> bool:
    """Whether lengths of time are written with their hours."""
    return calendar.variable.is_time and (calendar.variable.in_hours or (calendar.high or 0) >= _CLOCK_FROM)


def _in_tenths(calendar: Calendar) -> bool:
    """Whether whole numbers would hide most of an open scale: a few units, with fractions."""
    values = list(_values(calendar)) if calendar.variable.span is None and not calendar.variable.is_time else []
    return max(map(abs, values), default=_SMALL) < _SMALL and any(value != int(value) for value in values)


def _full_legend(calendar: Calendar) -> str:
    variable = calendar.variable
    if variable.is_answer:
        return "y is yes, n is no"
    if variable.is_time:
        return "hours:minutes" if _as_clock(calendar) else "minutes"
    rounded = "" if variable.is_count or _in_tenths(calendar) else "rounded to whole numbers"
    return ", ".join(filter(None, (variable.field.unit, rounded)))


def _digit_legend(variable: Variable, step: int, high: float) -> str:
    """``rounded to whole numbers, X is 10``, ``a digit is 500 steps, rounded``."""
    if variable.is_time:
        unit = f"{step // 60} h" if step >= 60 else f"{step} min"
    else:
        unit = f"{step:,}{' ' + variable.field.unit if variable.field.unit else ''}"
    each = "rounded to whole numbers" if unit == "1" else f"a digit is {unit}, rounded"
    ten = f", {TEN} is {'10' if unit == '1' else 'ten of them'}"
    return each + (ten if _half_up(high / step) > 9 else "")


def _step(variable: Variable, high: float) -> int:
    """The smallest step of which the highest value, or the scale's own end, has no more than ten."""
    steps = _HOUR_STEPS if variable.in_hours else _MINUTE_STEPS if variable.is_time else _STEPS
    top = variable.span[1] if variable.span else high
    return next((step for step in steps if _half_up(top / step) <= 10), steps[-1])


def _level(calendar: Calendar, rounded: Callable[[float], float]) -> Callable[[float], int]:
    """Levels over the scale, or between the lowest and highest value of an open one; of values as they are shown."""
    span = calendar.variable.span
    low, high = span or (rounded(calendar.low or 0), rounded(calendar.high or 0))
    return lambda value: level_of((rounded(value) - low) / (high - low)) if high > low else LEVELS // 2


def _half_up(value: float) -> int:
    return int(round_half_up(value))
