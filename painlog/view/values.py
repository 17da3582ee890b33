"""How a day's value is written where a few signs must do: in rows of days, in digits of weeks, in cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from painlog.domain.kinds.declaration import tenths
from painlog.domain.language.durations import show_clock
from painlog.domain.variables import Variable
from painlog.view.terminal import times

if TYPE_CHECKING:
    from painlog.analysis.report.care import MatterDays

ABSENT = "."
BETTER_HIGH = "(+): higher is better"  # what the sign in a variable's title means
_TEN = 10  # from which a digit is an X


def short(variable: Variable, value: float) -> str:
    """``5``, ``5.3``, ``5:30``."""
    return show_clock(value) if variable.is_time else trim(value)


def digit(variable: Variable, value: float) -> str:
    """One sign: a rating without its decimals, so that 6.9 is not among the days at 7; of a time the nearest hour."""
    whole = int(value / 60 + 0.5) if variable.is_time else int(value)
    return str(whole) if whole < _TEN else "X"


def trim(value: float) -> str:
    """One decimal, or none where it is zero."""
    return f"{tenths(value)}".removesuffix(".0")


def higher_is(variable: Variable) -> str:
    """``worse``, ``better``, or nothing where no end is the better one."""
    return {"low": "worse", "high": "better"}.get(variable.better, "")


def better_end(variable: Variable) -> str:
    """``higher is worse``, ``higher is better``, or nothing where no end is the better one."""
    end = higher_is(variable)
    return f"higher is {end}" if end else ""


def matter_facts(each: MatterDays) -> tuple[str, ...]:
    """``on 9 of 28 days``, ``pain 4.1 then (8 days), 4.6 on the others (17 days)``."""
    counted = f"on {each.days:,} of {times(each.of, 'day')}"
    if each.pain is None or each.pain_else is None:
        return (counted,)
    others = f"{tenths(each.pain_else)} on the others ({times(each.rated_else, 'day')})"
    return counted, f"pain {tenths(each.pain)} then ({times(each.rated, 'day')}), {others}"


def pause_words(days: int) -> str:
    """Say that days without an entry lie in a pause."""
    return f"{times(days, 'day')} without an entry in a pause, as intended"
