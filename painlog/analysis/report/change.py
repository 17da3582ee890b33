"""How a variable's figures changed from one period to another. Pure.

Changes of pain are named as clinicians do who use both the 2-point and the 30 % mark (Farrar 2001; Dworkin 2008), and
only over two weeks or more: over one week a difference of a point arises by chance in a third of people whose pain did
not change.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Literal, NamedTuple

from painlog.analysis.summary import Summary
from painlog.domain.variables import Variable

if TYPE_CHECKING:
    Direction = Literal["better", "worse", "similar", "higher", "lower"]
    Size = Literal["", "small, within the usual ups and downs", "meaningful", "large"]

_LABEL_FROM_DAYS = 14
_COMPARED_FROM_DAYS = 7
_SHOWN = 0.05  # less is not seen at one decimal


class Change(NamedTuple):
    """The difference of two means, the present one less the one before, where both rest on enough days.

    ``direction`` is in words; less than the variable's ``alike`` is similar. ``size`` names a change of pain over two
    weeks or more. ``days_before`` are those that the mean before rests on.
    """

    before: float
    now: float
    difference: float
    percent: float | None
    direction: Direction
    size: Size
    days_before: int


def compare_periods(variable: Variable, now: Summary, before: Summary | None) -> Change | None:
    """Compare two periods of equal length, of a week or more; None where either has too few days."""
    if before is None or not (now.enough and before.enough) or now.mean is None or before.mean is None:
        return None
    if now.of < _COMPARED_FROM_DAYS:
        return None
    difference = now.mean - before.mean
    percent = 100 * difference / before.mean if before.mean else None
    direction = _direction(variable, difference)
    size = _size(difference, percent) if variable.name == "pain" and now.of >= _LABEL_FROM_DAYS else ""
    return Change(before.mean, now.mean, difference, percent, direction, size, before.days)


def _direction(variable: Variable, difference: float) -> Direction:
    if round(abs(difference), 9) < max(variable.field.alike, _SHOWN):
        return "similar"
    if not variable.better:
        return "higher" if difference > 0 else "lower"
    return "better" if (difference > 0) == (variable.better == "high") else "worse"


def _size(difference: float, percent: float | None) -> Size:
    """Name the size of a change of pain; from a mean of 0 every change is more than any share of it."""
    points, share = round(abs(difference), 9), inf if percent is None else round(abs(percent), 9)
    if points < 1:
        return ""
    if points < 2 or share < 30:
        return "small, within the usual ups and downs"
    return "large" if share >= 50 else "meaningful"
