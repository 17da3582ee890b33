"""The second look at a direction: two states that carry over from day to day, seen through rough ratings.

A rating is partly noise of the moment. Where it is, yesterday's rating says too little of yesterday, and what only goes
with it on the same day seems to come before it. So a direction is looked at once more in a model that has the noise:

    ``state_t = A state_(t-1) + new_t``,  ``rating_t = state_t + noise_t``

with two states, ``new`` correlated between them, the noise of a mean of n ratings of 1/n the variance, and missing days
left out, not filled in. The likelihood is exact (Kalman filter; Durbin & Koopman 2012, chapter 4, one
number of a day after the other as in their 6.4); weak priors keep short diaries from absurd corners, and what is asked
for is read off the mode and its curvature (Laplace).

Knows arrays and no diaries. Slow beside ``regress``, so it is asked only where a direction would be named.
"""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from painlog.analysis.patterns.regression import Array

CROSSES, ALIKE = slice(2, 4), 4
NEW, NOISE = slice(5, 7), slice(7, 9)
COUNT = 9
MIDDLES = np.array([0.6, 0.6, 0.0, 0.0, 0.0, -0.5, -0.5, -0.7, -0.7])
WIDTHS = np.array([0.35, 0.35, 0.6, 0.6, 1.0, 1.0, 1.0, 1.0, 1.0])
KNOWN_WIDTH = 0.35  # of the noise (log scale), where ratings of one day say it
_STEP = 1e-3
_ROUNDS = 12
_ENOUGH = 1e-4
_IMPOSSIBLE = -1e10
_STEADY = 0.999


class Seen(NamedTuple):
    """Two series on a gap-free calendar, in standard deviations beside the calendar: n × 2, NaN where missing.

    ``counts`` (n × 2, 1 and more) says how many ratings each is the mean of, ``noise`` the share of a rating's variance
    that is noise where it is known, else NaN.
    """

    values: "Array"
    counts: "Array"
    noise: "Array"


class Look(NamedTuple):
    """What the second of two takes from the first's yesterday, and the first from the second's, with their errors.

    In standard deviations per standard deviation. ``noise`` is the share of noise in each one's ratings, 0 to 1.
    """

    onward: tuple[float, float]
    errors: tuple[float, float]
    noise: tuple[float, float]


def log_likelihood(points: "Array", seen: Seen) -> "Array":
    """Return the exact log-likelihood of each of some points (m × ``COUNT``), up to the same constant.

    A point is two carry-overs, what the second takes from the first and the first from the second, the correlation of
    what is new (its inverse hyperbolic tangent), the logs of the two standard deviations of what is new, and the noise
    of each (log odds of its share). ``-1e10`` where the states would not be steady.
    """
    a, d = points[:, 0].copy(), points[:, 1].copy()
    c, b = points[:, 2].copy(), points[:, 3].copy()
    wild = _radius(a, b, c, d) > _STEADY
    for each, calm in ((a, 0.5), (d, 0.5), (b, 0.0), (c, 0.0)):
        each[wild] = calm
    sd = np.exp(points[:, NEW])
    q11, q22 = sd[:, 0] ** 2, sd[:, 1] ** 2
    q12 = np.tanh(points[:, ALIKE]) * sd[:, 0] * sd[:, 1]
    noise = 1 / (1 + np.exp(-points[:, NOISE]))
    p11, p12, p22 = _stationary(a, b, c, d, (q11, q12, q22))
    aa, ab2, bb = a * a, 2 * a * b, b * b
    ac, mix, bd = a * c, a * d + b * c, b * d
    cc, cd2, dd = c * c, 2 * c * d, d * d
    zero = np.zeros(len(points))
    s1, s2 = zero, zero
    r1s, r2s = noise[:, 0], noise[:, 1]
    total = np.zeros(len(points))
    logs = np.ones(len(points))
    here = np.isfinite(seen.values)
    values, counts = np.where(here, seen.values, 0.0).tolist(), seen.counts.tolist()
    for place, (one, other) in enumerate(here.tolist()):
        if one:
            seen_as = values[place][0] - s1, r1s / counts[place][0]
            s1, s2, p11, p12, p22, f, miss = _meet((s1, s2), (p11, p12, p22), *seen_as)
            total, logs = total + miss, logs * f
        if other:
            seen_as = values[place][1] - s2, r2s / counts[place][1]
            s2, s1, p22, p12, p11, f, miss = _meet((s2, s1), (p22, p12, p11), *seen_as)
            total, logs = total + miss, logs * f
        if place % 16 == 15:  # before the product leaves what a number can hold
            total, logs = total + np.log(logs), np.ones(len(points))
        s1, s2 = a * s1 + b * s2, c * s1 + d * s2
        p11, p12, p22 = (
            aa * p11 + ab2 * p12 + bb * p22 + q11,
            ac * p11 + mix * p12 + bd * p22 + q12,
            cc * p11 + cd2 * p12 + dd * p22 + q22,
        )
    found = -0.5 * (total + np.log(logs))
    found[wild | ~np.isfinite(found)] = _IMPOSSIBLE
    return found


