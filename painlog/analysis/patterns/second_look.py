"""Directions that would be named, looked at once more in the model that has the noise of ratings."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from painlog.analysis.patterns.findings import Link, is_direction
from painlog.analysis.patterns.inference import t_quantile, t_two_sided
from painlog.analysis.patterns.latent import Look, Seen, look_again
from painlog.analysis.patterns.links import KnownDays, weigh_again
from painlog.analysis.patterns.regression import LEVEL
from painlog.analysis.patterns.rows import beside_calendar
from painlog.domain.variables import Variable

if TYPE_CHECKING:
    from painlog.analysis.patterns.regression import Array

MOST_NOISE = 0.9  # of what varies in a rating


def look_at_directions(links: Iterable[Link], known: KnownDays) -> tuple[Link, ...]:
    """Return the links, each direction that differs from zero as the second look leaves it."""
    looks: dict[frozenset[Variable], tuple[Variable, Look | None, float]] = {}
    return tuple(_look_at(link, known, looks) if is_direction(link) else link for link in links)


def _look_at(
    link: Link, known: KnownDays, looks: dict[frozenset[Variable], tuple[Variable, Look | None, float]]
) -> Link:
    pair = frozenset((link.x, link.y))
    if pair not in looks:
        looks[pair] = (link.x, *_look(link.x, link.y, known))
    first, look, ratio = looks[pair]
    estimate = link.estimate
    if estimate is None:
        return link
    if look is None:
        return link._replace(estimate=weigh_again(estimate, 0.0, (0.0, 0.0), 1.0)[0], is_borne_out=False)
    way, scale = (0, ratio) if link.x == first else (1, 1 / ratio)
    value, error = look.onward[way], look.errors[way]
    half = t_quantile((1 + LEVEL) / 2, estimate.df) * error
    low, high = (link.per * scale * end for end in (value - half, value + half))
    found, is_borne_out = weigh_again(estimate, value, (low, high), t_two_sided(value / error, estimate.df))
    return link._replace(estimate=found, is_borne_out=is_borne_out)


def _look(x: Variable, y: Variable, known: KnownDays) -> tuple[Look | None, float]:
    """The second look at two variables, and y's standard deviation in x's, each in its own unit."""
    rests, spreads = zip(*(_standardise(known.days[each], known) for each in (x, y)), strict=True)
    within = np.array([known.within.get(each, np.nan) for each in (x, y)])
    noise = np.minimum((within / spreads) ** 2, MOST_NOISE)  # NaN stays NaN
    counts = np.column_stack([known.counts_of(each) for each in (x, y)])
    return look_again(Seen(np.column_stack(rests), counts, noise)), spreads[1] / spreads[0]


def _standardise(values: "Array", known: KnownDays) -> tuple["Array", float]:
    """What is left of a series beside the calendar, in its own standard deviation, and that."""
    rest, df = beside_calendar(values, known.period.start)
    spread = float(np.sqrt(np.nansum(rest**2) / df))
    return rest / spread, spread
