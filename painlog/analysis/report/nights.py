"""The nights of a period as their times say: when to bed, when up, how long asleep and awake. Pure.

A night belongs to the day of waking. Times of day are minutes since noon of the day before, so that a night is one
stretch of numbers. What was not said is None; a night without times has its length alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from math import fsum
from operator import itemgetter
from typing import Any, NamedTuple

from painlog.domain.kinds.nights import span_ends
from painlog.domain.observations import Observation
from painlog.domain.periods import Period

_NOON, _DAY = 12 * 60, 24 * 60


class NightTimes(NamedTuple):
    """A night by the day of waking, in minutes.

    ``bed`` and ``rise`` are since noon of the day before: into bed, or trying to sleep where that was not said, and out
    of bed, or the last waking. ``asleep`` is the time asleep, ``sol`` to fall asleep, ``waso`` awake in the night,
    ``woke`` how often; ``efficiency`` is in per cent, of the time from trying to sleep on. ``says_in_bed`` is whether
    the way into bed or out of it was said apart from the sleep, without which nobody knows the time in bed.
    """

    day: date
    bed: float | None
    rise: float | None
    asleep: float | None
    sol: float | None
    waso: float | None
    woke: float | None
    efficiency: float | None
    says_in_bed: bool = False

    @property
    def in_bed(self) -> float | None:
        """Minutes from bed to rise, where one of them is more than the beginning or the end of the sleep."""
        return self.rise - self.bed if self.says_in_bed and self.bed is not None and self.rise is not None else None

    @property
    def efficiency_in_bed(self) -> float | None:
        """The time asleep as a share of the time in bed, in per cent."""
        return 100 * self.asleep / self.in_bed if self.asleep is not None and self.in_bed else None


class NightFigure(NamedTuple):
    """The mean of one thing over nights, and on how many it rests; for a time of day minutes since noon."""

    name: str
    mean: float
    nights: int


def read_nights(told: Iterable[Observation], period: Period) -> tuple[NightTimes, ...]:
    """Return the nights of entries of sleep, which are in the order of their days; parts of a night are put together.

    ``asleep``, ``sol`` and ``waso`` of several parts are added up.
    """
    nights = ((day, data) for day, variant, _, data in told if variant != "nap" and period.holds(day))
    of_days = groupby(nights, itemgetter(0))
    return tuple(_join([_read(day, data) for _, data in parts]) for day, parts in of_days)


def sum_up_nights(nights: Sequence[NightTimes]) -> tuple[NightFigure, ...]:
    """Return the means of nights whose times were said: bed, rise, time in bed, efficiency over it."""
    found = []
    for name in ("bed", "rise", "in_bed", "efficiency_in_bed"):
        known = [value for night in nights if (value := getattr(night, name)) is not None]
        if known:
            found.append(NightFigure(name, fsum(known) / len(known), len(known)))
    return tuple(found)


def _read(day: date, said: Mapping[str, Any]) -> NightTimes:
    bed = rise = None
    says_in_bed = False
    if isinstance(night := said.get("night"), str):
        start, end = span_ends(night)
        bed = _since_noon(f"{start:%H:%M}")
        length = (end - start).total_seconds() / 60
        rise = bed + length
        says_in_bed = "bed" in said or "up" in said
        if "bed" in said:
            bed -= (bed - _since_noon(said["bed"])) % _DAY
        if "up" in said:
            rise += (_since_noon(said["up"]) - rise) % _DAY
    asleep, sol, waso, woke, efficiency = map(said.get, ("tst", "sol", "waso", "woke", "efficiency"))
    return NightTimes(day, bed, rise, asleep, sol, waso, woke, efficiency, says_in_bed)


def _join(parts: Sequence[NightTimes]) -> NightTimes:
    if len(parts) == 1:
        return parts[0]
    beds, rises = [p.bed for p in parts if p.bed is not None], [p.rise for p in parts if p.rise is not None]

    def together(name: str) -> float | None:
        known = [value for part in parts if (value := getattr(part, name)) is not None]
        return fsum(known) if known else None

    return NightTimes(
        day=parts[0].day,
        bed=min(beds, default=None),
        rise=max(rises, default=None),
        asleep=together("asleep"),
        sol=together("sol"),
        waso=together("waso"),
        woke=together("woke"),
        efficiency=None,
        says_in_bed=any(part.says_in_bed for part in parts),
    )


def _since_noon(clock: str) -> float:
    return (int(clock[:2]) * 60 + int(clock[3:]) - _NOON) % _DAY