def _meet(
    states: "tuple[Array, Array]", variances: "tuple[Array, Array, Array]", surprise: "Array", noise: "Array"
) -> "tuple[Array, Array, Array, Array, Array, Array, Array]":
    """Bring two states up to a rating of the first; with the rating's variance and its squared surprise in it."""
    first, both, second = variances
    variance = first + noise
    pull, gain, kept = surprise / variance, both / variance, noise / variance
    met = states[0] + first * pull, states[1] + both * pull
    return *met, first * kept, both * kept, second - both * gain, variance, surprise * pull


def _radius(a: "Array", b: "Array", c: "Array", d: "Array") -> "Array":
    """The larger of the two eigenvalues of [[a, b], [c, d]], in absolute value."""
    half, rest = (a + d) / 2, ((a - d) / 2) ** 2 + b * c
    root = np.sqrt(np.abs(rest))
    return np.where(rest >= 0, np.abs(half) + root, np.sqrt(half**2 + root**2))


def _stationary(
    a: "Array", b: "Array", c: "Array", d: "Array", new: "tuple[Array, Array, Array]"
) -> "tuple[Array, Array, Array]":
    """The variances and the covariance (in the middle) that the states have in the long run."""
    system = np.empty((len(a), 3, 3))
    system[:, 0] = np.column_stack([1 - a * a, -2 * a * b, -b * b])
    system[:, 1] = np.column_stack([-a * c, 1 - a * d - b * c, -b * d])
    system[:, 2] = np.column_stack([-c * c, -2 * c * d, 1 - d * d])
    found = np.linalg.solve(system, np.column_stack(new)[..., None])[..., 0]
    first, together, second = found.T
    return first, together, second


def look_again(seen: Seen) -> Look | None:
    """Fit the two states; None where the likelihood has no clear top."""
    middles, widths = MIDDLES.copy(), WIDTHS.copy()
    known = np.isfinite(seen.noise)
    share = np.clip(seen.noise[known], 0.01, 0.95)
    middles[NOISE][known], widths[NOISE][known] = np.log(share / (1 - share)), KNOWN_WIDTH

    def height(points: "Array") -> "Array":
        found: Array = log_likelihood(points, seen) - 0.5 * (((points - middles) / widths) ** 2).sum(axis=1)
        return found

    point = middles.copy()
    for _ in range(_ROUNDS):
        top, slope, bend = _around(height, point)
        steps = _steps(slope, bend)
        heights = height(point + steps)
        best = int(heights.argmax())
        if heights[best] <= top + _ENOUGH:
            break
        point = point + steps[best]
    _, _, bend = _around(height, point)
    try:
        spread = np.linalg.inv(-bend)
    except np.linalg.LinAlgError:
        return None
    errors = np.diag(spread)[CROSSES]
    if not (np.isfinite(errors).all() and (errors > 0).all()):
        return None
    onward, back = np.sqrt(errors).tolist()
    first, second = point[CROSSES].tolist()
    shares = (1 / (1 + np.exp(-point[NOISE]))).tolist()
    return Look((first, second), (onward, back), (shares[0], shares[1]))


def _around(height: "Callable[[Array], Array]", point: "Array") -> "tuple[float, Array, Array]":
    """The height at a point, its slope and its curvature, by differences: all of them in one go."""
    size = len(point)
    steps = _STEP * np.eye(size)
    first, second = np.triu_indices(size, 1)
    both = steps[first] + steps[second]
    found = height(point + np.vstack([np.zeros((1, size)), steps, -steps, both, -both]))
    top, ahead, behind = found[0], found[1 : size + 1], found[size + 1 : 2 * size + 1]
    far = found[2 * size + 1 :].reshape(2, -1).sum(axis=0)
    bend = np.diag((ahead - 2 * top + behind) / _STEP**2)
    lone = ahead + behind
    bend[first, second] = bend[second, first] = (far - lone[first] - lone[second] + 2 * top) / (2 * _STEP**2)
    return float(top), (ahead - behind) / (2 * _STEP), bend


def _steps(slope: "Array", bend: "Array") -> "Array":
    """Steps uphill, from Newton's to small ones along the slope (Levenberg 1944)."""
    values, ways = np.linalg.eigh(-bend)
    along = ways.T @ slope
    damped = [ways @ (along / (np.maximum(values, 1e-3) + damp)) for damp in (0.0, 1.0, 5.0, 20.0, 100.0, 1000.0)]
    sizes = [max(1.0, float(np.abs(each).max())) for each in damped]
    whole = np.array([each / size for each, size in zip(damped, sizes, strict=True)])
    return np.vstack([whole, whole / 2, whole / 8])
