"""More of pain's shape than its mean: its worst, days by band, swing, hours, flares and days free of it. Pure.

Every figure says what it rests on, days, pairs of days or flares, and is None where that is too little.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from math import fsum
from typing import NamedTuple

from painlog.analysis.flare_lengths import FlareLengths, measure_flares
from painlog.analysis.rhythm import DAYS_NEEDED, Slot, slots_by_hour
from painlog.analysis.summary import SEVERE, Summary
from painlog.domain.flares import Flare
from painlog.domain.observations import TimeOfDay
from painlog.domain.periods import Period

_MIDDLE = 4
_BANDS = (("below 4", 0, _MIDDLE), ("4 to below 7", _MIDDLE, SEVERE), ("7 and above", SEVERE, float("inf")))


class Band(NamedTuple):
    """Days whose value is ``low`` or more and, where there is one, less than ``below``."""

    label: str
    low: float
    below: float | None
    days: int


class Worst(NamedTuple):
    """The highest single rating and its (latest) day, and the highest value of a day."""

    score: float
    day: date
    highest_day: float | None


class Swing(NamedTuple):
    """How far apart the values of one day and the next are: their mean and largest difference, over ``pairs``.

    ``mean`` is None under ``DAYS_NEEDED`` pairs.
    """

    pairs: int
    mean: float | None
    largest: float | None


class PainShape(NamedTuple):
    """The shape of pain over a period: ``days`` of ``of`` have a value, and bands and ``free_days`` are among them.

    ``free_days`` are those with a value of 0; a day without one is not free of pain. ``hours`` are single ratings by
    the clock; ``without_hour`` counts those that name a day and no time. ``flares`` are those that touch the period.
    """

    days: int
    of: int
    mean: float | None
    worst: Worst | None
    bands: tuple[Band, ...]
    free_days: int
    swing: Swing
    hours: tuple[Slot, ...]
    without_hour: int
    flares: FlareLengths


def describe_shape(
    pain: Summary,
    highest: tuple[float, date] | None,
    times: Sequence[TimeOfDay],
    marked: Iterable[Flare],
    period: Period,
) -> PainShape:
    """Return the shape of pain in a period, from its days, its single ratings by time of day, and flares."""
    known = [value for value in pain.by_day if value is not None]
    bands = (
        Band(label, low, None if below == float("inf") else below, sum(low <= value < below for value in known))
        for label, low, below in _BANDS
    )
    return PainShape(
        days=pain.days,
        of=pain.of,
        mean=pain.average,
        worst=Worst(*highest, pain.high) if highest else None,
        bands=tuple(bands),
        free_days=known.count(0),
        swing=_swing(pain.by_day),
        hours=slots_by_hour(times),
        without_hour=sum(each.entries for each in times if each.begins is None),
        flares=measure_flares((flare for flare in marked if flare.days(period)), period.end),
    )


def _swing(by_day: Sequence[float | None]) -> Swing:
    apart = [abs(b - a) for a, b in pairwise(by_day) if a is not None and b is not None]
    mean = fsum(apart) / len(apart) if len(apart) >= DAYS_NEEDED else None
    return Swing(len(apart), mean, max(apart, default=None))
