"""On how many days there was something that matters, and how pain was then and else. Pure; claims nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from painlog.domain.observations import AnyEntry
from painlog.domain.periods import Period
from painlog.domain.variables import DayValue

ENOUGH_DAYS = 3  # with pain on each side; means of fewer are not shown


@dataclass(frozen=True)
class MatterDays:
    """Something that matters: its ``days`` of the period, and the means of pain (0-10) on these and on the others.

    ``rated`` and ``rated_else`` are the days that the means rest on. Both are None where either has too few.
    """

    name: str
    days: int
    of: int
    pain: float | None
    rated: int
    pain_else: float | None
    rated_else: int


def count_matters(
    names: Iterable[str], marked: Sequence[AnyEntry], pain: Mapping[date, DayValue], period: Period
) -> tuple[MatterDays, ...]:
    """Count the days of a period that had what matters, in the order of ``names``."""
    return tuple(_count(name, marked, pain, period) for name in names)


def _count(name: str, marked: Sequence[AnyEntry], pain: Mapping[date, DayValue], period: Period) -> MatterDays:
    own = [entry for entry in marked if str(entry.data.get("name", "")).casefold() == name.casefold()]
    days = {day for entry in own for day in entry.days if period.holds(day)}
    here = [pain[day].value for day in pain if day in days]
    others = [pain[day].value for day in pain if day not in days and period.holds(day)]
    is_enough = min(len(here), len(others)) >= ENOUGH_DAYS
    return MatterDays(
        name=name,
        days=len(days),
        of=period.length,
        pain=fsum(here) / len(here) if is_enough else None,
        rated=len(here),
        pain_else=fsum(others) / len(others) if is_enough else None,
        rated_else=len(others),
    )
