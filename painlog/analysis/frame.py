"""The way in from Python: patterns from a table of days, without a journal."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from math import inf, isfinite, isnan
from typing import TYPE_CHECKING, Literal, NamedTuple

from painlog.analysis.patterns.findings import LARGEST, Patterns, PlanStep
from painlog.analysis.patterns.question import CYCLE, Days, Question, ask_of_cycle, ask_of_pair
from painlog.analysis.patterns.search import find_patterns
from painlog.analysis.patterns.uses import Use
from painlog.domain.kinds.fields import Number
from painlog.domain.periods import Period
from painlog.domain.variables import Variable, variables
from painlog.errors import BadInput

if TYPE_CHECKING:
    from pandas import DataFrame, Series

HOW = ("chosen", "as needed")


class RatedBefore(NamedTuple):
    """How a treatment is used that is chosen, with the outcome rated before it, on its scale, in a ``column``.

    On days without the treatment that is a rating from before its usual time.
    """

    column: str


def patterns_of(
    frame: "DataFrame",
    *,
    pairs: Sequence[tuple[str, str]] | None = None,
    outcome: str = "pain",
    treatments: Mapping[str, Literal["chosen", "as needed"] | RatedBefore] | None = None,
    changes: Mapping[date, str] | None = None,
    counts: Mapping[str, str] | None = None,
) -> Patterns:
    """Return the patterns in a table of days, as ``painlog link`` and ``painlog helps`` do of a journal.

    ``frame`` has a calendar day an index entry (dates or a ``DatetimeIndex``, each day once, gaps allowed) and a column
    a variable, NaN where nothing was logged; infinite values are left out, and counted as such. Columns named like
    painlog's own variables (``pain``, ``mood``, ``sleep`` …) are in their units and on their scales (0-10; minutes);
    any other number is on an open scale, whose step is a round number near half its standard deviation.

    ``pairs`` are the columns to set beside each other; without any, those of pain, mood, worry and sleep that are
    there. ``treatments`` names columns of 1 (used), 0 (not used) and NaN (unknown), and whether each was chosen or
    scheduled, or taken as needed; ``changes`` the first days of something new, in words. Both are compared by the
    ``outcome``, in its unit. Everything asked for in one call is one family of results.

    A chosen treatment with a rating before it is ``RatedBefore`` a column of that; the outcome's own column is then
    what was rated after it. Without one no treatment is ever called clear. ``counts`` names, for a column of day means,
    the column of how many ratings each is the mean of (1 and more; NaN counts as 1): their precision in the second look
    at directions.

    Returns the links in the order asked, each with an estimate in y's unit per ``per`` of x's, a 95 % interval, p, q
    and a word (``verdict``), or with no estimate and the word that says why; comparisons and turns likewise. Takes
    n × k numbers, 366 rows and more without a limit; time grows with n.

    Raises BadInput for a column that is not there or does not fit its scale, and an index that is not of days.
    """
    frame = frame.rename(columns=str)
    period, days = _calendar(frame)
    uses = [_use(frame, name, how, days, outcome) for name, how in (treatments or {}).items()]
    steps = [PlanStep(_day(day), label, label) for day, label in (changes or {}).items()]
    compared = [outcome] if uses or steps else []
    values = _by_variable(frame, [*_columns(frame, pairs), *compared], days)
    known = {variable.name: variable for variable in values}
    both = [(known[x], known[y]) for x, y in pairs or ()]
    asked = Question(
        links=ask_of_cycle(known) if pairs is None else [each for x, y in both for each in ask_of_pair(x, y)],
        profiles=both,
        outcome=known[outcome] if compared else None,
        uses=uses,
        changes=steps,
        turns=sorted({step.day for step in steps if period.holds(step.day)}),
    )
    entry_days = {day for found in values.values() for day in found}
    several = {
        _variable(of): {day: max(1.0, n) for day, n in _values(frame, column, days).items()}
        for of, column in (counts or {}).items()
    }
    return find_patterns(Days(period, ongoing=False, values=values, entry_days=entry_days, counts=several), asked)


def _columns(frame: "DataFrame", pairs: Sequence[tuple[str, str]] | None) -> list[str]:
    """The columns that are set beside each other."""
    if pairs is None:
        return [name for name in CYCLE if name in frame.columns]
    return [name for both in pairs for name in both]


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
    field = Number(name="value", label=name, low=-inf, high=inf)
    return variables().get(name) or Variable(name, name, name, "", "value", field, (), "mean")


def _day(said: date) -> date:
    import pandas as pd

    with suppress(ValueError, TypeError):
        if not pd.isna(day := pd.Timestamp(said)):
            return day.date()
    raise BadInput(f"{said!r} is not a day of a change")


def _by_variable(frame: "DataFrame", names: Sequence[str], days: Sequence[date]) -> dict[Variable, dict[date, float]]:
    return {_variable(name): _values(frame, name, days) for name in dict.fromkeys(names)}


def _values(frame: "DataFrame", name: str, days: Sequence[date]) -> dict[date, float]:
    """The days that have a value. Raises BadInput where one of painlog's own variables is on another scale."""
    found = {day: float(value) for day, value in zip(days, _numbers(frame, name), strict=True) if not isnan(value)}
    return _on_scale(found, name, name)


def _on_scale(found: dict[date, float], of: str, name: str) -> dict[date, float]:
    """Return values that are on the scale of a variable. Raises BadInput with the column's name."""
    field = _variable(of).field
    low, high = getattr(field, "low", 0), getattr(field, "high", LARGEST)
    off = next((value for value in found.values() if isfinite(value) and not low <= value <= high), None)
    if off is not None:
        raise BadInput(f"{name} is {low:g} to {high:g}, not {off:g}; give a column on another scale another name")
    return found


def _use(frame: "DataFrame", name: str, how: str | RatedBefore, days: Sequence[date], outcome: str) -> Use:
    if not isinstance(how, RatedBefore) and how not in HOW:
        raise BadInput(f"{name!r} is {' or '.join(HOW)}, not {how!r}")
    numbers = _numbers(frame, name)
    if not set(numbers.dropna()) <= {0, 1}:
        raise BadInput(f"{name!r} is a treatment, so it holds 1, 0 and gaps only")
    on = {value: {day for day, each in zip(days, numbers, strict=True) if each == value} for value in (0, 1)}
    use = Use(name, how == "as needed", on[1], on[0])
    if not isinstance(how, RatedBefore):
        return use
    before = _on_scale(_values(frame, how.column, days), outcome, how.column)
    return use._replace(before=before, after=_values(frame, outcome, days))


def _numbers(frame: "DataFrame", name: str) -> "Series[float]":
    import pandas as pd

    if name not in frame.columns:
        raise BadInput(f"{name!r} is not a column; there are {', '.join(map(str, frame.columns))}")
    try:
        return pd.to_numeric(frame[name]).astype(float)
    except (ValueError, TypeError):
        raise BadInput(f"{name!r} holds what is not a number") from None
