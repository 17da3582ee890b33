"""Where it hurt over a period: each place with its days and its scores. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum, isfinite
from typing import NamedTuple

from painlog.domain.periods import Period
from painlog.domain.regions import all_regions, parts_of

Scores = Mapping[str, float | None]


class Place(NamedTuple):
    """A place and how often it was named.

    ``id`` is that of a region, or ``other:`` with the person's own words. ``score`` is the mean (0-10) of the day means
    of ``rated`` of its ``days``, None where none has one. ``view`` is where a figure shows it: ``front``, ``back``,
    ``both``, or empty for a place that is on no figure.
    """

    id: str
    days: int
    rated: int
    score: float | None
    view: str


@dataclass(frozen=True)
class Body:
    """Places of a period.

    A place was named on ``days`` of ``of`` calendar days. ``named`` are the places as the person named them, the one of
    most days first; a day with both sides counts for each. ``shown`` are the regions of a figure: each of the parts of
    a larger one (``leg_l``, ``back``, ``all_over``) has its days too, and no day twice.
    """

    period: Period
    days: int
    of: int
    named: tuple[Place, ...]
    shown: Mapping[str, Place]


def body(scores: Mapping[date, Scores], period: Period) -> Body:
    """Sum up a period from each day's places and their scores."""
    within = [named for day, named in scores.items() if period.holds(day)]
    places = _places(within)
    shown = {place.id: place for place in _places([_in_parts(named) for named in within]) if place.view}
    return Body(period, len(within), period.length, tuple(places), shown)


def _places(days: list[Scores]) -> list[Place]:
    ids = dict.fromkeys(id_ for named in days for id_ in named)
    places = (_place(id_, [named[id_] for named in days if id_ in named]) for id_ in ids)
    return sorted(places, key=lambda place: (-place.days, place.id))


def _place(id_: str, scores: list[float | None]) -> Place:
    known = [score for score in scores if score is not None and isfinite(score)]
    region = all_regions().get(id_)
    mean = fsum(known) / len(known) if known else None
    return Place(id_, len(scores), len(known), mean, region.view if region else "")


def _in_parts(named: Scores) -> dict[str, float | None]:
    """A day's places, the larger ones by their parts; a part has its own score, else the mean of the larger ones'."""
    larger: dict[str, list[float]] = {}
    for id_, score in named.items():
        for part in parts_of(id_):
            larger.setdefault(part, []).extend([] if score is None else [score])
    found = {part: fsum(scores) / len(scores) if scores else None for part, scores in larger.items()}
    return found | {id_: score for id_, score in named.items() if id_ in found and score is not None}
