"""How long flares lasted. Pure."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from painlog.analysis.summary import median
from painlog.domain.flares import Flare

ENOUGH_FLARES = 3  # fewer say too little of the next one


class FlareLengths(NamedTuple):
    """Days that the ``ended`` flares lasted, the first and the last one included; ``still_open`` are the others.

    ``median`` is None under ``ENOUGH_FLARES`` flares.
    """

    ended: int
    still_open: int
    median: float | None
    shortest: int | None
    longest: int | None


def measure_flares(marked: Iterable[Flare], until: date) -> FlareLengths:
    """Return how long flares lasted, those of them that were over on a day; each whole, whenever it began."""
    flares = [*marked]
    days = [(flare.end - flare.start).days + 1 for flare in flares if flare.end and flare.end <= until]
    return FlareLengths(
        ended=len(days),
        still_open=len(flares) - len(days),
        median=median(days) if len(days) >= ENOUGH_FLARES else None,
        shortest=min(days, default=None),
        longest=max(days, default=None),
    )
