"""The way in from Python: patterns from a table of days, without a journal."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from painlog.analysis.findings import Patterns
from painlog.analysis.links import cycle, pair
from painlog.analysis.patterns import Asked, Days, patterns
from painlog.analysis.uses import PlanStep, Use
from painlog.domain.fields import Number
from painlog.domain.periods import Period
from painlog.domain.series import Variable, variables
from painlog.errors import BadInput

if TYPE_CHECKING:
    from pandas import DataFrame, Series

_ANY = 1e300


def patterns_of(
    frame: "DataFrame",
    *,
    pairs: Sequence[tuple[str, str]] | None = None,
    outcome: str = "pain",
    treatments: Mapping[str, Literal["chosen", "as needed"]] | None = None,
    changes: Mapping[date, str] | None = None,
) -> Patterns:
    """Return the patterns in a table of days, as ``painlog link`` and ``painlog helps`` do of a journal.

    ``frame`` has a calendar day an index entry (dates or a ``DatetimeIndex``, each day once, gaps allowed) and a column
    a variable, NaN where nothing was logged; infinite values count as not logged. Columns named like painlog's own
    variables (``pain``, ``mood``, ``sleep`` …) are in their units and on their scales (0-10; minutes); any other number
    is on an open scale, whose step is a round number near half its standard deviation.

    ``pairs`` are the columns to set beside each other; without any, those of pain, mood, worry and sleep that are
    there. ``treatments`` names columns of 1 (used), 0 (not used) and NaN (unknown), and whether each was chosen or
    scheduled, or taken as needed; ``changes`` the first days of something new, in words. Both are compared by the
    ``outcome``. Everything asked for in one call is one family of results.

    Raises BadInput for a column that is not there or holds no numbers, and an index that is not of days.
    """
    period, days = _calendar(frame)
    given = treatments or {}
    numbers = [str(name) for name in frame.columns if name not in given]
    known = {name: _variable(name) for name in numbers}
    values = {variable: _values(frame, name, days) for name, variable in known.items()}
    entry_days = {day for found in values.values() for day in found}
    wanted = [(_named(x, known), _named(y, known)) for x, y in pairs or ()]
    turns = dict(changes or {})
    asked = Asked(
        links=cycle(known) if pairs is None else [each for x, y in wanted for each in pair(x, y)],
        profiles=wanted,
        outcome=_named(outcome, known) if given or turns else None,
        uses=[_use(frame, name, how == "as needed", days) for name, how in given.items()],
        changes=[PlanStep(day, label, label) for day, label in turns.items()],
        turns=[day for day in turns if period.holds(day)],
    )
    return patterns(Days(period, ongoing=False, values=values, entry_days=entry_days), asked)


def _calendar(frame: "DataFrame") -> tuple[Period, list[date]]:
    import pandas as pd

    try:
        index = pd.DatetimeIndex([] if pd.api.types.is_numeric_dtype(frame.index) else frame.index)
    except (ValueError, TypeError):
        raise BadInput("the index is not of calendar days; give it dates or a DatetimeIndex") from None
    if index.hasnans or not len(index):
        raise BadInput("the index is not of calendar days, or has none, or one is missing")
    days = [stamp.date() for stamp in index]
    if len(set(days)) < len(days):
        raise BadInput("the index has a day twice; bring the rows down to one a day first")
    return Period(min(days), max(days)), days


def _variable(name: str) -> Variable:
    field = Number(name="value", label=name, low=-_ANY, high=_ANY)
    return variables().get(name) or Variable(name, name, name, "", "value", field, (), "mean")


def _named(name: str, known: Mapping[str, Variable]) -> Variable:
    if name not in known:
        raise BadInput(f"{name!r} is not a column of numbers; there are {', '.join(known)}")
    return known[name]


def _values(frame: "DataFrame", name: str, days: Sequence[date]) -> dict[date, float]:
    numbers = _numbers(frame, name)
    return {day: float(value) for day, value in zip(days, numbers, strict=True) if value == value}  # noqa: PLR0124


def _use(frame: "DataFrame", name: str, as_needed: bool, days: Sequence[date]) -> Use:  # noqa: FBT001
    numbers = _numbers(frame, name)
    if not set(numbers.dropna()) <= {0, 1}:
        raise BadInput(f"{name!r} is a treatment, so it holds 1, 0 and gaps only")
    on = {value: {day for day, each in zip(days, numbers, strict=True) if each == value} for value in (0, 1)}
    return Use(name, as_needed, on[1], on[0])


def _numbers(frame: "DataFrame", name: str) -> "Series[float]":
    import pandas as pd

    if name not in frame.columns:
        raise BadInput(f"{name!r} is not a column; there are {', '.join(map(str, frame.columns))}")
    try:
        return pd.to_numeric(frame[name]).astype(float)
    except (ValueError, TypeError):
        raise BadInput(f"{name!r} holds what is not a number") from None
