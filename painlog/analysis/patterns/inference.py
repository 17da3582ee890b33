"""Student's t and the false-discovery rate, without scipy, whose import costs more than all the rest. Pure."""

from collections.abc import Sequence
from functools import cache
from math import exp, inf, isfinite, lgamma, log, log1p, sqrt

_TINY = 1e-300
_PRECISE = 1e-15
_ROUNDS = 500


def t_two_sided(t: float, df: float) -> float:
    """Return the probability that Student's t with ``df`` > 0 degrees of freedom lies at least as far from 0 as ``t``.

    The regularised incomplete beta function I_x(df/2, 1/2) at x = df / (df + t²) (DLMF 8.17).
    """
    if not isfinite(t):
        return 0.0
    return _incomplete_beta(df / 2, 0.5, df / (df + t * t), t * t / (df + t * t))


@cache
def t_quantile(probability: float, df: float) -> float:
    """Return the t that Student's t with ``df`` > 0 stays below with a ``probability`` from 0.5 to below 1."""
    tail = 2 * (1 - probability)
    low, high = 0.0, 1.0
    while t_two_sided(high, df) > tail:
        low, high = high, 2 * high
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_two_sided(middle, df) > tail else (low, middle)
    return (low + high) / 2


def partial_r(t: float, df: float) -> float:
    """Return the partial correlation (-1 to 1) that belongs to a coefficient's t (Cohen 1988)."""
    return t / sqrt(t * t + df)


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """Return each p-value's q: the lowest false-discovery rate at which it counts (Benjamini & Hochberg 1995)."""
    order = sorted(range(len(ps)), key=lambda i: ps[i], reverse=True)
    qs, lowest = [0.0] * len(ps), inf
    for place, i in enumerate(order):
        lowest = min(lowest, ps[i] * len(ps) / (len(ps) - place), 1.0)
        qs[i] = lowest
    return qs


def _incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """I_x(a, b); ``rest`` is 1 - x, given apart so that nothing is lost where x is near 1."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - _incomplete_beta(b, a, rest, x)
    log_x = log(x) if x < 0.5 else log1p(-rest)
    log_rest = log(rest) if rest < 0.5 else log1p(-x)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log_x + b * log_rest) / a
    return front * _continued_fraction(a, b, x)


def _continued_fraction(a: float, b: float, x: float) -> float:
    """The fraction of DLMF 8.17.22, by Lentz's method as modified by Thompson & Barnett (1986)."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _ROUNDS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            value *= d * c
        if abs(d * c - 1) < _PRECISE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
