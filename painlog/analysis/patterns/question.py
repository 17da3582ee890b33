"""What is asked of a person's days, and the days it is asked of. Pure; loads none of what answers it."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from math import fsum, sqrt
from types import MappingProxyType
from typing import NamedTuple

from painlog.analysis.patterns.findings import LARGEST, MOST_WEEKS, PlanStep, Relation
from painlog.analysis.patterns.uses import Use
from painlog.domain.observations import Rating
from painlog.domain.periods import DAYS_IN_WEEK, Period
from painlog.domain.variables import Variable

CYCLE = ("pain", "mood", "worry", "sleep")
REACH = DAYS_IN_WEEK * MOST_WEEKS  # days before a period that a change at its start is compared with
Values = Mapping[Variable, Mapping[date, float]]


class LinkQuestion(NamedTuple):
    """A question of how y goes with x."""

    question: Relation
    x: Variable
    y: Variable


class Days(NamedTuple):
    """What is known of the days of a period. ``values`` may reach back ``REACH`` days further.

    ``entry_days`` are the days with any entry. ``ongoing`` says that the period ends today, so that more days may come;
    ``window`` of them are looked at at a time, the period's length where it is 0. ``counts`` are how many ratings a
    day's value is the mean of, where that is not one, and ``within`` the standard deviation of single ratings within a
    day, in the variable's unit, where days have several.
    """

    period: Period
    ongoing: bool
    values: Values
    entry_days: AbstractSet[date]
    window: int = 0
    counts: Values = MappingProxyType({})
    within: Mapping[Variable, float] = MappingProxyType({})


class Question(NamedTuple):
    """What is looked for: links, the two variables of a profile, and what was used or changed, by its ``outcome``."""

    links: Sequence[LinkQuestion] = ()
    profiles: Sequence[tuple[Variable, Variable]] = ()
    outcome: Variable | None = None
    uses: Sequence[Use] = ()
    changes: Sequence[PlanStep] = ()
    turns: Sequence[date] = ()


def spread_within_days(ratings: Iterable[Rating]) -> float | None:
    """Return the standard deviation of single ratings within a day, over the days that have several; None without."""
    of_day: dict[date, list[float]] = {}
    for rating in ratings:
        if abs(rating.value) <= LARGEST:
            of_day.setdefault(rating.day, []).append(rating.value)
    several = [values for values in of_day.values() if len(values) > 1]
    if not several:
        return None
    apart = [(value - fsum(values) / len(values)) ** 2 for values in several for value in values]
    return sqrt(fsum(apart) / (len(apart) - len(several)))


def ask_of_pair(x: Variable, y: Variable) -> list[LinkQuestion]:
    """Return what is asked of two variables, both directions side by side.

    A night belongs to the day on which it ended, so it comes before what is rated that day, and the next night after.
    """
    if x.is_night == y.is_night:
        return [LinkQuestion("same day", x, y), LinkQuestion("next day", x, y), LinkQuestion("next day", y, x)]
    night, other = (x, y) if x.is_night else (y, x)
    return [LinkQuestion("night", night, other), LinkQuestion("next night", other, night)]


def ask_of_cycle(known: Mapping[str, Variable]) -> list[LinkQuestion]:
    """Return what is asked of pain, mood, worry and sleep, as far as they are known, by name."""
    pain, mood, worry, sleep = (known.get(name) for name in CYCLE)
    asked = [each for other in (mood, worry) if pain and other for each in ask_of_pair(pain, other)]
    nights = [LinkQuestion("night", sleep, other) for other in (pain, mood) if sleep and other]
    return asked + nights
