"""What drawings of a body share: their views, how dark a place is, and what they show in words. It knows no medium."""

from itertools import groupby
from typing import Literal

from painlog.analysis.body import Body, Place
from painlog.domain.regions import has_sides, show_region
from painlog.view.shades import LEVELS
from painlog.view.terminal import times

View = Literal["front", "back"]
By = Literal["days", "score"]
VIEWS: tuple[View, View] = ("front", "back")
OWN_SIDES = "L and R are my own left and right."
SIDE_NOT_SAID = "side not said"
_MOST_SCORE = 10
_MOST_NAMED = 3


def summary(body: Body) -> str:
    """``A body region was named on 24 of 28 days, most often low back LEFT (20).`` As written."""
    most = ", ".join(f"{show_region(place.id)} ({place.days:,})" for place in body.named[:_MOST_NAMED])
    return f"A body region was named on {body.days:,} of {times(body.of, 'day')}, most often {most}."


def level(place: Place, body: Body, by: By) -> int | None:
    """Return the level of a place, from 1 to ``LEVELS``; None for one to be shaded by a score that it has not.

    Days count in quarters of those of the place of most days, scores in quarters of 0 to 10.
    """
    if by == "days":
        return -(-LEVELS * place.days // most_days(body))
    if place.score is None:
        return None
    return min(LEVELS, 1 + int(LEVELS * place.score / _MOST_SCORE))


def has_unsided(body: Body) -> bool:
    """Whether the side of any place of the figure was not said."""
    return any(has_sides(id_) for id_ in body.shown)


def most_days(body: Body) -> int:
    """Return the days of the region that has most."""
    return max((place.days for place in body.shown.values()), default=1)


def key(body: Body, by: By) -> list[tuple[int, str]]:
    """Say what each level that can occur stands for: ``(1, "1 to 5")``."""
    if by == "score":
        return [(1, "0 to 2.4"), (2, "2.5 to 4.9"), (3, "5 to 7.4"), (4, "7.5 to 10")]
    most = most_days(body)
    levels = groupby(range(1, most + 1), lambda days: -(-LEVELS * days // most))
    spans = [(which, list(days)) for which, days in levels]
    return [(which, f"{days[0]:,}" if len(days) == 1 else f"{days[0]:,} to {days[-1]:,}") for which, days in spans]
