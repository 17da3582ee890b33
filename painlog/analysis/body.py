"""Where it hurt over a period: each place with its days and its scores; and what set pain off or eased it. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from math import fsum, isfinite
from operator import itemgetter
from typing import NamedTuple

from painlog.domain.observations import Observation
from painlog.domain.periods import Period
from painlog.domain.regions import parts_of, region_of, without_side

Scores = Mapping[str, float | None]
PAIN_WORDS = ("where", "trigger", "relief")  # fields that ``read_pain_days`` looks at
_COUNTED = ("average", "now")  # what a region's score of a day is made of: own averages, else ratings


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


class Body(NamedTuple):
    """Places of a period.

    A place was named on ``days`` of ``of`` calendar days. ``named`` are the places as the person named them, the one of
    most days first; a day with both sides counts for each. ``shown`` are the regions of a figure: each of the parts of
    a larger one (``leg_l``, ``back``, ``all_over``) has its days too, and no day twice. One whose side was not said is
    a region of its own (``knee``), which a figure has at both sides.
    """

    period: Period
    days: int
    of: int
    named: tuple[Place, ...]
    shown: Mapping[str, Place]

    def at(self, region: str) -> Place | None:
        """What a figure shows at a region: itself, or it without its side where that was named on more days."""
        found = (place for id_ in (region, without_side(region)) if (place := self.shown.get(id_)))
        return max(found, key=lambda place: place.days, default=None)


class PainDays(NamedTuple):
    """The regions named on each day with their scores, and on how many days each word was given, most first."""

    regions: Mapping[date, Scores]
    set_off: Mapping[str, int]
    helped: Mapping[str, int]


def read_pain_days(told: Iterable[Observation]) -> PainDays:
    """Go through entries of pain once, which come in the order of their days.

    An entry's score for a region is the region's own, else the entry's. Like a day's pain, a day's score is the mean of
    own averages, else of ratings; None where the region was named with the day's worst or least alone.
    """
    regions: dict[date, Scores] = {}
    set_off: Counter[str] = Counter()
    helped: Counter[str] = Counter()
    for day, entries in groupby(told, itemgetter(0)):
        places: dict[str, dict[str, list[float]]] = {}
        triggers: set[str] = set()
        reliefs: set[str] = set()
        for _, variant, value, data in entries:
            if "where" in data:
                _add(places, variant, value, data["where"])
            if "trigger" in data:
                triggers.update(data["trigger"])
            if "relief" in data:
                reliefs.update(data["relief"])
        if places:
            regions[day] = {id_: _day_mean(scores) for id_, scores in places.items()}
        for counts, words in ((set_off, triggers), (helped, reliefs)):
            for word in words:
                counts[word] += 1
    return PainDays(regions, most_first(set_off), most_first(helped))


def _add(
    places: dict[str, dict[str, list[float]]], variant: str, value: float | None, where: Mapping[str, float | None]
) -> None:
    for id_, own in where.items():
        scores = places.setdefault(id_, {})
        score = value if own is None else own
        if score is not None and variant in _COUNTED:
            scores.setdefault(variant, []).append(score)


def _day_mean(scores: Mapping[str, list[float]]) -> float | None:
    for variant in _COUNTED:
        if known := scores.get(variant):
            return sum(known) / len(known)
    return None


def most_first(days: Mapping[str, int]) -> dict[str, int]:
    """Return counted words in the order of their counts, then of their letters."""
    return dict(sorted(days.items(), key=lambda item: (-item[1], item[0])))


def summarize_body(scores: Mapping[date, Scores], period: Period) -> Body:
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
    region = region_of(id_)
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
