"""How long flares lasted. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from painlog.analysis.summary import median
from painlog.domain.flares import Flare

ENOUGH_FLARES = 3  # fewer say too little of the next one


class FlareLengths(NamedTuple):
    """Days that flares which are over lasted, the first and the last day included."""

    flares: int
    median: float
    shortest: int
    longest: int


def measure_flares(marked: Iterable[Flare]) -> FlareLengths | None:
    """Return how long the flares that are over lasted; None before there are ``ENOUGH_FLARES``."""
    days = [(flare.end - flare.start).days + 1 for flare in marked if flare.end]
    if len(days) < ENOUGH_FLARES:
        return None
    return FlareLengths(len(days), median(days), min(days), max(days))
