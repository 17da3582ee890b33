"""How a day's value is written where a few signs must do: in rows of days, in digits of weeks, in cells."""

from painlog.domain.language.durations import show_clock
from painlog.domain.variables import Variable

ABSENT = "."


def short(variable: Variable, value: float) -> str:
    """``5``, ``5.3``, ``5:30``."""
    return show_clock(value) if variable.is_time else trimmed(value)


def digit(variable: Variable, value: float) -> str:
    """The nearest whole number; of a time, of hours."""
    return str(int((value / 60 if variable.is_time else value) + 0.5))


def trimmed(value: float) -> str:
    """One decimal, or none where it is zero."""
    return f"{value:.1f}".removesuffix(".0")
